// Three numbers, a time that may be there, AM and PM in English and Vietnamese.
#include "format/table/date_order.h"

#include "base/text.h"

namespace khien {
namespace {

struct Parts {
  int first = 0, second = 0, year = 0;
  int hour = 0, minute = 0, seconds = 0;
  bool timed = false;
};

bool take_number(std::string_view& s, int& out, std::size_t longest) {
  std::size_t n = 0;
  out = 0;
  while (n < s.size() && n <= longest && s[n] >= '0' && s[n] <= '9') out = out * 10 + s[n++] - '0';
  s.remove_prefix(n);
  return n > 0 && n <= longest;
}

bool take(std::string_view& s, std::string_view any) {
  if (s.empty() || any.find(s[0]) == any.npos) return false;
  s.remove_prefix(1);
  return true;
}

bool take_time(std::string_view s, Parts& p) {
  p.timed = true;
  if (!take_number(s, p.hour, 2) || !take(s, ":") || !take_number(s, p.minute, 2)) return false;
  if (take(s, ":") && !take_number(s, p.seconds, 2)) return false;
  const std::string half = fold(squeeze(s));
  const bool am = half == "am" || half == "sa";
  const bool pm = half == "pm" || half == "ch";
  if (!half.empty() && !am && !pm) return false;
  if ((am || pm) && (p.hour < 1 || p.hour > 12)) return false;
  if (am && p.hour == 12) p.hour = 0;
  if (pm && p.hour != 12) p.hour += 12;
  return p.hour < 24 && p.minute < 60 && p.seconds < 60;
}

std::optional<Parts> parts_of(std::string_view text) {
  std::string_view s = trim(text);
  Parts p;
  if (!take_number(s, p.first, 2) || !take(s, "/-.") || !take_number(s, p.second, 2) ||
      !take(s, "/-.") || !take_number(s, p.year, 4) || p.year < 1990 || p.year > 2199) {
    return std::nullopt;
  }
  s = trim(s);
  if (!s.empty() && !take_time(s, p)) return std::nullopt;
  return p;
}

}  // namespace

void DateOrder::see(std::string_view cell) {
  const auto p = parts_of(cell);
  if (!p) return;
  day_first_ = day_first_ || p->first > 12;
  month_first_ = month_first_ || p->second > 12;
}

std::optional<Moment> DateOrder::read(std::string_view cell) const {
  const auto p = parts_of(cell);
  if (!p) {
    const std::string_view s = trim(cell);  // year first: never unclear
    return s.size() >= 8 && s.substr(0, 4).find_first_not_of("0123456789") == s.npos
               ? parse_moment(s.substr(0, 19)) : std::nullopt;
  }
  if (conflicting()) return std::nullopt;
  if (!day_first_ && !month_first_ && p->first != p->second) return std::nullopt;
  Moment out;
  out.day = month_first_ ? Date{p->year, p->first, p->second} : Date{p->year, p->second, p->first};
  if (!is_valid(out.day)) return std::nullopt;
  out.day_only = !p->timed;
  out.at_ms = start_of_day_ms(out.day) +
              ((p->hour * 60 + p->minute) * 60 + p->seconds) * std::int64_t{1000};
  return out;
}

}  // namespace khien
