// The calendar feed: whose it is, what is in it, how it is written.
#include "hub/data/calendar_feed.h"

#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

TEST(CalendarFeed, lines_are_folded_between_letters_and_texts_escaped) {
  std::string long_name;
  for (int i = 0; i < 20; ++i) long_name += "bảo đảm, ";
  const std::string text = feed_text({{"due-1-2026-12-15", "2026-12-15", "2026-12-15", long_name},
                                      {"watch-2", "2026-12-31", "2027-01-02", "a\r\nX: b;\\"}},
                                     "Sở Một", 0);
  std::string unfolded;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    const std::string line = text.substr(at, end - at);
    EXPECT_TRUE(is_valid_utf8(line)) << line;
    unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
    at = end + 2;
  }
  EXPECT_NE(unfolded.find("bảo đảm\\, bảo đảm\\,"), std::string::npos) << unfolded;
  EXPECT_NE(unfolded.find("\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270103\n"),
            std::string::npos) << unfolded;
  EXPECT_NE(unfolded.find("\nSUMMARY:a X: b\\;\\\\\n"), std::string::npos) << unfolded;
}

TEST(CalendarFeed, the_address_is_one_user_s_and_ends_with_the_next_or_with_him) {
  TestHub hub;
  const std::int64_t here = hub.agency(hub.root(), "Sở Một");
  const auto change = [&](const std::string& sql) {
    const auto done = hub.data().touch([&](const Database& db) { return db.execute(sql); });
    EXPECT_TRUE(done) << sql;
  };
  for (const auto& [agency, number] : {std::pair{here, "9/UBND"}, {hub.root(), "8/UBND"}}) {
    change("insert into dispatch(agency_id, file_name, sha256, bytes, state, number, due_on,"
           " created_at, windows) values(" + std::to_string(agency) + ", 'a', 'x', 1, 'confirmed',"
           " '" + number + "', '2999-12-15', 1, '[{\"from\":\"2999-12-31\",\"to\":\"3000-01-02\","
           "\"why\":\"Tết\"}]')");
  }
  TestClient user = hub.as("officer", here);
  const auto make = [&] {
    return user.post("/calendar", {}).json()["path"].text();
  };
  const std::string first = make();
  ASSERT_NE(first, "");
  TestClient program = hub.stranger();
  const Reply feed = program.call("GET", first);
  ASSERT_EQ(feed.status, 200) << feed.body;
  EXPECT_EQ(feed.header("content-type"), "text/calendar; charset=utf-8");
  EXPECT_NE(feed.body.find("9/UBND"), std::string::npos) << feed.body;
  EXPECT_NE(feed.body.find("Tết"), std::string::npos) << feed.body;
  EXPECT_EQ(feed.body.find("8/UBND"), std::string::npos) << feed.body;
  const std::string second = make();
  EXPECT_EQ(program.call("GET", first).status, 404);
  EXPECT_EQ(program.call("GET", second).status, 200);
  change("update user set disabled_at = 5 where id = " + std::to_string(user.user_id));
  EXPECT_EQ(program.call("GET", second).status, 404);
  change("update user set disabled_at = null");
  EXPECT_EQ(user.call("DELETE", "/api/v1/calendar").status, 204);
  EXPECT_EQ(program.call("GET", second).status, 404);
}

}  // namespace
}  // namespace khien::hub
