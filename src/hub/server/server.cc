#include "hub/server/server.h"

#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "base/file.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Error_code = boost::system::error_code;

constexpr std::size_t kMostPem = 1 << 20;
constexpr auto kLookEvery = std::chrono::milliseconds(20);
constexpr auto kOutOfFiles = std::chrono::milliseconds(100);

void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

// What clients are told: whose certificates are wanted.
void name_authority(SSL_CTX* context, const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(
      ::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free_all);
  const std::unique_ptr<X509, decltype(&X509_free)> read(
      ::PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
  if (read) ::SSL_CTX_add_client_CA(context, read.get());
}

Result<std::shared_ptr<asio::ssl::context>> make_tls(const ServerOptions& options) {
  auto out = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  // Read by us: OpenSSL would wait for ever at a pipe.
  KHIEN_TRY(const auto certificate, read_file(options.certificate, kMostPem));
  KHIEN_TRY(const auto key, read_file(options.key, kMostPem));
  Error_code ec;
  out->use_certificate_chain(asio::buffer(certificate), ec);
  if (ec) {
    return fail(err::hub_cannot_listen, options.certificate.string(), {{"detail", ec.message()}});
  }
  out->use_private_key(asio::buffer(key), asio::ssl::context::pem, ec);
  if (ec) return fail(err::hub_cannot_listen, options.key.string(), {{"detail", ec.message()}});
  ::SSL_CTX_set_min_proto_version(out->native_handle(), TLS1_2_VERSION);
  ::SSL_CTX_set_cipher_list(out->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  ::SSL_CTX_set_options(out->native_handle(), SSL_OP_NO_RENEGOTIATION);
  ::SSL_CTX_set_mode(out->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  if (!options.authority.empty()) {
    // Browsers have none of this authority and are not asked; a wrong one ends the handshake.
    out->add_certificate_authority(asio::buffer(options.authority), ec);
    if (!ec) out->set_verify_mode(asio::ssl::verify_peer, ec);
    if (ec) return fail(err::hub_cannot_listen, "agents.crt", {{"detail", ec.message()}});
    name_authority(out->native_handle(), options.authority);
    ::SSL_CTX_set_session_cache_mode(out->native_handle(), SSL_SESS_CACHE_OFF);
  }
  return out;
}

}  // namespace

struct Server::Impl {
  ServerOptions options;
  asio::io_context io;
  asio::thread_pool pool;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  asio::signal_set signals;
  Wire wire;

  Impl(ServerOptions o, Application& application, Events& events, WireCounts& counts)
      : options(std::move(o)), io(options.threads), pool(static_cast<std::size_t>(options.pool)),
        acceptor(io), pause(io), signals(io),
        wire{io, pool, nullptr, application, events, options.uploads, options.limits, counts} {}

  void accept() {
    acceptor.async_accept([this](Error_code ec, tcp::socket socket) {
      if (wire.stopping) return;
      if (ec) {  // out of descriptors, for one: try again in a moment, do not spin
        pause.expires_after(kOutOfFiles);
        pause.async_wait([this](Error_code) { accept(); });
        return;
      }
      take(std::move(socket));
      accept();
    });
  }

  void take(tcp::socket socket) {
    Error_code ec;
    const auto remote = socket.remote_endpoint(ec);
    if (ec || wire.counts.connections >= wire.limits.connections) {
      ++wire.counts.refused;
      return;
    }
    const bool v6 = remote.address().is_v6();
    const int descriptor = socket.release(ec);
    if (ec) return;
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    begin_connection(wire, descriptor, v6, remote.address().to_string());
  }

  void end_all(bool at_once) {
    const std::lock_guard lock(wire.mutex);
    for (const auto& [id, weak] : wire.open) {
      if (const auto connection = weak.lock()) connection->end(at_once);
    }
  }

  bool any_open() {
    const std::lock_guard lock(wire.mutex);
    return !wire.open.empty();
  }

  // After io.run() would go on for ever: waits for what is being answered, then cuts the rest.
  void wind_down() {
    const auto until = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(options.stop_ms);
    while (any_open() && std::chrono::steady_clock::now() < until) {
      end_all(false);
      std::this_thread::sleep_for(kLookEvery);
    }
    end_all(true);
    const auto cut = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (any_open() && std::chrono::steady_clock::now() < cut) {
      std::this_thread::sleep_for(kLookEvery);
    }
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(ServerOptions options, Application& application,
                                               Events& events, WireCounts& counts) {
  allow_many_files();
  auto impl = std::make_unique<Impl>(std::move(options), application, events, counts);
  if (!impl->options.certificate.empty()) {
    KHIEN_TRY(impl->wire.tls, make_tls(impl->options));
  }
  Error_code ec;
  const auto address = asio::ip::make_address(impl->options.address, ec);
  const tcp::endpoint end(address, impl->options.port);
  auto& acceptor = impl->acceptor;
  if (!ec) acceptor.open(end.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(end, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return fail(err::hub_cannot_listen, impl->options.address, {{"detail", ec.message()}});
  ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Done Server::take_certificate() {
  KHIEN_TRY(auto tls, make_tls(impl_->options));
  const std::lock_guard lock(impl_->wire.mutex);
  impl_->wire.tls = std::move(tls);
  return {};
}

std::uint16_t Server::port() const {
  Error_code ec;
  return impl_->acceptor.local_endpoint(ec).port();
}

void Server::run() {
  Impl& me = *impl_;
  if (me.options.signals) {
    me.signals.add(SIGTERM);
    me.signals.add(SIGINT);
    me.signals.async_wait([this](Error_code ec, int) {
      if (!ec) stop();
    });
  }
  me.accept();
  auto work = asio::make_work_guard(me.io);
  std::vector<std::thread> threads;
  for (int i = 0; i < me.options.threads; ++i) threads.emplace_back([&me] { me.io.run(); });
  while (!me.wire.stopping) std::this_thread::sleep_for(kLookEvery);
  me.wind_down();
  work.reset();
  me.io.stop();
  for (std::thread& thread : threads) thread.join();
  me.pool.join();
}

void Server::stop() {
  Impl& me = *impl_;
  if (me.wire.stopping.exchange(true)) return;
  asio::post(me.io, [&me] {
    Error_code ec;
    me.acceptor.close(ec);
    me.signals.cancel(ec);
  });
}

}  // namespace khien::hub
