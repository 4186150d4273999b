// One TCP connection with a deadline on everything, and TLS on top of it for looking at the
// certificate. No certificate is refused here: what is wrong with it is a fact to report, and no
// secret is ever sent over it. OpenSSL writes to sockets as they are: the process ignores SIGPIPE.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "collect/network/address.h"

namespace khien::net {

struct TlsFacts {
  std::string version;  // "TLSv1.3"
  std::string subject, issuer;
  std::optional<std::int64_t> ends_at;  // ms UTC
  bool name_matches = false;            // the host that was asked for is among its names
  std::optional<bool> trusted;  // chain ends in a known authority (dates apart); none: no list here
};

struct TlsOptions {
  std::string host;             // for the names of the certificate and SNI
  bool old_versions_only = false;  // offer TLS 1.0 and 1.1 only
  std::string authorities;      // PEM file; "" = the list of the system
};

class Connection {
 public:
  // K0902, K0903, K0904. `timeout_ms` is also the limit of each later read and write.
  [[nodiscard]] static Result<Connection> open(const Address& address, int timeout_ms);
  Connection(Connection&& other) noexcept;
  ~Connection();

  [[nodiscard]] Done write(std::string_view bytes);
  // One line without its end; K0907 past `limit` bytes, K0906 when the peer closes, K0903.
  [[nodiscard]] Result<std::string> read_line(std::size_t limit);
  // K0905, K0903. Bytes that came before the handshake are an attack on it (K0906).
  [[nodiscard]] Result<TlsFacts> start_tls(const TlsOptions& options);
  [[nodiscard]] std::string own_ip() const;  // of this end, for EHLO
  [[nodiscard]] bool v6() const;

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien::net
