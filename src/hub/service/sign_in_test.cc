// Signing in as people do it: first password, codes, tokens, settings, users.
#include "hub/testing_hub.h"

#include "base/hash.h"
#include "hub/access/otp.h"

namespace khien::hub {
namespace {

// A user an administrator added, with the password he was told.
struct Added {
  std::string id, login, password;
};
Added add(TestClient& admin, const std::string& login, const std::string& role) {
  const Reply made = admin.post("/users", Node::map({{"login", login}, {"name", "Trần Thị Lan"},
                                                     {"role", role}}));
  EXPECT_EQ(made.status, 201) << made.body;
  return {made.json()["id"].text(), login, made.json()["password"].text()};
}

Reply sign_in(TestClient& client, const std::string& login, const std::string& password,
              const std::string& otp = "") {
  Node body = Node::map({{"login", login}, {"password", password}});
  if (!otp.empty()) body.set("otp", otp);
  const Reply out = client.post("/session", body);
  client.csrf = out.json()["csrf"].text();
  return out;
}

Reply set_password(TestClient& client, const std::string& old, const std::string& fresh) {
  return client.call("PUT", "/api/v1/session/password",
                     to_json(Node::map({{"old", old}, {"new", fresh}})));
}

TEST(SignIn, the_first_password_opens_nothing_but_its_change) {
  TestHub hub;
  TestClient admin = hub.admin();
  const Added lan = add(admin, "lan", "officer");
  TestClient client = hub.stranger();
  const Reply in = sign_in(client, "LAN", lan.password);  // a login has no capitals
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_TRUE(in.json()["must_change_password"].boolean());
  EXPECT_EQ(client.get("/jobs").json()["code"].text(), "K1315");
  EXPECT_EQ(set_password(client, lan.password, "ngan").json()["code"].text(), "K1316");
  EXPECT_EQ(set_password(client, "wrong", "Sen-hong7").status, 401);
  EXPECT_EQ(set_password(client, lan.password, lan.password).status, 422);
  EXPECT_EQ(set_password(client, lan.password, "Sen-hong7").status, 204);
  EXPECT_EQ(client.get("/jobs").status, 200);
  TestClient again = hub.stranger();
  EXPECT_EQ(sign_in(again, "lan", lan.password).json()["code"].text(), "K1314");
  EXPECT_EQ(sign_in(again, "lan", "Sen-hong7").status, 200);
  EXPECT_EQ(set_password(again, "Sen-hong7", "Sen-trang8").status, 204);
  EXPECT_EQ(client.get("/jobs").status, 401);  // other sessions end with the password
  EXPECT_EQ(sign_in(client, "nobody", "x").json()["code"].text(), "K1314");
}

TEST(SignIn, who_guesses_waits_and_the_owner_elsewhere_does_not) {
  TestHub hub;
  TestClient admin = hub.admin();
  const Added lan = add(admin, "lan", "officer");
  TestClient guesser = hub.stranger();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(guesser, "lan", "guess").status, 401);
  const Reply later = sign_in(guesser, "lan", lan.password);
  EXPECT_EQ(later.status, 429);
  EXPECT_EQ(later.header("retry-after"), "1");
}

TEST(SignIn, a_code_is_asked_once_set_and_each_is_good_once) {
  TestHub hub;
  TestClient admin = hub.admin();
  const Added lan = add(admin, "lan", "officer");
  TestClient client = hub.stranger();
  sign_in(client, "lan", lan.password);
  ASSERT_EQ(set_password(client, lan.password, "Sen-hong7").status, 204);
  ASSERT_EQ(client.call("POST", "/api/v1/session/otp").status, 200);
  std::string secret;
  {
    const auto db = hub.data().read();
    secret = *unhex(find_login(**db, "lan")->value().otp_pending);
  }
  const std::int64_t step = SystemClock().now_ms() / 30'000;
  const auto code = [&](int ahead) { return otp_code(secret, step + ahead); };
  EXPECT_EQ(client.call("PUT", "/api/v1/session/otp", R"({"code":"000000x"})").status, 401);
  const Reply set = client.call("PUT", "/api/v1/session/otp",
                                to_json(Node::map({{"code", code(0)}})));
  ASSERT_EQ(set.status, 200) << set.body;
  const auto recovery = set.json()["recovery_codes"].texts();
  ASSERT_EQ(recovery.size(), 10U);
  TestClient next = hub.stranger();
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7").json()["code"].text(), "K1330");
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7", code(0)).status, 401);  // used when it was set
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7", code(1)).status, 200);
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7", recovery[0]).status, 200);
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7", recovery[0]).status, 401);
  EXPECT_EQ(client.call("DELETE", "/api/v1/session/otp", R"({"password":"Sen-hong7"})").status,
            204);
  EXPECT_EQ(sign_in(next, "lan", "Sen-hong7").status, 200);
}

TEST(SignIn, settings_may_ask_for_codes_and_need_the_version_they_change) {
  TestHub hub;
  TestClient admin = hub.admin();
  const Added lan = add(admin, "lan", "officer");
  TestClient client = hub.stranger();
  sign_in(client, "lan", lan.password);
  set_password(client, lan.password, "Sen-hong7");
  const Reply now = admin.get("/settings");
  const std::string body = R"({"password_months":3,"idle_minutes":30,"two_factor":true})";
  EXPECT_EQ(admin.call("PUT", "/api/v1/settings", body).status, 428);
  EXPECT_EQ(admin.call("PUT", "/api/v1/settings", body, {{"If-Match", "\"old\""}}).status, 412);
  EXPECT_EQ(admin.call("PUT", "/api/v1/settings", body,
                       {{"If-Match", now.header("etag")}}).status, 200);
  EXPECT_EQ(admin.call("PUT", "/api/v1/settings", body,
                       {{"If-Match", now.header("etag")}}).status, 412);
  EXPECT_EQ(client.get("/jobs").json()["code"].text(), "K1332");
  EXPECT_TRUE(client.get("/session").json()["must_set_otp"].boolean());
  EXPECT_EQ(admin.get("/jobs").status, 200);  // came by a link, has no password
}

TEST(SignIn, a_token_does_what_its_scope_says_until_it_is_dropped) {
  TestHub hub;
  TestClient admin = hub.admin();
  const Reply made = admin.post("/tokens", Node::map({{"name", "màn hình"},
                                                      {"scopes", Node::list({Node("read")})}}));
  ASSERT_EQ(made.status, 201) << made.body;
  TestClient program = hub.stranger();
  const Fields bearer = {{"Authorization", "Bearer " + made.json()["secret"].text()}};
  EXPECT_EQ(program.call("GET", "/api/v1/jobs", "", bearer).status, 200);
  EXPECT_EQ(program.call("POST", "/api/v1/backup", "", bearer).status, 403);
  EXPECT_EQ(program.call("GET", "/api/v1/tokens", "", bearer).status, 403);
  const std::string id = made.json()["id"].text();
  EXPECT_EQ(admin.get("/tokens").json()["items"].items().at(0)["id"].text(), id);
  EXPECT_EQ(admin.call("DELETE", "/api/v1/tokens/" + id).status, 204);
  EXPECT_EQ(program.call("GET", "/api/v1/jobs", "", bearer).status, 401);
}

TEST(Users, the_last_administrator_stays_and_a_leaver_is_out_at_once) {
  TestHub hub;
  TestClient admin = hub.admin();
  const std::string self = admin.get("/session").json()["user"]["id"].text();
  const auto patch = [&](const std::string& id, const char* body) {
    return admin.call("PATCH", "/api/v1/users/" + id, body);
  };
  EXPECT_EQ(patch(self, R"({"role":"clerk"})").json()["code"].text(), "K1331");
  EXPECT_EQ(patch(self, R"({"active":false})").status, 409);
  const Added lan = add(admin, "lan", "officer");
  TestClient client = hub.stranger();
  ASSERT_EQ(sign_in(client, "lan", lan.password).status, 200);
  EXPECT_EQ(patch(lan.id, R"({"active":false})").status, 200);
  EXPECT_EQ(client.get("/session").status, 401);
  EXPECT_EQ(sign_in(client, "lan", lan.password).status, 401);
  EXPECT_EQ(patch(lan.id, R"({"active":true,"reset_password":true})").json()["active"].text(),
            "true");
  EXPECT_EQ(admin.post("/users", Node::map({{"login", "Lan"}, {"name", "x"},
                                            {"role", "clerk"}})).status, 409);
  EXPECT_EQ(admin.get("/users").json()["total"].integer(), 2);
  EXPECT_EQ(admin.get("/users?limit=1").json()["next"].text(), "admin");
}

TEST(Users, an_administrator_below_adds_only_below_himself) {
  TestHub hub;
  const std::int64_t here = hub.agency(hub.root(), "Sở A");
  const std::int64_t elsewhere = hub.agency(hub.root(), "Sở B");
  TestClient admin = hub.as("admin", here);
  const auto body = [](std::int64_t agency) {
    return Node::map({{"login", "lan"}, {"name", "Lan"}, {"role", "clerk"},
                      {"agency_id", std::to_string(agency)}});
  };
  EXPECT_EQ(admin.post("/users", body(elsewhere)).status, 404);
  EXPECT_EQ(admin.post("/users", body(hub.root())).status, 404);
  EXPECT_EQ(admin.post("/users", body(here)).status, 201);
}

}  // namespace
}  // namespace khien::hub
