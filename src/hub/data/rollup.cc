#include "hub/data/rollup.h"

#include <algorithm>
#include <unordered_map>

#include "base/calendar.h"
#include "hub/data/agency.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kMostColumns = 200;
constexpr std::size_t kLatest = 5;
constexpr std::int64_t kWeeks = 12;
constexpr std::int64_t kWeekDays = 7;

using Places = std::unordered_map<std::int64_t, std::size_t>;  // id -> index

Result<std::vector<RollupAgency>> agencies_of(const Database& db, const RollupSearch& search) {
  constexpr std::string_view kThatDay =
      "select a.id, coalesce((select n.name from agency_name n where n.agency_id = a.id and"
      " n.valid_from <= ?2 order by n.valid_from desc limit 1), a.name) from agency a where"
      " a.id in subtree and (a.id <> ?1) = ?3 and (a.valid_from is null or a.valid_from <= ?2)"
      " and (a.valid_to is null or a.valid_to >= ?2) order by a.id";
  std::vector<RollupAgency> out;
  for (const std::int64_t below : {1, 0}) {
    KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + std::string(kThatDay)));
    s.bind(1, search.agency_id).bind(2, search.day).bind(3, below);
    KHIEN_TRY(out, rows_of<RollupAgency>(s, [](const Statement& r) {
                return RollupAgency{r.integer(0), r.text(1), ""};
              }));
    if (!out.empty()) break;
  }
  return out;
}

Result<std::vector<RollupDispatch>> dispatches_of(const Database& db, const RollupSearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare("select id, coalesce(paper_id, id), number, subject, due_on from dispatch"
                       " where agency_id = ?1 and state in ('confirmed', 'issued', 'answered')"
                       " and coalesce(issued_on, received_on, '') <= ?2 and (?3 = 0 or id = ?3)"
                       " order by id desc limit ?4"));
  s.bind(1, search.agency_id).bind(2, search.day).bind(3, search.dispatch_id)
      .bind(4, kMostColumns);
  return rows_of<RollupDispatch>(s, [](const Statement& r) {
    return RollupDispatch{r.integer(0), r.integer(1), r.text(2), r.text(3), r.text(4)};
  });
}

class Filler {
 public:
  Filler(const Database& db, const RollupSearch& search, Rollup& out)
      : db_(db), search_(search), out_(out) {
    out_.cells.resize(out_.agencies.size() * out_.dispatches.size());
    for (std::size_t i = 0; i < out_.agencies.size(); ++i) agencies_[out_.agencies[i].id] = i;
  }

  Done place_dispatches() {
    const auto day = parse_date(search_.day);
    const std::int64_t until = day ? end_of_day_ms(*day) : 0;
    KHIEN_TRY(Statement s,
              db_.prepare("select id, agency_id, due_on from dispatch where paper_id = ?1 and"
                          " created_at <= ?2 union all select id, agency_id, due_on from dispatch"
                          " where id = ?1 and paper_id is null and created_at <= ?2"));
    rows_.reserve(out_.cells.size());
    for (std::size_t column = 0; column < out_.dispatches.size(); ++column) {
      s.bind(1, out_.dispatches[column].paper_id).bind(2, until);
      for (;;) {
        KHIEN_TRY(const bool row, s.step());
        if (!row) break;
        const auto agency = agencies_.find(s.integer(1));
        if (agency == agencies_.end()) continue;
        const std::size_t at = agency->second * out_.dispatches.size() + column;
        rows_[s.integer(0)] = at;
        if (s.integer(0) < out_.cells[at].dispatch_id) continue;  // issued twice: the later one
        out_.cells[at].dispatch_id = s.integer(0);
        out_.cells[at].due_on = s.text(2);
      }
      s.reset();
    }
    return {};
  }

  Done add_answers() {
    KHIEN_TRY(Statement s, db_.prepare("select dispatch_id from answer where sent_on <= ?1"));
    s.bind(1, search_.day);
    for (;;) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) return {};
      const auto at = rows_.find(s.integer(0));
      if (at != rows_.end()) out_.cells[at->second].answered = true;
    }
  }

  Done add_progress() {
    const auto day = parse_date(search_.day);
    const std::int64_t until = day ? end_of_day_ms(*day) : 0;
    KHIEN_TRY(Statement s,
              db_.prepare(search_.past
                              ? "select t.dispatch_id, s.progress, max(s.at) from task_step s"
                                " join task t on t.id = s.task_id where s.at <= ?1 group by t.id"
                              : "select dispatch_id, progress from task where ?1 > 0"));
    s.bind(1, until);
    struct Steps { std::int64_t all = 0, accepted = 0, done = 0, returned = 0, doing = 0; };
    std::unordered_map<std::size_t, Steps> steps;
    for (;;) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) break;
      const auto at = rows_.find(s.integer(0));
      if (at == rows_.end()) continue;
      Steps& count = steps[at->second];
      const std::string progress = s.text(1);
      ++count.all;
      count.accepted += progress == "accepted", count.done += progress == "done";
      count.returned += progress == "returned", count.doing += progress == "doing";
    }
    for (const auto& [at, n] : steps) {
      const std::int64_t ended = n.accepted + n.done;
      out_.cells[at].progress = n.accepted == n.all ? "accepted"
                                : ended == n.all    ? "done"
                                : n.returned > 0    ? "returned"
                                : ended + n.doing > 0 ? "doing" : "not_started";
    }
    return {};
  }

  // Of each agency its newest result; of a dispatch that one does not speak of, the newest that
  // does.
  Done add_verdicts() {
    KHIEN_TRY(Statement newest,
              db_.prepare("select id, as_of from assessment where agency_id = ?1 and refused is"
                          " null and as_of <= ?2 order by as_of desc, id desc limit 1"));
    KHIEN_TRY(
        Statement told,
        db_.prepare(
            "select dispatch_id, position, met, partly_met, not_met, undetermined,"
            " by_controls from assessed_dispatch where assessment_id = ?1 and dispatch_id > 0"));
    KHIEN_TRY(Statement older,
              db_.prepare("select a.id, d.position, d.met, d.partly_met, d.not_met,"
                          " d.undetermined, d.by_controls from assessed_dispatch d join assessment "
                          "a on a.id = d.assessment_id where"
                          " d.dispatch_id = ?1 and a.refused is null and a.as_of <= ?2"
                          " order by a.as_of desc, a.id desc limit 1"));
    for (std::size_t i = 0; i < out_.agencies.size(); ++i) {
      newest.bind(1, out_.agencies[i].id).bind(2, search_.day);
      KHIEN_TRY(const bool any, newest.step());
      const std::int64_t id = any ? newest.integer(0) : 0;
      if (any) out_.agencies[i].last_day = newest.text(1);
      newest.reset();
      if (!any) continue;
      told.bind(1, id);
      for (;;) {
        KHIEN_TRY(const bool row, told.step());
        if (!row) break;
        const auto at = rows_.find(told.integer(0));
        if (at == rows_.end()) continue;
        RollupCell& cell = out_.cells[at->second];
        cell.assessment_id = id, cell.position = told.integer(1);
        cell.verdicts = counts_at(told, 2), cell.by_controls = told.integer(6);
      }
      told.reset();
      KHIEN_DO(add_older(older, i));
    }
    return {};
  }

  void list_late() {
    for (RollupCell& cell : out_.cells) mark_late(cell, search_.day);
    for (std::size_t i = 0; i < out_.agencies.size(); ++i) {
      RollupLate late{out_.agencies[i].id, out_.agencies[i].name, 0, 0};
      for (std::size_t j = 0; j < out_.dispatches.size(); ++j) {
        const std::int64_t days = out_.at(i, j).days_late;
        late.days = std::max(late.days, days);
        late.dispatches += days > 0;
      }
      if (late.days > 0) out_.late.push_back(std::move(late));
    }
    std::stable_sort(out_.late.begin(), out_.late.end(),
                     [](const RollupLate& a, const RollupLate& b) { return a.days > b.days; });
  }

  // Weeks that end on the day asked for; those before the first result are left out.
  Done add_trend() {
    const auto day = parse_date(search_.day);
    if (!day) return {};
    std::vector<RollupWeek> weeks;
    for (std::int64_t back = kWeeks - 1; back >= 0; --back) {
      weeks.push_back({to_iso(from_days(to_days(*day) - back * kWeekDays)), 0, 0});
    }
    std::vector<bool> any(weeks.size(), false);
    KHIEN_TRY(Statement s,
              db_.prepare("select agency_id, as_of, not_met, undetermined from assessment where"
                          " refused is null and partial = 0 and as_of <= ?1"
                          " order by agency_id, as_of, id"));
    s.bind(1, search_.day);
    std::int64_t agency = 0;
    RollupWeek last;  // the result that holds, from its day on
    std::size_t next = 0;  // the first week it may still count in
    const auto hold_until = [&](const std::string& as_of) {
      for (; agency != 0 && next < weeks.size() && (as_of.empty() || weeks[next].day < as_of);
           ++next) {
        if (last.day.empty()) continue;
        any[next] = true;
        weeks[next].not_met += last.not_met, weeks[next].undetermined += last.undetermined;
      }
    };
    for (;;) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) break;
      if (!agencies_.contains(s.integer(0))) continue;
      if (s.integer(0) != agency) {
        hold_until("");
        agency = s.integer(0), next = 0, last = {};
      }
      hold_until(s.text(1));
      last = {s.text(1), s.integer(2), s.integer(3)};
    }
    hold_until("");
    for (std::size_t i = 0; i < weeks.size(); ++i) {
      if (any[i] || !out_.trend.empty()) out_.trend.push_back(weeks[i]);
    }
    return {};
  }

  Done add_latest() {
    KHIEN_TRY(Statement s, db_.prepare("select agency_id, met, partly_met, not_met, undetermined"
                                       " from assessment where refused is null and as_of <= ?1"
                                       " order by id desc"));
    s.bind(1, search_.day);
    while (out_.latest.size() < kLatest) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) break;
      const std::int64_t id = s.integer(0);
      const auto at = agencies_.find(id);
      const bool named = std::any_of(out_.latest.begin(), out_.latest.end(),
                                     [&](const RollupLatest& l) { return l.agency_id == id; });
      if (at == agencies_.end() || named) continue;
      out_.latest.push_back({id, out_.agencies[at->second].name, counts_at(s, 1)});
    }
    return {};
  }

 private:
  static VerdictCounts counts_at(const Statement& s, int from) {
    return {s.integer(from), s.integer(from + 1), s.integer(from + 2), s.integer(from + 3)};
  }

  Done add_older(Statement& older, std::size_t agency) {
    for (std::size_t j = 0; j < out_.dispatches.size(); ++j) {
      RollupCell& cell = out_.cells[agency * out_.dispatches.size() + j];
      if (cell.dispatch_id == 0 || cell.judged()) continue;
      older.bind(1, cell.dispatch_id).bind(2, search_.day);
      KHIEN_TRY(const bool row, older.step());
      if (row) {
        cell.assessment_id = older.integer(0), cell.position = older.integer(1);
        cell.verdicts = counts_at(older, 2), cell.by_controls = older.integer(6);
      }
      older.reset();
    }
    return {};
  }

  const Database& db_;
  const RollupSearch& search_;
  Rollup& out_;
  Places agencies_, rows_;
};

}  // namespace

bool RollupCell::judged() const {
  return verdicts.met + verdicts.partly_met + verdicts.not_met + verdicts.undetermined > 0;
}

void mark_late(RollupCell& cell, const std::string& day) {
  const auto today = parse_date(day);
  const auto due = parse_date(cell.due_on);
  if (cell.dispatch_id == 0 || !due || !today || *due >= *today) return;
  const bool ended = cell.progress == "done" || cell.progress == "accepted";
  const bool met = std::string_view(cell.verdict()) == "met";
  if (!ended && !met && !cell.answered) cell.days_late = to_days(*today) - to_days(*due);
}

const char* RollupCell::verdict() const {
  if (verdicts.not_met > 0) return "not_met";
  if (verdicts.partly_met > 0) return "partly_met";
  if (verdicts.undetermined > 0) return "undetermined";
  return verdicts.met > 0 ? "met" : "";
}

double RollupCell::coverage() const {
  const std::int64_t all =
      verdicts.met + verdicts.partly_met + verdicts.not_met + verdicts.undetermined;
  return all == 0 ? 0 : static_cast<double>(by_controls) / static_cast<double>(all);
}

Result<Rollup> roll_up(const Database& db, const RollupSearch& search) {
  Rollup out;
  out.day = search.day;
  KHIEN_TRY(out.agencies, agencies_of(db, search));
  KHIEN_TRY(out.dispatches, dispatches_of(db, search));
  Filler filler(db, search, out);
  KHIEN_DO(filler.place_dispatches());
  KHIEN_DO(filler.add_answers());
  KHIEN_DO(filler.add_progress());
  KHIEN_DO(filler.add_verdicts());
  filler.list_late();
  KHIEN_DO(filler.add_trend());
  KHIEN_DO(filler.add_latest());
  return out;
}

RollupFacts facts_of(const Rollup& r) {
  RollupFacts out;
  out.agencies = static_cast<std::int64_t>(r.agencies.size());
  out.dispatches = static_cast<std::int64_t>(r.dispatches.size());
  for (std::size_t i = 0; i < r.agencies.size(); ++i) {
    out.silent += r.agencies[i].last_day.empty();
    bool due = false;
    bool all_met = true;
    for (std::size_t j = 0; j < r.dispatches.size(); ++j) {
      const RollupCell& cell = r.at(i, j);
      out.undetermined += cell.verdicts.undetermined;
      if (cell.dispatch_id == 0 || cell.due_on.empty() || cell.due_on > r.day) continue;
      due = true;
      all_met = all_met && std::string_view(cell.verdict()) == "met";
    }
    out.due += due;
    out.all_met += due && all_met;
  }
  out.late = static_cast<std::int64_t>(r.late.size());
  out.longest = r.late.empty() ? 0 : r.late.front().days;
  return out;
}

}  // namespace khien::hub
