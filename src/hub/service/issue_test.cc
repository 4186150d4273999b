// A dispatch's way down over HTTP, and the rows it makes.
#include "hub/testing_hub.h"

#include "hub/data/dispatch.h"
#include "hub/data/issue.h"
#include "hub/data/measure.h"

namespace khien::hub {
namespace {

class Issuing : public ::testing::Test {
 protected:
  Issuing()
      : root(hub.root()), so(hub.agency(root, "Sở A")), xa(hub.agency(root, "UBND xã B")),
        phong(hub.agency(so, "Phòng C")), officer(hub.as("officer", root)) {
    sql("update agency set kind = 'Sở' where id = ?1", so);
  }
  void sql(const char* text, std::int64_t id) {
    const auto done = hub.data().touch([&](const Database& db) -> Done {
      KHIEN_TRY(Statement s, db.prepare(text));
      return s.bind(1, id).run();
    });
    if (!done) ADD_FAILURE() << to_string(done.error());
  }
  // A read and confirmed dispatch of the root that asks nothing.
  std::string paper() {
    const auto id = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
      DispatchRow row;
      row.agency_id = root, row.file_name = "cv.docx", row.sha256 = "x", row.bytes = 1;
      KHIEN_TRY(row.id, add_dispatch(db, row));
      row.number = "12/UBND-NC", row.subject = "V/v mật khẩu", row.due_on = "2026-12-31";
      row.head = Node::map({{"form", "công văn"}});
      KHIEN_DO(save_dispatch_head(db, row));
      KHIEN_DO(save_dispatch_text(db, row.id, {"Kính gửi", Node::list(), Node::map()}));
      KHIEN_DO(confirm_dispatch(db, row.id, "An", 1));
      return row.id;
    });
    return std::to_string(id.value_or(0));
  }
  static Node to(std::initializer_list<std::int64_t> ids) {
    Node list = Node::list();
    for (const std::int64_t id : ids) list.push(Node(std::to_string(id)));
    return Node::map({{"agency_ids", std::move(list)}});
  }
  Node recipients(const std::string& id) {
    return officer.get("/dispatches/" + id + "/recipients").json();
  }
  // The only dispatch an agency sees.
  std::string received_by(TestClient& user) {
    const Node page = user.get("/dispatches").json();
    EXPECT_EQ(page["items"].items().size(), 1U) << to_json(page);
    return page["items"].items().empty() ? "0" : page["items"].items()[0]["id"].text();
  }
  TestHub hub;
  std::int64_t root, so, xa, phong;
  TestClient officer;
};

TEST_F(Issuing, only_what_is_confirmed_goes_down_and_to_each_once) {
  const std::string id = paper();
  sql("update dispatch set state = 'unconfirmed' where id = ?1", std::stoll(id));
  EXPECT_EQ(officer.post("/dispatches/" + id + "/issue", to({so})).json()["code"].text(), "K1343");
  sql("update dispatch set state = 'confirmed' where id = ?1", std::stoll(id));
  const Reply first = officer.post("/dispatches/" + id + "/issue", to({so, so}));
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.json()["issued"].integer(), 1);
  const Node again = officer.post("/dispatches/" + id + "/issue", to({so, xa})).json();
  EXPECT_EQ(again["issued"].integer(), 1);
  EXPECT_EQ(again["already"].integer(), 1);
  EXPECT_EQ(recipients(id)["total"].integer(), 2);
  EXPECT_EQ(officer.get("/dispatches/" + id).json()["state"].text(), "issued");
  EXPECT_EQ(officer.post("/dispatches/" + id + "/issue", Node::map()).json()["code"].text(),
            "K1377");
}

TEST_F(Issuing, a_dissolved_recipient_is_refused_by_its_successor) {
  const std::string id = paper();
  sql("update agency set valid_to = '2026-06-30' where id = ?1", xa);
  const Reply none = officer.post("/dispatches/" + id + "/issue", to({xa}));
  ASSERT_EQ(none.json()["code"].text(), "K1372") << none.body;
  EXPECT_TRUE(none.json()["refused"].items()[0]["successor"].is_null());
  sql("update agency set valid_to = null, valid_from = '2999-01-01' where id = ?1", xa);
  EXPECT_EQ(officer.post("/dispatches/" + id + "/issue", to({xa})).json()["code"].text(), "K1395");
  sql("update agency set valid_to = '2026-06-30', valid_from = null where id = ?1", xa);
  // Through a successor that was dissolved itself.
  const std::int64_t next = hub.agency(root, "UBND xã D");
  const std::string chain = "update agency set successor_id = " + std::to_string(next) +
                            " where id = ?1";
  sql(chain.c_str(), xa);
  const std::string heir = "update agency set valid_to = '2026-07-31', successor_id = " +
                           std::to_string(so) + " where id = ?1";
  sql(heir.c_str(), next);
  const Node some = officer.post("/dispatches/" + id + "/issue", to({xa, phong})).json();
  EXPECT_EQ(some["issued"].integer(), 1);
  ASSERT_EQ(some["refused"].items().size(), 1U);
  EXPECT_EQ(some["refused"].items()[0]["successor"]["name"].text(), "Sở A");
  EXPECT_NE(some["refused"].items()[0]["text"].text().find("Sở A"), std::string::npos);
}

TEST_F(Issuing, nobody_issues_to_himself_or_beside_himself) {
  const std::string id = paper();
  EXPECT_EQ(officer.post("/dispatches/" + id + "/issue", to({root})).json()["code"].text(),
            "K1375");
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue", to({so})).status, 200);
  TestClient below = hub.as("officer", so);
  const std::string received = received_by(below);
  EXPECT_EQ(below.post("/dispatches/" + received + "/issue", to({xa})).status, 404);
  EXPECT_EQ(officer.post("/dispatches/" + received + "/issue", to({phong})).status, 403);
}

TEST_F(Issuing, the_recipient_reads_the_paper_and_that_is_noted_once) {
  const std::string id = paper();
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue",
                         Node::map({{"agency_ids", Node::list({std::to_string(so)})},
                                    {"due_on", "2026-12-15"}, {"note", "gấp"}})).status, 200);
  EXPECT_TRUE(recipients(id)["items"].items()[0]["opened_at"].is_null());
  TestClient below = hub.as("officer", so);
  const std::string received = received_by(below);
  EXPECT_NE(received, id);
  EXPECT_EQ(below.get("/dispatches/" + id).status, 404);  // the row above is not its own
  // Who is above looks without opening.
  EXPECT_EQ(officer.get("/dispatches/" + received).status, 200);
  EXPECT_TRUE(recipients(id)["items"].items()[0]["opened_at"].is_null());
  const Node read = below.get("/dispatches/" + received).json();
  EXPECT_EQ(read["number"].text(), "12/UBND-NC");
  EXPECT_EQ(read["due_on"].text(), "2026-12-15");
  EXPECT_EQ(read["head"]["form"].text(), "công văn");
  EXPECT_EQ(read["from_above"]["note"].text(), "gấp");
  EXPECT_EQ(below.get("/dispatches/" + received + "/text").json()["text"].text(), "Kính gửi");
  const Node opened = recipients(id)["items"].items()[0];
  EXPECT_GT(opened["opened_at"].integer(), 0);
  EXPECT_EQ(opened["opened_by"].text(), "officer2");
  TestClient second = hub.as("clerk", so);
  EXPECT_EQ(second.get("/dispatches/" + received).status, 200);
  EXPECT_EQ(recipients(id)["items"].items()[0]["opened_by"].text(), "officer2");
}

TEST_F(Issuing, it_is_recalled_until_it_was_opened) {
  const std::string id = paper();
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue", to({so, xa})).status, 200);
  const std::string path = "/api/v1/dispatches/" + id + "/recipients/";
  EXPECT_EQ(officer.call("DELETE", path + std::to_string(xa)).status, 204);
  TestClient none = hub.as("officer", xa);
  EXPECT_TRUE(none.get("/dispatches").json()["items"].items().empty());
  TestClient below = hub.as("officer", so);
  ASSERT_EQ(below.get("/dispatches/" + received_by(below)).status, 200);
  EXPECT_EQ(officer.call("DELETE", path + std::to_string(so)).json()["code"].text(), "K1376");
  EXPECT_EQ(officer.call("DELETE", path + std::to_string(xa)).status, 404);
  EXPECT_EQ(recipients(id)["total"].integer(), 1);
}

TEST_F(Issuing, it_goes_on_below_and_who_is_above_sees_its_own_row_alone) {
  const std::string id = paper();
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue", to({so})).status, 200);
  TestClient below = hub.as("officer", so);
  const std::string received = received_by(below);
  ASSERT_EQ(below.post("/dispatches/" + received + "/issue", to({phong})).status, 200);
  TestClient room = hub.as("officer", phong);
  const std::string last = received_by(room);
  EXPECT_EQ(room.get("/dispatches/" + last + "/text").json()["text"].text(), "Kính gửi");
  EXPECT_EQ(received_by(officer), id);
  EXPECT_EQ(received_by(below), received);
  EXPECT_EQ(recipients(id)["total"].integer(), 1);
}

TEST_F(Issuing, what_comes_from_beyond_is_seen_in_between) {
  const std::string id = paper();
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue", to({phong})).status, 200);
  TestClient between = hub.as("officer", so);
  EXPECT_NE(received_by(between), id);
}

TEST_F(Issuing, its_head_is_corrected_above_and_followed_below) {
  const std::string id = paper();
  ASSERT_EQ(officer.post("/dispatches/" + id + "/issue", to({so})).status, 200);
  TestClient below = hub.as("officer", so);
  const std::string received = received_by(below);
  const auto patch = [](TestClient& who, const std::string& of, const Node& body) {
    const std::string path = "/api/v1/dispatches/" + of;
    return who.call("PATCH", path, to_json(body),
                    {{"If-Match", who.call("GET", path).header("etag")}});
  };
  EXPECT_EQ(patch(below, received, Node::map({{"number", "1/X"}})).json()["code"].text(), "K1378");
  EXPECT_EQ(patch(below, received, Node::map({{"number", "12/UBND-NC"},
                                              {"due_on", "2026-12-20"}})).status, 200);
  ASSERT_EQ(patch(officer, id, Node::map({{"number", "13/UBND-NC"}})).status, 200);
  const Node now = below.get("/dispatches/" + received).json();
  EXPECT_EQ(now["number"].text(), "13/UBND-NC");
  EXPECT_EQ(now["due_on"].text(), "2026-12-20");
  EXPECT_EQ(now["head"]["form"].text(), "công văn");
}

// Two measures, one of which is issued; the task of it.
class Handing : public Issuing {
 protected:
  Handing() : id(std::stoll(paper())) {
    const auto made = hub.data().touch([&](const Database& db) -> Done {
      for (const char* due : {"2026-12-31", "2026-12-10"}) {
        MeasureRow m;
        m.dispatch_id = id, m.position = ++count, m.doc_id = std::to_string(count);
        m.cite = "Mục " + m.doc_id, m.text = "Đổi mật khẩu " + m.doc_id, m.due_on = due;
        m.kinds = Node::list();
        KHIEN_TRY(const std::int64_t added, add_measure(db, m));
        measures.push_back(added);
      }
      KHIEN_TRY(const auto from, find_dispatch(db, id));
      IssueRow to;
      to.agency_id = so, to.issued_at = 5, to.issued_by = "An", to.due_on = "2026-12-20";
      KHIEN_TRY(const std::int64_t issue, issue_to(db, *from, to, "2026-12-01", measures));
      to.agency_id = xa;
      KHIEN_TRY(const std::int64_t less, issue_to(db, *from, to, "2026-12-01", {measures[1]}));
      return issue > 0 && less > 0 ? Done{} : fail("", "");
    });
    if (!made) ADD_FAILURE() << to_string(made.error());
  }
  std::int64_t id, count = 0;
  std::vector<std::int64_t> measures;
};

TEST_F(Handing, each_has_its_measures_and_no_day_after_the_issuers) {
  TestClient below = hub.as("officer", so);
  const Node tasks = below.get("/tasks").json();
  ASSERT_EQ(tasks["items"].items().size(), 2U);
  EXPECT_EQ(tasks["items"].items()[0]["due_on"].text(), "2026-12-20");
  EXPECT_EQ(tasks["items"].items()[1]["due_on"].text(), "2026-12-10");
  TestClient other = hub.as("officer", xa);
  const Node less = other.get("/tasks").json();
  ASSERT_EQ(less["items"].items().size(), 1U);
  EXPECT_EQ(less["items"].items()[0]["title"].text(), "Đổi mật khẩu 2");
  const std::string agency = std::to_string(xa);
  EXPECT_EQ(officer.get("/tasks?q=mat%20khau%202").json()["items"].items().size(), 2U);
  EXPECT_EQ(officer.get("/tasks?q=ubnd%20xa").json()["items"].items().size(), 1U);
  EXPECT_EQ(officer.get("/tasks?agency=" + agency).json()["items"].items().size(), 1U);
}

TEST_F(Handing, what_was_ordered_above_is_not_changed_below) {
  TestClient below = hub.as("officer", so);
  const std::string path = "/api/v1/dispatches/" + received_by(below);
  const Reply read = below.call("GET", path);
  const std::string measure = read.json()["measures"].items()[0]["id"].text();
  const Reply refused = below.call("PATCH", path + "/measures/" + measure, "{\"dropped\":true}",
                                   {{"If-Match", read.header("etag")}});
  EXPECT_EQ(refused.json()["code"].text(), "K1378") << refused.body;
}

TEST_F(Handing, the_unit_says_how_far_it_is_and_the_level_above_accepts_or_returns) {
  TestClient below = hub.as("officer", so);
  const Node tasks = below.get("/tasks").json();
  const std::string path = "/api/v1/tasks/" + tasks["items"].items()[0]["id"].text();
  const auto patch = [&](TestClient& who, const Node& body) {
    return who.call("PATCH", path, to_json(body));
  };
  EXPECT_EQ(patch(below, Node::map({{"progress", "accepted"}})).status, 403);
  EXPECT_EQ(patch(officer, Node::map({{"progress", "done"}})).status, 403);
  ASSERT_EQ(patch(below, Node::map({{"progress", "done"}, {"note", "đã đổi"}})).status, 200);
  EXPECT_EQ(patch(officer, Node::map({{"progress", "returned"}})).status, 422);  // why?
  const Node back = patch(officer, Node::map({{"progress", "returned"},
                                              {"note", "thiếu danh sách"}})).json();
  EXPECT_EQ(back["progress"].text(), "returned");
  EXPECT_EQ(back["note"].text(), "đã đổi");
  EXPECT_EQ(back["review"]["note"].text(), "thiếu danh sách");
  ASSERT_EQ(patch(officer, Node::map({{"progress", "accepted"}})).status, 200);
  const Node of_so = recipients(std::to_string(id))["items"].items()[0]["progress"];
  EXPECT_EQ(of_so["accepted"].integer(), 1);
  EXPECT_EQ(of_so["not_started"].integer(), 1);
}

}  // namespace
}  // namespace khien::hub
