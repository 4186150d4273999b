// The senders that pass are counted as intervals of addresses in the order of the terms, since the
// first term that fits decides: "ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all" is as open as "+all".
#include "collect/mail_domain/spf.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"

namespace khien::mail_domain {
namespace {

constexpr std::size_t kSpfWords = 300;
constexpr std::uint64_t kOpenV4 = std::uint64_t{1} << 25;  // two nets of 16 million: nobody's own
constexpr std::uint64_t kOpenV6 = 16;   // blocks of /16 of the Internet: all of a registry's /12
constexpr int kWidest = 8;              // "a/8" and wider is no network of a mail server
constexpr std::uint64_t kV4End = std::uint64_t{1} << 32;
constexpr std::uint64_t kV6From = 0x2000, kV6End = 0x4000;  // 2000::/3 in blocks of /16

struct Interval {
  std::uint64_t from = 0, end = 0;
};

class Intervals {
 public:
  // Adds one and returns the parts that were not there yet.
  std::vector<Interval> add(Interval one) {
    std::vector<Interval> fresh;
    std::vector<Interval> kept;
    std::uint64_t at = one.from;
    Interval joined = one;
    for (const Interval& old : all_) {  // sorted, apart from each other
      if (old.end < one.from || old.from > one.end) {
        kept.push_back(old);
        continue;
      }
      if (old.from > at) fresh.push_back({at, old.from});
      at = std::max(at, old.end);
      joined = {std::min(joined.from, old.from), std::max(joined.end, old.end)};
    }
    if (at < one.end) fresh.push_back({at, one.end});
    kept.push_back(joined);
    std::sort(kept.begin(), kept.end(),
              [](const Interval& a, const Interval& b) { return a.from < b.from; });
    all_ = std::move(kept);
    return fresh;
  }
  [[nodiscard]] std::uint64_t size() const {
    std::uint64_t out = 0;
    for (const Interval& i : all_) out += i.end - i.from;
    return out;
  }
  [[nodiscard]] const std::vector<Interval>& all() const { return all_; }

 private:
  std::vector<Interval> all_;
};

struct Senders {
  Intervals v4, v6;  // v6 in blocks of /16 within 2000::/3
  [[nodiscard]] bool open() const { return v4.size() > kOpenV4 || v6.size() >= kOpenV6; }
};

Senders everyone() {
  Senders out;
  out.v4.add({0, kV4End});
  out.v6.add({kV6From, kV6End});
  return out;
}

const char* qualifier(char c) {
  return c == '-' ? "fail" : c == '~' ? "softfail" : c == '?' ? "neutral" : "pass";
}

// "/24" or "/24//64" behind a target; false when it is no such thing.
bool read_prefixes(std::string_view text, SpfTerm& out) {
  const auto number = [](std::string_view digits, int most, int& value) {
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return !digits.empty() && read.ec == std::errc() &&
           read.ptr == digits.data() + digits.size() && value >= 0 && value <= most;
  };
  if (text.empty()) return true;
  text.remove_prefix(1);
  if (out.name == "ip6") return number(text, 128, out.prefix6);
  if (out.name == "ip4") return number(text, 32, out.prefix);
  if (text.starts_with('/')) return number(text.substr(1), 128, out.prefix6);
  const std::size_t second = text.find("//");
  if (!number(text.substr(0, second), 32, out.prefix)) return false;
  return second == std::string_view::npos || number(text.substr(second + 2), 128, out.prefix6);
}

bool good_target(const SpfTerm& term) {
  unsigned char bytes[16];
  if (term.name == "ip4") return inet_pton(AF_INET, term.target.c_str(), bytes) == 1;
  if (term.name == "ip6") return inet_pton(AF_INET6, term.target.c_str(), bytes) == 1;
  if (term.name == "all") return term.target.empty();
  return !term.target.empty() || (term.name != "include" && term.name != "exists");
}

bool read_term(const std::string& text, SpfTerm& out) {
  static const std::set<std::string> known = {"all", "include", "a", "mx", "ptr", "ip4", "ip6",
                                              "exists"};
  static const std::set<std::string> prefixed = {"a", "mx", "ip4", "ip6"};
  out.text = text;
  out.qualifier = qualifier(text[0]);
  const bool marked = std::string_view("+-~?").find(text[0]) != std::string_view::npos;
  const std::string_view body = std::string_view(text).substr(marked ? 1 : 0);
  const std::size_t end = std::min(body.find_first_of(":/"), body.size());
  out.name = ascii_lower(body.substr(0, end));
  if (!known.contains(out.name)) return false;
  std::string_view rest = body.substr(end);
  if (rest.starts_with(':')) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    out.target = ascii_lower(rest.substr(1, slash - 1));
    if (out.target.empty()) return false;
    rest = rest.substr(slash);
  }
  if (!rest.empty() && !prefixed.contains(out.name)) return false;
  return read_prefixes(rest, out) && good_target(out);
}

bool has_macro(const std::string& target) { return target.find('%') != std::string::npos; }

bool asks(const std::string& name) { return name != "all" && name != "ip4" && name != "ip6"; }

// The network of an ip4 or ip6 term.
Senders network_of(const SpfTerm& term) {
  Senders out;
  unsigned char b[16] = {};
  if (term.name == "ip4") {
    inet_pton(AF_INET, term.target.c_str(), b);
    const std::uint64_t address = (std::uint64_t{b[0]} << 24) | (std::uint64_t{b[1]} << 16) |
                                  (std::uint64_t{b[2]} << 8) | b[3];
    const std::uint64_t size = std::uint64_t{1} << (32 - (term.prefix < 0 ? 32 : term.prefix));
    const std::uint64_t from = address / size * size;
    out.v4.add({from, from + size});
    return out;
  }
  inet_pton(AF_INET6, term.target.c_str(), b);
  if (term.prefix6 < 0 || term.prefix6 > 16) return out;
  const std::uint64_t size = std::uint64_t{1} << (16 - term.prefix6);
  const std::uint64_t from = ((std::uint64_t{b[0]} << 8) | b[1]) / size * size;
  const Interval global{std::max(from, kV6From), std::min(from + size, kV6End)};
  if (global.from < global.end) out.v6.add(global);
  return out;
}

class SpfWalk {
 public:
  explicit SpfWalk(const SpfDns& dns) : dns_(dns) {}

  struct Answer {
    Senders pass;
    std::string all, open_by;
  };

  Answer visit(const std::string& name, std::string_view text, int depth) {
    Answer out;
    if (!open_.insert(name).second || depth > kSpfQuestions) {
      broken = true;
      return out;
    }
    const SpfTerms terms = spf_terms(text);
    broken = broken || terms.malformed;
    lookups += terms.lookups;
    out.all = terms.all;
    Senders decided;
    for (const SpfTerm& term : terms.list) {
      std::string by = name + ": " + term.text;
      const Senders fit = matched(term, name, depth, by);
      take(fit, term.qualifier == "pass", decided, out, by);
    }
    if (!terms.redirect.empty()) {
      if (has_macro(terms.redirect)) unknown = true;
      else {
        const Answer there = follow(terms.redirect, depth);
        out.all = there.all;
        take(there.pass, true, decided, out, there.open_by);
      }
    }
    open_.erase(name);
    return out;
  }

  int lookups = 0;
  int voids = 0;
  bool broken = false;
  bool unknown = false;

 private:
  static void take(const Senders& fit, bool pass, Senders& decided, Answer& out,
                   const std::string& by) {
    for (auto [from, to, into] : {std::tuple{&fit.v4, &decided.v4, &out.pass.v4},
                                  std::tuple{&fit.v6, &decided.v6, &out.pass.v6}}) {
      for (const Interval& one : from->all()) {
        for (const Interval& fresh : to->add(one)) {
          if (pass) into->add(fresh);
        }
      }
    }
    if (out.open_by.empty() && out.pass.open()) out.open_by = by;
  }

  // Who fits a term; `by` becomes what is inside an include.
  Senders matched(const SpfTerm& term, const std::string& name, int depth, std::string& by) {
    if (term.name == "all") return everyone();
    if (term.name == "ip4" || term.name == "ip6") return network_of(term);
    if (has_macro(term.target)) {  // depends on the mail
      unknown = true;
      return {};
    }
    if (term.name == "include") {
      Answer inside = follow(term.target, depth);
      if (!inside.open_by.empty()) by = std::move(inside.open_by);
      return std::move(inside.pass);
    }
    if (term.name == "ptr") return {};
    const bool there = exists(term.target.empty() ? name : term.target, term.name == "mx");
    if (term.name == "exists") return there ? everyone() : Senders{};
    const bool wide = (term.prefix >= 0 && term.prefix <= kWidest) ||
                      (term.prefix6 >= 0 && term.prefix6 <= kWidest);
    return there && wide ? everyone() : Senders{};
  }

  bool exists(const std::string& name, bool mx) {
    if (broken || ++questions_ > kSpfQuestions) return false;
    const auto found = dns_.targets(name, mx);
    if (!found) unknown = true;
    else if (found->empty()) ++voids;
    return found && !found->empty();
  }

  Answer follow(const std::string& target, int depth) {
    if (open_.contains(target)) broken = true;
    if (broken || ++questions_ > kSpfQuestions) return {};
    const auto records = dns_.records(target);
    if (!records) {
      unknown = true;
      return {};
    }
    if (records->size() != 1) {
      broken = true;
      return {};
    }
    return visit(target, records->front(), depth + 1);
  }

  const SpfDns& dns_;
  std::set<std::string> open_;
  int questions_ = 0;
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < kSpfWords) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

SpfTerms spf_terms(std::string_view text) {
  SpfTerms out;
  const std::vector<std::string> words = words_of(text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos &&
        word.substr(0, equals).find_first_of(":/") == std::string::npos) {
      if (ascii_lower(word.substr(0, equals)) != "redirect") continue;
      out.malformed = out.malformed || !out.redirect.empty() || equals + 1 == word.size();
      out.redirect = ascii_lower(word.substr(equals + 1));
      continue;
    }
    SpfTerm term;
    if (!read_term(word, term)) out.malformed = true;  // whatever stands before or behind it
    else if (out.all.empty()) {  // nothing after "all" is asked
      if (term.name == "all") out.all = term.qualifier;
      out.lookups += asks(term.name) ? 1 : 0;
      out.list.push_back(std::move(term));
    }
  }
  if (!out.all.empty()) out.redirect.clear();
  if (!out.redirect.empty()) ++out.lookups;
  return out;
}

SpfFacts follow_spf(const std::string& domain, std::string_view text, const SpfDns& dns) {
  SpfWalk walk(dns);
  SpfFacts out;
  SpfWalk::Answer answer = walk.visit(domain, text, 0);
  out.broken = walk.broken;
  out.open_by = std::move(answer.open_by);
  out.all = out.open_by.empty() ? std::move(answer.all) : "pass";
  if (!walk.unknown) out.lookups = walk.lookups;
  if (!walk.unknown) out.voids = walk.voids;
  return out;
}

}  // namespace khien::mail_domain
