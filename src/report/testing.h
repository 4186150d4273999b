// An invented assessment for tests and benches: one order shaped like those agencies receive, five
// measures of every verdict, one for somebody else, and a stricter norm. All names are invented.
#pragma once

#include <string>

#include <fmt/format.h>

#include "base/calendar.h"
#include "store/model.h"

namespace khien::report::testing {

inline void add_run(Assessment& a, std::int64_t id, std::int64_t measure, const char* kind,
                    const char* control, Outcome outcome, std::int64_t passed, std::int64_t failed,
                    std::int64_t unknown, const char* reason = "", const char* table = "account") {
  RunRecord r;
  r.id = id;
  r.measure = measure;
  r.kind = kind;
  r.control = control;
  r.table = table;
  r.outcome = outcome;
  r.passed = passed;
  r.failed = failed;
  r.unknown = unknown;
  r.reason = reason;
  a.runs.push_back(r);
}

inline void add_findings(Assessment& a, std::int64_t run, std::int64_t measure,
                         const char* control, const char* kind, int count, const char* severity,
                         const char* observed, const char* reason) {
  for (int i = 0; i < count; ++i) {
    FindingRecord f;
    f.id = static_cast<std::int64_t>(a.findings.size()) + 1;
    f.run = run;
    f.measure = measure;
    f.control = control;
    f.kind = kind;
    f.subject = fmt::format("can.bo.{:03}@soct.mau.test", i + 1);
    f.severity = severity;
    f.observed = observed;
    f.reason = reason;
    f.table = "account";
    f.fact = 100 + i;
    f.collection = 1;
    f.clauses = {"mục 1"};
    f.norms = {"tcvn_mau"};
    a.findings.push_back(f);
  }
}

inline KindRecord kind(const char* name, const char* by, Outcome outcome, const char* reason = "") {
  KindRecord k;
  k.kind = name;
  k.decided_by = by;
  k.outcome = outcome;
  k.reason = reason;
  k.parameters = Node::map({{"min_length", 9}});
  return k;
}

inline MeasureRecord measure(std::int64_t id, const char* doc_id, const char* cite,
                             const char* text, Verdict verdict, std::vector<KindRecord> kinds) {
  MeasureRecord m;
  m.id = id;
  m.dispatch = 1;
  m.doc_id = doc_id;
  m.cite_vi = cite;
  m.text = text;
  m.obligation = "must";
  m.verdict = verdict;
  m.kinds = std::move(kinds);
  return m;
}

inline AgencyRecord sample_agency() {
  AgencyRecord g;
  g.name = "Sở Công Thương tỉnh Mẫu";
  g.parent = "UBND tỉnh Mẫu";
  g.place = "Mẫu";
  g.symbol = "SCT-VP";
  g.signer_title = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC";
  g.signer_name = "Nguyễn Văn Mẫu";
  g.officer_name = "Trần Thị Thử";
  g.officer_title = "Phó Chánh Văn phòng";
  g.sample = true;
  return g;
}

inline DispatchRecord sample_dispatch() {
  DispatchRecord d;
  d.id = 1;
  d.sha256 = std::string(64, 'a');
  d.source = "mau.txt";
  d.symbol = "STTTT-CNTT";
  d.form = "công văn";
  d.issuer = "Sở Thông tin và Truyền thông tỉnh Mẫu";
  d.place = "Mẫu";
  d.issued_on = "2021-08";
  d.subject_line = "V/v tăng cường quản lý tài khoản người dùng trên các ứng dụng dùng chung.";
  d.legal_basis = {{"12/2020/QĐ-UBND", "2020-05-04", "UBND tỉnh Mẫu"}};
  d.recipients = {"Các sở, ban, ngành"};
  return d;
}

inline void add_sample_measures(Assessment& a) {
  a.measures.push_back(measure(
      1, "1", "mục 1",
      "Yêu cầu cán bộ, công chức đổi mật khẩu ngay sau khi được cấp; mật khẩu có ít nhất 9 ký tự, "
      "gồm chữ, số và ký tự đặc biệt.",
      Verdict::not_met,
      {kind("account.password_change_on_issue", "control", Outcome::fail),
       kind("account.password_policy", "control", Outcome::pass)}));
  a.measures.push_back(measure(
      2, "2", "mục 2", "Xóa tài khoản của người đã nghỉ việc, chuyển công tác.",
      Verdict::partly_met, {kind("account.leavers", "control", Outcome::fail)}));
  a.measures.push_back(measure(
      3, "2.1", "gạch đầu dòng thứ nhất, mục 2",
      "Không để mật khẩu mặc định như 123, 12345678; cá nhân chịu trách nhiệm về tài khoản của "
      "mình.",
      Verdict::undetermined,
      {kind("account.weak_or_default_password", "", Outcome::unknown, "reason.sample_never"),
       kind("sample.responsibility", "", Outcome::not_checked, "reason.sample_no_control")}));
  a.measures.push_back(measure(
      4, "2.2", "gạch đầu dòng thứ hai, mục 2",
      "Phân quyền trên hệ thống quản lý văn bản phù hợp theo chức năng.", Verdict::met,
      {kind("account.roles", "control", Outcome::pass),
       kind("leader.sample", "attestation", Outcome::pass)}));
  a.measures.push_back(measure(
      5, "3", "mục 3", "Tổng kiểm tra hệ thống thông tin; thiết lập tường lửa để cảnh báo sớm.",
      Verdict::undetermined,
      {kind("sample.firewall", "", Outcome::unknown, "reason.sample_never")}));
  MeasureRecord other = measure(6, "4", "mục 4", "Giao Trung tâm CNTT theo dõi, hỗ trợ các đơn vị.",
                                Verdict::undetermined, {});
  other.addressed = false;
  other.actor = "trung tâm công nghệ thông tin";
  a.measures.push_back(other);
}

inline void add_sample_runs(Assessment& a) {
  add_run(a, 1, 1, "account.password_change_on_issue", "sample.changed_on_issue", Outcome::fail,
          287, 25, 0);
  add_run(a, 2, 1, "account.password_policy", "sample.policy", Outcome::pass, 312, 0, 0);
  a.runs.back().parameters = Node::map({{"min_length", 9}, {"sample_age", "P3M"}});
  a.runs.back().defaulted = {"sample_age"};
  add_run(a, 3, 2, "account.leavers", "sample.leavers", Outcome::fail, 306, 4, 2);
  add_run(a, 4, 3, "account.weak_or_default_password", "sample.weak", Outcome::unknown, 0, 0, 0,
          "reason.sample_never");
  add_run(a, 5, 4, "account.roles", "sample.roles", Outcome::pass, 312, 0, 0);
  add_run(a, 6, 5, "sample.firewall", "sample.firewall", Outcome::unknown, 0, 0, 0,
          "reason.sample_never", "host");
  add_run(a, 7, 0, "account.password_policy", "sample.stricter", Outcome::fail, 300, 12, 0);
  a.runs.back().required_by = "tcvn_mau";
  a.runs.back().parameters = Node::map({{"sample_age", "P6M"}, {"names", Node::list_of({"a"})}});
  add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue", 25, "high",
               "2024-03-01", "reason.sample_never_changed");
  add_findings(a, 3, 2, "sample.leavers", "account.leavers", 4, "medium", "locked",
               "reason.sample_locked");
  add_findings(a, 7, 0, "sample.stricter", "account.password_policy", 12, "low", "P6M",
               "reason.sample_short");
}

inline void add_sample_sources(Assessment& a) {
  CollectionRecord c;
  c.id = 1;
  c.collector = "account_file";
  c.source = "tai-khoan-2026-11.csv";
  c.source_sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  c.finished_at = a.created_at;
  c.tables = {{"account", "complete", "", "", 312}, {"staff", "partial", "reason.sample_column",
                                                      "", 290}};
  a.collections.push_back(c);
  c.id = 2;
  c.collector = "host_linux";
  c.source = "may-chu-01.soct.mau.test";
  c.source_sha256 = "";
  c.host = "may-chu-01.soct.mau.test";
  c.tables = {{"host", "complete", "", "", 1}, {"browser_credential", "missing",
                                                 "reason.sample_permission", "", 0}};
  a.collections.push_back(c);
  a.norms = {{"luat_mau", "Luật An ninh mạng mẫu số 00/2025/QH", "Sample law", "2026-07-01", "",
              true},
             {"tcvn_mau", "TCVN mẫu 00000:2026", "Sample standard", "2026-07-24", "", false}};
  a.attestations.push_back({"leader.sample", "Quyết định số 15/QĐ-SCT phân công quản trị hệ thống",
                            "Lê Văn Thử", "2026-02-03", "2027-02-03", "qd15.pdf",
                            std::string(64, 'b'), true, ""});
  a.controls = {{"sample.changed_on_issue", "", "high", {}}, {"sample.leavers", "", "medium", {}}};
}

inline Assessment sample_assessment() {
  Assessment a;
  a.id = "3b1f0c9a5d7e4c21";
  a.as_of = end_of_day_ms({2026, 11, 20});
  a.created_at = start_of_day_ms({2026, 11, 21}) + 7 * 3'600'000;
  a.program_version = "0.1.0";
  a.content_version = std::string(64, 'c');
  a.agency = sample_agency();
  a.dispatches.push_back(sample_dispatch());
  add_sample_measures(a);
  add_sample_runs(a);
  add_sample_sources(a);
  a.coverage = {5, 2, 1};
  return a;
}

}  // namespace khien::report::testing
