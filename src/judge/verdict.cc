// The rules of ARCHITECTURE, "Judging": any fail = not met (partly where the control says so);
// every kind decided by complete facts or valid attestations = met; some decided, none failed =
// partly; else undetermined.
#include "judge/verdict.h"

#include <algorithm>

namespace khien {
namespace {

struct KindRuns {
  bool any = false;
  bool hard_fail = false;
  bool soft_fail = false;
  bool undecided = false;
  bool own_undecided = false;  // ... by a control whose failure is the kind's own
  bool all_not_applicable = true;
  bool sufficient_pass = false;  // a passing run of a control that may decide the kind
  bool attestable = true;
  bool broken = false;
  std::string reason;
  // Without a failure: do the runs say all there is to say of the kind?
  [[nodiscard]] bool decided() const {
    return any && !undecided && (sufficient_pass || all_not_applicable);
  }
};

KindRuns gather(const Catalog& catalog, const Assessment& a, std::int64_t measure,
                const std::string& kind) {
  KindRuns k;
  for (const RunRecord& run : a.runs) {
    if (run.measure != measure || run.kind != kind) continue;
    k.any = true;
    const Control* control = catalog.find(run.control);
    k.attestable = k.attestable && (control == nullptr || control->attestation);
    k.all_not_applicable = k.all_not_applicable && run.outcome == Outcome::not_applicable;
    switch (run.outcome) {
      case Outcome::fail: (run.softens ? k.soft_fail : k.hard_fail) = true; break;
      case Outcome::pass:
        k.sufficient_pass = k.sufficient_pass || control == nullptr || control->sufficient;
        break;
      case Outcome::not_applicable: break;
      default:
        k.undecided = true;
        k.own_undecided = k.own_undecided || !run.softens;
        k.broken = k.broken || run.outcome == Outcome::error;
        if (k.reason.empty()) k.reason = run.reason;
    }
  }
  if (k.any && !k.undecided && !k.decided()) k.reason = "reason.only_partly_checked";
  return k;
}

bool attested(const Assessment& a, const std::string& kind) {
  return std::any_of(a.attestations.begin(), a.attestations.end(), [&](const AttestationRecord& t) {
    return t.accepted && t.kind == kind;
  });
}

// Why an attestation that was given did not count, if one was.
std::string refused_attestation(const Assessment& a, const std::string& kind) {
  for (const AttestationRecord& t : a.attestations) {
    if (!t.accepted && t.kind == kind) return t.reason;
  }
  return "";
}

struct Tally {
  bool hard_fail = false;
  bool soft_fail = false;
  std::size_t decided = 0;
};

void decide_kind(const Catalog& catalog, const Assessment& a, const MeasureRecord& m, KindRecord& k,
                 Tally& tally) {
  const KindRuns runs = gather(catalog, a, m.id, k.kind);
  // Less than the whole is met only where the whole was looked at.
  if (runs.hard_fail || (runs.soft_fail && !runs.own_undecided)) {
    k.outcome = Outcome::fail;
    k.decided_by = "control";
    tally.hard_fail = tally.hard_fail || runs.hard_fail;
    tally.soft_fail = tally.soft_fail || runs.soft_fail;
    ++tally.decided;
  } else if (runs.decided()) {
    k.outcome = runs.all_not_applicable ? Outcome::not_applicable : Outcome::pass;
    k.decided_by = "control";
    ++tally.decided;
  } else if (runs.attestable && !runs.broken && attested(a, k.kind)) {
    k.outcome = Outcome::pass;
    k.decided_by = "attestation";
    ++tally.decided;
  } else {
    const std::string refused = refused_attestation(a, k.kind);
    k.outcome = !runs.any ? Outcome::not_checked : runs.broken ? Outcome::error : Outcome::unknown;
    k.reason = !runs.attestable && attested(a, k.kind) ? "reason.attested_not_checked"
               : !refused.empty()                      ? refused
               : runs.any                              ? runs.reason
                                                       : "reason.no_control";
  }
}

}  // namespace

void decide(const Catalog& catalog, Assessment& a) {
  a.coverage = {};
  for (MeasureRecord& m : a.measures) {
    if (!m.addressed) continue;
    Tally tally;
    for (KindRecord& k : m.kinds) decide_kind(catalog, a, m, k, tally);
    const bool all = !m.kinds.empty() && tally.decided == m.kinds.size();
    m.verdict = tally.hard_fail     ? Verdict::not_met
                : tally.soft_fail   ? Verdict::partly_met
                : all               ? Verdict::met
                : tally.decided > 0 ? Verdict::partly_met
                                    : Verdict::undetermined;
    count_measure(m, a.coverage);
  }
}

}  // namespace khien
