// Security keys as browsers show them, and those who would like to be somebody else.
#include "hub/testing_hub.h"
#include "hub/testing_key.h"

#include "hub/access/challenge.h"

namespace khien::hub {
namespace {

constexpr const char* kWord = "Sen-hong7";

// A hub, and Lan with her password in a browser at http://localhost:PORT.
class Passkeys : public testing::Test {
 protected:
  Passkeys() : admin_(hub_.admin()), browser_(local()) {
    lan_ = add("lan");
    enter(browser_, "lan");
  }
  TestClient local() {
    TestClient out = hub_.stranger();
    out.host = "localhost";
    return out;
  }
  std::string add(const std::string& login) {
    const Node body = Node::map({{"login", login}, {"name", "Lan"}, {"role", "officer"}});
    const Reply made = admin_.post("/users", body);
    TestClient client = local();
    const std::string first = made.json()["password"].text();
    client.csrf = sign_in(client, login, first).json()["csrf"].text();
    const Reply set = client.call("PUT", "/api/v1/session/password",
                                  to_json(Node::map({{"old", first}, {"new", kWord}})));
    EXPECT_EQ(set.status, 204) << set.body;
    return made.json()["id"].text();
  }
  static Reply sign_in(TestClient& client, const std::string& login, const std::string& word,
                       const Node& more = Node::map()) {
    Node body = Node::map({{"login", login}, {"password", word}});
    for (const auto& [name, value] : more.pairs()) body.set(name, value);
    client.csrf.clear();
    return client.post("/session", body);
  }
  static void enter(TestClient& client, const std::string& login) {
    client.csrf = sign_in(client, login, kWord).json()["csrf"].text();
    EXPECT_FALSE(client.csrf.empty());
  }
  std::string origin() { return "http://localhost:" + std::to_string(hub_.port()); }
  static Reply begin(TestClient& client, const std::string& word = kWord) {
    return client.post("/session/passkeys", Node::map({{"password", word}}));
  }
  Reply finish(TestClient& client, const SoftKey& key, const std::string& challenge,
               const std::string& name = "Khóa của Lan") {
    const std::string said = key.said("webauthn.create", challenge);
    const Node body = Node::map({{"name", name},
                                 {"client_data", base64url_text(said)},
                                 {"authenticator_data", base64url_text(key.made())}});
    return client.call("PUT", "/api/v1/session/passkeys", to_json(body));
  }
  // The key is added for whoever is signed in.
  Reply give(TestClient& client, SoftKey& key) {
    key.origin = origin();
    const Reply asked = begin(client);
    EXPECT_EQ(asked.status, 200) << asked.body;
    return finish(client, key, asked.json()["challenge"].text());
  }
  // The challenge that comes with the refusal of a right password.
  std::string second(TestClient& client, const std::string& login = "lan") {
    const Reply asked = sign_in(client, login, kWord);
    EXPECT_EQ(asked.json()["code"].text(), "K1330") << asked.body;
    return asked.json()["second"]["passkey"]["challenge"].text();
  }
  Reply show(TestClient& client, const Node& answer, const std::string& login = "lan") {
    return sign_in(client, login, kWord, Node::map({{"passkey", answer}}));
  }
  std::string challenge() {
    TestClient next = local();
    return second(next);
  }
  void expect_refused(const Node& answer, const char* why) {
    TestClient next = local();
    const Reply got = show(next, answer);
    EXPECT_EQ(got.status, 403) << why << got.body;
    EXPECT_EQ(why_refused(), why);
  }
  std::string why_refused() {  // of the newest row that says so
    const auto db = hub_.data().read();
    const auto detail = (*db)->one("select coalesce(json_extract(detail, '$.passkey'), '') from"
                                   " audit where action = 'session.refused' order by id desc"
                                   " limit 1", {});
    return detail ? std::get<std::string>(*detail) : "";
  }
  TestHub hub_;
  TestClient admin_;
  TestClient browser_;
  std::string lan_;
};

TEST_F(Passkeys, a_key_is_asked_for_once_added_and_signs_in) {
  SoftKey key("lan-1");
  const Reply added = give(browser_, key);
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_TRUE(added.json()["passkey"]["alone"].boolean());
  ASSERT_EQ(added.json()["recovery_codes"].texts().size(), 10U);
  EXPECT_EQ(added.json()["passkey"]["host"].text(), "localhost");

  TestClient next = local();
  const std::string challenge = second(next);
  EXPECT_EQ(sign_in(next, "lan", "wrong").json()["second"].type(), Node::Type::null);
  const Reply in = show(next, key.answer(challenge));
  EXPECT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.json()["user"]["login"].text(), "lan");
  const auto code = added.json()["recovery_codes"].texts().front();
  EXPECT_EQ(sign_in(next, "lan", kWord, Node::map({{"otp", code}})).status, 200);
  EXPECT_EQ(sign_in(next, "lan", kWord, Node::map({{"otp", code}})).status, 401);
  // no code is that of somebody who has no secret for codes
  EXPECT_EQ(sign_in(next, "lan", kWord, Node::map({{"otp", "123456"}})).status, 401);
}

TEST_F(Passkeys, an_answer_is_good_once_and_for_five_minutes) {
  SoftKey key("lan-1");
  ASSERT_EQ(give(browser_, key).status, 200);
  TestClient next = local();
  const Node answer = key.answer(second(next));
  EXPECT_EQ(show(next, answer).status, 200);
  const Reply again = show(next, answer);
  EXPECT_EQ(again.json()["code"].text(), "K1336");
  EXPECT_EQ(why_refused(), "challenge");
  // made up, of another use, of another user
  for (const std::string& challenge : {std::string("AAAA"), begin(browser_).json()["challenge"]
                                       .text(), std::string()}) {
    EXPECT_EQ(show(next, key.answer(challenge)).json()["code"].text(), "K1336") << challenge;
    EXPECT_EQ(why_refused(), "challenge");
  }
  KeyRound round{"second", std::stoll(lan_), "localhost"};
  const auto fresh = make_challenge(hub_.data(), round);
  EXPECT_TRUE(*is_challenge(hub_.data(), round, *fresh));
  round.host = "elsewhere.test";
  EXPECT_FALSE(*is_challenge(hub_.data(), round, *fresh));
}

TEST_F(Passkeys, pages_and_hosts_of_others_are_refused) {
  SoftKey key("lan-1");
  ASSERT_EQ(give(browser_, key).status, 200);
  key.origin = "https://lua-dao.test";
  expect_refused(key.answer(challenge()), "origin");
  key.origin = origin();
  expect_refused(key.answer(challenge(), "webauthn.create"), "type");
  key.host = "lua-dao.test";
  expect_refused(key.answer(challenge()), "signature");
  key.host = "localhost";
  key.flags = 0x04;  // nobody touched it
  expect_refused(key.answer(challenge()), "signature");
}

TEST_F(Passkeys, another_key_is_none) {
  SoftKey key("lan-1"), thief("thief");
  ASSERT_EQ(give(browser_, key).status, 200);
  thief.origin = origin();
  Node answer = key.answer(challenge());
  answer.set("signature", thief.answer(challenge())["signature"]);
  expect_refused(answer, "signature");
  expect_refused(thief.answer(challenge()), "unknown");
}

TEST_F(Passkeys, the_key_of_another_user_opens_nothing) {
  add("minh");
  TestClient minh = local();
  enter(minh, "minh");
  SoftKey his("minh-1"), hers("lan-1");
  ASSERT_EQ(give(minh, his).status, 200);
  ASSERT_EQ(give(browser_, hers).status, 200);
  TestClient next = local();
  EXPECT_EQ(show(next, his.answer(second(next))).json()["code"].text(), "K1336");
  EXPECT_EQ(why_refused(), "unknown");
  // a key that is somebody's is nobody else's
  EXPECT_EQ(give(browser_, his).json()["code"].text(), "K1324");
}

TEST_F(Passkeys, a_counter_that_goes_back_is_a_copy) {
  SoftKey key("lan-1");
  ASSERT_EQ(give(browser_, key).status, 200);
  TestClient next = local();
  key.counter = 40;
  EXPECT_EQ(show(next, key.answer(second(next))).status, 200);
  for (const std::uint32_t counter : {39U, 0U, 2U}) {  // answer() adds one
    key.counter = counter;
    EXPECT_EQ(show(next, key.answer(second(next))).json()["code"].text(), "K1337") << counter;
    EXPECT_EQ(why_refused(), "counter");
  }
  key.counter = 41;
  EXPECT_EQ(show(next, key.answer(second(next))).status, 200);
}

TEST_F(Passkeys, one_that_never_counts_goes_on) {
  SoftKey key("lan-1");
  key.counter = 0;
  ASSERT_EQ(give(browser_, key).status, 200);
  TestClient next = local();
  for (int i = 0; i < 2; ++i) {
    key.counter = static_cast<std::uint32_t>(-1);  // answer() makes it 0
    EXPECT_EQ(show(next, key.answer(second(next))).status, 200) << i;
  }
}

TEST_F(Passkeys, alone_it_must_know_its_owner) {
  SoftKey key("lan-1");
  TestClient next = local();
  EXPECT_FALSE(next.get("/session/ways").json()["passkey"].boolean());
  ASSERT_EQ(give(browser_, key).status, 200);
  EXPECT_TRUE(next.get("/session/ways").json()["passkey"].boolean());
  EXPECT_FALSE(hub_.stranger().get("/session/ways").json()["passkey"].boolean());
  const auto alone = [&](const Node& answer) {
    next.csrf.clear();
    return next.call("PUT", "/api/v1/session/passkey", to_json(answer));
  };
  const auto asked = [&] { return next.post("/session/passkey", {}).json()["challenge"].text(); };
  const Reply in = alone(key.answer(asked()));
  EXPECT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.json()["user"]["login"].text(), "lan");
  EXPECT_EQ(alone(key.answer(second(next))).json()["code"].text(), "K1336");  // of another use
  key.flags = 0x01;
  EXPECT_EQ(alone(key.answer(asked())).status, 403);
  EXPECT_EQ(why_refused(), "unverified");
  key.flags = 0x05;
  admin_.call("PATCH", "/api/v1/users/" + lan_, R"({"active":false})");
  EXPECT_EQ(alone(key.answer(asked())).status, 403);
  admin_.call("PATCH", "/api/v1/users/" + lan_, R"({"active":true,"way":"directory"})");
  EXPECT_EQ(alone(key.answer(asked())).status, 403);
  EXPECT_EQ(why_refused(), "elsewhere");
}

TEST_F(Passkeys, are_added_only_with_the_password_and_where_browsers_use_them) {
  SoftKey key("lan-1");
  key.origin = origin();
  EXPECT_EQ(begin(browser_, "wrong").status, 401);
  TestClient by_number = hub_.stranger();
  enter(by_number, "lan");
  EXPECT_EQ(by_number.get("/session/passkeys").json()["unfit"].text(), "address");
  EXPECT_EQ(begin(by_number).json()["code"].text(), "K1338");
  EXPECT_EQ(by_number.post("/session/passkey", {}).json()["code"].text(), "K1338");
  EXPECT_TRUE(browser_.get("/session/passkeys").json()["unfit"].is_null());
  const std::string challenge = begin(browser_).json()["challenge"].text();
  SoftKey untouched("lan-2");
  untouched.origin = origin();
  untouched.flags = 0x04;
  EXPECT_EQ(finish(browser_, untouched, challenge).status, 403);
  SoftKey foreign("lan-3");
  foreign.origin = origin();
  foreign.host = "elsewhere.test";
  EXPECT_EQ(finish(browser_, foreign, challenge).status, 403);
  EXPECT_EQ(finish(browser_, key, "AAAA").status, 403);
  EXPECT_EQ(finish(browser_, key, challenge).status, 200);
  SoftKey more("lan-4");
  more.origin = origin();
  EXPECT_EQ(finish(browser_, more, challenge).status, 403);  // a challenge is good once
  EXPECT_EQ(browser_.get("/session/passkeys").json()["items"].items().size(), 1U);
}

TEST_F(Passkeys, under_another_name_of_the_server_a_second_factor_is_still_asked) {
  SoftKey key("lan-1");
  const auto codes = give(browser_, key).json()["recovery_codes"].texts();
  TestClient by_number = hub_.stranger();
  const Reply asked = sign_in(by_number, "lan", kWord);
  EXPECT_EQ(asked.json()["code"].text(), "K1330");
  EXPECT_TRUE(asked.json()["second"]["passkey"].is_null());
  EXPECT_EQ(sign_in(by_number, "lan", kWord, Node::map({{"otp", codes[1]}})).status, 200);
}

TEST_F(Passkeys, are_named_renamed_and_taken_away_and_all_of_it_is_in_the_log) {
  SoftKey one("lan-1"), two("lan-2");
  ASSERT_EQ(give(browser_, one).status, 200);
  EXPECT_TRUE(give(browser_, two).json()["recovery_codes"].is_null());
  const auto keys = browser_.get("/session/passkeys").json()["items"].items();
  ASSERT_EQ(keys.size(), 2U);
  const std::string path = "/api/v1/session/passkeys/";
  EXPECT_EQ(browser_.call("PATCH", path + keys[0]["id"].text(), R"({"name":"USB xanh"})").status,
            204);
  EXPECT_EQ(browser_.call("DELETE", path + keys[1]["id"].text(), R"({"password":"no"})").status,
            401);
  EXPECT_EQ(browser_.call("DELETE", path + keys[1]["id"].text(),
                          to_json(Node::map({{"password", kWord}}))).status, 204);
  add("minh");
  TestClient minh = local();
  enter(minh, "minh");
  EXPECT_EQ(minh.call("DELETE", path + keys[0]["id"].text(),
                      to_json(Node::map({{"password", kWord}}))).status, 404);
  const std::string of_lan = "/users/" + lan_ + "/passkeys";
  const auto left = admin_.get(of_lan).json()["items"].items();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0]["name"].text(), "USB xanh");
  EXPECT_EQ(admin_.call("DELETE", "/api/v1" + of_lan + "/" + left[0]["id"].text()).status, 204);
  TestClient next = local();
  EXPECT_EQ(sign_in(next, "lan", kWord).status, 200);
  const auto db = hub_.data().read();
  for (const char* action : {"users.passkey_add", "users.passkey_rename", "users.passkey_drop"}) {
    const auto rows = (*db)->one("select count(*) from audit where action = ?1",
                                 {std::string(action)});
    EXPECT_GT(std::get<std::int64_t>(*rows), 0) << action;
  }
}

TEST_F(Passkeys, settings_that_ask_for_two_factors_are_content_with_a_key) {
  const Reply now = admin_.get("/settings");
  ASSERT_EQ(admin_.call("PUT", "/api/v1/settings",
                        R"({"password_months":3,"idle_minutes":30,"two_factor":true})",
                        {{"If-Match", now.header("etag")}}).status, 200);
  EXPECT_EQ(browser_.get("/jobs").json()["code"].text(), "K1332");
  SoftKey key("lan-1");
  ASSERT_EQ(give(browser_, key).status, 200);
  EXPECT_EQ(browser_.get("/jobs").status, 200);
}

TEST(Passkey, bytes_at_the_limits) {
  const PageAddress page = page_address("hub.test:8443", true);
  EXPECT_EQ(page.host, "hub.test");
  EXPECT_EQ(page.origin, "https://hub.test:8443");
  EXPECT_EQ(keys_unfit(page), "");
  EXPECT_EQ(keys_unfit(page_address("hub.test", false)), "insecure");
  EXPECT_EQ(keys_unfit(page_address("LOCALHOST:8765", false)), "");
  EXPECT_EQ(keys_unfit(page_address("192.0.2.7:443", true)), "address");
  EXPECT_EQ(keys_unfit(page_address("[::1]:443", true)), "address");
  const auto words = [&](std::size_t size) {
    std::string out = R"({"type":"webauthn.get","origin":"https://hub.test:8443","x":")";
    return out + std::string(size - out.size() - 2, 'x') + "\"}";
  };
  EXPECT_TRUE(challenge_of(words(kClientDataBytes), KeyAct::show, page));
  EXPECT_FALSE(challenge_of(words(kClientDataBytes + 1), KeyAct::show, page));
  EXPECT_FALSE(challenge_of("[]", KeyAct::show, page));
  EXPECT_FALSE(challenge_of("", KeyAct::show, page));
  SoftKey key(std::string(kCredentialBytes, 'k')), long_id(std::string(kCredentialBytes + 1, 'k'));
  key.host = long_id.host = page.host;
  const auto made = made_key(page, key.made());
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->credential.size(), kCredentialBytes);
  EXPECT_FALSE(made_key(page, long_id.made()));
  EXPECT_FALSE(made_key(page, key.made() + std::string(kAuthenticatorBytes, '\0')));
  // an array of four thousand million items, and maps in maps without end
  SoftKey plain("k");
  plain.host = page.host;
  const std::string whole = plain.made();
  EXPECT_TRUE(made_key(page, whole));
  for (const std::string& bad : {std::string("\x9A\xFF\xFF\xFF\xFF"), std::string("\x9F\x01"),
                                 std::string(100, '\x81'), std::string("\x5B\xFF\xFF")}) {
    EXPECT_FALSE(made_key(page, whole.substr(0, 56) + bad));
    EXPECT_FALSE(made_key(page, whole + bad));
  }
  for (std::size_t cut = 0; cut < key.made().size(); cut += 7) {
    EXPECT_FALSE(made_key(page, key.made().substr(0, cut))) << cut;
  }
  for (const char* text : {"a+b_", "ab==", "a", "ab c"}) {
    EXPECT_FALSE(base64url_bytes(text)) << text;
  }
  EXPECT_EQ(base64url_bytes("-_8"), "\xFB\xFF");
}

}  // namespace
}  // namespace khien::hub
