// One parser for checking and fetching: two would disagree one day, and that is a way around.
#include "engine/portal/url.h"

#include <curl/curl.h>

#include <memory>

#include "base/text.h"
#include "engine/portal/errors.h"

namespace khien::portal {
namespace {

struct Free {
  void operator()(CURLU* p) const { curl_url_cleanup(p); }
};
using Handle = std::unique_ptr<CURLU, Free>;

tl::unexpected<Error> refused(std::string_view text) {
  return fail(err::target_invalid, "",
              {{"value", shorten(nfc(text.substr(0, 400)), 80)}, {"wanted", "https://..."}});
}

std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK || text == nullptr) return "";
  std::string out = text;
  curl_free(text);
  return out;
}

Result<Url> read(const Handle& url, std::string_view written) {
  Url out;
  out.scheme = part(url.get(), CURLUPART_SCHEME);
  out.host = part(url.get(), CURLUPART_HOST);
  if (out.host.starts_with('[') && out.host.ends_with(']')) {
    out.host = out.host.substr(1, out.host.size() - 2);
  }
  out.host = ascii_lower(out.host);
  const std::string port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  const bool web = out.scheme == "http" || out.scheme == "https";
  if (!web || out.host.empty() || port.empty() || port.size() > 5) return refused(written);
  if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty()) {
    return refused(written);
  }
  out.port = std::stoi(port);
  out.path = part(url.get(), CURLUPART_PATH);
  const std::string query = part(url.get(), CURLUPART_QUERY);
  if (!query.empty()) out.path += "?" + query;
  if (out.path.empty()) out.path = "/";
  return out;
}

bool set(const Handle& url, std::string_view text) {
  if (text.size() > kUrlBytes || text.find('\0') != std::string_view::npos) return false;
  return curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE) ==
         CURLUE_OK;
}

}  // namespace

std::string Url::text() const {
  const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  const bool plain = port == (scheme == "https" ? 443 : 80);
  return scheme + "://" + shown + (plain ? "" : ":" + std::to_string(port)) + path;
}

bool Url::same_site(const Url& other) const {
  const auto web = [](int p) { return p == 80 || p == 443; };
  return host == other.host && (port == other.port || (web(port) && web(other.port)));
}

Result<Url> parse_url(std::string_view text) {
  const Handle url(curl_url());
  if (!url || !set(url, trim(text))) return refused(text);
  return read(url, text);
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  const Handle url(curl_url());
  const std::string_view bare = trim(reference);
  if (!url || !set(url, base.text()) || !set(url, bare)) return refused(reference);
  return read(url, reference);
}

}  // namespace khien::portal
