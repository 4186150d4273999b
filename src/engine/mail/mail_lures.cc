#include "engine/mail/mail_lures.h"

#include <algorithm>

#include "base/text.h"
#include "engine/mail/mail_links.h"

namespace khien::mail {
namespace {

constexpr std::size_t kLureBytes = 32 * 1024;  // of a text that are looked at
constexpr std::size_t kServiceLabel = 5;       // shorter names are pieces of other words
constexpr std::size_t kNearName = 10;          // the same of a whole name
constexpr std::size_t kNearLabel = 6;          // shorter names have true neighbours

bool has_need(const Lure& lure, const LureFrame& frame) {
  if (lure.needs.empty()) return true;
  return std::any_of(lure.needs.begin(), lure.needs.end(), [&](const std::string& need) {
    return (need == "link" && frame.link) || (need == "page" && frame.page) ||
           (need == "image" && frame.image) || (need == "archive" && frame.archive) ||
           (need == "reply" && frame.reply);
  });
}

std::string first_label(std::string_view host) {
  return std::string(host.substr(0, host.find('.')));
}

// As a hurried reader sees it: 0 and o, 1 and l, rn and m are the same, hyphens are not there.
std::string as_read(std::string_view label) {
  std::string out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const std::string_view two = label.substr(i, 2);
    if (label[i] == '-') continue;
    if (two == "rn" || two == "vv") {
      out.push_back(two == "rn" ? 'm' : 'w');
      ++i;
    } else {
      out.push_back(label[i] == '0' ? 'o' : label[i] == '1' || label[i] == 'i' ? 'l' : label[i]);
    }
  }
  return out;
}

// One letter more, less or other.
bool one_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a == b || b.size() - a.size() > 1) return false;
  const auto differs = std::mismatch(a.begin(), a.end(), b.begin());
  const auto at = static_cast<std::size_t>(differs.first - a.begin());
  return a.substr(std::min(a.size(), at + (a.size() == b.size() ? 1 : 0))) == b.substr(at + 1);
}

// The whole name as it is read, without its dots: "so.tinhmau-example.vn".
std::string flat(std::string_view host) {
  std::string out;
  for (const char c : as_read(host)) {
    if (c != '.') out.push_back(c);
  }
  return out;
}

std::string_view without_top(std::string_view host) { return host.substr(0, host.rfind('.')); }

bool like_own(const std::string& host, const std::string& own) {
  std::string hyphens = own;
  std::replace(hyphens.begin(), hyphens.end(), '.', '-');
  if (host.starts_with(own + ".") || host.find("." + own + ".") != std::string::npos) return true;
  if (hyphens.find('-') != std::string::npos && host.find(hyphens) != std::string::npos) {
    return true;
  }
  const std::string theirs = registrable(host);
  const std::string ours = registrable(own);
  if (theirs == ours) return false;
  const std::string whole = flat(own);
  const std::string other = flat(host);
  if (whole.size() >= kNearName && (other == whole || one_apart(other, whole))) return true;
  const std::string stem = flat(without_top(own));
  if (stem.size() >= kNearName && flat(without_top(host)) == stem) return true;
  const std::string a = first_label(theirs);
  const std::string b = first_label(ours);
  if (a != b && as_read(a) == as_read(b)) return true;
  return b.size() >= kNearLabel && one_apart(a, b);
}

std::vector<std::string> tokens_of(std::string_view host) {
  std::vector<std::string> out(1);
  for (const char c : host) {
    if (c == '.' || c == '-' || c == '_') out.emplace_back();
    else out.back().push_back(c);
  }
  return out;
}

}  // namespace

bool below_any(std::string_view host, const std::vector<std::string>& domains) {
  return std::any_of(domains.begin(), domains.end(),
                     [&](const std::string& d) { return is_below(host, d); });
}

bool holds_word(std::string_view text, std::string_view word) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos && !word.empty();
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end])))
      return true;
  }
  return false;
}

bool holds_any(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& w) { return holds_word(text, w); });
}

std::vector<std::string> lures_of(const Message& m, const LureFrame& frame,
                                  const MailWords& words) {
  std::string text = m.subject + "\n" + m.text.substr(0, kLureBytes) + "\n" +
                     text_of_page(m.html, kLureBytes);
  text = squeeze(skeleton(text));
  std::vector<std::string> out;
  if (holds_any(text, words.lure_unless)) return out;
  for (const Lure& lure : words.lures) {
    if (!has_need(lure, frame)) continue;
    if (m.from_list && !lure.needs.empty()) continue;  // a newsletter tells and sells
    const bool all = std::all_of(lure.all.begin(), lure.all.end(), [&](const auto& list) {
      return holds_any(text, list);
    });
    if (all) out.push_back(lure.sign);
  }
  return out;
}

void look_alike(const std::string& host, const MailWords& words, std::vector<std::string>& out) {
  if (host.empty() || below_any(host, words.own_domains) ||
      below_any(host, words.authority_domains)) {
    return;
  }
  if (std::any_of(words.own_domains.begin(), words.own_domains.end(),
                  [&](const std::string& own) { return like_own(host, own); })) {
    out.push_back("domain_like_ours");
  }
  const std::vector<std::string> tokens = tokens_of(host);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i] != "gov" || tokens[i + 1] != "vn") continue;
    out.push_back("domain_like_authority");
    return;
  }
}

bool like_service(const std::string& host, const MailWords& words) {
  const std::vector<std::string> tokens = tokens_of(host);
  bool named = false;
  for (const Service& s : words.services) {
    if (below_any(host, s.domains)) return false;
    for (const std::string& domain : s.domains) {
      const std::string label = first_label(registrable(domain));
      if (label.size() < kServiceLabel || below_any(domain, words.public_mail)) continue;
      named = named || std::find(tokens.begin(), tokens.end(), label) != tokens.end();
    }
  }
  return named;
}

}  // namespace khien::mail
