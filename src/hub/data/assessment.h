// Results: what an assessment said of each measure, with the runs and findings behind it. The
// *.khien itself lies in files/; these rows are for pages, filled from its JSON.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct VerdictCounts {
  std::int64_t met = 0, partly_met = 0, not_met = 0, undetermined = 0;
  void add(const std::string& verdict, std::int64_t n);
};
[[nodiscard]] Node counts_node(const VerdictCounts& counts);

struct AssessmentRow {
  std::int64_t id = 0, agency_id = 0, made_at = 0;
  std::string as_of, sha256;
  std::int64_t dispatches = 0;
  std::string note;
  Node coverage;  // machines {seen, total}, sources [{name, state}]
  std::string made_by = "here";   // here | received
  std::string seal = "known";     // known | unknown | broken: the key that sealed it
  std::string sealed_by;          // its fingerprint
  bool shared = false;            // came without subjects: counts and verdicts alone
  bool open = false;              // whoever gave it lets those above see its findings
  bool partial = false;           // of some of the agency's dispatches only
  std::string file_name, received_by;
  Node refused;                   // code, place, args: kept, and counts nowhere
  VerdictCounts verdicts;
  [[nodiscard]] bool counts() const { return refused.is_null(); }
};
struct AssessedDispatch {
  std::int64_t position = 0, dispatch_id = 0;  // dispatch_id 0: none of ours
  std::string number, subject;
  VerdictCounts verdicts;
};
struct AssessedMeasure {
  std::int64_t position = 0, dispatch = 0;
  std::string doc_id, cite, text, due_on;
  std::string verdict;  // "" = ordered of somebody else
  std::string sentence_vi, sentence_en;
  Node kinds;           // kind, decided_by, outcome, reason
};
struct AssessedRun {
  std::int64_t position = 0, measure = 0;
  std::string control, kind, outcome, severity;
  std::int64_t passed = 0, failed = 0, unknown = 0;
  std::string reason, state_vi, state_en, task_vi, task_en;
};
struct FindingRow {
  std::int64_t id = 0, measure = 0;
  std::string control, subject, observed, result, reason, severity;
  std::int64_t fact = 0;
  std::int64_t machine = 0, account = 0;  // numbers in the result; 0: none
};

[[nodiscard]] Result<std::int64_t> add_assessment(const Database& db, const AssessmentRow& row);
[[nodiscard]] Done add_assessed(const Database& db, std::int64_t id, const AssessedDispatch& row);
[[nodiscard]] Done add_assessed(const Database& db, std::int64_t id, const AssessedMeasure& row);
[[nodiscard]] Done add_assessed(const Database& db, std::int64_t id, const AssessedRun& row);
[[nodiscard]] Done add_finding(Statement& insert, std::int64_t id, const FindingRow& row);
[[nodiscard]] Result<Statement> finding_insert(const Database& db);

[[nodiscard]] Result<std::optional<AssessmentRow>> find_assessment(const Database& db,
                                                                   std::int64_t id);
[[nodiscard]] Result<std::vector<AssessmentRow>> list_assessments(const Database& db,
                                                                  std::int64_t agency_id,
                                                                  std::int64_t before,
                                                                  std::int64_t limit);
// The newest of the agency, or of a dispatch; 0: none.
[[nodiscard]] Result<std::int64_t> latest_assessment(const Database& db, std::int64_t agency_id);
[[nodiscard]] Result<std::int64_t> latest_assessment_of(const Database& db,
                                                        std::int64_t dispatch_id);
[[nodiscard]] Result<std::vector<AssessedDispatch>> assessed_dispatches(const Database& db,
                                                                        std::int64_t id);
[[nodiscard]] Result<std::vector<AssessedMeasure>> assessed_measures(const Database& db,
                                                                     std::int64_t id);
// Of one dispatch in it: the paper's own number of a measure -> its verdict.
[[nodiscard]] Result<std::map<std::string, std::string>> verdicts_of_dispatch(
    const Database& db, std::int64_t id, std::int64_t dispatch_id);
[[nodiscard]] Result<std::vector<AssessedRun>> assessed_runs(const Database& db, std::int64_t id);
// The result that came to an agency as this file; refused ones too.
[[nodiscard]] Result<std::optional<AssessmentRow>> find_received(const Database& db,
                                                                 std::int64_t agency_id,
                                                                 const std::string& sha256);
[[nodiscard]] Done delete_assessment(const Database& db, std::int64_t id);
// The newest day an agency has a result of; "" for none.
[[nodiscard]] Result<std::string> newest_day(const Database& db, std::int64_t agency_id);
// Of a row m of assessed_measure: no attestation had a part in its verdict, and one failure or all
// of its kinds decided it (count_measure() of store/model.h, as SQL).
inline constexpr std::string_view kByControls =
    "(m.verdict is not null and not exists (select 1 from json_each(m.kinds) k where k.value ->>"
    " 'decided_by' = 'attestation') and (exists (select 1 from json_each(m.kinds) k where k.value"
    " ->> 'outcome' = 'fail') or (json_array_length(m.kinds) > 0 and not exists (select 1 from"
    " json_each(m.kinds) k where coalesce(k.value ->> 'decided_by', '') = ''))))";
// Adds up what was kept of each dispatch and of the whole: what a roll-up reads.
[[nodiscard]] Done sum_up_assessment(const Database& db, std::int64_t id);
// Of the whole (dispatch 0) or of one dispatch by its position.
[[nodiscard]] Result<VerdictCounts> verdict_counts(const Database& db, std::int64_t id,
                                                   std::int64_t dispatch = 0);

struct FindingSearch {
  std::int64_t assessment = 0;
  std::string result, control, q;  // "" = any
  std::int64_t measure = 0;        // 0 = any
  std::int64_t after = 0, limit = 50;
};
[[nodiscard]] Result<std::vector<FindingRow>> list_findings(const Database& db,
                                                            const FindingSearch& search);
// Of one machine or account (the other is 0), what fails first, the gravest first; one that
// several measures ask for is there once.
[[nodiscard]] Result<std::vector<FindingRow>> findings_about(const Database& db,
                                                             std::int64_t assessment,
                                                             std::int64_t machine,
                                                             std::int64_t account,
                                                             std::int64_t limit);
struct OutcomeCounts {
  std::int64_t fail = 0, unknown = 0, pass = 0;
};
[[nodiscard]] Result<OutcomeCounts> control_counts(const Database& db, std::int64_t id,
                                                   const std::string& control);

}  // namespace khien::hub
