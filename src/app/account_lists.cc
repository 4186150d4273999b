// Which control puts an account on which list; one line an account on each list, its problems
// together.
#include "app/account_lists.h"

#include <map>
#include <set>

#include "base/calendar.h"
#include "base/text.h"
#include "report/view.h"
#include "report/work_lists.h"

namespace khien::app {
namespace {

using report::WorkItem;
using report::WorkLists;

const std::map<std::string, std::vector<WorkItem> WorkLists::*>& list_of() {
  static const std::map<std::string, std::vector<WorkItem> WorkLists::*> lists = {
      {"account.leavers", &WorkLists::withdraw},
      {"account.leaver_kept", &WorkLists::withdraw},
      {"account.dormant", &WorkLists::withdraw},
      {"account.never_used", &WorkLists::withdraw},
      {"account.duplicate", &WorkLists::withdraw},
      {"account.password_age", &WorkLists::change},
      {"account.password_change_on_issue", &WorkLists::change},
      {"account.weak_password", &WorkLists::change},
      {"account.empty_password", &WorkLists::change},
      {"account.orphan", &WorkLists::confirm},
      {"account.shared", &WorkLists::confirm},
      {"account.roles", &WorkLists::confirm}};
  return lists;
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

class Collector {
 public:
  Collector(Context& context, const Assessment& assessment)
      : context_(context), assessment_(assessment) {}

  void add(const AuditLine& line) {
    const FindingRecord& f = *line.finding;
    const bool unclear = f.result == Outcome::unknown && f.reason == "reason.account_fits_several";
    if (f.result != Outcome::fail && !unclear) return;
    const AuditSubject& s = line.subject;
    const auto at = list_of().find(f.control);
    const auto list = at == list_of().end() ? &WorkLists::other : at->second;
    WorkLists& lists = lists_[s.agency];
    std::string problem = unclear ? context_.say(f.reason)
                                  : context_.say("app.account.problem." + f.control);
    if (!s.klass.empty()) problem += ": " + context_.say("work_list.class." + s.klass);
    else if (f.control == "account.roles" && !f.observed.empty()) problem += ": " + f.observed;
    auto& place = at_[{s.agency, list == &WorkLists::withdraw  ? 0
                                 : list == &WorkLists::change  ? 1
                                 : list == &WorkLists::confirm ? 2
                                                               : 3,
                       s.app + "\n" + s.account}];
    if (place == 0) {
      (lists.*list).push_back({s.app, s.account, s.name, s.unit, s.staff, problem});
      place = (lists.*list).size();
      return;
    }
    (lists.*list)[place - 1].problem += "; " + problem;
  }

  Done write(const std::filesystem::path& folder) {
    std::set<std::string> used;
    for (auto& [agency, lists] : lists_) {
      lists.agency = agency.empty() ? assessment_.agency.name : agency;
      if (lists.agency.empty()) lists.agency = context_.say("report.agency_unnamed");
      lists.as_of = written(local_date(assessment_.as_of));
      if (assessment_.agency.sample) lists.sample_mark = context_.say("report.sample_mark");
      std::string name = file_name(agency.empty() ? assessment_.agency.name : agency);
      while (!used.insert(name).second) name.insert(0, "_");
      KHIEN_TRY(const std::string bytes, report::work_lists(lists, context_.texts));
      KHIEN_DO(save(folder / name, bytes));
      note(context_.say("app.account.list_written",
                        {{"file", (folder / name).string()},
                         {"withdraw", static_cast<std::int64_t>(lists.withdraw.size())},
                         {"change", static_cast<std::int64_t>(lists.change.size())},
                         {"confirm", static_cast<std::int64_t>(lists.confirm.size())}}));
    }
    return {};
  }

 private:
  Context& context_;
  const Assessment& assessment_;
  std::map<std::string, WorkLists> lists_;
  std::map<std::tuple<std::string, int, std::string>, std::size_t> at_;
};

}  // namespace

Done write_work_lists(Context& context, const Assessment& assessment,
                      const std::vector<AuditLine>& lines, const std::filesystem::path& folder) {
  Collector collector(context, assessment);
  // What is worst is done first.
  std::vector<const AuditLine*> order;
  for (const AuditLine& line : lines) order.push_back(&line);
  std::stable_sort(order.begin(), order.end(), [](const AuditLine* a, const AuditLine* b) {
    return report::severity_rank(a->finding->severity) >
           report::severity_rank(b->finding->severity);
  });
  for (const AuditLine* line : order) collector.add(*line);
  return collector.write(folder);
}

}  // namespace khien::app
