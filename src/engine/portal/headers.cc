// Values are judged as browsers read them: a header that switches a protection off is none.
#include "engine/portal/headers.h"

#include "base/text.h"

namespace khien::portal {
namespace {

bool has(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

bool hsts_on(const std::string& value) {
  const std::string text = ascii_lower(value);
  const std::size_t at = text.find("max-age=");
  if (at == std::string::npos) return false;
  const std::size_t digit = text.find_first_not_of("\" ", at + 8);
  return digit != std::string::npos && text[digit] >= '1' && text[digit] <= '9';
}

bool cookie_safe(const std::string& value, bool https) {
  bool secure = false;
  bool http_only = false;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string word = ascii_lower(trim(rest.substr(0, end)));
    secure = secure || word == "secure";
    http_only = http_only || word == "httponly";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return http_only && (secure || !https);
}

// "nginx/1.18.0" and "PHP/7.4" show a version, "nginx" does not.
std::string version_in(const Headers& headers) {
  std::string out;
  for (const char* name : {"server", "x-powered-by", "x-aspnet-version"}) {
    const std::string value = header(headers, name);
    if (value.find_first_of("0123456789") == std::string::npos) continue;
    out += (out.empty() ? "" : "; ") + shorten(nfc(value), 80);
  }
  return out;
}

}  // namespace

std::string header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

HeaderFacts read_headers(const Headers& headers, bool https) {
  HeaderFacts out;
  const std::string frame = ascii_lower(header(headers, "x-frame-options"));
  const std::string csp = ascii_lower(header(headers, "content-security-policy"));
  for (const auto& [name, value] : headers) {
    if (name != "set-cookie") continue;
    ++out.cookies;
    if (!cookie_safe(value, https)) ++out.unsafe_cookies;
  }
  // Browsers ignore HSTS on plain http.
  out.hsts = https && hsts_on(header(headers, "strict-transport-security"));
  out.csp = !csp.empty();
  out.frame_protection = frame == "deny" || frame == "sameorigin" || has(csp, "frame-ancestors");
  out.server_version = version_in(headers);
  return out;
}

}  // namespace khien::portal
