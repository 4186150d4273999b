// A scan for <a href> and <input type=password>, not an HTML parser: what it misses is not counted.
#include "engine/mail/mail_links.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <libpsl.h>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"

namespace khien::mail {
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
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (!letter && (c < '0' || c > '9') && c != '-' && c != '.' && c != '_') return false;
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
                    lower_tag[at - 1] != '\'' && lower_tag[at - 1] != '/')) {
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

std::string plain_text(std::string_view html) {
  std::string out = text_of_page(html, kAnchorBytes);
  for (const std::string_view mark : {"\u200B", "\u200C", "\u2060", "\u00AD"}) {
    for (std::size_t at = out.find(mark); at != npos; at = out.find(mark, at)) {
      out.erase(at, mark.size());
    }
  }
  return is_valid_utf8(out) ? squeeze(out) : "";
}

// What a reader of mail makes of an address: line ends within it are dropped, "\" is "/".
std::string clean_address(std::string_view raw) {
  std::string out = decode_entities(raw);
  std::erase_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  std::replace(out.begin(), out.end(), '\\', '/');
  return std::string(trim(out));
}

// Behind "http:" and any number of slashes; npos: no such address.
std::size_t host_at(std::string_view url, bool bare) {
  const std::string low = ascii_lower(url.substr(0, 8));
  std::size_t at = low.starts_with("https:") ? 6 : low.starts_with("http:") ? 5 : npos;
  if (at == npos && url.starts_with("//")) at = 0;
  if (at == npos) return bare ? 0 : npos;
  while (at < url.size() && url[at] == '/') ++at;
  return at;
}

// "3405803785" -> "203.0.113.9"
std::string dotted(std::string host) {
  std::uint32_t number = 0;
  const auto read = std::from_chars(host.data(), host.data() + host.size(), number);
  if (host.size() < 8 || read.ec != std::errc() || read.ptr != host.data() + host.size()) {
    return host;
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += (out.empty() ? "" : ".") + std::to_string((number >> shift) & 0xFF);
  }
  return out;
}

std::string path_of(std::string_view url) {
  const std::size_t from = host_at(url, false);
  const std::size_t slash = from == npos ? npos : url.find('/', from);
  if (slash == npos) return "";
  return std::string(url.substr(slash, url.find_first_of("?#", slash) - slash));
}

bool runs_script(std::string_view lower) {
  if (lower.find("http-equiv=\"refresh\"") != npos) return true;
  if (lower.find("<script") == npos) return false;
  for (const std::string_view sign : {"atob(", "location", "new blob", "document.write", "eval(",
                                      "unescape(", "fromcharcode", "innerhtml"}) {
    if (lower.find(sign) != npos) return true;
  }
  return false;
}

std::string shown_host(std::string_view text) {
  if (text.empty() || text.find(' ') != npos || text.find('@') != npos) return "";
  const std::string host = host_of_url(text, true);
  const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
    return c != '_' && static_cast<unsigned char>(c) < 0x80;
  });
  return plain && has_letter_top(host) && !is_file_name(host) ? host : "";
}

}  // namespace

std::string host_of_url(std::string_view url, bool bare) {
  url = trim(url);
  const std::size_t at = host_at(url, bare);
  if (at == npos) return "";
  const std::string_view rest = url.substr(at);
  std::string host = ascii_lower(rest.substr(0, rest.find_first_of("/?#\\ \t\r\n")));
  if (const std::size_t sign = host.rfind('@'); sign != npos) host.erase(0, sign + 1);
  if (const std::size_t port = host.find(':'); port != npos) host.erase(port);
  if (host.find('%') != npos) host = ascii_lower(from_percents(host));
  host = dotted(std::move(host));
  return is_host(host) ? host : "";
}

std::string text_of_page(std::string_view html, std::size_t limit) {
  std::string out;
  bool tag = false;
  for (std::size_t i = 0; i < html.size() && out.size() < limit; ++i) {
    if (html[i] == '<') {
      tag = true;
      if (limit > kAnchorBytes) out.push_back(' ');  // words of two cells are two words
    } else if (html[i] == '>') {
      tag = false;
    } else if (!tag) {
      out.push_back(html[i]);
    }
  }
  return decode_entities(out);
}

std::vector<Link> text_links(std::string_view text) {
  std::vector<Link> out;
  const std::string low = ascii_lower(text);
  for (std::size_t at = low.find("http"); at != npos && out.size() < kLinks;
       at = low.find("http", at + 4)) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"'()", at), text.size());
    std::string url(text.substr(at, end - at));
    while (!url.empty() && (url.back() == '.' || url.back() == ',' || url.back() == ';')) {
      url.pop_back();
    }
    std::string host = host_of_url(url, false);
    if (!host.empty()) out.push_back({std::move(host), path_of(url), ""});
  }
  return out;
}

std::string path_end(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot == npos ? "" : ascii_lower(name.substr(dot + 1));
}

std::string registrable(std::string_view host) {
  const bool number = host.find_first_not_of("0123456789.") == npos || host.find(':') != npos;
  const std::string name(host);
  const char* found = number ? nullptr : psl_registrable_domain(psl_builtin(), name.c_str());
  return found == nullptr ? name : found;
}

bool is_below(std::string_view host, std::string_view domain) {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

Page read_page(std::string_view html) {
  Page out;
  const std::string low = ascii_lower(html);
  const std::string_view lower = low;
  out.runs_script = runs_script(lower);
  for (std::size_t at = lower.find('<'); at != npos; at = lower.find('<', at + 1)) {
    const bool input = lower.compare(at, 6, "<input") == 0;
    const bool link = lower.compare(at, 2, "<a") == 0 && at + 2 < lower.size() &&
                      (static_cast<unsigned char>(lower[at + 2]) <= ' ' || lower[at + 2] == '/');
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
    const std::string address = clean_address(attribute(tag, lower_tag, "href"));
    Link one{host_of_url(address, false), path_of(address),
             shown_host(plain_text(html.substr(end + 1, close - end - 1)))};
    out.links.push_back(std::move(one));
    at = end;
  }
  return out;
}

}  // namespace khien::mail
