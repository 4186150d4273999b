// Non-blocking sockets and poll(): a server that answers a byte a minute costs one deadline.
#include "collect/network/connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"
#include "format/certificate.h"
#include "format/dates.h"

namespace khien::net {
namespace {

constexpr const char* kAuthorities = "/etc/ssl/certs/ca-certificates.crt";

struct Free {
  void operator()(SSL* p) const { SSL_free(p); }
  void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
  void operator()(X509* p) const { X509_free(p); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;

std::string printed(const X509_NAME* name) { return shorten(nfc(name_text(name)), 300); }

std::string last_tls_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return reason == nullptr ? "handshake" : reason;
}

int accept_any(int, X509_STORE_CTX*) { return 1; }

Result<Held<SSL_CTX>> context_for(const TlsOptions& options, bool& authorities_known) {
  Held<SSL_CTX> out(SSL_CTX_new(TLS_client_method()));
  if (!out) return fail(err::tls_failed, options.host, {{"detail", last_tls_error()}});
  SSL_CTX_set_min_proto_version(out.get(), TLS1_VERSION);
  if (options.old_versions_only) SSL_CTX_set_max_proto_version(out.get(), TLS1_1_VERSION);
  SSL_CTX_set_cipher_list(out.get(), "DEFAULT:@SECLEVEL=0");
  SSL_CTX_set_verify(out.get(), SSL_VERIFY_PEER, accept_any);
  // The date is a fact of its own, judged at the as-of day.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(out.get()), X509_V_FLAG_NO_CHECK_TIME);
  const std::string file = options.authorities.empty() ? kAuthorities : options.authorities;
  authorities_known = open_regular(file).has_value() &&  // the library waits at a FIFO
                      SSL_CTX_load_verify_locations(out.get(), file.c_str(), nullptr) == 1;
  ERR_clear_error();
  return out;
}

TlsFacts facts_of(SSL* ssl, const std::string& host, bool authorities_known) {
  TlsFacts out;
  out.version = SSL_get_version(ssl);
  const Held<X509> certificate(SSL_get1_peer_certificate(ssl));
  if (!certificate) return out;
  out.subject = printed(X509_get_subject_name(certificate.get()));
  out.issuer = printed(X509_get_issuer_name(certificate.get()));
  out.ends_at = asn1_ms(X509_get0_notAfter(certificate.get()));
  out.name_matches = is_address(host)
                         ? X509_check_ip_asc(certificate.get(), host.c_str(), 0) == 1
                         : X509_check_host(certificate.get(), host.data(), host.size(), 0,
                                           nullptr) == 1;
  if (authorities_known) out.trusted = SSL_get_verify_result(ssl) == X509_V_OK;
  return out;
}

}  // namespace

struct Connection::Impl {
  Fd fd;
  Address address;
  int timeout_ms = 0;
  SystemClock clock;  // durations only
  std::string buffer;
  Held<SSL_CTX> context;
  Held<SSL> ssl;

  [[nodiscard]] std::string place() const {
    return (address.v6 ? "[" + address.ip + "]" : address.ip) + ":" + std::to_string(address.port);
  }
  [[nodiscard]] std::int64_t deadline() const { return clock.steady_ms() + timeout_ms; }

  // False: the deadline has passed.
  [[nodiscard]] bool wait(short events, std::int64_t until) const {
    for (;;) {
      const std::int64_t left = until - clock.steady_ms();
      if (left <= 0) return false;
      pollfd p{fd.get(), events, 0};
      const int n = poll(&p, 1, static_cast<int>(left));
      if (n > 0) return true;
      if (n < 0 && errno != EINTR) return false;
    }
  }

  [[nodiscard]] Done connect_to() {
    sockaddr_storage storage{};
    socklen_t size = 0;
    if (address.v6) {
      auto* a = reinterpret_cast<sockaddr_in6*>(&storage);
      a->sin6_family = AF_INET6;
      a->sin6_port = htons(address.port);
      inet_pton(AF_INET6, address.ip.c_str(), &a->sin6_addr);
      size = sizeof(sockaddr_in6);
    } else {
      auto* a = reinterpret_cast<sockaddr_in*>(&storage);
      a->sin_family = AF_INET;
      a->sin_port = htons(address.port);
      inet_pton(AF_INET, address.ip.c_str(), &a->sin_addr);
      size = sizeof(sockaddr_in);
    }
    fd = Fd(socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.valid()) return refused(errno);
    if (connect(fd.get(), reinterpret_cast<sockaddr*>(&storage), size) == 0) return {};
    if (errno != EINPROGRESS) return refused(errno);
    if (!wait(POLLOUT, deadline())) return fail(err::answer_timeout, place());
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    return error == 0 ? Done() : refused(error);
  }

  [[nodiscard]] Done refused(int error) const {
    if (error == ECONNREFUSED) return fail(err::connect_refused, place());
    if (error == ETIMEDOUT) return fail(err::answer_timeout, place());
    return fail(err::connect_failed, place(), {{"detail", std::strerror(error)}});
  }
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::Connection(Connection&& other) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const Address& address, int timeout_ms) {
  auto impl = std::make_unique<Impl>();
  impl->address = address;
  impl->timeout_ms = timeout_ms;
  KHIEN_DO(impl->connect_to());
  return Connection(std::move(impl));
}

Done Connection::write(std::string_view bytes) {
  const std::int64_t until = impl_->deadline();
  while (!bytes.empty()) {
    const ssize_t n = send(impl_->fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) {
      return fail(err::connect_failed, impl_->place(), {{"detail", std::strerror(errno)}});
    }
    if (!impl_->wait(POLLOUT, until)) return fail(err::answer_timeout, impl_->place());
  }
  return {};
}

Result<std::string> Connection::read_line(std::size_t limit) {
  const std::int64_t until = impl_->deadline();
  for (;;) {
    if (const std::size_t end = impl_->buffer.find('\n'); end != std::string::npos) {
      std::string line = impl_->buffer.substr(0, end);
      impl_->buffer.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      if (line.size() > limit) {
        return fail(err::answer_too_large, impl_->place(), {{"limit", std::to_string(limit)}});
      }
      return line;
    }
    if (impl_->buffer.size() > limit) {
      return fail(err::answer_too_large, impl_->place(), {{"limit", std::to_string(limit)}});
    }
    if (!impl_->wait(POLLIN, until)) return fail(err::answer_timeout, impl_->place());
    char chunk[2048];
    const ssize_t n = recv(impl_->fd.get(), chunk, sizeof chunk, 0);
    if (n > 0) impl_->buffer.append(chunk, static_cast<std::size_t>(n));
    if (n == 0) return fail(err::answer_malformed, impl_->place(), {{"detail", "closed"}});
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
      return fail(err::connect_failed, impl_->place(), {{"detail", std::strerror(errno)}});
    }
  }
}

Result<TlsFacts> Connection::start_tls(const TlsOptions& options) {
  if (!impl_->buffer.empty()) {
    return fail(err::answer_malformed, impl_->place(), {{"detail", "bytes before TLS"}});
  }
  bool authorities_known = false;
  KHIEN_TRY(impl_->context, context_for(options, authorities_known));
  impl_->ssl.reset(SSL_new(impl_->context.get()));
  SSL* ssl = impl_->ssl.get();
  if (ssl == nullptr || SSL_set_fd(ssl, impl_->fd.get()) != 1) {
    return fail(err::tls_failed, impl_->place(), {{"detail", last_tls_error()}});
  }
  if (!is_address(options.host)) {
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(options.host.c_str()));
  }
  const std::int64_t until = impl_->deadline();
  for (;;) {
    ERR_clear_error();
    const int n = SSL_connect(ssl);
    if (n == 1) return facts_of(ssl, options.host, authorities_known);
    const int why = SSL_get_error(ssl, n);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
      return fail(err::tls_failed, impl_->place(), {{"detail", last_tls_error()}});
    }
    if (!impl_->wait(why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, until)) {
      return fail(err::answer_timeout, impl_->place());
    }
  }
}

std::string Connection::own_ip() const {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(impl_->fd.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return "";
  char text[INET6_ADDRSTRLEN] = {};
  const void* raw = storage.ss_family == AF_INET6
                        ? static_cast<const void*>(
                              &reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr)
                        : &reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr;
  return inet_ntop(storage.ss_family, raw, text, sizeof text) == nullptr ? "" : text;
}

bool Connection::v6() const { return impl_->address.v6; }

}  // namespace khien::net
