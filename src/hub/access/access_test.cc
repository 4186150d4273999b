#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/testing.h"
#include "hub/access/actor.h"
#include "hub/access/certificate.h"
#include "hub/access/otp.h"
#include "hub/access/password.h"
#include "hub/access/throttle.h"

namespace khien::hub {
namespace {

std::unique_ptr<Passwords> passwords() {
  static const auto content = Content::open(built_in_content());
  return std::move(*Passwords::load(*content));
}

TEST(Password, needs_nine_characters_and_three_kinds) {
  const auto all = passwords();
  EXPECT_TRUE(all->check("Sen-hong7", "lan"));
  EXPECT_FALSE(all->check("Sen-hon7", "lan"));       // eight
  EXPECT_FALSE(all->check("sen-hong-hoa", "lan"));   // two kinds
  EXPECT_FALSE(all->check("SENHONG777", "lan"));     // two kinds
  EXPECT_TRUE(all->check("Hoa sen nở 7", "lan"));    // letters with marks are letters
  EXPECT_FALSE(all->check("Nguyen.lan-7", "nguyen.lan"));
  EXPECT_FALSE(all->check(std::string(129, 'a') + "B7-", "lan"));
  EXPECT_TRUE(all->check(std::string(125, 'a') + "B7-", "lan"));
}

TEST(Password, is_kept_as_argon2id_and_known_again) {
  const auto all = passwords();
  const auto kept = all->hash("Sen-hong7");
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->starts_with("$argon2id$v=19$m=32768,t=3,p=1$")) << *kept;
  EXPECT_TRUE(all->verify(*kept, "Sen-hong7"));
  EXPECT_FALSE(all->verify(*kept, "Sen-hong8"));
  EXPECT_FALSE(all->verify("", ""));
  const auto made = all->make();
  ASSERT_TRUE(made);
  EXPECT_TRUE(all->check(*made, ""));
}

// RFC 6238, appendix B, SHA-1; its codes of eight digits end with ours.
TEST(Otp, gives_the_codes_of_the_standard) {
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(otp_code(secret, 59 / 30), "287082");
  EXPECT_EQ(otp_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(otp_code(secret, 1111111111 / 30), "050471");
  EXPECT_EQ(otp_code(secret, 20000000000 / 30), "353130");
}

TEST(Otp, takes_a_code_once_and_from_the_steps_beside_it) {
  const std::string secret = hex("12345678901234567890");
  const std::int64_t now = 1'111'111'111'000;
  const std::int64_t step = now / 30'000;
  EXPECT_EQ(otp_step(secret, "050471", now, 0), step);
  EXPECT_EQ(otp_step(secret, "081804", now, 0), step - 1);
  EXPECT_FALSE(otp_step(secret, "050471", now, step));
  EXPECT_FALSE(otp_step(secret, "050471", now + 60'001, 0));
  EXPECT_FALSE(otp_step(secret, "05047", now, 0));
}

TEST(Otp, writes_base32_as_the_standard_does) {  // RFC 4648, section 10
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("foob"), "MZXW6YQ");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Throttle, slows_the_guesser_and_not_the_owner) {
  FixedClock clock(1'000'000'000);
  Throttle throttle(clock);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.1", false), 0) << i;
    throttle.failed("lan", "198.51.100.1");
  }
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.1", false), 1000);
  throttle.failed("lan", "198.51.100.1");
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.1", false), 2000);
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.2", false), 0);   // the owner elsewhere
  EXPECT_EQ(throttle.wait_ms("minh", "198.51.100.1", false), 0);  // others at the same address
  for (int i = 0; i < 100; ++i) throttle.failed("lan", "203.0.113." + std::to_string(i));
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.2", false), 5000);  // 5 s at most
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.2", true), 0);    // a browser known here
  clock.set(1'000'000'000 + 3'600'001);
  EXPECT_EQ(throttle.wait_ms("lan", "198.51.100.1", false), 0);
}

TEST(Throttle, an_address_that_tries_many_logins_waits) {
  FixedClock clock(1'000'000'000);
  Throttle throttle(clock);
  for (int i = 0; i < 30; ++i) throttle.failed("u" + std::to_string(i), "198.51.100.1");
  EXPECT_GT(throttle.wait_ms("another", "198.51.100.1", false), 0);
  EXPECT_EQ(throttle.wait_ms("another", "198.51.100.9", false), 0);
}

TEST(RateLimit, lets_a_burst_through_and_then_the_rate) {
  FixedClock clock(1'000'000);
  RateLimit rate(clock, 10, 20);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(rate.take("a"), 0) << i;
  EXPECT_EQ(rate.take("a"), 1);
  EXPECT_EQ(rate.take("b"), 0);
  clock.set(1'000'100);
  EXPECT_EQ(rate.take("a"), 0);
  EXPECT_EQ(rate.take("a"), 1);
}

TEST(Role, may_what_its_office_may) {
  Actor actor;
  EXPECT_TRUE(may(actor, Need::open));
  EXPECT_FALSE(may(actor, Need::read));
  actor.user_id = 1;
  const auto allowed = [&](const char* role) {
    actor.role = role;
    std::string out;
    for (const Need need : {Need::read, Need::write, Need::decide, Need::audit, Need::admin,
                            Need::root}) {
      out += may(actor, need) ? '1' : '0';
    }
    return out;
  };
  EXPECT_EQ(allowed("clerk"), "110000");
  EXPECT_EQ(allowed("officer"), "110000");
  EXPECT_EQ(allowed("leader"), "101100");
  EXPECT_EQ(allowed("duty"), "100000");
  EXPECT_EQ(allowed("auditor"), "100100");
  EXPECT_EQ(allowed("admin"), "111110");
  actor.at_root = true;
  EXPECT_EQ(allowed("admin"), "111111");
  actor.scopes = "read";
  EXPECT_EQ(allowed("admin"), "100000");
  EXPECT_FALSE(may(actor, Need::signed_in));
  EXPECT_TRUE(may(actor, Need::screen));
  actor.scopes = "wall";  // hangs where everybody passes: sees what is meant for it alone
  EXPECT_EQ(allowed("admin"), "000000");
  EXPECT_TRUE(may(actor, Need::screen));
  actor.scopes = "write";
  EXPECT_EQ(allowed("duty"), "100000");  // no token gives what the role has not
}

TEST(Certificate, of_our_own_is_read_again_with_its_days) {
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const auto path = folder->path() / "hub.crt";
  const std::int64_t now = 1'764'547'200'000;
  ASSERT_TRUE(make_certificate(path, folder->path() / "hub.key",
                               {"trung-tam.test", "192.0.2.7", "2001:db8::7"}, now));
  const auto facts = read_certificate(path);
  ASSERT_TRUE(facts);
  EXPECT_TRUE(facts->own);
  EXPECT_EQ(facts->sha256.size(), 95U);
  EXPECT_EQ(facts->days_left(now), kOwnCertificateDays);
  EXPECT_EQ(facts->days_left(facts->not_after_ms - 1), 0);
  EXPECT_EQ(facts->days_left(facts->not_after_ms + 1), -1);
  ASSERT_TRUE(write_file(folder->path() / "none.crt", "no certificate"));
  EXPECT_EQ(read_certificate(folder->path() / "none.crt").error().code, std::string("K1333"));
}

}  // namespace
}  // namespace khien::hub
