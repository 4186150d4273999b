// The answer's life, the incoming book, reply links, and what a dispatch changes and rests on.
#include "hub/testing_hub.h"

#include "hub/data/dispatch.h"
#include "hub/data/issue.h"
#include "hub/data/measure.h"

namespace khien::hub {
namespace {

class Answering : public ::testing::Test {
 protected:
  Answering()
      : root(hub.root()), officer(hub.as("officer", root)), leader(hub.as("leader", root)) {}

  // A confirmed dispatch of the root that asks `kinds`, each in a measure of its own.
  std::int64_t paper(const std::string& number, const std::string& issued_on,
                     const char* kinds = "[]", const char* basis = "[]") {
    const auto id = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
      DispatchRow row;
      row.agency_id = root, row.file_name = "cv.docx", row.sha256 = "x", row.bytes = 1;
      KHIEN_TRY(row.id, add_dispatch(db, row));
      row.number = number, row.issued_on = issued_on, row.subject = "V/v " + number;
      KHIEN_TRY(const Node bases, parse_json(basis, "test"));
      row.head = Node::map({{"legal_basis", bases}});
      KHIEN_DO(save_dispatch_head(db, row));
      KHIEN_TRY(const Node all, parse_json(kinds, "test"));
      for (const Node& kind : all.items()) {
        MeasureRow m;
        m.dispatch_id = row.id, m.position = 1, m.doc_id = "1", m.cite = "Mục 1", m.text = "x";
        m.kinds = Node::list({kind});
        KHIEN_TRY([[maybe_unused]] const std::int64_t added, add_measure(db, m));
      }
      KHIEN_DO(confirm_dispatch(db, row.id, "An", 1));
      return row.id;
    });
    return id.value_or(0);
  }
  Reply step(TestClient& who, std::int64_t id, const Node& body) {
    return who.call("PATCH", "/api/v1/dispatches/" + std::to_string(id) + "/answer_state",
                    to_json(body));
  }
  Reply file(TestClient& who, std::int64_t id, const std::string& bytes) {
    return who.call("POST", "/api/v1/dispatches/" + std::to_string(id) +
                                "/answer_state/file?name=tra-loi.pdf",
                    bytes, {{"Content-Type", "application/octet-stream"}});
  }
  static Node state(const char* word) { return Node::map({{"state", word}}); }
  TestHub hub;
  std::int64_t root;
  TestClient officer, leader;
};

TEST_F(Answering, goes_from_draft_to_sent_one_step_after_the_other) {
  const std::int64_t id = paper("1/A", "2026-01-05");
  EXPECT_EQ(step(officer, id, state("signed")).status, 409);
  ASSERT_EQ(step(officer, id, state("submitted")).status, 200);
  EXPECT_EQ(step(officer, id, state("signed")).status, 403);  // a leader signs
  EXPECT_EQ(step(leader, id, state("draft")).json()["code"].text(), "K1381");  // why?
  ASSERT_EQ(step(leader, id, Node::map({{"state", "draft"}, {"note", "sửa số liệu"}})).status, 200);
  ASSERT_EQ(step(officer, id, state("submitted")).status, 200);
  const Node signed_one = step(leader, id, state("signed")).json();
  EXPECT_EQ(signed_one["signed_by"].text(), "leader2");
  EXPECT_EQ(step(officer, id, state("numbered")).json()["code"].text(), "K1381");
  ASSERT_EQ(step(officer, id, Node::map({{"state", "numbered"}, {"number", "9/BC-A"},
                                         {"dated_on", "2026-02-01"}})).status, 200);
  EXPECT_EQ(step(officer, id, state("sent")).json()["place"].text(), "file");
  EXPECT_EQ(file(officer, id, "no pdf").status, 415);
  ASSERT_EQ(file(officer, id, "%PDF-1.7 ...").status, 200);
  const Node sent = step(officer, id, Node::map({{"state", "sent"}, {"sent_to", "Sở B"}})).json();
  EXPECT_EQ(sent["state"].text(), "sent");
  EXPECT_EQ(sent["sent_on"].text().size(), 10U);
  EXPECT_EQ(sent["steps"].items().size(), 6U);
  EXPECT_EQ(sent["steps"].items()[1]["note"].text(), "sửa số liệu");
  EXPECT_EQ(step(officer, id, Node::map({{"number", "10"}})).status, 409);  // it has left
  EXPECT_EQ(file(officer, id, "%PDF-2").status, 409);
  const std::string path = "/dispatches/" + std::to_string(id);
  EXPECT_EQ(officer.get(path).json()["state"].text(), "answered");
  EXPECT_EQ(officer.get(path + "/answer_state/file").body, "%PDF-1.7 ...");
}

TEST_F(Answering, a_number_of_the_book_is_given_once_a_year) {
  const auto enter = [&](std::int64_t id, const char* day) {
    return officer.post("/dispatches/" + std::to_string(id) + "/register",
                        Node::map({{"received_on", day}})).json()["received_no"].text();
  };
  const std::int64_t first = paper("1/A", "2026-01-05");
  const std::int64_t second = paper("2/A", "2026-01-06");
  const std::int64_t third = paper("3/A", "2026-01-06");
  EXPECT_EQ(enter(first, "2026-01-07"), "1");
  EXPECT_EQ(enter(second, "2026-01-08"), "2");
  EXPECT_EQ(enter(first, "2026-01-07"), "1");  // it has one
  EXPECT_EQ(enter(third, "2027-01-04"), "1");
  const auto patch = [&](std::int64_t id, const Node& body) {
    const std::string path = "/api/v1/dispatches/" + std::to_string(id);
    return officer.call("PATCH", path, to_json(body),
                        {{"If-Match", officer.call("GET", path).header("etag")}});
  };
  EXPECT_EQ(patch(second, Node::map({{"received_no", "1"}})).status, 409);
  EXPECT_EQ(patch(second, Node::map({{"received_no", "41"}})).status, 200);
  // One that was taken away keeps its number.
  const auto gone = hub.data().touch([&](const Database& db) -> Done {
    KHIEN_DO(set_dispatch_state(db, second, "unconfirmed"));
    return delete_dispatch(db, second);
  });
  ASSERT_TRUE(gone);
  EXPECT_EQ(enter(paper("4/A", "2026-02-01"), "2026-02-02"), "42");
}

class Replying : public Answering {
 protected:
  Replying() : id(paper("5/A", "2026-01-05")), firm(hub.agency(root, "Công ty Mẫu")) {
    const auto done = hub.data().touch([&](const Database& db) -> Done {
      KHIEN_TRY(Statement s, db.prepare("update agency set kind = 'Doanh nghiệp' where id = ?1"));
      KHIEN_DO(s.bind(1, firm).run());
      MeasureRow m;
      m.dispatch_id = id, m.position = 1, m.doc_id = "1", m.cite = "Mục 1", m.text = "Gửi nhật ký";
      m.kinds = Node::list();
      KHIEN_TRY(const std::int64_t measure, add_measure(db, m));
      KHIEN_TRY(const auto from, find_dispatch(db, id));
      IssueRow to;
      to.agency_id = firm, to.issued_at = 5, to.issued_by = "An";
      KHIEN_TRY(const std::int64_t issue, issue_to(db, *from, to, "2026-01-06", {measure}));
      return issue > 0 ? Done{} : fail("", "");
    });
    if (!done) ADD_FAILURE() << to_string(done.error());
  }
  std::string way() const {
    return "/dispatches/" + std::to_string(id) + "/recipients/" + std::to_string(firm);
  }
  std::string token() {
    const Reply made = officer.post(way() + "/link", {});
    EXPECT_EQ(made.status, 201) << made.body;
    const std::string url = made.json()["url"].text();
    return url.substr(url.find('#') + 1);
  }
  std::int64_t id, firm;
};

TEST_F(Replying, an_enterprise_answers_once_by_its_link) {
  const std::string secret = token();
  TestClient stranger = hub.stranger();
  const Node asked = stranger.get("/reply/" + secret).json();
  EXPECT_EQ(asked["dispatch"]["number"].text(), "5/A");
  ASSERT_EQ(asked["tasks"].items().size(), 1U);
  EXPECT_EQ(asked["tasks"].items()[0]["text"].text(), "Gửi nhật ký");
  const Node opened = officer.get("/dispatches/" + std::to_string(id) + "/recipients").json();
  EXPECT_GT(opened["items"].items()[0]["opened_at"].integer(), 0);
  const Reply with_file = stranger.call("POST", "/api/v1/reply/" + secret + "/file?name=nk.txt",
                                        "nhật ký", {{"Content-Type", "application/octet-stream"}});
  ASSERT_EQ(with_file.status, 200) << with_file.body;
  const std::string task = asked["tasks"].items()[0]["id"].text();
  const Node answer = Node::map(
      {{"text", "Đã gửi đủ."},
       {"tasks", Node::list({Node::map({{"id", task}, {"progress", "done"}})})}});
  const Reply sent = stranger.post("/reply/" + secret, answer);
  ASSERT_EQ(sent.status, 200) << sent.body;
  EXPECT_GT(sent.json()["answered_at"].integer(), 0);
  EXPECT_EQ(stranger.post("/reply/" + secret, answer).json()["code"].text(), "K1382");
  EXPECT_EQ(stranger.get("/reply/" + secret).status, 200);  // to look at, until its time is over
  const Node replies = officer.get(way() + "/replies").json();
  ASSERT_EQ(replies["items"].items().size(), 1U);
  EXPECT_EQ(replies["items"].items()[0]["by"].text(), "Công ty Mẫu");
  EXPECT_EQ(officer.get(way() + "/replies/" + replies["items"].items()[0]["id"].text() + "/file")
                .body, "nhật ký");
  EXPECT_EQ(officer.get("/tasks").json()["items"].items()[0]["progress"].text(), "done");
}

TEST_F(Replying, a_new_link_ends_the_one_before_and_guessing_is_slowed) {
  const std::string first = token();
  const std::string second = token();
  TestClient stranger = hub.stranger();
  EXPECT_EQ(stranger.get("/reply/" + first).status, 403);
  EXPECT_EQ(stranger.get("/reply/" + second).status, 200);
  int status = 0;
  for (int i = 0; i < 10; ++i) status = stranger.get("/reply/guess" + std::to_string(i)).status;
  EXPECT_EQ(status, 429);
}

TEST_F(Replying, other_tasks_are_not_touched_and_an_agency_gets_no_link) {
  TestClient stranger = hub.stranger();
  const Node answer = Node::map({{"text", "x"},
                                 {"tasks", Node::list({Node::map({{"id", "999"},
                                                                  {"progress", "done"}})})}});
  const std::string secret = token();
  EXPECT_EQ(stranger.post("/reply/" + secret, answer).status, 404);
  EXPECT_EQ(stranger.get("/reply/" + secret).json()["answered_at"].is_null(), true);
  const auto done = hub.data().touch([&](const Database& db) -> Done {
    KHIEN_TRY(Statement s, db.prepare("update agency set kind = 'Sở' where id = ?1"));
    return s.bind(1, firm).run();
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(officer.post(way() + "/link", {}).json()["code"].text(), "K1383");
}

TEST_F(Answering, a_dispatch_says_what_it_changes) {
  paper("1/A", "2026-01-05",
        R"([{"kind":"account.password_policy","parameters":{"min_length":8}},)"
        R"({"kind":"account.password_rotation","parameters":{"max_age":"P3M"}}])");
  paper("2/A", "2026-02-05",
        R"([{"kind":"account.password_policy","parameters":{"min_length":10}}])");
  const std::int64_t id = paper(
      "3/A", "2026-03-05",
      R"([{"kind":"account.password_policy","parameters":{"min_length":12}},)"
      R"({"kind":"account.password_rotation","parameters":{"max_age":"P6M"}},)"
      R"({"kind":"mail.system_security","parameters":{}}])");
  paper("4/A", "2026-04-05",
        R"([{"kind":"account.password_policy","parameters":{"min_length":20}}])");
  const Node all = officer.get("/dispatches/" + std::to_string(id) + "/changes").json();
  ASSERT_EQ(all["items"].items().size(), 3U) << to_json(all);
  const Node& longer = all["items"].items()[0];
  EXPECT_EQ(longer["way"].text(), "stricter");
  EXPECT_EQ(longer["number"].text(), "2/A");  // the newest before it
  EXPECT_NE(longer["text"].text().find("12"), std::string::npos);
  EXPECT_NE(longer["text"].text().find("10"), std::string::npos);
  EXPECT_EQ(all["items"].items()[1]["way"].text(), "weaker");
  EXPECT_EQ(all["items"].items()[1]["number"].text(), "1/A");
  EXPECT_EQ(all["items"].items()[2]["way"].text(), "new");
}

TEST_F(Answering, a_dispatch_rests_on_others) {
  const std::int64_t base = paper("1/A", "2026-01-05");
  const std::int64_t middle = paper("2/A", "2026-02-05", "[]",
                                    R"([{"number":"1/A"},{"number":"331/2026/NĐ-CP"}])");
  const std::int64_t top = paper("3/A", "2026-03-05", "[]",
                                 R"([{"number":"2/A"},{"number":"331/2026/NĐ-CP"}])");
  const auto chain = [&](std::int64_t id) {
    return officer.get("/dispatches/" + std::to_string(id) + "/chain").json();
  };
  const Node from_top = chain(top);
  EXPECT_EQ(from_top["nodes"].items().size(), 4U) << to_json(from_top);
  EXPECT_EQ(from_top["edges"].items().size(), 4U);
  const Node from_base = chain(base);  // and what rests on it
  ASSERT_EQ(from_base["edges"].items().size(), 1U) << to_json(from_base);
  EXPECT_EQ(from_base["edges"].items()[0]["from"].text(), "d" + std::to_string(middle));
  EXPECT_EQ(from_base["edges"].items()[0]["to"].text(), "d" + std::to_string(base));
}

}  // namespace
}  // namespace khien::hub
