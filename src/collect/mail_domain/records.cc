// Receivers ignore what they do not know and give up on what is malformed; so do we, and say so.
#include "collect/mail_domain/records.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <set>

#include "base/text.h"

namespace khien::mail_domain {
namespace {

constexpr std::size_t kTerms = 300;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < kTerms) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') out += c;
  }
  return out;
}

std::optional<std::string> from_base64(std::string text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(text.data()),
                                static_cast<int>(text.size()));
  if (n < 0) return std::nullopt;
  std::size_t size = static_cast<std::size_t>(n);
  for (std::size_t i = text.size(); i > text.size() - 2 && text[i - 1] == '='; --i) --size;
  out.resize(size);
  return out;
}

}  // namespace

bool is_record(std::string_view text, std::string_view version) {
  if (ascii_lower(text.substr(0, version.size())) != ascii_lower(version)) return false;
  return text.size() == version.size() || text[version.size()] == ' ' ||
         text[version.size()] == ';';
}

std::map<std::string, std::string> tags_of(std::string_view text) {
  std::map<std::string, std::string> out;
  for (const std::string& part : split(text, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    out.emplace(ascii_lower(trim(std::string_view(part).substr(0, equals))),
                std::string(trim(std::string_view(part).substr(equals + 1))));
  }
  return out;
}

DmarcFacts dmarc_facts(std::string_view text) {
  static const std::set<std::string> policies = {"none", "quarantine", "reject"};
  DmarcFacts out;
  const auto tags = tags_of(text);
  const auto value = [&](const char* name) {
    const auto at = tags.find(name);
    return at == tags.end() ? std::string() : ascii_lower(at->second);
  };
  if (policies.contains(value("p"))) out.policy = value("p");
  if (policies.contains(value("sp"))) out.subdomain_policy = value("sp");
  const std::string percent = value("pct");
  if (percent.empty()) {
    out.percent = 100;
  } else if (percent.size() <= 3 &&
             percent.find_first_not_of("0123456789") == std::string::npos &&
             std::stoi(percent) <= 100) {
    out.percent = std::stoi(percent);
  }
  return out;
}

Result<Node> read_dkim(const JobInput& input) {
  const auto tags = tags_of(input.bytes);
  const auto value = [&](const char* name) {
    const auto at = tags.find(name);
    return at == tags.end() ? std::string() : without_spaces(at->second);
  };
  // A list "a:b": does it hold a word?
  const auto lists = [&](const char* name, std::string_view word) {
    const std::vector<std::string> all = split(ascii_lower(value(name)), ':');
    return std::find(all.begin(), all.end(), word) != all.end();
  };
  const Node malformed = Node::map({{"state", "malformed"}});
  if ((tags.contains("v") && value("v") != "DKIM1") || !tags.contains("p")) return malformed;
  if (value("p").empty()) return Node::map({{"state", "revoked"}});
  if (tags.contains("s") && !lists("s", "*") && !lists("s", "email")) {
    return Node::map({{"state", "not_for_mail"}});
  }
  const bool testing = lists("t", "y");
  const bool old_hash = tags.contains("h") && !lists("h", "sha256");
  const auto key_node = [&](const char* type, int bits) {
    return Node::map({{"state", "key"}, {"type", type}, {"bits", bits}, {"testing", testing},
                      {"old_hash", old_hash}});
  };
  const auto raw = from_base64(value("p"));
  const std::string kind = tags.contains("k") ? ascii_lower(value("k")) : "rsa";
  if (!raw) return malformed;
  if (kind == "ed25519") {
    if (raw->size() != 32) return malformed;
    return key_node("ED25519", 256);
  }
  const auto* at = reinterpret_cast<const unsigned char*>(raw->data());
  EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(raw->size()));
  const bool rsa = key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
  const int bits = rsa ? EVP_PKEY_get_bits(key) : 0;
  EVP_PKEY_free(key);
  if (kind != "rsa" || !rsa) return malformed;
  return key_node("RSA", bits);
}

}  // namespace khien::mail_domain
