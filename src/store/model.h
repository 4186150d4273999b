// The rows of an assessment file as plain values: judge writes them, report reads them.
// The DDL is in store/assessment.cc; every list here is one table there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "store/order.h"

namespace khien {

struct AgencyRecord {
  std::string name;           // Sở Công Thương tỉnh Mẫu
  std::string parent;         // cơ quan chủ quản: UBND TỈNH MẪU
  std::string place;          // địa danh for the date line
  std::string symbol;         // letters of its own documents: "SCT-VP"
  std::string signer_title;   // GIÁM ĐỐC
  std::string signer_name;    // may be empty: left blank
  std::string officer_name;   // in charge of information security
  std::string officer_title;
  std::string facts_max_age;  // how old facts of machines may be, by the officer's word; "" = usual
  bool sample = false;        // invented data: "DỮ LIỆU MẪU" on every page
};

struct DispatchRecord : DispatchHead {
  std::int64_t id = 0;
  std::vector<std::string> warnings;  // texts already in words of content/text (ids)
};

enum class Verdict { met, partly_met, not_met, undetermined };
[[nodiscard]] const char* to_string(Verdict verdict);  // "met", "partly_met", ...
[[nodiscard]] Verdict verdict_from(std::string_view text);

enum class Outcome { pass, fail, unknown, error, not_applicable, not_checked };
[[nodiscard]] const char* to_string(Outcome outcome);
[[nodiscard]] Outcome outcome_from(std::string_view text);

// How one kind of one measure was decided.
struct KindRecord : KindMatch {
  std::string decided_by;  // "control" | "attestation" | "" (undecided)
  Outcome outcome = Outcome::not_checked;
  std::string reason;      // text id when undecided: "reason.no_control" ...
};

struct MeasureRecord : MeasureHead {
  std::int64_t id = 0;
  std::int64_t dispatch = 0;
  std::string doc_id;      // "2.1", the document's own
  std::string obligation;  // must | should | may
  bool addressed = true;   // false: ordered of somebody else; not counted
  Verdict verdict = Verdict::undetermined;
  std::vector<KindRecord> kinds;
};

// One control run for one kind of one measure (measure = 0: an extra run, "yêu cầu cao hơn").
struct RunRecord {
  std::int64_t id = 0;
  std::int64_t measure = 0;
  std::string kind;
  std::string control;
  std::string table;            // fact table of its subjects
  Node parameters;              // as bound
  std::vector<std::string> defaulted;  // parameters that took the declared default
  Outcome outcome = Outcome::not_checked;
  bool softens = false;         // its failure makes the measure partly_met, not not_met
  bool complete = true;         // all facts it needs came from complete collections
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t unknown = 0;
  std::int64_t errors = 0;
  std::int64_t not_applicable = 0;
  std::string reason;           // text id: reason.never_collected ...
  std::string required_by;      // extra runs: the norm or dispatch that asks more
  [[nodiscard]] std::int64_t total() const { return passed + failed + unknown + errors; }
};

struct FindingRecord {
  std::int64_t id = 0;
  std::int64_t run = 0;
  std::int64_t measure = 0;     // 0 for extra findings
  std::string control;
  std::string kind;
  std::string subject;
  Outcome result = Outcome::fail;
  std::string severity;         // info | low | medium | high | critical
  std::string observed;
  std::string reason;           // text id
  std::string table;
  std::int64_t fact = 0;        // fact_id in `table`; 0 when missing
  std::string missing;          // table or column that is missing
  std::int64_t collection = 0;
  std::vector<std::string> clauses;  // cite_vi of the measure
  std::vector<std::string> norms;    // norm ids in force at as-of
};

struct CollectionRecord {
  std::int64_t id = 0;
  std::string collector;
  std::string source;
  std::string source_sha256;
  std::string host;
  std::string sealed_by;   // fingerprint of the key of the bundle it came in; "" when read here
  bool key_known = false;  // that key is this installation's own or one its officer trusts
  std::int64_t finished_at = 0;
  struct TableState {
    std::string table;
    std::string status;  // complete | partial | missing
    std::string reason;
    std::string detail;
    std::int64_t rows = 0;
  };
  std::vector<TableState> tables;
};

struct ControlRecord {
  std::string id;
  std::string sql;
  std::string severity;
  std::vector<std::string> satisfies;
  Node work_list;  // {list, observed, rows} of the control, null: none
};

struct NormRecord {
  std::string id;
  std::string title_vi;
  std::string title_en;
  std::string valid_from;
  std::string valid_to;
  bool verified = false;
};

struct AttestationRecord {
  std::string kind;
  std::string statement;
  std::string signed_by;
  std::string signed_on;
  std::string valid_until;
  std::string file;
  std::string file_sha256;
  bool accepted = false;
  std::string reason;  // text id when not accepted
};

// What became of one demand since an earlier assessment of the same agency.
enum class Change { better, worse, same, unclear, added, gone };
[[nodiscard]] const char* to_string(Change change);
[[nodiscard]] Change change_from(std::string_view text);

// What became of one subject: `unclear` where the newer facts do not show it any more.
enum class CaseState { open, added, closed, unclear };
[[nodiscard]] const char* to_string(CaseState state);
[[nodiscard]] CaseState case_state_from(std::string_view text);

struct ChangeRecord {           // one demand
  std::int64_t measure = 0;     // of the newer file; 0: `gone`
  std::string dispatch;         // number or symbol of the order
  std::string doc_id, cite_vi;
  std::string text;
  std::string before, after;    // verdicts; "" where it was not asked
  Change change = Change::same;
  std::int64_t failing_before = 0;  // subjects, over all controls of the demand
  std::int64_t failing_after = 0;
  std::int64_t closed = 0, added = 0, unclear = 0;
  std::int64_t since = 0;       // as-of of the oldest assessment it is known to fail in; 0: none
};

struct CaseRecord {             // one subject under one demand
  std::int64_t measure = 0;     // of the newer file
  std::string control, subject;
  CaseState state = CaseState::open;
  std::int64_t since = 0;       // as-of of the oldest assessment in which it failed without a break
};

struct Comparison {
  std::string before_sha256;    // of the earlier file; "" : nothing was compared
  std::int64_t before_as_of = 0;
  std::vector<ChangeRecord> changes;
  std::vector<CaseRecord> cases;
};

struct Coverage {
  std::int64_t measures = 0;    // addressed to this agency
  std::int64_t by_controls = 0; // decided wholly by controls
  std::int64_t attested = 0;    // decided with the help of attestations
  [[nodiscard]] int percent() const {
    return measures == 0 ? 0 : static_cast<int>(by_controls * 100 / measures);
  }
};
// Counts one measure: the only rule, for a whole file and for each order's part of it.
void count_measure(const MeasureRecord& measure, Coverage& coverage);

struct Assessment {
  std::string id;               // sha256-based, stable for the same inputs
  std::int64_t as_of = 0;       // ms UTC, end of the as-of day
  std::int64_t created_at = 0;
  std::string program_version;
  std::string content_version;
  std::string supersedes;
  bool shared = false;          // a `khien share` file: no subjects, no personal data
  AgencyRecord agency;
  std::vector<DispatchRecord> dispatches;
  std::vector<MeasureRecord> measures;
  std::vector<RunRecord> runs;
  std::vector<FindingRecord> findings;
  std::vector<CollectionRecord> collections;
  std::vector<ControlRecord> controls;
  std::vector<NormRecord> norms;
  std::vector<AttestationRecord> attestations;
  Coverage coverage;
  Comparison comparison;        // with the file it supersedes
};

}  // namespace khien
