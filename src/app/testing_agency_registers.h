// The registers of a generated agency: what officers fill in, spoiled here and there.
#pragma once

#include "app/testing_agency.h"

namespace khien::app {

inline void GeneratedAgency::systems() {
  std::vector<Row> systems;
  std::vector<Row> layers;
  std::vector<Row> reviews;
  for (const std::string name : {"TDOffice", "Một cửa", "Thư công vụ", "Cổng thông tin"}) {
    Row system = example("systems", {{"name", name}});
    switch (pick(6)) {
      case 0:
        system["security_grade"] = system["grade_decision"] = system["graded_on"] = "";
        plant("system.graded", name);
        break;
      case 1:
        system["personal_measures"] = "";
        plant("data.personal_protected", name);
        break;
      case 2:
        system["operated_by"] = "";
        plant("system.listed_fully", name);
        break;
      default: break;
    }
    systems.push_back(system);
    const int lapsed = one_in(3) ? 1 + pick(4) : 0;
    if (lapsed > 0) plant("system.layers_covered", name);
    for (int layer = 1; layer <= 4; ++layer) {
      layers.push_back(example(
          "system_layers", {{"system", name}, {"layer", std::to_string(layer)},
                            {"valid_until_on", layer == lapsed ? "31/12/2025" : "31/12/2026"}}));
    }
    const bool open = one_in(3);
    if (open) plant("system.review_current", name);
    reviews.push_back(example("reviews", {{"system", name}, {"open_count", open ? "2" : "0"}}));
  }
  put("systems", systems);
  put("system_layers", layers);
  put("reviews", reviews);
}

inline void GeneratedAgency::services() {
  std::vector<Row> providers = {example("providers", {{"provider", "Công ty Canh Gác"},
                                                      {"kind", "An toàn thông tin"},
                                                      {"serves", "Giám sát 24/7"}})};
  std::vector<Row> portals;
  std::vector<Row> firewalls;
  std::vector<Row> logs;
  for (int i = 1; i <= 4; ++i) {
    Row line = example("providers", {{"provider", fmt::format("Nhà mạng {}", i)}});
    if (const int flaw = pick(4); flaw == 0) {
      line["answered_on"] = line["reviewed"] = line["stable"] = line["reply"] = "";
      plant("provider.telecom_confirmed", line["provider"]);
    } else if (flaw == 1) {
      line["stable"] = "Không";
      plant("net.line_confirmed", line["provider"]);
    }
    providers.push_back(line);

    Row portal = example("portals", {{"portal", fmt::format("cong{}.gia-dinh.test", i)}});
    if (const int flaw = pick(4); flaw == 0) {
      portal["commitment"] = "";
      plant("portal.operator_committed", portal["portal"]);
    } else if (flaw == 1) {
      portal["bad_content_count"] = "2";
      plant("portal.content_checked", portal["portal"]);
    }
    portals.push_back(portal);

    Row device = example("firewalls", {{"host", fmt::format("tuong-lua-{}", i)}});
    if (one_in(3)) {
      if (one_in(2)) device["licence_ends_on"] = "30/09/2026";
      else device["logging"] = "Không";
      plant("net.firewall_device", device["host"]);
    }
    firewalls.push_back(device);

    Row log = example("log_sources", {{"source", fmt::format("nguon-{}", i)}});
    if (one_in(3)) {
      if (one_in(2)) log["last_seen_at"] = "01/11/2026 08:00";
      else log["central"] = "Không";
      plant("log.sources_recorded", log["source"]);
    }
    logs.push_back(log);
  }
  put("providers", providers);
  put("portals", portals);
  put("firewalls", firewalls);
  put("log_sources", logs);
}

inline void GeneratedAgency::papers() {
  std::vector<Row> plans;
  for (const char* kind : {"Ứng cứu sự cố", "Hoạt động dự phòng", "Sao lưu"}) {
    Row plan = example("plans", {{"kind", kind}, {"title", fmt::format("Phương án {}", kind)}});
    if (one_in(3)) {
      plan["tested_on"] = "15/08/2024";
      plant(std::string(kind) == "Ứng cứu sự cố" ? "incident.plan_current" : "backup.plan_tested",
            kind);
    }
    plans.push_back(plan);
  }
  put("plans", plans);
  std::vector<Row> backups;
  for (int i = 1; i <= 4; ++i) {
    Row copy = example("backups", {{"what", fmt::format("Dữ liệu {}", i)}});
    if (const int flaw = pick(6); flaw == 0) copy["offline"] = "Không";
    else if (flaw == 1) copy["restored_on"] = "01/09/2025";
    else if (flaw == 2) copy["second_place"] = "";
    if (copy != example("backups", {{"what", copy["what"]}})) {
      plant("backup.copies_kept", copy["what"]);
    }
    backups.push_back(copy);
  }
  put("backups", backups);
  std::vector<Row> assigned;
  int n = 0;
  for (const char* role : {"Lãnh đạo phụ trách", "Cán bộ phụ trách", "Quản trị hệ thống"}) {
    Row row = example("assignments", {{"role", role}, {"person", fmt::format("Người {}", ++n)}});
    if (one_in(3)) {
      row["decision"] = "";
      plant("leader.assigned", row["person"]);
    }
    assigned.push_back(row);
  }
  put("assignments", assigned);
}

inline void GeneratedAgency::people_lists() {
  std::vector<Row> commitments;
  std::vector<Row> declared;
  std::vector<Row> certificates;
  for (const Person& p : people_) {
    const Row who = {{"staff_key", p.key}, {"person", p.name}};
    if (!p.gone) {
      commitments.push_back(example("commitments", who));
      if (one_in(9)) {
        commitments.back()["signed_on"] = "";
        plant("account.commitment_signed", p.name);
      }
      declared.push_back(example("mail_declarations", who));
      if (one_in(9)) {
        declared.back()["outside_use"] = "Có";
        plant("account.mail_declared", p.name);
      }
    }
    if (!one_in(3)) continue;
    Row token = example("certificates", {{"holder", p.name}, {"staff_key", p.key},
                                         {"serial", "5404" + p.key}, {"purpose", "Cá nhân"}});
    if (p.gone) {
      plant("sign.leaver_revoked", p.name);
    } else if (one_in(4)) {
      token["pin_changed_on"] = "";
      plant("sign.certificate_kept", p.name);
    }
    certificates.push_back(token);
  }
  certificates.push_back(example("certificates", {{"holder", people_[0].name},
                                                  {"staff_key", people_[0].key},
                                                  {"serial", "5404FF"}}));
  put("commitments", commitments);
  put("mail_declarations", declared);
  put("certificates", certificates);
  std::vector<Row> sessions = {
      example("awareness", {{"kind", "Phổ biến và tập huấn"}, {"topic", "Quy định"}}),
      example("awareness", {{"kind", "Cảnh báo"}, {"topic", "Thư lừa đảo"}})};
  const char* const controls[] = {"awareness.trained", "awareness.warned"};
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (!one_in(3)) continue;
    sessions[i]["reached_count"] = "10";
    plant(controls[i], sessions[i]["topic"]);
  }
  put("awareness", sessions);
}

// The founding dispatches and what they refer to.
inline void GeneratedAgency::orders() {
  static constexpr const char* kFounding[][2] = {
      {"STTTT-CNTT", "17/12/2020"}, {"20/UBND-VHXXH", "08/01/2018"}, {"STP-VP", "20/02/2024"},
      {"STTTT-BCVT&CNTT", "27/04/2023"}, {"STTTT-CNTT&TT", "20/08/2021"}};
  static constexpr const char* kReferred[] = {
      "458/CTSBMTT-QTHT", "4749/BTTTT-CATTT", "1520/BTTTT-CATTT", "01/2019/QĐ-UBND",
      "71/2012/QĐ-UBND", "108/CNTT-HT&ATTT", "682/QĐ-BTTP", "45/QĐ-BTP", "34/2020/QĐ-UBND",
      "199/KH-UBND", "99/KH-STP"};
  std::vector<Row> rows;
  for (const auto& [number, on] : kFounding) {
    rows.push_back(example("orders", {{"number", number}, {"issued_on", on}}));
    const bool cascades = std::string(number) == "STTTT-CNTT" ||  // those that ask it
                          std::string(number) == "STTTT-BCVT&CNTT";
    if (cascades && one_in(3)) {
      rows.back()["receipts_count"] = "6";
      plant("directive.cascaded", number);
    }
    if (std::string(number) == "STP-VP" && one_in(2)) {
      rows.back()["reported_on"] = rows.back()["report_number"] = "";
      plant("directive.result_reported", number);
    }
  }
  for (const char* number : kReferred) {
    rows.push_back(example("orders", {{"number", number}}));
    if (!one_in(4)) continue;
    rows.back()["state"] = "Chưa thực hiện";
    plant("directive.references_followed", number);
  }
  put("orders", rows);
  std::vector<Row> tasks;
  for (const char* plan : {"199/KH-UBND", "99/KH-STP"}) {
    for (int i = 1; i <= 3; ++i) {
      tasks.push_back(example("plan_tasks", {{"plan", plan}, {"task", fmt::format("Việc {}", i)}}));
      if (!one_in(3)) continue;
      tasks.back()["due_on"] = "30/09/2026";
      plant("plan.tasks_in_time", fmt::format("{}: Việc {}", plan, i));
    }
  }
  put("plan_tasks", tasks);
}

inline void GeneratedAgency::events() {
  std::vector<Row> contacts;
  for (const auto& [purpose, control] :
       {std::pair{"Hỗ trợ kỹ thuật", "support.contact_known"},
        std::pair{"Ứng cứu sự cố", "incident.contact_known"}}) {
    contacts.push_back(example("support_contacts", {{"unit", purpose}, {"purpose", purpose}}));
    if (!one_in(4)) continue;
    contacts.back()["phone"] = contacts.back()["mail"] = "";
    plant(control, purpose);
  }
  put("support_contacts", contacts);
  std::vector<Row> asked;
  std::vector<Row> told;
  std::vector<Row> cases;
  for (int i = 1; i <= 4; ++i) {
    asked.push_back(example("support_requests", {{"number", fmt::format("6{}/CV-GD", i)}}));
    if (one_in(3)) {
      asked.back()["done_on"] = asked.back()["result"] = "";
      plant("support.requests_followed", asked.back()["number"]);
    }
    told.push_back(example("requests", {{"request", fmt::format("Yêu cầu {}", i)}}));
    if (one_in(3)) {
      told.back()["done_at"] = "13/11/2026 09:00";  // due on the 12th
      plant("directive.requests_done", told.back()["request"]);
    }
    const std::string mail = fmt::format("lo{}@gia-dinh.test", i);
    cases.push_back(example("incidents", {{"case_name", fmt::format("SC-{}", i)},
                                          {"subject", mail}}));
    if (const int flaw = pick(4); flaw == 0) {
      cases.back()["password_changed_on"] = "";
      plant("account.leak_handled", mail);
    } else if (flaw == 1) {
      cases.back()["reported_at"] = "12/11/2026 09:00";
      plant("incident.reported_in_time", cases.back()["case_name"]);
    }
  }
  put("support_requests", asked);
  put("requests", told);
  put("incidents", cases);
}

// Shifts of a whole day over the days the founding dispatches want watched.
inline void GeneratedAgency::roster() {
  const std::vector<std::vector<std::string>> watch_windows = {
      {"14/02/2018", "15/02/2018", "16/02/2018", "17/02/2018", "18/02/2018", "19/02/2018",
       "20/02/2018", "21/02/2018"},
      {"30/04/2023", "01/05/2023", "02/05/2023"}};
  const char* const named[] = {"2018-02-14", "2023-04-30"};
  std::vector<Row> shifts;
  for (std::size_t w = 0; w < watch_windows.size(); ++w) {
    const int days = static_cast<int>(watch_windows[w].size()) - 1;
    const int hole = one_in(2) ? pick(days) : -1;
    if (hole >= 0) plant("duty.roster_covers_window", named[w]);
    for (int i = 0; i < days; ++i) {
      if (i == hole) continue;
      const auto day = static_cast<std::size_t>(i);
      shifts.push_back(example("duty", {{"person", "Trực ngày " + watch_windows[w][day]},
                                        {"from_at", watch_windows[w][day] + " 00:00"},
                                        {"to_at", watch_windows[w][day + 1] + " 00:00"}}));
      if (!one_in(5)) continue;
      shifts.back()["phone"] = "";
      plant("duty.shift_reachable", shifts.back()["person"]);
    }
  }
  put("duty", shifts);
}

inline void GeneratedAgency::finish() {
  save("agency.yaml", "name: Sở Gia Định\nplace: Gia Định\nsymbol: GD-VP\nsample: true\n"
                      "aliases: [Sở Thông tin và Truyền thông]\n"
                      "applications: [Thư công vụ, TDOffice, Một cửa]\nsources:\n" + sources_);
}

}  // namespace khien::app
