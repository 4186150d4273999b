// Directory servers that want to fill the memory of those who ask.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

#include "base/clock.h"
#include "base/errors.h"
#include "base/file.h"
#include "collect/directory/errors.h"
#include "collect/directory/live.h"
#include "collect/network/testing.h"

namespace khien {
namespace {

// BER: tag, length in four bytes, content.
std::string ber(int tag, const std::string& content) {
  std::string out = {static_cast<char>(tag), static_cast<char>(0x84)};
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(content.size() >> shift & 0xFF);
  }
  return out + content;
}

std::string message(int id, const std::string& operation) {
  return ber(0x30, std::string{0x02, 0x01, static_cast<char>(id)} + operation);
}

std::string result(int id, int tag) {  // success, nothing else to say
  return message(id, ber(tag, std::string{0x0A, 0x01, 0x00} + ber(0x04, "") + ber(0x04, "")));
}

std::string entry(int id, const std::string& dn, const std::string& name,
                  const std::string& value) {
  const std::string attribute = ber(0x30, ber(0x04, name) + ber(0x31, ber(0x04, value)));
  return message(id, ber(0x64, ber(0x04, dn) + ber(0x30, attribute)));
}

class HostileServer {
 public:
  // `answer` gets the number of the request and the socket; false: no more.
  explicit HostileServer(std::function<bool(int, int)> answer)
      : listening_(net::testing::loopback(SOCK_STREAM, port_)), answer_(std::move(answer)) {
    ::listen(listening_.get(), 1);
    thread_ = std::thread([this] { serve(); });
  }
  ~HostileServer() {
    ::shutdown(listening_.get(), SHUT_RDWR);
    thread_.join();
  }
  [[nodiscard]] std::string code() const {
    directory::LiveSpec spec;
    spec.url = "ldap://127.0.0.1:" + std::to_string(port_);
    spec.loopback = true;
    spec.timeout_s = 10;
    spec.total_s = 60;
    const SystemClock clock;
    const auto out = directory::ask_server(spec, "/", clock);
    return out ? "" : out.error().code;
  }

 private:
  void serve() const {
    const Fd peer(::accept(listening_.get(), nullptr, nullptr));
    char buffer[4096];
    for (int request = 1; ::recv(peer.get(), buffer, sizeof buffer, 0) > 0; ++request) {
      if (!answer_(request, peer.get())) return;
    }
  }

  std::uint16_t port_ = 0;
  Fd listening_;
  std::function<bool(int, int)> answer_;
  std::thread thread_;
};

bool put(int socket, const std::string& bytes) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t n = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

TEST(HostileDirectory, AMessageThatSaysItIsAGigabyteIsNotWaitedFor) {
  const HostileServer server([](int request, int socket) {
    if (request == 1) return put(socket, result(1, 0x61));
    const std::string head = {0x30, static_cast<char>(0x84), 0x40, 0, 0, 0};
    return put(socket, head + std::string(1000, 'x'));
  });
  const SystemClock clock;
  const std::int64_t started = clock.steady_ms();
  const std::string code = server.code();
  EXPECT_TRUE(code == err::directory_unreached || code == err::directory_search) << code;
  EXPECT_LT(clock.steady_ms() - started, 5000);
}

TEST(HostileDirectory, EntriesWithoutEndAreCutAtTheLimit) {
  const HostileServer server([](int request, int socket) {
    if (request == 1) return put(socket, result(1, 0x61));
    if (request == 2) {
      return put(socket, entry(2, "", "namingContexts", "dc=x,dc=test") + result(2, 0x65));
    }
    const std::string one = entry(3, "cn=a,dc=x,dc=test", "cn", std::string(1'000'000, 'a'));
    while (put(socket, one)) {
    }
    return false;
  });
  EXPECT_EQ(server.code(), err::file_too_large);
}

}  // namespace
}  // namespace khien
