// A polite reader of public pages: http(s) only, one site only, no cookies sent, no proxy of the
// environment, private addresses refused unless in scope, everything limited in size and time.
//
// Certificates are not checked here: nothing secret is sent, and what is wrong with a certificate
// is a fact of its own (network/connection.h), not a reason to see nothing.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "collect/network/address.h"
#include "engine/portal/headers.h"
#include "engine/portal/url.h"

namespace khien::portal {

inline constexpr std::size_t kBodyBytes = std::size_t{2} << 20;

struct HttpOptions {
  bool allow_private = false;
  int timeout_ms = 10'000;            // of one answer, from the connection to its last byte
  std::size_t body_bytes = kBodyBytes;
};

struct HttpReply {
  int status = 0;
  Url url;                            // after redirects
  std::string body;
  bool cut = false;                   // a body cut at the limit of a peek
  Headers headers;
  std::int64_t took_ms = 0;
  [[nodiscard]] std::string header(std::string_view name) const;  // the first; "" = none
};

inline constexpr int kRedirects = 5;
inline constexpr std::size_t kHeaderBytes = 64 * 1024;
inline constexpr const char* kUserAgent = "Khien/0.1 (security check ordered by the site's owner)";

class HttpClient {
 public:
  HttpClient(Url site, HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // GET; follows redirects on the same host only (http -> https of it is one). K0900-K0904,
  // K0907 a body over the limit, K0910 redirected away, K0911 too many redirects, K0912.
  [[nodiscard]] Result<HttpReply> get(const Url& url);
  // GET of the first `bytes` bytes, no redirects followed.
  [[nodiscard]] Result<HttpReply> peek(const Url& url, std::size_t bytes);

 private:
  struct Impl;
  [[nodiscard]] Result<HttpReply> once(const Url& url, std::size_t limit, bool peek);
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien::portal
