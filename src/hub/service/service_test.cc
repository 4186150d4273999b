// The hub as a browser meets it.
#include "hub/testing_hub.h"

#include "hub/data/audit.h"

namespace khien::hub {
namespace {

TEST(Hub, a_one_time_link_opens_a_session_once) {
  TestHub hub;
  const auto link = hub.service().first_link();
  ASSERT_TRUE(link);
  TestClient officer = hub.stranger();
  EXPECT_EQ(officer.get("/session").status, 401);
  ASSERT_EQ(officer.follow(*link).status, 200);
  const Reply session = officer.get("/session");
  EXPECT_EQ(session.status, 200);
  EXPECT_EQ(session.json()["user"]["role"].text(), "admin");
  EXPECT_EQ(session.json()["mode"].text(), "office");
  EXPECT_TRUE(session.json()["first_run"].boolean());
  TestClient thief = hub.stranger();
  const Reply refused = thief.follow(*link);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.json()["code"].text(), "K1313");
  EXPECT_EQ(officer.call("DELETE", "/api/v1/session").status, 204);
  EXPECT_EQ(officer.get("/session").status, 401);
}

TEST(Hub, a_change_without_the_token_of_the_session_is_refused) {
  TestHub hub;
  TestClient officer = hub.admin();
  const std::string token = std::exchange(officer.csrf, "guess");
  EXPECT_EQ(officer.post("/backup", Node::map()).status, 403);
  officer.csrf = token;
  EXPECT_EQ(officer.call("POST", "/api/v1/backup", "",
                         {{"Origin", "http://elsewhere.test"}}).status, 403);
  EXPECT_EQ(officer.call("POST", "/api/v1/backup").status, 202);
}

TEST(Hub, a_name_turned_to_this_machine_is_refused) {
  TestHub hub;
  TestLine line(hub.port());
  ASSERT_TRUE(line.send("GET /api/v1/openapi.json HTTP/1.1\r\nHost: evil.test\r\n\r\n"));
  EXPECT_EQ(line.reply().status, 403);
}

TEST(Hub, a_backup_is_a_job_with_a_result_and_is_listed) {
  TestHub hub;
  TestClient officer = hub.admin();
  const Reply started = officer.post("/backup", Node{});
  ASSERT_EQ(started.status, 202) << started.body;
  const Node job = TestHub::wait_for(officer, started.json()["job"]["id"].text());
  EXPECT_EQ(job["state"].text(), "done") << to_json(job);
  const Node copies = officer.get("/backups").json()["items"];
  ASSERT_EQ(copies.items().size(), 1U);
  EXPECT_EQ(copies.items()[0]["name"].text(), job["result"]["name"].text());
  EXPECT_EQ(officer.get("/jobs").json()["items"].items().size(), 1U);
}

TEST(Hub, requests_that_are_none_get_a_clear_answer) {
  TestHub hub;
  TestClient officer = hub.admin();
  EXPECT_EQ(officer.get("/nothing").status, 404);
  const Reply method = officer.call("PUT", "/api/v1/jobs");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.header("allow"), "GET");
  const Reply field = officer.get("/jobs?limit=900");
  EXPECT_EQ(field.status, 400);
  EXPECT_EQ(field.json()["place"].text(), "query.limit");
  EXPECT_EQ(officer.get("/jobs?colour=red").status, 400);
  EXPECT_EQ(officer.get("/jobs/99").status, 404);
  EXPECT_EQ(officer.get("/jobs/x").status, 404);
  EXPECT_EQ(hub.stranger().post("/session/link", Node::map({{"token", 5}})).status, 400);
  EXPECT_EQ(officer.call("POST", "/api/v1/session/link", "{", {}).status, 400);
  EXPECT_EQ(officer.call("POST", "/api/v1/session/link", "{}",
                         {{"Content-Type", "text/plain"}}).status, 415);
}

TEST(Hub, a_head_or_body_over_the_limit_is_refused) {
  TestHub hub;
  TestClient officer = hub.admin();
  EXPECT_EQ(officer.call("GET", "/api/v1/session", "",
                         {{"X-Long", std::string(kHeaderBytes, 'a')}}).status, 431);
  EXPECT_EQ(officer.call("GET", "/api/v1/session", "",
                         {{"X-Long", std::string(kHeaderBytes - 2048, 'a')}}).status, 200);
  EXPECT_EQ(officer.call("POST", "/api/v1/session/link", std::string(kJsonBytes + 1, ' ')).status,
            413);
  EXPECT_EQ(officer.call("POST", "/api/v1/session/link", std::string(kJsonBytes, ' ')).status,
            400);
}

TEST(Hub, an_answer_that_did_not_change_is_not_sent_again) {
  TestHub hub;
  TestClient officer = hub.admin();
  const Reply first = officer.get("/openapi.json");
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(officer.call("GET", "/api/v1/openapi.json", "",
                         {{"If-None-Match", first.header("etag")}}).status, 304);
  const Reply part = officer.call("GET", "/api/v1/openapi.json", "", {{"Range", "bytes=2-5"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, first.body.substr(2, 4));
  EXPECT_EQ(officer.call("GET", "/api/v1/openapi.json", "",
                         {{"Range", "bytes=999999999-"}}).status, 416);
}

TEST(Hub, events_tell_of_a_change_and_tick) {
  ServiceOptions options;
  options.server.limits.tick_ms = 50;
  TestHub hub(std::move(options));
  TestClient officer = hub.admin();
  TestLine line(hub.port());
  ASSERT_TRUE(line.send(officer.text_of("GET", "/api/v1/events", "", {})));
  while (line.got().find("event: tick") == std::string::npos && line.more()) {}
  ASSERT_EQ(officer.post("/backup", Node{}).status, 202);
  while (line.got().find("event: job") == std::string::npos && line.more()) {}
  EXPECT_NE(line.got().find("text/event-stream"), std::string::npos);
  EXPECT_NE(line.got().find("event: changed\ndata: {\"what\":\"jobs\""), std::string::npos)
      << line.got();
}

TEST(Hub, tells_the_truth_about_its_health) {
  TestHub hub;
  TestClient anyone = hub.stranger();
  const Reply health = anyone.call("GET", "/healthz");
  EXPECT_EQ(health.status, 200);
  EXPECT_TRUE(health.json()["writes"].boolean());
  const Reply counts = anyone.call("GET", "/metrics");
  EXPECT_NE(counts.body.find("khien_requests_total 2"), std::string::npos) << counts.body;
}

TEST(Hub, data_sessions_and_the_audit_chain_outlive_a_restart) {
  const auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  {
    TestHub hub({}, temp->path() / "data");
    hub.admin();
  }
  TestHub hub({}, temp->path() / "data");
  const auto db = hub.data().read();
  ASSERT_TRUE(db);
  const auto verdict = verify_audit(**db, "");
  ASSERT_TRUE(verdict);
  EXPECT_GE(verdict->rows, 4);
  EXPECT_EQ(verdict->broken_id, 0);
}

}  // namespace
}  // namespace khien::hub
