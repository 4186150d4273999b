// A subtree on one day, agency by dispatch: the verdict that evidence gave (the newest result that
// speaks of the dispatch and is of that day or before), how far people say they are, and what is
// late. The two are never mixed: a dispatch is late when its day has passed, no answer was sent,
// and neither are all its tasks done nor is all it asks met.
#pragma once

#include <string>
#include <vector>

#include "hub/data/assessment.h"

namespace khien::hub {

struct RollupCell {
  std::int64_t dispatch_id = 0;  // the agency's own row; 0: was not ordered of it
  std::string due_on;
  VerdictCounts verdicts;        // measures; all 0: no result speaks of it
  std::int64_t by_controls = 0;  // of those: decided without an attestation
  std::string progress;          // a progress of tasks; "" without tasks
  bool answered = false;         // the paper that answers it was sent
  std::int64_t days_late = 0;    // 0: not late
  std::int64_t assessment_id = 0, position = 0;  // the result that speaks of it, and where
  [[nodiscard]] bool judged() const;
  [[nodiscard]] const char* verdict() const;  // the worst of its measures; "" when not judged
  [[nodiscard]] double coverage() const;      // share of its measures decided by controls, 0-1
};
struct RollupAgency {
  std::int64_t id = 0;
  std::string name;              // as it was called that day
  std::string last_day;          // as-of of its newest result; "" for none
};
struct RollupDispatch {
  std::int64_t id = 0, paper_id = 0;  // the viewer's row; the first row of all
  std::string number, subject, due_on;
};
struct RollupWeek {
  std::string day;               // its last day
  std::int64_t not_met = 0, undetermined = 0;  // measures
};
struct RollupLatest {
  std::int64_t agency_id = 0;
  std::string name;
  VerdictCounts verdicts;
};
struct RollupLate {
  std::int64_t agency_id = 0;
  std::string name;
  std::int64_t days = 0, dispatches = 0;  // the longest; how many
};

struct Rollup {
  std::string day;
  std::vector<RollupAgency> agencies;     // below the viewer's, or itself when none is
  std::vector<RollupDispatch> dispatches; // the viewer's own, newest first
  std::vector<RollupCell> cells;          // agencies x dispatches
  std::vector<RollupWeek> trend;          // at most twelve, oldest first
  std::vector<RollupLatest> latest;       // at most five
  std::vector<RollupLate> late;           // the longest first
  [[nodiscard]] const RollupCell& at(std::size_t agency, std::size_t dispatch) const {
    return cells[agency * dispatches.size() + dispatch];
  }
};

struct RollupSearch {
  std::int64_t agency_id = 0;
  std::string day;               // ISO
  std::int64_t dispatch_id = 0;  // only this one of the viewer's; 0: all
  bool past = false;             // before today: tasks as they were then
};
[[nodiscard]] Result<Rollup> roll_up(const Database& db, const RollupSearch& search);
// Of one dispatch, which must be asked for: its measures are the columns (number: where it stands,
// subject: its text, id: the viewer's).
[[nodiscard]] Result<Rollup> roll_up_measures(const Database& db, const RollupSearch& search);
void mark_late(RollupCell& cell, const std::string& day);

// The facts of its one sentence.
struct RollupFacts {
  std::int64_t agencies = 0, dispatches = 0;
  std::int64_t due = 0;           // agencies that had something due by that day
  std::int64_t all_met = 0;       // of those: all that was due is met
  std::int64_t late = 0, longest = 0;  // agencies, days
  std::int64_t undetermined = 0;  // measures
  std::int64_t silent = 0;        // agencies without any result
};
[[nodiscard]] RollupFacts facts_of(const Rollup& rollup);

}  // namespace khien::hub
