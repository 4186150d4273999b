// libcurl with every convenience off that could leave the written scope.
#include "collect/portal/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/text.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien::portal {
namespace {

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
  void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};
using Easy = std::unique_ptr<CURL, Free>;
using List = std::unique_ptr<curl_slist, Free>;

struct Transfer {
  HttpReply reply;
  std::size_t limit = 0;
  std::size_t header_bytes = 0;
  bool peek = false;
  bool over = false;       // the body or the headers passed their limit
  bool private_address = false;
  bool allow_private = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* raw) {
  auto& t = *static_cast<Transfer*>(raw);
  const std::size_t room = t.limit - t.reply.body.size();
  t.reply.body.append(data, std::min(size, room));
  if (size <= room) return size;
  t.over = true;
  t.reply.cut = t.peek;
  return 0;  // ends the transfer
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* raw) {
  auto& t = *static_cast<Transfer*>(raw);
  t.header_bytes += size;
  if (t.header_bytes > kHeaderBytes) {
    t.over = true;
    return 0;
  }
  const std::string_view line(data, size);
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) t.reply.headers.clear();
  if (colon == std::string_view::npos) return size;
  std::string name = ascii_lower(trim(line.substr(0, colon)));
  t.reply.headers.emplace_back(std::move(name), std::string(trim(line.substr(colon + 1))));
  return size;
}

std::string ip_of(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = {};
  const void* raw = address->sa_family == AF_INET6
                        ? static_cast<const void*>(
                              &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr)
                        : &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  return inet_ntop(address->sa_family, raw, text, sizeof text) == nullptr ? "" : text;
}

// The last gate: whatever the name led to, the address itself is looked at before it is called.
curl_socket_t open_socket(void* raw, curlsocktype, curl_sockaddr* address) {
  auto& t = *static_cast<Transfer*>(raw);
  if (!t.allow_private && !net::is_public(ip_of(&address->addr))) {
    t.private_address = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Error error_of(CURLcode code, const Transfer& t, const std::string& place) {
  const auto error = [&](Code k, std::map<std::string, std::string> args = {}) {
    return Error{k, place, std::move(args)};
  };
  if (t.private_address) return error(err::address_private, {{"host", place}, {"address", ""}});
  if (t.over) return error(err::answer_too_large, {{"limit", std::to_string(t.limit)}});
  const std::string detail = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return error(err::answer_timeout);
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(err::name_unresolved, {{"host", place}, {"detail", detail}});
    case CURLE_COULDNT_CONNECT: return error(err::connect_refused);
    case CURLE_SSL_CONNECT_ERROR: return error(err::tls_failed, {{"detail", detail}});
    default: return error(err::http_failed, {{"detail", detail}});
  }
}

template <class T>
void set(CURL* easy, CURLoption option, T value) {
  curl_easy_setopt(easy, option, value);
}

void set_limits(CURL* easy, Transfer& transfer, int timeout_ms) {
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  set(easy, CURLOPT_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=0");
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_0));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeout_ms));
  set(easy, CURLOPT_USERAGENT, kUserAgent);
  set(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  set(easy, CURLOPT_MAXCONNECTS, 1L);
  set(easy, CURLOPT_WRITEFUNCTION, take_body);
  set(easy, CURLOPT_WRITEDATA, &transfer);
  set(easy, CURLOPT_HEADERFUNCTION, take_header);
  set(easy, CURLOPT_HEADERDATA, &transfer);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(easy, CURLOPT_OPENSOCKETDATA, &transfer);
}

}  // namespace

std::string HttpReply::header(std::string_view name) const {
  return portal::header(headers, name);
}

struct HttpClient::Impl {
  Url site;
  HttpOptions options;
  Easy easy;
  std::string address;  // resolved once, so that a name cannot change under way
};

HttpClient::HttpClient(Url site, HttpOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->site = std::move(site);
  impl_->options = options;
  impl_->easy.reset(curl_easy_init());
}

HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::once(const Url& url, std::size_t limit, bool peek) {
  const std::string place = url.text();
  CURL* easy = impl_->easy.get();
  if (easy == nullptr) return fail(err::http_failed, place, {{"detail", "curl"}});
  if (!url.same_site(impl_->site)) return fail(err::redirected_away, place, {{"to", url.host}});
  if (impl_->address.empty()) {
    const net::Target at{url.host, static_cast<std::uint16_t>(url.port)};
    KHIEN_TRY(const auto found, net::resolve(at, impl_->options.allow_private));
    impl_->address = found.front().v6 ? "[" + found.front().ip + "]" : found.front().ip;
  }
  curl_easy_reset(easy);
  Transfer transfer;
  transfer.limit = limit;
  transfer.peek = peek;
  transfer.allow_private = impl_->options.allow_private;
  set_limits(easy, transfer, impl_->options.timeout_ms);
  const std::string entry =
      url.host + ":" + std::to_string(url.port) + ":" + impl_->address;
  const bool literal = net::is_address(url.host);
  const List known(literal ? nullptr : curl_slist_append(nullptr, entry.c_str()));
  if (known) set(easy, CURLOPT_RESOLVE, known.get());
  if (peek) set(easy, CURLOPT_RANGE, ("0-" + std::to_string(limit - 1)).c_str());
  set(easy, CURLOPT_URL, place.c_str());
  const SystemClock clock;  // durations only
  const std::int64_t from = clock.steady_ms();
  const CURLcode code = curl_easy_perform(easy);
  transfer.reply.took_ms = clock.steady_ms() - from;
  if (code != CURLE_OK && !transfer.reply.cut) {
    return pass_on(error_of(code, transfer, place));
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  transfer.reply.status = static_cast<int>(status);
  transfer.reply.url = url;
  return std::move(transfer.reply);
}

Result<HttpReply> HttpClient::get(const Url& url) {
  Url at = url;
  std::int64_t took = 0;
  for (int i = 0; i <= kRedirects; ++i) {
    KHIEN_TRY(HttpReply reply, once(at, impl_->options.body_bytes, false));
    took += reply.took_ms;
    reply.took_ms = took;
    const std::string location = reply.header("location");
    if (reply.status < 300 || reply.status > 399 || location.empty()) return reply;
    const auto next = resolve_url(at, location);
    if (!next || !next->same_site(impl_->site)) {
      const std::string to = next ? next->scheme + "://" + next->host : nfc(location);
      return fail(err::redirected_away, at.text(), {{"to", shorten(to, 300)}});
    }
    at = *next;
  }
  return fail(err::redirect_loop, url.text(), {{"limit", std::to_string(kRedirects)}});
}

Result<HttpReply> HttpClient::peek(const Url& url, std::size_t bytes) {
  return once(url, bytes, true);
}

}  // namespace khien::portal
