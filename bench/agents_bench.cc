// Agents of a hub that runs: each shows a certificate of its own and says every 30 seconds that it
// is there; some send their facts.   agents_bench DATA PORT AGENTS SECONDS [FACTS...]
// Rows and certificates are put beside the server; each agent has an address of 127/8. Every beat
// is a connection of its own, as `khien agent` makes it. Prints one line; exit 1 with any error.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/content.h"
#include "base/file.h"
#include "base/hash.h"
#include "hub/access/authority.h"
#include "hub/access/x509.h"
#include "hub/data/agency.h"
#include "hub/data/agent.h"
#include "hub/data/data.h"

namespace {
namespace asio = boost::asio;
namespace hub = khien::hub;
using asio::ip::tcp;
using Code = boost::system::error_code;
using Moment = std::chrono::steady_clock::time_point;
using std::chrono::steady_clock;

constexpr auto kPeriod = std::chrono::seconds(30);
constexpr std::size_t kMostFacts = std::size_t{64} << 20;
constexpr const char* kVersion = "bench";

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(2);
}
template <class T>
T need(khien::Result<T> result) {
  if (!result) give_up(khien::to_string(result.error()));
  return std::move(*result);
}

struct Fleet {
  hub::x509::Key key{::EVP_EC_gen("P-256")};  // one for all: the server sees certificates
  std::vector<hub::x509::Certificate> certificates;  // one an agent
  asio::ssl::context tls{asio::ssl::context::tls_client};
};

// A request (PKCS #10) signed by the key, as PEM.
std::string request_of(EVP_PKEY* key) {
  namespace x = hub::x509;
  const x::Asked asked(::X509_REQ_new());
  const x::Bio request = x::writing();
  if (::X509_REQ_set_pubkey(asked.get(), key) != 1 ||
      ::X509_REQ_sign(asked.get(), key, ::EVP_sha256()) <= 0 ||
      ::PEM_write_bio_X509_REQ(request.get(), asked.get()) != 1) {
    give_up("OpenSSL");
  }
  return x::text_of(request.get());
}

void enrol(const std::filesystem::path& folder, std::size_t agents, Fleet& out) {
  const auto content = need(khien::Content::open(khien::built_in_content()));
  const khien::SystemClock clock;
  const auto data = need(hub::Data::open(folder, content, clock, hub::Data::Lock::shared));
  const auto authority = need(hub::Authority::open(folder, clock.now_ms()));
  const std::string request = request_of(out.key.get());
  const auto done = data->touch([&](const khien::Database& db) -> khien::Done {
    KHIEN_TRY(const std::int64_t root, hub::root_agency(db));
    for (std::size_t n = 0; n < agents; ++n) {
      KHIEN_TRY(const hub::AgentCertificate made,
                authority.sign(request, "agent", clock.now_ms()));
      hub::AgentRow row;
      row.agency_id = root;
      row.name = row.machine_id = fmt::format("may-{}", n);
      row.print = made.print, row.ends_at = made.ends_at, row.version = kVersion;
      row.enrolled_at = row.seen_at = clock.now_ms();
      KHIEN_TRY([[maybe_unused]] const std::int64_t id, hub::add_agent(db, row));
      out.certificates.push_back(hub::x509::read_pem(made.pem));
    }
    return {};
  });
  if (!done) give_up(khien::to_string(done.error()));
}

struct Counts {
  std::vector<double> beats;  // ms, from the connection to the end of the answer
  std::size_t files = 0, errors = 0, open = 0, most_open = 0;
  double late = 0;  // ms the client itself was behind, at most
  std::string first;
  void wrong(const std::string& why) {
    if (errors++ == 0) first = why;
  }
};

asio::ip::address_v4 address_of(std::size_t agent) {
  constexpr asio::ip::address_v4::uint_type kOwn = 0x7F010001;  // 127.1.0.1
  return asio::ip::address_v4(kOwn + static_cast<asio::ip::address_v4::uint_type>(agent));
}

// One request on a connection of its own; "" or what went wrong.
asio::awaitable<std::string> ask(Fleet& fleet, std::size_t agent, std::uint16_t port,
                                 std::string request) {
  asio::ssl::stream<tcp::socket> line(co_await asio::this_coro::executor, fleet.tls);
  ::SSL_use_certificate(line.native_handle(), fleet.certificates[agent].get());
  ::SSL_use_PrivateKey(line.native_handle(), fleet.key.get());
  auto& socket = line.lowest_layer();
  Code ec;
  const auto quietly = [&ec] { return asio::redirect_error(asio::use_awaitable, ec); };
  socket.open(tcp::v4());
  socket.bind({address_of(agent), 0}, ec);
  if (!ec) co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, quietly());
  if (!ec) co_await line.async_handshake(asio::ssl::stream_base::client, quietly());
  if (!ec) co_await asio::async_write(line, asio::buffer(request), quietly());
  if (ec) co_return ec.message();
  std::string answer;
  co_await asio::async_read(line, asio::dynamic_buffer(answer), quietly());  // until it is closed
  socket.close(ec);
  if (!answer.starts_with("HTTP/1.1 200")) co_return answer.substr(0, answer.find("\r\n"));
  co_return "";
}

asio::awaitable<void> beat(Fleet& fleet, std::size_t agent, std::uint16_t port,
                           Counts& counts) {
  const std::string body = fmt::format("{{\"version\":\"{}\",\"waiting\":0}}", kVersion);
  counts.most_open = std::max(counts.most_open, ++counts.open);
  const auto begun = steady_clock::now();
  const std::string why = co_await ask(
      fleet, agent, port,
      fmt::format("POST /api/v1/agent/beat HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n"
                  "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                  port, body.size(), body));
  --counts.open;
  if (!why.empty()) counts.wrong("beat: " + why);
  const std::chrono::duration<double, std::milli> took = steady_clock::now() - begun;
  counts.beats.push_back(took.count());
}

asio::awaitable<void> send_facts(Fleet& fleet, std::size_t agent, std::uint16_t port,
                                 std::string bytes, Counts& counts) {
  std::string request =
      fmt::format("PUT /api/v1/agent/facts/{}?offset=0&size={} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n"
                  "Connection: close\r\nContent-Type: application/octet-stream\r\n"
                  "Content-Length: {}\r\n\r\n",
                  khien::sha256_hex(bytes), bytes.size(), port, bytes.size());
  const std::string why = co_await ask(fleet, agent, port, request + bytes);
  if (!why.empty()) counts.wrong("facts: " + why);
  ++counts.files;
}

// Agents come one after the other, evenly over the period, and again after it.
asio::awaitable<void> run_fleet(Fleet& fleet, std::uint16_t port, std::size_t seconds,
                                const std::vector<std::string>& facts, Counts& counts) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  const std::size_t agents = fleet.certificates.size();
  const auto begun = steady_clock::now();
  const auto step = std::chrono::duration_cast<steady_clock::duration>(kPeriod) / agents;
  const auto whole = std::chrono::seconds(seconds);
  std::size_t given = 0;
  for (std::size_t n = 0; step * n < whole; ++n) {
    const Moment at = begun + step * n;
    timer.expires_at(at);
    co_await timer.async_wait(asio::use_awaitable);
    const std::chrono::duration<double, std::milli> behind = steady_clock::now() - at;
    counts.late = std::max(counts.late, behind.count());
    asio::co_spawn(executor, beat(fleet, n % agents, port, counts), asio::detached);
    if (given < facts.size() && step * n >= whole * given / facts.size()) {
      asio::co_spawn(executor, send_facts(fleet, given, port, facts[given], counts),
                     asio::detached);
      ++given;
    }
  }
}

double share(std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) give_up("agents_bench DATA PORT AGENTS SECONDS [FACTS...]");
  const auto port = static_cast<std::uint16_t>(std::stoul(argv[2]));
  Fleet fleet;
  enrol(argv[1], std::stoul(argv[3]), fleet);
  std::vector<std::string> facts;
  for (int i = 5; i < argc; ++i) facts.push_back(need(khien::read_file(argv[i], kMostFacts)));
  Counts counts;
  asio::io_context io(1);
  asio::co_spawn(io, run_fleet(fleet, port, std::stoul(argv[4]), facts, counts),
                 [](std::exception_ptr error) { if (error) std::rethrow_exception(error); });
  io.run();
  std::sort(counts.beats.begin(), counts.beats.end());
  fmt::print("{} agents: {} beats, p50 {:.1f} ms, p99 {:.1f} ms, most {:.0f} ms; {} files of facts;"
             " {} errors{}; at most {} connections at once, the client {:.0f} ms behind\n",
             fleet.certificates.size(), counts.beats.size(), share(counts.beats, 0.5),
             share(counts.beats, 0.99), share(counts.beats, 1), counts.files, counts.errors,
             counts.first.empty() ? "" : " (" + counts.first + ")", counts.most_open, counts.late);
  return counts.errors == 0 ? 0 : 1;
}
