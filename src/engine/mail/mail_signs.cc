// Each sign is one that an office's real mail hardly shows; what real mail often shows (tracked
// links of newsletters, safe-link gateways) is left out on purpose.
#include "engine/mail/mail_signs.h"

#include <algorithm>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_links.h"

namespace khien::mail_files {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool below_any(std::string_view host, const std::vector<std::string>& domains) {
  return std::any_of(domains.begin(), domains.end(),
                     [&](const std::string& d) { return is_below(host, d); });
}

bool holds_word(std::string_view text, std::string_view word) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = text.find(word); at != npos && !word.empty();
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

bool one_of(std::string_view text, const std::vector<std::string>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Numbers of networks that are nobody's on the Internet (RFC 1918): devices of the office itself.
bool inside(std::string_view number) {
  if (number.starts_with("10.") || number.starts_with("192.168.") || number.starts_with("127.")) {
    return true;
  }
  if (!number.starts_with("172.") || number.size() < 7 || number[6] != '.') return false;
  const std::string_view second = number.substr(4, 2);
  return second >= "16" && second <= "31";
}

// Reads the ends of an attachment's name: "baocao.pdf.exe".
void attachment_signs(const std::string& file, const MailWords& words,
                      std::vector<std::string>& out) {
  const std::string low = ascii_lower(trim(file));
  const std::size_t dot = low.rfind('.');
  if (dot == npos) return;
  const std::string_view last = std::string_view(low).substr(dot + 1);
  const std::size_t before = dot == 0 ? npos : low.rfind('.', dot - 1);
  const std::string_view inner =
      before == npos ? "" : std::string_view(low).substr(before + 1, dot - before - 1);
  const bool paper = one_of(inner, words.papers);
  if (one_of(last, words.programs)) out.push_back(paper ? "double_extension" : "program_attached");
  else if (one_of(last, words.macros)) out.push_back("macro_attached");
  else if (paper && one_of(last, words.carriers)) out.push_back("double_extension");
}

void link_signs(const Message& m, const MailWords& words, std::vector<std::string>& out) {
  if (m.html.empty()) return;
  const Page page = read_page(m.html);
  if (page.asks_password) out.push_back("asks_password");
  const std::string sender = registrable(m.from.domain);
  for (const Link& link : page.links) {
    if (link.target.empty()) continue;
    const bool number = link.target.find_first_not_of("0123456789.") == npos;
    if (number && !m.from_list && !inside(link.target)) out.push_back("link_to_number");
    if (link.shown.empty() || below_any(link.target, words.rewriters)) continue;
    const std::string shown = registrable(link.shown);
    const std::string target = registrable(link.target);
    if (shown == target) continue;
    // A newsletter that counts clicks on its sender's own host is no sign, unless it shows ours.
    if (!is_own(link.shown, words) && (m.from_list || target == sender)) continue;
    out.push_back("link_shows_other_host");
  }
}

void sender_signs(const Message& m, const MailWords& words, std::vector<std::string>& out) {
  const std::string name = fold(m.from.name);
  if (is_own(m.from.domain, words)) {
    const std::string& a = m.authentication;
    const bool failed = a.find("spf=fail") != npos || a.find("dkim=fail") != npos ||
                        a.find("dmarc=fail") != npos;
    const bool passed = a.find("spf=pass") != npos || a.find("dkim=pass") != npos ||
                        a.find("dmarc=pass") != npos;
    if (failed && !passed) out.push_back("own_domain_unverified");
    return;
  }
  if (holds_any(name, words.own_names) ||
      std::any_of(words.own_domains.begin(), words.own_domains.end(),
                  [&](const std::string& d) { return holds_word(name, d); })) {
    if (!m.from_list) out.push_back("agency_name_outside");
  }
  const bool authority = std::any_of(words.authorities.begin(), words.authorities.end(),
                                     [&](const std::string& a) {
                                       return name.starts_with(a) && holds_word(name, a);
                                     });
  if (authority && !below_any(m.from.domain, words.authority_domains)) {
    out.push_back("authority_name_outside");
  }
  for (const Address& shown : read_addresses(m.from.name)) {
    if (registrable(shown.domain) != registrable(m.from.domain) && !m.from_list &&
        !host_of_url(shown.domain, true).empty()) {
      out.push_back("name_shows_other_address");
    }
  }
  if (m.from_list && name.find(" via ") != npos) return;
  for (const Service& s : words.services) {
    if (!holds_any(name, s.words) || below_any(m.from.domain, s.domains)) continue;
    out.push_back("service_name_false");
    return;
  }
}

}  // namespace

bool is_own(std::string_view domain, const MailWords& words) {
  return below_any(domain, words.own_domains);
}

std::vector<std::string> phishing_signs(const Message& m, const MailWords& words) {
  std::vector<std::string> out;
  sender_signs(m, words, out);
  link_signs(m, words, out);
  for (const std::string& file : m.attachments) attachment_signs(file, words, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string registration_service(const Message& m, const MailWords& words) {
  if (is_own(m.from.domain, words) || m.from.domain.empty()) return "";
  const std::string subject = fold(m.subject);
  for (const Service& s : words.services) {
    if (!s.registration || !below_any(m.from.domain, s.domains)) continue;
    return holds_any(subject, words.registration) ? s.name : "";
  }
  return holds_any(subject, words.forum) ? registrable(m.from.domain) : "";
}

Node to_node(const MailWords& w) {
  Node services = Node::list();
  for (const Service& s : w.services) {
    services.push(Node::map({{"name", s.name},
                             {"domains", Node::list_of(s.domains)},
                             {"words", Node::list_of(s.words)},
                             {"registration", s.registration}}));
  }
  return Node::map({{"own_domains", Node::list_of(w.own_domains)},
                    {"own_names", Node::list_of(w.own_names)},
                    {"services", std::move(services)},
                    {"registration", Node::list_of(w.registration)},
                    {"forum", Node::list_of(w.forum)},
                    {"authorities", Node::list_of(w.authorities)},
                    {"authority_domains", Node::list_of(w.authority_domains)},
                    {"rewriters", Node::list_of(w.rewriters)},
                    {"programs", Node::list_of(w.programs)},
                    {"macros", Node::list_of(w.macros)},
                    {"papers", Node::list_of(w.papers)},
                    {"carriers", Node::list_of(w.carriers)}});
}

MailWords words_from(const Node& node) {
  MailWords out;
  out.own_domains = node["own_domains"].texts();
  out.own_names = node["own_names"].texts();
  out.registration = node["registration"].texts();
  out.forum = node["forum"].texts();
  out.rewriters = node["rewriters"].texts();
  out.authorities = node["authorities"].texts();
  out.authority_domains = node["authority_domains"].texts();
  out.programs = node["programs"].texts();
  out.macros = node["macros"].texts();
  out.papers = node["papers"].texts();
  out.carriers = node["carriers"].texts();
  for (const Node& s : node["services"].items()) {
    out.services.push_back({s["name"].text(), s["domains"].texts(), s["words"].texts(),
                            s["registration"].boolean(true)});
  }
  return out;
}

}  // namespace khien::mail_files
