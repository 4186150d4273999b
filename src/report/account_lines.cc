// From a finding's fact to the account a person knows: one query a finding, by primary key.
#include "report/account_lines.h"

#include <map>
#include <set>

#include "report/words.h"

namespace khien::report {
namespace {

constexpr const char* kAccount =
    "select agency, case when scope = 'host' then 'linux:' || host else coalesce(app, scope) end,"
    " login, staff_key, display_name, unit, '' from account where fact_id = ?1";
constexpr const char* kPassword =
    "select agency, case when coalesce(host, '') <> '' then 'linux:' || host else app end,"
    " login, staff_key, '', '', weak_class from password_test where fact_id = ?1";

AuditSubject read(const Statement& s) {
  return {s.text(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6), ""};
}

class Lines {
 public:
  Lines(const Assessment& assessment, const Database& db) : assessment_(assessment), db_(db) {}

  Result<std::vector<AuditLine>> all() {
    for (const auto& [table, sql] : {std::pair{"account", kAccount},
                                     std::pair{"password_test", kPassword}}) {
      if (!db_.has_table(table)) continue;
      KHIEN_TRY(Statement s, db_.prepare(sql));
      by_table_.emplace(table, std::move(s));
    }
    for (const ControlRecord& c : assessment_.controls) {
      if (c.work_list["rows"].text() == "browser_credential") by_profile_.insert(c.id);
    }
    for (const FindingRecord& f : assessment_.findings) {
      if (f.measure == 0) continue;  // repeats of a stricter demand
      if (by_profile_.contains(f.control) && f.fact != 0) KHIEN_DO(profiles(f));
      else KHIEN_DO(account(f));
    }
    return std::move(out_);
  }

 private:
  Done account(const FindingRecord& f) {
    const auto at = by_table_.find(f.table);
    AuditLine line{&f, {}};
    if (at != by_table_.end() && f.fact != 0) {
      at->second.reset();
      at->second.bind(1, f.fact);
      KHIEN_TRY(const bool found, at->second.step());
      if (found) line.subject = read(at->second);
    } else {
      line.subject.account = f.subject;
    }
    line.subject.observed = f.observed;
    out_.push_back(std::move(line));
    return {};
  }

  // Where the agency's domains are known, only profiles that hold passwords for them are named.
  Done profiles(const FindingRecord& f) {
    KHIEN_TRY(Statement s, db_.prepare("select login, saved_count, watched_count, staff_key,"
                                       " agency from browser_credential where host = ?1"
                                       " order by fact_id"));
    s.bind(1, f.subject);
    for (;;) {
      KHIEN_TRY(const bool more, s.step());
      if (!more) return {};
      const std::int64_t count = s.is_null(2) ? s.integer(1) : s.integer(2);
      if (f.result == Outcome::fail && count == 0) continue;
      AuditLine line{&f, {}};
      line.subject.agency = s.text(4);
      line.subject.app = "browser";
      line.subject.account = f.subject + "/" + s.text(0);
      line.subject.staff = s.text(3);
      line.subject.observed = std::to_string(count);
      out_.push_back(std::move(line));
    }
  }

  const Assessment& assessment_;
  const Database& db_;
  std::map<std::string, Statement> by_table_;
  std::set<std::string> by_profile_;  // controls whose lines are browser profiles of a machine
  std::vector<AuditLine> out_;
};

}  // namespace

Result<std::vector<AuditLine>> audit_lines(const Assessment& assessment, const Database& db) {
  return Lines(assessment, db).all();
}

std::string problem_words(const Texts& texts, const std::string& control) {
  const std::string id = "app.account.problem." + control;
  return texts.has(id) ? texts(id) : control_words(texts, control);
}

}  // namespace khien::report
