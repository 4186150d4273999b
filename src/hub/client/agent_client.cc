#include "hub/client/agent_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/access/x509.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kWholeSeconds = 120;
constexpr std::size_t kAnswerBytes = 1 << 20;
constexpr std::size_t kPieceBytes = 1 << 20;
constexpr std::size_t kFactsBytes = std::size_t{64} << 20;
constexpr std::size_t kPemBytes = 1 << 20;
constexpr std::int64_t kRenewDays = 30;
constexpr long kOk = 200;
constexpr long kConflict = 409;
constexpr int kTries = 5;  // of a piece that does not go on from where we thought
constexpr const char* kState = "agent.json";
constexpr const char* kKey = "agent.key";
constexpr const char* kCertificate = "agent.crt";
constexpr const char* kHub = "hub.crt";
constexpr const char* kWaiting = "waiting.facts";

using Easy = std::unique_ptr<CURL, x509::Freed<&curl_easy_cleanup>>;
using List = std::unique_ptr<curl_slist, x509::Freed<&curl_slist_free_all>>;

struct Request {
  std::string method, url;
  std::string body;
  bool json = true;
  fs::path authority;             // "" trusts nobody and only looks
  fs::path key, certificate;      // "" shows none
};
struct Answer {
  long status = 0;
  Node body;
  std::string certificate;        // PEM, of a look
};

std::size_t take_bytes(char* data, std::size_t, std::size_t size, void* raw) {
  auto& body = *static_cast<std::string*>(raw);
  if (body.size() + size > kAnswerBytes) return 0;
  body.append(data, size);
  return size;
}

tl::unexpected<Error> trouble(const std::string& url, const std::string& detail) {
  return fail(err::agent_hub, url, {{"detail", visible(detail)}});
}

void set_body(CURL* c, const Request& request) {
  curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "GET") return;
  curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body.c_str());
}

// Of a look: the certificate the hub showed.
std::string shown_certificate(CURL* c) {
  curl_certinfo* info = nullptr;
  if (curl_easy_getinfo(c, CURLINFO_CERTINFO, &info) != CURLE_OK || info == nullptr ||
      info->num_of_certs < 1) {
    return "";
  }
  for (const curl_slist* at = info->certinfo[0]; at != nullptr; at = at->next) {
    const std::string_view line(at->data);
    if (line.starts_with("Cert:")) return std::string(line.substr(5));
  }
  return "";
}

Result<Answer> ask(const Request& request) {
  const Easy easy(curl_easy_init());
  if (!easy) return fail(err::hub_internal, "libcurl", {{"detail", "curl_easy_init"}});
  CURL* const c = easy.get();
  std::string body;
  const List headers(curl_slist_append(
      curl_slist_append(nullptr, request.json ? "Content-Type: application/json"
                                              : "Content-Type: application/octet-stream"),
      "Expect:"));
  curl_easy_setopt(c, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, kWholeSeconds);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &body);
  set_body(c, request);
  if (request.authority.empty()) {
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(c, CURLOPT_CERTINFO, 1L);
  } else {
    curl_easy_setopt(c, CURLOPT_CAINFO, request.authority.c_str());
  }
  if (!request.certificate.empty()) {
    curl_easy_setopt(c, CURLOPT_SSLCERT, request.certificate.c_str());
    curl_easy_setopt(c, CURLOPT_SSLKEY, request.key.c_str());
  }
  if (const CURLcode code = curl_easy_perform(c); code != CURLE_OK) {
    return trouble(request.url, curl_easy_strerror(code));
  }
  Answer out;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &out.status);
  out.body = parse_json(body, request.url).value_or(Node{});
  if (request.authority.empty()) out.certificate = shown_certificate(c);
  return out;
}

tl::unexpected<Error> refused(const std::string& url, const Answer& answer) {
  return trouble(url, fmt::format("HTTP {} {} {}", answer.status, answer.body["code"].text(),
                                  shorten(answer.body["title"].text(), 200)));
}

std::string plain_print(std::string_view print) {
  std::string out;
  for (const char c : print) {
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

std::string print_of(const std::string& pem) {
  const x509::Certificate read = x509::read_pem(pem);
  return read ? hex(x509::sum_of(read.get())) : "";
}

// The certificate of the hub whose fingerprint was told: looked at, nothing is sent.
Result<std::string> look(const std::string& hub, const std::string& print) {
  KHIEN_TRY(const Answer seen, ask({"GET", hub + "/healthz", "", true, "", "", ""}));
  const std::string found = print_of(seen.certificate);
  if (found.empty() || found != plain_print(print)) {
    return fail(err::agent_print, hub, {{"found", found}});
  }
  return seen.certificate;
}

// A key of its own, and a request signed by it (PKCS #10).
struct Made {
  std::string key, request;
};
Result<Made> make_request() {
  const x509::Key key(::EVP_EC_gen("P-256"));
  const x509::Asked asked(::X509_REQ_new());
  const x509::Bio key_text = x509::writing();
  const x509::Bio text = x509::writing();
  const bool good =
      key && asked && key_text && text && ::X509_REQ_set_pubkey(asked.get(), key.get()) == 1 &&
      ::X509_REQ_sign(asked.get(), key.get(), ::EVP_sha256()) > 0 &&
      x509::write_pem(key_text.get(), key.get()) &&
      ::PEM_write_bio_X509_REQ(text.get(), asked.get()) == 1;
  if (!good) return fail(err::crypto, "PKCS #10", {{"detail", "PKCS #10"}});
  return Made{x509::text_of(key_text.get()), x509::text_of(text.get())};
}

Done keep(const fs::path& folder, const std::string& hub, const std::string& key,
          const Node& given) {
  KHIEN_DO(write_file(folder / kKey, key, Access::owner));
  KHIEN_DO(write_file(folder / kCertificate, given["certificate"].text(), Access::owner));
  return write_file(folder / kState,
                    to_json(Node::map({{"hub", hub}, {"ends_at", given["ends_at"]}})) + "\n",
                    Access::owner);
}

}  // namespace

Done AgentClient::enrol(const fs::path& folder, const std::string& hub, const fs::path& authority,
                        const std::string& print, const std::string& secret,
                        const AgentMachine& machine) {
  std::error_code ec;
  if (fs::exists(folder / kState, ec)) return fail(err::agent_enrolled, folder.string());
  if (!hub.starts_with("https://")) return trouble(hub, "https://");
  KHIEN_DO(make_folder(folder, Access::owner));
  std::string trusted;
  if (authority.empty()) {
    KHIEN_TRY(trusted, look(hub, print));
  } else {
    KHIEN_TRY(trusted, read_file(authority, kPemBytes));
  }
  KHIEN_DO(write_file(folder / kHub, trusted, Access::owner));
  KHIEN_TRY(const Made made, make_request());
  const Node body = Node::map({{"secret", secret}, {"request", made.request},
                               {"name", machine.name}, {"machine_id", machine.machine_id},
                               {"version", machine.version}});
  const std::string url = hub + "/api/v1/agent/enrol";
  KHIEN_TRY(const Answer answer,
            ask({"POST", url, to_json(body), true, folder / kHub, "", ""}));
  if (answer.status != 201) return refused(url, answer);
  return keep(folder, hub, made.key, answer.body);
}

Result<AgentClient> AgentClient::open(const fs::path& folder) {
  std::error_code ec;
  if (!fs::exists(folder / kState, ec)) return fail(err::agent_not_enrolled, folder.string());
  KHIEN_TRY(const std::string text, read_file(folder / kState, kPemBytes));
  KHIEN_TRY(const Node state, parse_json(text, (folder / kState).string()));
  AgentClient out;
  out.folder_ = folder;
  out.hub_ = state["hub"].text();
  out.ends_at_ = state["ends_at"].integer(0);
  return out;
}

Done AgentClient::put(const std::string& facts) const {
  return write_file(folder_ / kWaiting, facts, Access::owner);
}

bool AgentClient::waits() const {
  std::error_code ec;
  return fs::exists(folder_ / kWaiting, ec);
}

Done AgentClient::send() const {
  if (!waits()) return {};
  KHIEN_TRY(const std::string facts, read_file(folder_ / kWaiting, kFactsBytes));
  const std::string url = hub_ + "/api/v1/agent/facts/" + sha256_hex(facts);
  const auto piece_from = [&](std::size_t at) {
    return Request{"PUT", fmt::format("{}?offset={}&size={}", url, at, facts.size()),
                   facts.substr(at, kPieceBytes), false, folder_ / kHub, folder_ / kKey,
                   folder_ / kCertificate};
  };
  KHIEN_TRY(Answer answer, ask({"GET", url, "", true, folder_ / kHub, folder_ / kKey,
                                folder_ / kCertificate}));
  if (answer.status != kOk) return refused(url, answer);
  for (int tries = 0; !answer.body["whole"].boolean();) {
    const auto have = static_cast<std::size_t>(answer.body["have"].integer(0));
    if (have >= facts.size()) return trouble(url, "have");
    KHIEN_TRY(Answer next, ask(piece_from(have)));
    if (next.status == kConflict && ++tries < kTries) {  // another piece came through before
      KHIEN_TRY(next, ask({"GET", url, "", true, folder_ / kHub, folder_ / kKey,
                           folder_ / kCertificate}));
    }
    if (next.status != kOk) return refused(url, next);
    answer = std::move(next);
  }
  std::error_code ec;
  fs::remove(folder_ / kWaiting, ec);
  return {};
}

Result<AgentClient::Wanted> AgentClient::beat(const std::string& version) const {
  const std::string url = hub_ + "/api/v1/agent/beat";
  const Node body = Node::map({{"version", version}, {"waiting", waits() ? 1 : 0}});
  KHIEN_TRY(const Answer answer, ask({"POST", url, to_json(body), true, folder_ / kHub,
                                      folder_ / kKey, folder_ / kCertificate}));
  if (answer.status != kOk) return refused(url, answer);
  Wanted out;
  constexpr std::int64_t kLeastBeat = 5;
  constexpr std::int64_t kLeastFacts = 600;
  out.beat_seconds = std::max(kLeastBeat, answer.body["beat_seconds"].integer(out.beat_seconds));
  out.facts_seconds =
      std::max(kLeastFacts, answer.body["facts_seconds"].integer(out.facts_seconds));
  return out;
}

Done AgentClient::renew_in_time(std::int64_t now_ms) {
  if (ends_at_ - now_ms > kRenewDays * kDayMs) return {};
  KHIEN_TRY(const Made made, make_request());
  const std::string url = hub_ + "/api/v1/agent/renew";
  KHIEN_TRY(const Answer answer,
            ask({"POST", url, to_json(Node::map({{"request", made.request}})), true,
                 folder_ / kHub, folder_ / kKey, folder_ / kCertificate}));
  if (answer.status != kOk) return refused(url, answer);
  KHIEN_DO(keep(folder_, hub_, made.key, answer.body));
  ends_at_ = answer.body["ends_at"].integer(0);
  return {};
}

}  // namespace khien::hub
