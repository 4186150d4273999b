#include "judge/sources.h"

#include <set>

namespace khien {

Result<std::vector<CollectionRecord>> read_collections(const Database& db) {
  std::vector<CollectionRecord> out;
  KHIEN_TRY(auto s, db.prepare("select collection_id, collector, source, source_sha256, host,"
                               " sealed_by, key_known, finished_at from collection"
                               " order by collection_id"));
  KHIEN_TRY(auto t, db.prepare("select table_name, status, reason, detail, row_count from"
                               " collection_table where collection_id = ?1 order by table_name"));
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return out;
    CollectionRecord& c = out.emplace_back();
    c = {s.integer(0), s.text(1), s.text(2), s.text(3), s.text(4),
         s.text(5),    s.integer(6) == 1, s.integer(7), {}};
    t.bind(1, c.id);
    for (;;) {
      KHIEN_TRY(const bool row, t.step());
      if (!row) break;
      c.tables.push_back({t.text(0), t.text(1), t.text(2), t.text(3), t.integer(4)});
    }
    t.reset();
  }
}

Result<std::vector<AttestationRecord>> read_attestations(const Database& db, const Date& today) {
  std::vector<AttestationRecord> out;
  KHIEN_TRY(auto s, db.prepare("select kind, statement, signed_by, signed_on, valid_until_on,"
                               " file, file_sha256, file_present from attestation"
                               " order by fact_id"));
  const std::string on = to_iso(today);
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return out;
    AttestationRecord a{s.text(0), s.text(1), s.text(2), s.text(3), s.text(4),
                        s.text(5), s.text(6), false, ""};
    if (s.integer(7) != 1) a.reason = "reason.attestation_no_file";
    else if (a.signed_by.empty() || a.signed_on.empty()) a.reason = "reason.attestation_unsigned";
    else if (a.valid_until.empty()) a.reason = "reason.attestation_no_expiry";
    else if (a.signed_on > on) a.reason = "reason.attestation_future";
    else if (a.valid_until < on) a.reason = "reason.attestation_expired";
    a.accepted = a.reason.empty();
    out.push_back(std::move(a));
  }
}

void record_controls_and_norms(const Plan& plan, const Catalog& catalog, Assessment& out) {
  std::set<std::string> controls;
  for (const PlannedRun& p : plan.runs) {
    if (!controls.insert(p.control->id).second) continue;
    out.controls.push_back(
        {p.control->id, p.control->sql, p.control->severity, p.control->satisfies,
         p.control->work_list});
  }
  std::set<std::string> norms;
  for (const FindingRecord& f : out.findings) norms.insert(f.norms.begin(), f.norms.end());
  for (const RunRecord& r : out.runs) norms.insert(r.required_by);
  for (const Norm& n : catalog.norms()) {
    if (!norms.contains(n.id)) continue;
    out.norms.push_back({n.id, n.title_vi, n.title_en, n.valid_from, n.valid_to, n.verified});
  }
}

}  // namespace khien
