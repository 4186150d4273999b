// A scan for <a href> and <input type=password>, not an HTML parser: what it misses is not counted.
#include "engine/mail/mail_links.h"

#include <algorithm>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"

namespace khien::mail_files {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kAnchorBytes = 400;  // of what a link shows

bool is_host(std::string_view host) {
  if (host.size() < 4 || host.size() > 253 || host.front() == '.' || host.front() == '-')
    return false;
  std::size_t dots = 0;
  for (std::size_t i = 0; i < host.size(); ++i) {
    const char c = host[i];
    if (c == '.' && (i + 1 == host.size() || host[i + 1] == '.')) return false;
    dots += c == '.' ? 1 : 0;
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.') return false;
  }
  const std::string_view top = host.substr(host.rfind('.') + 1);
  const bool number = host.find_first_not_of("0123456789.") == npos;
  return number ? dots == 3 : dots > 0 && top.size() >= 2 && top.size() <= 18;
}

bool has_letter_top(std::string_view host) {
  const std::string_view top = host.substr(host.rfind('.') + 1);
  return std::all_of(top.begin(), top.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Ends of names that stand behind a dot in text but are files, not hosts.
bool is_file_name(std::string_view host) {
  constexpr std::string_view kEnds[] = {"pdf", "doc", "docx", "xls", "xlsx", "txt", "html", "htm",
                                        "php", "asp", "aspx", "jsp", "js",   "zip", "py",   "sh",
                                        "c",   "cc",  "cpp",  "h",   "md",   "net"};
  const std::string_view top = host.substr(host.rfind('.') + 1);
  return top != "net" && std::find(std::begin(kEnds), std::end(kEnds), top) != std::end(kEnds);
}

std::string attribute(std::string_view tag, std::string_view lower_tag, std::string_view name) {
  for (std::size_t at = lower_tag.find(name); at != npos; at = lower_tag.find(name, at + 1)) {
    if (at == 0 || (lower_tag[at - 1] > ' ' && lower_tag[at - 1] != '"' &&
                    lower_tag[at - 1] != '\'')) {
      continue;
    }
    std::size_t p = at + name.size();
    while (p < tag.size() && (tag[p] == ' ' || tag[p] == '\n' || tag[p] == '\r')) ++p;
    if (p >= tag.size() || tag[p] != '=') continue;
    ++p;
    while (p < tag.size() && (tag[p] == ' ' || tag[p] == '\n' || tag[p] == '\r')) ++p;
    if (p >= tag.size()) return "";
    const char quote = tag[p];
    if (quote == '"' || quote == '\'') {
      return std::string(tag.substr(p + 1, std::min(tag.find(quote, p + 1), tag.size()) - p - 1));
    }
    return std::string(tag.substr(p, tag.find_first_of(" \n\r\t>", p) - p));
  }
  return "";
}

std::string plain_text(std::string_view html) {  // tags and the commonest entities away
  std::string out;
  bool tag = false;
  for (std::size_t i = 0; i < html.size() && out.size() < kAnchorBytes; ++i) {
    if (html[i] == '<') tag = true;
    else if (html[i] == '>') tag = false;
    else if (!tag) out.push_back(html[i]);
  }
  for (const auto& [entity, value] : {std::pair{"&nbsp;", " "},
                                      {"&#8203;", ""},
                                      {"&zwnj;", ""},
                                      {"&amp;", "&"},
                                      {"&#46;", "."}}) {
    for (std::size_t at = out.find(entity); at != npos; at = out.find(entity, at)) {
      out.replace(at, std::string_view(entity).size(), value);
    }
  }
  return is_valid_utf8(out) ? squeeze(out) : "";
}

std::string shown_host(std::string_view text) {
  if (text.empty() || text.find(' ') != npos || text.find('@') != npos) return "";
  const std::string host = host_of_url(text, true);
  return has_letter_top(host) && !is_file_name(host) ? host : "";
}

}  // namespace

std::string host_of_url(std::string_view url, bool bare) {
  url = trim(url);
  const std::string low = ascii_lower(url.substr(0, 8));
  std::size_t at = 0;
  if (low.starts_with("https://")) at = 8;
  else if (low.starts_with("http://")) at = 7;
  else if (!bare) return "";
  const std::string_view rest = url.substr(at);
  std::string host = ascii_lower(rest.substr(0, rest.find_first_of("/?#\\ \t\r\n")));
  if (const std::size_t sign = host.rfind('@'); sign != npos) host.erase(0, sign + 1);
  if (const std::size_t port = host.find(':'); port != npos) host.erase(port);
  return is_host(host) ? host : "";
}

std::string registrable(std::string_view host) {
  constexpr std::string_view kSecond[] = {"com", "gov", "edu", "org", "net", "ac",  "co",
                                          "or",  "ne",  "go",  "mil", "info", "gob", "nom"};
  std::vector<std::size_t> dots;
  for (std::size_t i = 0; i < host.size(); ++i) {
    if (host[i] == '.') dots.push_back(i);
  }
  if (dots.size() < 2) return std::string(host);
  const std::string_view top = host.substr(dots.back() + 1);
  const std::string_view second =
      host.substr(dots[dots.size() - 2] + 1, dots.back() - dots[dots.size() - 2] - 1);
  const bool country = top.size() == 2 && std::find(std::begin(kSecond), std::end(kSecond),
                                                    second) != std::end(kSecond);
  if (!country) return std::string(host.substr(dots[dots.size() - 2] + 1));
  return std::string(dots.size() < 3 ? host : host.substr(dots[dots.size() - 3] + 1));
}

bool is_below(std::string_view host, std::string_view domain) {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

Page read_page(std::string_view html) {
  Page out;
  const std::string low = ascii_lower(html);
  const std::string_view lower = low;
  for (std::size_t at = lower.find('<'); at != npos; at = lower.find('<', at + 1)) {
    const bool input = lower.compare(at, 6, "<input") == 0;
    const bool link = lower.compare(at, 2, "<a") == 0 && at + 2 < lower.size() &&
                      static_cast<unsigned char>(lower[at + 2]) <= ' ';
    if (!input && !link) continue;
    const std::size_t end = lower.find('>', at);
    if (end == npos) break;
    const std::string_view tag = html.substr(at, end - at);
    const std::string_view lower_tag = lower.substr(at, end - at);
    if (input && ascii_lower(attribute(tag, lower_tag, "type")) == "password") {
      out.asks_password = true;
    }
    if (!link || out.links.size() >= kLinks) continue;
    const std::size_t close = std::min(lower.find("</a", end), std::min(end + 4000, lower.size()));
    Link one{host_of_url(attribute(tag, lower_tag, "href"), false),
             shown_host(plain_text(html.substr(end + 1, close - end - 1)))};
    out.links.push_back(std::move(one));
    at = end;
  }
  return out;
}

}  // namespace khien::mail_files
