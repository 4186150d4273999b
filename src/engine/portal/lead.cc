#include "engine/portal/lead.h"

#include <algorithm>

#include "base/text.h"
#include "engine/mail/mail_links.h"

namespace khien::portal {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

void skip_blank(std::string_view text, std::size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
                              text[at] == '\r')) {
    ++at;
  }
}

// The literal string that starts at `at`; "" for none.
std::string quoted(std::string_view text, std::size_t at) {
  skip_blank(text, at);
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'' && text[at] != '`')) return "";
  const std::size_t end = text.find(text[at], at + 1);
  std::string out(text.substr(at + 1, end == kNowhere ? kNowhere : end - at - 1));
  std::erase(out, '\\');  // "https:\/\/x"
  return out;
}

// Is the place inside the body of a function that does not run by itself?
bool waits(std::string_view before) {
  const std::size_t function = before.rfind("function");
  if (function == kNowhere) return false;
  const std::string_view body = before.substr(function);
  const auto opened = std::count(body.begin(), body.end(), '{');
  const auto closed = std::count(body.begin(), body.end(), '}');
  if (opened <= closed) return false;  // it ended before
  std::size_t at = function;
  while (at > 0 && before[at - 1] == ' ') --at;
  const bool at_once = at > 0 && std::string_view("(!+-~").find(before[at - 1]) != kNowhere;
  const std::string_view call = before.substr(at > 14 ? at - 14 : 0, std::min<std::size_t>(at, 14));
  const bool timed = call.find("settimeout(") != kNowhere || call.find("onload=") != kNowhere ||
                     call.find("onload =") != kNowhere;
  return !at_once && !timed;
}

}  // namespace

std::string refresh_target(std::string_view content) {
  const std::string low = ascii_lower(content);
  const std::size_t key = low.find("url");
  if (key == kNowhere) return "";
  std::size_t at = key + 3;
  skip_blank(content, at);
  if (at >= content.size() || content[at] != '=') return "";
  ++at;
  skip_blank(content, at);
  std::string out(trim(content.substr(std::min(at, content.size()))));
  if (!out.empty() && (out.front() == '"' || out.front() == '\'')) {
    out = out.substr(1, out.find(out.front(), 1) == std::string::npos
                            ? std::string::npos
                            : out.find(out.front(), 1) - 1);
  }
  return out;
}

std::string script_target(std::string_view script) {
  script = script.substr(0, kLeadScript);
  const std::string low = ascii_lower(script);
  for (std::size_t at = low.find("location"); at != kNowhere; at = low.find("location", at + 8)) {
    std::size_t p = at + 8;
    for (const std::string_view part : {".href", ".replace", ".assign"}) {
      if (low.compare(p, part.size(), part) == 0) p += part.size();
    }
    skip_blank(low, p);
    const bool sets = p < low.size() && (low[p] == '(' || (low[p] == '=' && low[p + 1] != '='));
    if (!sets || waits(std::string_view(low).substr(0, at))) continue;
    const std::string target = quoted(script, p + 1);
    const std::string start = ascii_lower(target.substr(0, 8));
    if (start.starts_with("http:") || start.starts_with("https:") || start.starts_with("//")) {
      return target;
    }
  }
  return "";
}

bool is_foreign(const std::string& host, const std::string& own,
                const std::vector<std::string>& trusted) {
  if (host.empty() || mail::registrable(host) == mail::registrable(own)) return false;
  if (mail::is_below(host, "gov.vn")) return false;
  return std::none_of(trusted.begin(), trusted.end(), [&](const std::string& t) {
    return mail::is_below(host, t);
  });
}

}  // namespace khien::portal
