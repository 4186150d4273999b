// Receivers ignore what they do not know and give up on what is malformed; so do we, and say so.
#include "collect/mail_domain/records.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <set>

#include "base/text.h"

namespace khien::mail_domain {
namespace {

constexpr int kSpfQuestions = 20;
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

const char* qualifier(char c) {
  return c == '-' ? "fail" : c == '~' ? "softfail" : c == '?' ? "neutral" : "pass";
}

void take_mechanism(const std::string& term, SpfTerms& out) {
  static const std::set<std::string> known = {"all", "include", "a", "mx", "ptr", "ip4", "ip6",
                                              "exists"};
  static const std::set<std::string> asking = {"include", "a", "mx", "ptr", "exists"};
  const bool signed_term = std::string_view("+-~?").find(term[0]) != std::string_view::npos;
  const std::string body = signed_term ? term.substr(1) : term;
  const std::size_t end = std::min(body.find_first_of(":/"), body.size());
  const std::string name = ascii_lower(body.substr(0, end));
  if (!known.contains(name)) {
    out.malformed = true;
    return;
  }
  const std::string target = end < body.size() && body[end] == ':' ? body.substr(end + 1) : "";
  if (name == "all" && out.all.empty()) out.all = qualifier(term[0]);
  if (!asking.contains(name) || !out.all.empty()) return;  // nothing after "all" is asked
  ++out.lookups;
  if (name != "include") return;
  if (target.empty()) out.malformed = true;
  else if (target.find('%') != std::string::npos) out.macros = true;
  else out.include.push_back(ascii_lower(target));
}

class SpfWalk {
 public:
  explicit SpfWalk(const SpfLookup& lookup) : lookup_(lookup) {}

  // Returns the "all" that holds for `name`.
  std::string visit(const std::string& name, std::string_view text, int depth) {
    if (!open_.insert(name).second || depth > kSpfQuestions) {
      broken = true;
      return "";
    }
    const SpfTerms terms = spf_terms(text);
    broken = broken || terms.malformed;
    unknown = unknown || terms.macros;
    lookups += terms.lookups;
    for (const std::string& target : terms.include) follow(target, depth);
    std::string all = terms.all;
    if (all.empty() && !terms.redirect.empty()) {
      if (terms.redirect.find('%') != std::string::npos) unknown = true;
      else all = follow(terms.redirect, depth);
    }
    open_.erase(name);
    return all;
  }

  int lookups = 0;
  bool broken = false;
  bool unknown = false;

 private:
  std::string follow(const std::string& target, int depth) {
    if (open_.contains(target)) broken = true;
    if (broken || ++questions_ > kSpfQuestions) return "";
    const auto records = lookup_(target);
    if (!records) {
      unknown = true;
      return "";
    }
    if (records->size() != 1) {
      broken = true;
      return "";
    }
    return visit(target, records->front(), depth + 1);
  }

  const SpfLookup& lookup_;
  std::set<std::string> open_;
  int questions_ = 0;
};

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

SpfTerms spf_terms(std::string_view text) {
  SpfTerms out;
  const std::vector<std::string> terms = split(text, ' ');
  for (std::size_t i = 1; i < terms.size(); ++i) {
    const std::string& term = terms[i];
    const std::size_t equals = term.find('=');
    if (equals != std::string::npos && term.substr(0, equals).find_first_of(":/") ==
                                           std::string::npos) {
      if (ascii_lower(term.substr(0, equals)) != "redirect") continue;
      out.malformed = out.malformed || !out.redirect.empty() || equals + 1 == term.size();
      out.redirect = ascii_lower(term.substr(equals + 1));
      continue;
    }
    take_mechanism(term, out);
  }
  if (!out.all.empty()) out.redirect.clear();
  if (!out.redirect.empty()) ++out.lookups;
  return out;
}

SpfFacts follow_spf(const std::string& domain, std::string_view text, const SpfLookup& lookup) {
  SpfWalk walk(lookup);
  SpfFacts out;
  out.all = walk.visit(domain, text, 0);
  out.broken = walk.broken;
  if (!walk.unknown) out.lookups = walk.lookups;
  return out;
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
  const Node malformed = Node::map({{"state", "malformed"}});
  if ((tags.contains("v") && value("v") != "DKIM1") || !tags.contains("p")) return malformed;
  if (value("p").empty()) return Node::map({{"state", "revoked"}});
  const auto raw = from_base64(value("p"));
  const std::string kind = tags.contains("k") ? ascii_lower(value("k")) : "rsa";
  if (!raw) return malformed;
  if (kind == "ed25519") {
    if (raw->size() != 32) return malformed;
    return Node::map({{"state", "key"}, {"type", "ED25519"}, {"bits", 256}});
  }
  const auto* at = reinterpret_cast<const unsigned char*>(raw->data());
  EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(raw->size()));
  const bool rsa = key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
  const int bits = rsa ? EVP_PKEY_get_bits(key) : 0;
  EVP_PKEY_free(key);
  if (kind != "rsa" || !rsa) return malformed;
  return Node::map({{"state", "key"}, {"type", "RSA"}, {"bits", bits}});
}

}  // namespace khien::mail_domain
