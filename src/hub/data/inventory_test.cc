// Machines and accounts of a result over the API: lists, filters, what changed, who may see them.
#include "hub/data/inventory.h"

#include "base/limits.h"
#include "hub/jobs/inventory_rows.h"
#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

struct Kept {
  std::string host;
  bool seen = true;
  std::vector<std::string> fails, unknowns;  // controls
};

Node machine_line(std::int64_t number, const Kept& m) {
  Node out = Node::map({{"what", "machine"}, {"number", number}, {"host", m.host},
                        {"listed", true}, {"seen", m.seen}, {"unit", "Phòng Đo đạc"},
                        {"person", "Đỗ Văn Mẫu"}, {"accounts", 0}, {"os_name", "Windows 11"}});
  out.set("antivirus", Node::list());
  out.set("sources", Node::list());
  if (m.seen) {
    out.set("sources", Node::list({Node::map({{"collector", "host_windows"}, {"source", m.host},
                                              {"at", 5}, {"sealed_by", "aa"}, {"key_known", true},
                                              {"state", "complete"}})}));
  }
  return out;
}

Done add_found(const Database& db, std::int64_t id, const char* column, std::int64_t number,
               const std::string& control, const char* result, std::int64_t measure = 1) {
  KHIEN_TRY(Statement s, db.prepare(std::string("insert into finding(assessment_id, measure,"
                                                " control, subject, observed, result, reason,"
                                                " severity, fact, words, ") + column +
                                    ") values(?1, ?2, ?3, 'x', '', ?4, '', 'high', 1, 'x', ?5)"));
  return s.bind(1, id).bind(2, measure).bind(3, control).bind(4, std::string(result))
      .bind(5, number).run();
}

Result<std::int64_t> add_result(const Database& db, std::int64_t agency_id,
                                const std::string& day) {
  KHIEN_TRY(Statement s, db.prepare("insert into assessment(agency_id, made_at, as_of, sha256,"
                                    " dispatches, coverage) values(?1, 1, ?2, 'x', 1, '{}')"));
  KHIEN_DO(s.bind(1, agency_id).bind(2, day).run());
  const std::int64_t id = db.last_rowid();
  std::int64_t position = 0;
  for (const char* control : {"host.os_supported", "host.scanned"}) {
    KHIEN_TRY(Statement r, db.prepare("insert into assessed_run values(?1, ?2, 1, ?3, 'x', 'fail',"
                                      " 'high', 1, 1, 0, null, '', '', '', '')"));
    KHIEN_DO(r.bind(1, id).bind(2, ++position).bind(3, std::string(control)).run());
  }
  return id;
}

std::string keep_machines(TestHub& hub, std::int64_t agency_id, const std::string& day,
                          const std::vector<Kept>& machines) {
  const auto kept = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
    KHIEN_TRY(const std::int64_t id, add_result(db, agency_id, day));
    KHIEN_TRY(Statement insert, machine_insert(db));
    std::int64_t number = 0;
    for (const Kept& m : machines) {
      KHIEN_DO(add_machine(insert, id, machine_line(++number, m)));
      for (const auto& c : m.fails) KHIEN_DO(add_found(db, id, "machine", number, c, "fail"));
      for (const auto& c : m.unknowns) KHIEN_DO(add_found(db, id, "machine", number, c, "unknown"));
    }
    KHIEN_DO(sum_up_inventory(db, id));
    return id;
  });
  if (!kept) ADD_FAILURE() << to_string(kept.error());
  return std::to_string(kept.value_or(0));
}

std::string hosts_of(const Reply& reply) {
  std::string out;
  for (const Node& m : reply.json()["items"].items()) {
    out += (out.empty() ? "" : " ") + m["host"].text();
  }
  return reply.status == 200 ? out : reply.body;
}

TEST(InventoryApi, machines_come_with_the_most_faults_first_and_page_by_page) {
  TestHub hub;
  TestClient officer = hub.as("officer", hub.root());
  const std::string at = "/assessments/" +
                         keep_machines(hub, hub.root(), "2026-11-21",
                                       {{"PC-A"}, {"PC-B", true, {"host.scanned"}}, {"PC-C"},
                                        {"PC-D", true, {"host.scanned", "host.os_supported"}},
                                        {"PC-E", false, {}, {"host.scanned"}}});
  const Reply first = officer.get(at + "/machines?limit=2");
  EXPECT_EQ(hosts_of(first), "PC-D PC-B");
  EXPECT_EQ(first.json()["total"].integer(), 5);
  const std::string next = first.json()["next"].text();
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?limit=2&cursor=" + next)), "PC-A PC-C");
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?state=faulty")), "PC-D PC-B");
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?state=not_seen")), "PC-E");
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?fault=host.os_supported")), "PC-D");
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?q=do%20van&state=seen&fault=host.scanned")),
            "PC-D PC-B");
  EXPECT_EQ(hosts_of(officer.get(at + "/machines?q=khong%20co")), "");
  for (const char* bad : {"x", "1", "1-", "-1-2", "9999999999999999999999-1"}) {
    EXPECT_EQ(officer.get(at + "/machines?cursor=" + bad).status, 400) << bad;
  }
  const Node totals = officer.get(at + "/inventory").json();
  EXPECT_EQ(totals["machines"]["not_seen"].integer(), 1);
  EXPECT_EQ(totals["machines"]["faulty"].integer(), 2);
  EXPECT_EQ(totals["machine_faults"].items()[0]["control"].text(), "host.scanned");
}

TEST(InventoryApi, a_machine_says_its_sources_and_findings_and_is_not_sent_twice) {
  TestHub hub;
  TestClient officer = hub.as("officer", hub.root());
  const std::string id = keep_machines(hub, hub.root(), "2026-11-21",
                                       {{"PC-A", true, {"host.scanned"}, {"host.os_supported"}}});
  const std::string path = "/assessments/" + id + "/machines/1";
  const Reply reply = officer.get(path);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Node m = reply.json();
  EXPECT_EQ(m["sources"].items()[0]["way"].text(), "bundle");
  ASSERT_EQ(m["findings"].items().size(), 2U);
  EXPECT_EQ(m["findings"].items()[0]["result"].text(), "fail");
  EXPECT_EQ(m["findings"].items()[0]["machine_id"].text(), "1");
  EXPECT_EQ(m["worst"].text(), "high");
  EXPECT_TRUE(m["before"].is_null());
  const std::string etag = reply.header("etag");
  ASSERT_FALSE(etag.empty());
  EXPECT_EQ(officer.call("GET", "/api/v1" + path, "", {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(officer.get("/assessments/" + id + "/machines/2").status, 404);
  const Node found = officer.get("/assessments/" + id + "/findings").json();
  EXPECT_EQ(found["items"].items()[0]["machine_id"].text(), "1");
}

// Asked by several measures, it is one finding; a stricter demand's is shown and counted nowhere.
TEST(InventoryApi, a_control_counts_once_and_a_stricter_demand_not_at_all) {
  TestHub hub;
  TestClient officer = hub.as("officer", hub.root());
  const std::string id = keep_machines(hub, hub.root(), "2026-11-21",
                                       {{"PC-A", true, {"host.scanned", "host.scanned"}}});
  const auto more = hub.data().touch([&](const Database& db) -> Done {
    KHIEN_DO(add_found(db, std::stoll(id), "machine", 1, "host.os_supported", "fail", 0));
    return sum_up_inventory(db, std::stoll(id));
  });
  ASSERT_TRUE(more) << to_string(more.error());
  const Node m = officer.get("/assessments/" + id + "/machines/1").json();
  EXPECT_EQ(m["fails"].integer(), 1);
  ASSERT_EQ(m["findings"].items().size(), 2U);
  EXPECT_TRUE(m["findings"].items()[1]["stricter"].boolean() !=
              m["findings"].items()[0]["stricter"].boolean());
}

TEST(InventoryApi, what_changed_since_the_result_before_is_told_of_each_machine) {
  TestHub hub;
  TestClient officer = hub.as("officer", hub.root());
  const std::string before = keep_machines(
      hub, hub.root(), "2026-10-21",
      {{"PC-MEND", true, {"host.scanned"}}, {"PC-BREAK"}, {"PC-SAME", true, {"host.scanned"}},
       {"PC-LOST", true, {"host.scanned"}}, {"PC-SILENT"}, {"PC-GONE"}, {"PC-NEVER", false}});
  const std::string after = keep_machines(
      hub, hub.root(), "2026-11-21",
      {{"pc-mend"}, {"PC-BREAK", true, {"host.os_supported"}}, {"PC-SAME", true, {"host.scanned"}},
       {"PC-LOST", true, {}, {"host.scanned"}}, {"PC-SILENT", false}, {"PC-NEVER"}, {"PC-FRESH"}});
  std::map<std::string, std::string> change;
  const Node list = officer.get("/assessments/" + after + "/machines").json();
  for (const Node& m : list["items"].items()) change[m["host"].text()] = m["change"].text();
  EXPECT_EQ(change["pc-mend"], "better");
  EXPECT_EQ(change["PC-BREAK"], "worse");
  EXPECT_EQ(change["PC-SAME"], "same");
  EXPECT_EQ(change["PC-LOST"], "same");  // it became unknown: no better
  EXPECT_EQ(change["PC-SILENT"], "gone");
  EXPECT_EQ(change["PC-GONE"], "gone");
  EXPECT_EQ(change["PC-NEVER"], "new");
  EXPECT_EQ(change["PC-FRESH"], "new");
  const Node totals = officer.get("/assessments/" + after + "/inventory").json();
  EXPECT_EQ(totals["before"].text(), before);
  EXPECT_EQ(totals["machines"]["gone"].integer(), 2);
  EXPECT_EQ(hosts_of(officer.get("/assessments/" + after + "/machines?state=worse")), "PC-BREAK");
  const Node first = officer.get("/assessments/" + before + "/machines").json();
  EXPECT_TRUE(first["items"].items()[0]["change"].is_null());
}

TEST(InventoryApi, accounts_are_told_by_holder_right_and_application) {
  TestHub hub;
  const std::int64_t root = hub.root();
  TestClient officer = hub.as("officer", hub.root());
  const auto kept = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
    KHIEN_TRY(const std::int64_t id, add_result(db, root, "2026-11-21"));
    KHIEN_TRY(Statement insert, account_insert(db));
    const Node left = Node::map({{"full_name", "Đặng Mẫu"}, {"status", "transferred"}});
    const auto add = [&](std::int64_t number, const char* login, const char* app, Node holder,
                         const char* basis, Node more) -> Done {
      Node a = Node::map({{"what", "account"}, {"number", number}, {"login", login},
                          {"scope", "application"}, {"app", app}, {"holder", std::move(holder)},
                          {"join_basis", basis[0] == 0 ? Node() : Node(basis)}});
      for (const auto& [name, value] : more.pairs()) a.set(name, value);
      return add_account(insert, id, a);
    };
    KHIEN_DO(add(1, "mau.d", "Thư", left, "mail", Node::map({{"enabled", true}})));
    KHIEN_DO(add(2, "root", "", {}, "none",
                 Node::map({{"host", "may-chu-1"}, {"scope", "host"}, {"privileged", true}})));
    KHIEN_DO(add(3, "ai.do", "Thư", {}, "several", Node::map({{"locked", true}})));
    KHIEN_DO(add(4, "x", "Sổ", {}, "", Node::map()));
    KHIEN_DO(add_found(db, id, "account", 1, "account.leavers", "fail"));
    KHIEN_DO(sum_up_inventory(db, id));
    return id;
  });
  ASSERT_TRUE(kept) << to_string(kept.error());
  const std::string at = "/assessments/" + std::to_string(*kept) + "/accounts";
  const auto logins = [&](const std::string& query) {
    std::string out;
    const Reply reply = officer.get(at + query);
    for (const Node& a : reply.json()["items"].items()) out += a["login"].text() + " ";
    return reply.status == 200 ? out : reply.body;
  };
  EXPECT_EQ(logins(""), "mau.d root ai.do x ");
  EXPECT_EQ(logins("?application=Th%C6%B0"), "mau.d ai.do ");
  EXPECT_EQ(logins("?application=may-chu-1"), "root ");
  EXPECT_EQ(logins("?state=left"), "mau.d ");
  EXPECT_EQ(logins("?state=nobody"), "root ");
  EXPECT_EQ(logins("?state=several"), "ai.do ");
  EXPECT_EQ(logins("?state=privileged"), "root ");
  EXPECT_EQ(logins("?fault=account.leavers"), "mau.d ");
  EXPECT_EQ(logins("?q=dang%20mau"), "mau.d ");
  const Node one = officer.get(at + "/1").json();
  EXPECT_EQ(one["person"]["full_name"].text(), "Đặng Mẫu");
  EXPECT_TRUE(one["usable"].boolean());
  EXPECT_EQ(one["findings"].items().size(), 1U);
  const Node list = officer.get(at).json();
  EXPECT_FALSE(list["items"].items()[2]["usable"].boolean(true));
  EXPECT_TRUE(list["items"].items()[3]["usable"].is_null());  // nobody says
  EXPECT_TRUE(list["items"].items()[3]["holder"].is_null());  // no staff list
}

TEST(InventoryApi, machines_are_for_the_agency_itself_unless_it_shares_them) {
  TestHub hub;
  const std::int64_t below = hub.agency(hub.root(), "Sở Dưới");
  const std::string id = keep_machines(hub, below, "2026-11-21", {{"PC-A"}});
  TestClient above = hub.as("admin", hub.root());
  TestClient own = hub.as("auditor", below);
  for (const char* what : {"/inventory", "/machines", "/machines/1", "/accounts", "/accounts/1"}) {
    const Reply refused = above.get("/assessments/" + id + what);
    EXPECT_EQ(refused.status, 403) << what;
    EXPECT_EQ(refused.body.find("PC-A"), std::string::npos) << what;
    const int seen = std::string(what) == "/accounts/1" ? 404 : 200;
    EXPECT_EQ(own.get("/assessments/" + id + what).status, seen) << what;
  }
  const auto opened = hub.data().touch([&](const Database& db) {
    return db.execute("update assessment set open = 1");
  });
  ASSERT_TRUE(opened);
  EXPECT_EQ(hosts_of(above.get("/assessments/" + id + "/machines")), "PC-A");
}

TEST(InventoryApi, a_screen_on_a_wall_sees_no_machine_and_no_account) {
  TestHub hub;
  TestClient admin = hub.admin();
  const std::string id = keep_machines(hub, hub.root(), "2026-11-21", {{"PC-A"}});
  Node asked = Node::map({{"name", "Màn hình"}});
  asked.set("scopes", Node::list({Node("wall")}));
  const Reply token = admin.post("/tokens", asked);
  ASSERT_EQ(token.status, 201) << token.body;
  const Fields as = {{"Authorization", "Bearer " + token.json()["secret"].text()}};
  TestClient screen = hub.stranger();
  for (const char* what : {"/inventory", "/machines", "/machines/1", "/accounts", "/accounts/1"}) {
    EXPECT_EQ(screen.call("GET", "/api/v1/assessments/" + id + what, "", as).status, 403) << what;
  }
  EXPECT_NE(screen.call("GET", "/api/v1/dispatches", "", as).status, 401);  // the token is good
}

TEST(InventoryApi, a_result_kept_without_them_says_so) {
  TestHub hub;
  const std::int64_t root = hub.root();
  TestClient officer = hub.as("officer", hub.root());
  const auto kept = hub.data().touch([&](const Database& db) {
    return add_result(db, root, "2026-11-21");
  });
  ASSERT_TRUE(kept);
  const Reply reply = officer.get("/assessments/" + std::to_string(*kept) + "/inventory");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_FALSE(reply.json()["kept"].boolean(true));
}

TEST(InventoryApi, a_cut_or_strange_extract_is_refused) {
  TestHub hub;
  const std::int64_t root = hub.root();
  const TempFolder folder = *TempFolder::make();
  const auto take = [&](const std::string& bytes) {
    const auto file = folder.path() / "x.jsonl";
    EXPECT_TRUE(write_file(file, bytes));
    return hub.data().touch([&](const Database& db) -> Result<std::size_t> {
      KHIEN_TRY(const std::int64_t id, add_result(db, root, "2026-11-21"));
      KHIEN_TRY(const auto links, keep_inventory(db, id, file));
      return links.size();
    });
  };
  const std::string machine = to_json(machine_line(1, {"PC-A"})) + "\n";
  const std::string link = R"({"what": "finding", "id": 9, "machine": 1, "account": null})";
  EXPECT_EQ(take(machine + link).value_or(99), 1U);
  EXPECT_EQ(take("").value_or(99), 0U);
  EXPECT_FALSE(take(machine + machine.substr(0, 20)));
  EXPECT_FALSE(take(machine + machine));  // one number twice
  EXPECT_FALSE(take(std::string(limits::stream_record_bytes + 2, ' ')));
}

}  // namespace
}  // namespace khien::hub
