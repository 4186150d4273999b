// Exceptions and extensions: who asks, who decides, what it changes and what it does not.
#include "hub/data/exception.h"

#include "hub/data/dispatch.h"
#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

std::int64_t write_row(TestHub& hub, const std::string& sql) {
  const auto made = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
    KHIEN_DO(db.execute(sql));
    return db.last_rowid();
  });
  if (!made) ADD_FAILURE() << sql << ": " << to_string(made.error());
  return made.value_or(0);
}

Node asked_exception(const std::string& until) {
  return Node::map({{"control", "account.policy_length"}, {"subject", "MAY-01"},
                    {"reason", "Phần mềm cũ, đang thay"}, {"until", until}});
}

TEST(Exception, it_is_decided_once_and_by_a_leader) {
  TestHub hub;
  const std::int64_t below = hub.agency(hub.root(), "Sở Một");
  TestClient officer = hub.as("officer", below);
  TestClient leader = hub.as("leader", below);
  const Reply made = officer.post("/exceptions", asked_exception("2999-01-31"));
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string path = "/exceptions/" + made.json()["id"].text() + "/decision";
  const Node yes = Node::map({{"approve", true}, {"note", "Đồng ý"}});
  EXPECT_EQ(officer.post(path, yes).status, 403);
  const Reply decided = leader.post(path, yes);
  EXPECT_EQ(decided.json()["state"].text(), "approved") << decided.body;
  EXPECT_EQ(leader.post(path, Node::map({{"approve", false}})).status, 409);
  EXPECT_EQ(leader.get("/exceptions?state=approved").json()["items"].items().size(), 1U);
  EXPECT_EQ(leader.get("/exceptions?state=asked").json()["items"].items().size(), 0U);
  EXPECT_EQ(officer.post("/exceptions", asked_exception("2020-01-31")).status, 400);
  Node unknown = asked_exception("2999-01-31");
  unknown.set("control", "no.such");
  EXPECT_EQ(officer.post("/exceptions", unknown).status, 400);
}

TEST(Exception, it_stands_beside_the_finding_and_changes_no_result) {
  TestHub hub;
  const std::int64_t here = hub.root();
  const std::string agency = std::to_string(here);
  const std::string id = std::to_string(write_row(
      hub, "insert into assessment(agency_id, made_at, as_of, sha256, dispatches, coverage) values("
           + agency + ", 1, '2026-11-21', 'x', 0, '{}')"));
  for (const char* subject : {"MAY-01", "MAY-02"}) {
    write_row(hub, "insert into finding(assessment_id, measure, control, subject, observed, result,"
                   " reason, severity, fact, words) values(" + id + ", 1,"
                   " 'account.policy_length', '" + subject + "', '8', 'fail', '', 'medium', 1,"
                   " '')");
  }
  const auto except = [&](const char* until, const char* state) {
    write_row(hub, "insert into exception(agency_id, control, subject, reason, until_on, state,"
                   " asked_by, asked_at) values(" + agency + ", 'account.policy_length',"
                   " 'MAY-01', 'đang thay', '" + until + "', '" + state + "', 'x', 1)");
  };
  except("2026-11-20", "approved");  // ended before the day of the result
  except("2026-12-31", "asked");
  except("2026-12-31", "refused");
  TestClient admin = hub.as("officer", here);
  const auto excepted = [&] {
    std::vector<std::string> out;
    const Node page = admin.get("/assessments/" + id + "/findings").json();
    for (const Node& f : page["items"].items()) {
      EXPECT_EQ(f["result"].text(), "fail");
      out.push_back(f["excepted"]["until"].text());
    }
    return out;
  };
  EXPECT_EQ(excepted(), (std::vector<std::string>{"", ""}));
  except("2026-12-31", "approved");
  EXPECT_EQ(excepted(), (std::vector<std::string>{"2026-12-31", ""}));
}

TEST(Extension, who_issued_the_dispatch_decides_and_its_tasks_move_along) {
  TestHub hub;
  const std::int64_t root = hub.root();
  const std::int64_t below = hub.agency(root, "Sở Một");
  const auto dispatch = [&](std::int64_t agency, const std::string& origin) {
    return write_row(hub, "insert into dispatch(agency_id, file_name, sha256, bytes, state, number,"
                          " due_on, created_at, origin_id, paper_id) values(" +
                          std::to_string(agency) + ", 'a', 'x', 1, 'confirmed', '9/UBND',"
                          " '2026-12-15', 1, " + origin + ", " + origin + ")");
  };
  const std::string paper = std::to_string(dispatch(root, "null"));
  const std::string received = std::to_string(dispatch(below, paper));
  for (const char* due : {"'2026-12-15'", "'2026-12-10'", "null"}) {
    const std::string measure = std::to_string(write_row(
        hub, "insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine,"
             " kinds, state) values(" + received + ", 1, '1', '1', 'x', 'must', 1, '[]', 'read')"));
    write_row(hub, "insert into task(agency_id, dispatch_id, measure_id, updated_at, due_on)"
                   " values(" + std::to_string(below) + ", " + received + ", " + measure +
                   ", 1, " + due + ")");
  }
  TestClient officer = hub.as("officer", below);
  TestClient own_leader = hub.as("leader", below);
  TestClient leader = hub.as("leader", root);
  const auto ask = [&](const char* day) {
    return officer.post("/dispatches/" + received + "/extension",
                        Node::map({{"due_on", day}, {"reason", "Chờ thiết bị"}}));
  };
  EXPECT_EQ(ask("2026-12-15").status, 422);
  const Reply asked = ask("2026-12-31");
  ASSERT_EQ(asked.status, 201) << asked.body;
  EXPECT_EQ(ask("2027-01-31").status, 409);
  const std::string path = "/extensions/" + asked.json()["id"].text() + "/decision";
  const Node yes = Node::map({{"approve", true}});
  EXPECT_EQ(own_leader.post(path, yes).status, 403);
  ASSERT_EQ(leader.post(path, yes).status, 200);
  EXPECT_EQ(leader.post(path, yes).status, 409);
  const auto db = hub.data().read();
  EXPECT_EQ((*find_dispatch(**db, std::stoll(received)))->due_on, "2026-12-31");
  const auto moved = (*db)->one("select group_concat(due_on) from (select due_on from task order"
                                " by id)");
  EXPECT_EQ(to_text(*moved), "2026-12-31,2026-12-10,2026-12-31");
}

}  // namespace
}  // namespace khien::hub
