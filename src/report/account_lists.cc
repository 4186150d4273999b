// One line an account on each list, its problems together.
#include "report/account_lists.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/calendar.h"
#include "base/text.h"
#include "report/view.h"
#include "report/work_lists.h"

namespace khien::report {
namespace {

using List = std::vector<WorkItem> WorkLists::*;

List list_named(const std::string& name) {
  return name == "withdraw"  ? &WorkLists::withdraw
         : name == "change"  ? &WorkLists::change
         : name == "confirm" ? &WorkLists::confirm
                             : &WorkLists::other;
}

// A file name of what an agency is called: nothing of it may leave the folder.
std::string file_name(const std::string& agency) {
  std::string out;
  for (const char c : skeleton(agency)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return (out.empty() ? std::string("chua-ro-co-quan") : out.substr(0, 60)) + ".xlsx";
}

std::string written(const Date& day) {  // as offices write it: 05/10/2026
  const std::string iso = to_iso(day);
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

class Lister {
 public:
  Lister(const Assessment& assessment, const Texts& texts)
      : assessment_(assessment), texts_(texts) {
    for (const ControlRecord& c : assessment.controls) rules_[c.id] = c.work_list;
  }

  void add(const AuditLine& line) {
    const FindingRecord& f = *line.finding;
    const bool unclear = f.result == Outcome::unknown && f.reason == "reason.account_fits_several";
    if (f.result != Outcome::fail && !unclear) return;
    const AuditSubject& s = line.subject;
    const Node& rule = rules_[f.control];
    const std::string name = rule["list"].text("other");
    std::vector<WorkItem>& list = lists_[s.agency].*list_named(name);
    std::string problem = unclear ? texts_(f.reason) : problem_words(texts_, f.control);
    if (!s.klass.empty()) problem += ": " + texts_("work_list.class." + s.klass);
    else if (rule["observed"].boolean() && !f.observed.empty()) problem += ": " + f.observed;
    std::size_t& place = at_[{s.agency, name, s.app + "\n" + s.account}];
    if (place == 0) {
      list.push_back({s.app, s.account, s.name, s.unit, s.staff, problem});
      place = list.size();
      return;
    }
    list[place - 1].problem += "; " + problem;
  }

  Result<std::vector<AgencyWorkbook>> books() {
    std::vector<AgencyWorkbook> out;
    std::set<std::string> used;
    for (auto& [agency, lists] : lists_) {
      lists.agency = agency.empty() ? assessment_.agency.name : agency;
      std::string name = file_name(lists.agency);
      if (lists.agency.empty()) lists.agency = texts_("report.agency_unnamed");
      lists.as_of = written(local_date(assessment_.as_of));
      if (assessment_.agency.sample) lists.sample_mark = texts_("report.sample_mark");
      while (!used.insert(name).second) name.insert(0, "_");
      AgencyWorkbook& book = out.emplace_back();
      KHIEN_TRY(book.bytes, work_lists(lists, texts_));
      book.file = name;
      book.withdraw = static_cast<std::int64_t>(lists.withdraw.size());
      book.change = static_cast<std::int64_t>(lists.change.size());
      book.confirm = static_cast<std::int64_t>(lists.confirm.size());
    }
    return out;
  }

 private:
  const Assessment& assessment_;
  const Texts& texts_;
  std::map<std::string, Node> rules_;
  std::map<std::string, WorkLists> lists_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> at_;
};

}  // namespace

Result<std::vector<AgencyWorkbook>> account_lists(const Assessment& assessment,
                                                  const std::vector<AuditLine>& lines,
                                                  const Texts& texts) {
  Lister lister(assessment, texts);
  // What is worst is done first.
  std::vector<const AuditLine*> order;
  for (const AuditLine& line : lines) order.push_back(&line);
  std::stable_sort(order.begin(), order.end(), [](const AuditLine* a, const AuditLine* b) {
    return severity_rank(a->finding->severity) > severity_rank(b->finding->severity);
  });
  for (const AuditLine* line : order) lister.add(*line);
  return lister.books();
}

}  // namespace khien::report
