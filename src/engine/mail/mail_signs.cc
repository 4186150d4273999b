// Each sign is one that an office's real mail hardly shows; what real mail often shows (tracked
// links of newsletters, safe-link gateways) is left out on purpose.
#include "engine/mail/mail_signs.h"

#include <algorithm>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_links.h"
#include "engine/mail/mail_lures.h"

namespace khien::mail {
namespace {

constexpr std::size_t npos = std::string_view::npos;

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

struct Signs {
  std::vector<std::string> sure;
  std::vector<std::string>
      weak;  // an office's mail shows these too: two of them, or beside a sure one
};

// Reads the ends of an attachment's name: "baocao.pdf.exe".
void attachment_signs(const std::string& file, const MailWords& words, Signs& out) {
  const std::string low = ascii_lower(trim(file));
  const std::size_t dot = low.rfind('.');
  if (dot == npos) return;
  const std::string_view last = std::string_view(low).substr(dot + 1);
  const std::size_t before = dot == 0 ? npos : low.rfind('.', dot - 1);
  const std::string_view inner =
      before == npos ? "" : std::string_view(low).substr(before + 1, dot - before - 1);
  const bool paper = one_of(inner, words.papers);
  if (one_of(last, words.programs)) {
    out.sure.push_back(paper ? "double_extension" : "program_attached");
  } else if (one_of(last, words.macros)) {
    out.weak.push_back("macro_attached");
  } else if (one_of(last, words.carriers)) {
    if (paper) out.sure.push_back("double_extension");
    else out.weak.push_back("page_attached");
  }
}

// A host that counts clicks for the sender of a newsletter.
bool counts_clicks(std::string_view host, const MailWords& words) {
  return one_of(host.substr(0, host.find('.')), words.counter_labels) ||
         below_any(host, words.counter_domains);
}

bool was_verified(const Message& m) {
  const std::string& a = m.authentication;
  return a.find("spf=pass") != npos || a.find("dkim=pass") != npos ||
         a.find("dmarc=pass") != npos;
}

bool was_refused(const Message& m, bool softly) {
  const std::string& a = m.authentication;
  if (was_verified(m)) return false;
  return a.find("spf=fail") != npos || a.find("dkim=fail") != npos ||
         a.find("dmarc=fail") != npos || (softly && a.find("spf=softfail") != npos);
}

// Neither of the office, nor of the state, nor a service that is known.
bool is_stranger(const Message& m, const MailWords& words) {
  if (is_own(m.from.domain, words)) return was_refused(m, true);
  if (below_any(m.from.domain, words.authority_domains)) return false;
  if (below_any(m.from.domain, words.agents)) return false;
  return std::none_of(words.services.begin(), words.services.end(), [&](const Service& s) {
    return below_any(m.from.domain, s.domains) && !below_any(m.from.domain, words.public_mail);
  });
}

void link_signs(const Link& link, const Message& m, const MailWords& words, Signs& out) {
  if (link.target.empty()) return;
  const bool number = link.target.find_first_not_of("0123456789.") == npos;
  if (number && !m.from_list && !inside(link.target)) out.sure.push_back("link_to_number");
  const bool known = is_own(link.target, words) || below_any(link.target, words.authority_domains);
  if (!known && is_stranger(m, words) && one_of(path_end(link.path), words.fetched) &&
      !m.from_list) {
    out.sure.push_back("link_to_program");
  }
  look_alike(link.target, words, out.sure);
  if (like_service(link.target, words)) out.weak.push_back("host_like_service");
  if (link.shown.empty() || below_any(link.target, words.rewriters)) return;
  const std::string shown = registrable(link.shown);
  const std::string target = registrable(link.target);
  const std::string sender = registrable(m.from.domain);
  if (shown == target) return;
  // A newsletter that counts clicks is no sign, unless it shows an address of ours.
  const bool counted = m.from_list || target == sender ||
                       (shown == sender && counts_clicks(link.target, words));
  if (!is_own(link.shown, words) && counted) return;
  out.sure.push_back("link_shows_other_host");
}

void reply_signs(const Message& m, Signs& out) {
  if (m.from_list || m.reply_to.empty()) return;
  const std::string sender = registrable(m.from.domain);
  const bool back = std::any_of(m.reply_to.begin(), m.reply_to.end(), [&](const Address& a) {
    return registrable(a.domain) == sender;
  });
  if (!back) out.weak.push_back("reply_elsewhere");
}

void page_signs(const Message& m, const MailWords& words, Signs& out) {
  const Page page = read_page(m.html);
  if (page.asks_password) out.sure.push_back("asks_password");
  std::vector<Link> links = page.links;
  for (Link& link : text_links(m.text)) links.push_back(std::move(link));
  for (const Link& link : links) link_signs(link, m, words, out);
  const Page attached = read_page(m.attached_html);
  const bool stranger = is_stranger(m, words);
  if (attached.asks_password || (stranger && attached.runs_script)) {
    out.sure.push_back("page_asks_password");
  }
  if (!stranger) return;
  LureFrame frame;
  frame.link = std::any_of(links.begin(), links.end(), [&](const Link& link) {
    return !link.target.empty() && !is_own(link.target, words) &&
           !below_any(link.target, words.authority_domains);
  });
  frame.page = !m.attached_html.empty();
  frame.image = m.has_image;
  frame.reply = !out.weak.empty() && out.weak.front() == "reply_elsewhere";
  frame.archive = std::any_of(m.attachments.begin(), m.attachments.end(), [&](const auto& file) {
    return one_of(path_end(file), words.archives);
  });
  for (std::string& sign : lures_of(m, frame, words)) out.sure.push_back(std::move(sign));
}

// A state body's name on an address that is none of the state's.
void authority_signs(const Message& m, const std::string& name, const MailWords& words,
                     Signs& out) {
  const bool authority = std::any_of(words.authorities.begin(), words.authorities.end(),
                                     [&](const std::string& a) {
                                       return name.starts_with(a) && holds_word(name, a);
                                     });
  if (!authority || below_any(m.from.domain, words.authority_domains) ||
      below_any(m.from.domain, words.agents)) {
    return;
  }
  // A commune often has no other address than one at a public service.
  if (below_any(m.from.domain, words.public_mail) && holds_any(name, words.local_bodies)) return;
  if (name.find("(qua ") != npos) out.weak.push_back("authority_name_outside");
  else out.sure.push_back("authority_name_outside");
}

void sender_signs(const Message& m, const MailWords& words, Signs& out) {
  const std::string name = fold(m.from.name);
  if (is_own(m.from.domain, words)) {
    if (was_refused(m, false)) out.sure.push_back("own_domain_unverified");
    return;
  }
  if (holds_any(name, words.own_names) ||
      std::any_of(words.own_domains.begin(), words.own_domains.end(),
                  [&](const std::string& d) { return holds_word(name, d); })) {
    if (!m.from_list) out.sure.push_back("agency_name_outside");
  }
  authority_signs(m, name, words, out);
  look_alike(m.from.domain, words, out.sure);
  if (like_service(m.from.domain, words)) out.weak.push_back("host_like_service");
  for (const Address& shown : read_addresses(m.from.name)) {
    if (registrable(shown.domain) != registrable(m.from.domain) && !m.from_list &&
        !host_of_url(shown.domain, true).empty()) {
      out.sure.push_back("name_shows_other_address");
    }
  }
  if (m.from_list && name.find(" via ") != npos) return;
  for (const Service& s : words.services) {
    if (!holds_any(name, s.words) || below_any(m.from.domain, s.domains)) continue;
    out.sure.push_back("service_name_false");
    return;
  }
}

void sort_unique(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

bool is_own(std::string_view domain, const MailWords& words) {
  return below_any(domain, words.own_domains);
}

std::vector<std::string> phishing_signs(const Message& m, const MailWords& words) {
  Signs found;
  reply_signs(m, found);
  page_signs(m, words, found);
  sender_signs(m, words, found);
  for (const std::string& file : m.attachments) attachment_signs(file, words, found);
  sort_unique(found.weak);
  std::vector<std::string> out = std::move(found.sure);
  if (!out.empty() || found.weak.size() > 1) {
    out.insert(out.end(), found.weak.begin(), found.weak.end());
  }
  sort_unique(out);
  return out;
}

std::string registration_service(const Message& m, const MailWords& words) {
  if (is_own(m.from.domain, words) || m.from.domain.empty() ||
      below_any(m.from.domain, words.authority_domains)) {
    return "";
  }
  const std::string subject = fold(m.subject);
  for (const Service& s : words.services) {
    if (!s.registration || !below_any(m.from.domain, s.domains)) continue;
    return holds_any(subject, words.registration) ? s.name : "";
  }
  return holds_any(subject, words.forum) ? registrable(m.from.domain) : "";
}

}  // namespace khien::mail
