#include "hub/access/openid.h"

#include <curl/curl.h>
#include <openssl/sha.h>

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "base/base64.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr long kConnectSeconds = 5;
constexpr long kWholeSeconds = 15;
constexpr std::size_t kAnswerBytes = 256 << 10;
constexpr std::size_t kAddressBytes = 2000;
constexpr long kOk = 200;
constexpr std::int64_t kGraceSeconds = 60;

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
};
using Easy = std::unique_ptr<CURL, Free>;

tl::unexpected<Error> trouble(const OpenIdProvider& provider, const std::string& detail) {
  return fail(err::openid_trouble, provider.issuer, {{"detail", visible(detail)}});
}

std::size_t take_bytes(char* data, std::size_t, std::size_t size, void* raw) {
  auto& body = *static_cast<std::string*>(raw);
  if (body.size() + size > kAnswerBytes) return 0;
  body.append(data, size);
  return size;
}

bool is_https(const std::string& url) {
  return url.starts_with("https://") && url.size() <= kAddressBytes &&
         std::none_of(url.begin(), url.end(),
                      [](unsigned char c) { return c <= ' ' || c == 0x7F; });
}

// RFC 3986, 2.3: letters, digits and -._~ stand as they are.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' && byte < 0x80;
    const bool stays = plain || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                       c == '~';
    out += stays ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, percent_encoded(value));
  }
  return out;
}

// A JSON answer of the provider: GET, or POST of a form. Redirects are not followed.
Result<Node> ask(const OpenIdProvider& provider, const std::string& url, const std::string* form,
                 const std::string& basic) {
  if (!is_https(url)) return trouble(provider, url);
  const Easy easy(curl_easy_init());
  if (!easy) return fail(err::hub_internal, "libcurl", {{"detail", "curl_easy_init"}});
  CURL* const c = easy.get();
  std::string body;
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, kWholeSeconds);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &body);
  if (form != nullptr) {
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(form->size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, form->c_str());
  }
  if (!basic.empty()) {
    curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(c, CURLOPT_USERPWD, basic.c_str());
  }
  curl_blob trusted{const_cast<char*>(provider.authorities.data()), provider.authorities.size(),
                    CURL_BLOB_NOCOPY};
  if (trusted.len > 0) curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &trusted);
  if (const CURLcode code = curl_easy_perform(c); code != CURLE_OK) {
    return trouble(provider, curl_easy_strerror(code));
  }
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  const auto node = parse_json(body, provider.issuer);
  if (status != kOk) {
    const std::string why = node ? (*node)["error"].text() : "";
    return trouble(provider, fmt::format("HTTP {} {}", status, shorten(why, 100)));
  }
  if (!node) return trouble(provider, "JSON");
  return *node;
}

std::string base64_url(std::string_view bytes) {
  std::string out = base64_text(bytes);
  while (!out.empty() && out.back() == '=') out.pop_back();
  std::replace(out.begin(), out.end(), '+', '-');
  std::replace(out.begin(), out.end(), '/', '_');
  return out;
}

std::optional<std::string> bytes_of_url(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  while (plain.size() % 4 != 0) plain += '=';
  return base64_bytes(plain);
}

std::string challenge_of(const std::string& verifier) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), hash);
  return base64_url({reinterpret_cast<const char*>(hash), sizeof hash});
}

bool is_for(const Node& claims, const std::string& client) {
  const Node& audience = claims["aud"];
  const std::vector<std::string> all = audience.texts();
  if (std::find(all.begin(), all.end(), client) == all.end()) return false;
  const Node& party = claims["azp"];
  return all.size() == 1 ? party.is_null() || party.text() == client : party.text() == client;
}

}  // namespace

std::string OpenIdProvider::back() const { return address + "/api/v1/session/openid/return"; }

OpenIdProvider openid_provider_from(const Node& node) {
  OpenIdProvider out;
  out.issuer = node["issuer"].text();
  out.client = node["client"].text();
  out.name = node["name"].text();
  out.claim = node["claim"].text(out.claim);
  out.address = node["address"].text();
  out.authorities = node["authorities"].text();
  return out;
}

Node openid_provider_node(const OpenIdProvider& p) {
  return Node::map({{"issuer", p.issuer}, {"client", p.client}, {"name", p.name},
                    {"claim", p.claim}, {"address", p.address}, {"authorities", p.authorities}});
}

Done check_openid_provider(const OpenIdProvider& provider) {
  const auto wrong = [](const char* field, const std::string& value) {
    return fail(err::openid_setting, std::string("body.openid.") + field,
                {{"value", visible(value)}});
  };
  if (provider.issuer.empty()) return {};  // none
  if (!is_https(provider.issuer)) return wrong("issuer", provider.issuer);
  if (!is_https(provider.address) || provider.address.back() == '/') {
    return wrong("address", provider.address);
  }
  if (provider.client.empty()) return wrong("client", "");
  if (provider.claim.empty()) return wrong("claim", "");
  if (provider.name.empty()) return wrong("name", "");
  return {};
}

Result<OpenIdEndpoints> discover(const OpenIdProvider& provider) {
  std::string base = provider.issuer;
  if (base.back() == '/') base.pop_back();
  KHIEN_TRY(const Node found,
            ask(provider, base + "/.well-known/openid-configuration", nullptr, ""));
  if (found["issuer"].text() != provider.issuer) {
    return trouble(provider, "issuer " + shorten(found["issuer"].text(), 100));
  }
  OpenIdEndpoints out{found["authorization_endpoint"].text(), found["token_endpoint"].text()};
  if (!is_https(out.authorization) || !is_https(out.token)) return trouble(provider, "endpoints");
  return out;
}

std::string authorization_address(const OpenIdProvider& provider, const OpenIdEndpoints& endpoints,
                                  const OpenIdRound& round) {
  const bool asked = endpoints.authorization.find('?') != std::string::npos;
  return endpoints.authorization + (asked ? "&" : "?") +
         form_of({{"response_type", "code"}, {"client_id", provider.client},
                  {"redirect_uri", provider.back()}, {"scope", "openid profile email"},
                  {"state", round.state}, {"nonce", round.nonce},
                  {"code_challenge", challenge_of(round.verifier)},
                  {"code_challenge_method", "S256"}});
}

Result<OpenIdPerson> person_of(const OpenIdProvider& provider, std::string_view id_token,
                               const std::string& nonce, std::int64_t now_ms) {
  const std::size_t first = id_token.find('.');
  const std::size_t second = id_token.find('.', first == id_token.npos ? first : first + 1);
  if (second == id_token.npos) return trouble(provider, "ID token");
  const auto payload = bytes_of_url(id_token.substr(first + 1, second - first - 1));
  const auto claims = payload ? parse_json(*payload, provider.issuer) : Result<Node>(Node{});
  if (!claims || !claims->is_map()) return trouble(provider, "ID token");
  if ((*claims)["iss"].text() != provider.issuer) return trouble(provider, "iss");
  if (!is_for(*claims, provider.client)) return trouble(provider, "aud");
  if ((*claims)["exp"].integer(0) + kGraceSeconds < now_ms / 1000) return trouble(provider, "exp");
  if (nonce.empty() || (*claims)["nonce"].text() != nonce) return trouble(provider, "nonce");
  const std::string subject = (*claims)["sub"].text();
  if (subject.empty()) return trouble(provider, "sub");
  return OpenIdPerson{provider.issuer + " " + subject, (*claims)[provider.claim].text()};
}

Result<OpenIdPerson> redeem(const OpenIdProvider& provider, const OpenIdEndpoints& endpoints,
                            const std::string& secret, const std::string& code,
                            const OpenIdRound& round, std::int64_t now_ms) {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", provider.back()},
      {"code_verifier", round.verifier}};
  if (secret.empty()) fields.emplace_back("client_id", provider.client);
  const std::string form = form_of(fields);
  // RFC 6749, 2.3.1: both are encoded as in a form
  const std::string basic =
      secret.empty() ? "" : percent_encoded(provider.client) + ":" + percent_encoded(secret);
  KHIEN_TRY(const Node answer, ask(provider, endpoints.token, &form, basic));
  return person_of(provider, answer["id_token"].text(), round.nonce, now_ms);
}

}  // namespace khien::hub
