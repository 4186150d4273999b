// Addresses and connections.
#include <gtest/gtest.h>

#include "collect/network/connection.h"
#include "collect/network/testing.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien {
namespace {

namespace fixture = net::testing;

TEST(NetworkAddress, OnlyPublicUnicastIsPublic) {
  for (const char* ip : {"8.8.8.8", "203.113.131.1", "2405:4800::1", "172.32.0.1", "100.128.0.1"}) {
    EXPECT_TRUE(net::is_public(ip)) << ip;
  }
  for (const char* ip : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                         "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
                         "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
                         "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
                         "2001:db8::1", "2001::1", "not an address", ""}) {
    EXPECT_FALSE(net::is_public(ip)) << ip;
  }
}

TEST(NetworkAddress, TargetsAreHostsWithAPort) {
  const auto port_of = [](std::string_view text, std::uint16_t fallback = 0) {
    const auto target = net::parse_target(text, fallback);
    return target ? target->host + " " + std::to_string(target->port) : target.error().code;
  };
  EXPECT_EQ(port_of("Cong.Mau.test:443"), "cong.mau.test 443");
  EXPECT_EQ(port_of("[2405:4800::1]:53"), "2405:4800::1 53");
  EXPECT_EQ(port_of("192.0.2.1", 53), "192.0.2.1 53");
  EXPECT_EQ(port_of("a.test:65535"), "a.test 65535");
  for (const char* wrong : {"a.test:65536", "a.test:0", "a.test", "a.test:x", "", ":80", "[::1",
                            "a b:80", "-:", "[a.test]:80", "a..test:80"}) {
    EXPECT_EQ(port_of(wrong), err::target_invalid) << wrong;
  }
}

TEST(NetworkAddress, NamesHaveLabelsOfAtMost63AndAreAtMost253Long) {
  const std::string label(63, 'a');
  EXPECT_TRUE(net::parse_domain(label + ".test"));
  EXPECT_FALSE(net::parse_domain(label + "a.test"));
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'b');
  EXPECT_EQ(longest.size(), 253U);
  EXPECT_TRUE(net::parse_domain(longest));
  EXPECT_FALSE(net::parse_domain(longest + "b"));
  EXPECT_EQ(*net::parse_domain("So-Mau.tinhmau.TEST."), "so-mau.tinhmau.test");
}

TEST(NetworkConnection, ASilentServerCostsOneDeadlineAndALongLineIsRefused) {
  fixture::FakeServer silent([](fixture::Stream& s) {
    std::string line;
    s.line(line);
  });
  auto waiting = net::Connection::open({false, "127.0.0.1", silent.port()}, 150);
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->read_line(100).error().code, err::answer_timeout);
  fixture::FakeServer loud([](fixture::Stream& s) { s.write(std::string(101, 'a') + "\r\n"); });
  for (const auto& [limit, good] : {std::pair{std::size_t{100}, false}, {std::size_t{101}, true}}) {
    auto one = net::Connection::open({false, "127.0.0.1", loud.port()}, 2000);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->read_line(limit).has_value(), good) << limit;
  }
}

}  // namespace
}  // namespace khien
