// Hand-written: this runs once a line over files of hundreds of megabytes.
#include "engine/detection/log_times.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/calendar.h"
#include "format/dates.h"

namespace khien::detection {
namespace {

constexpr std::size_t kHeadBytes = 400;  // of a line in which a time in brackets may stand
constexpr int kFirstEpochYear = 2010, kLastEpochYear = 2060;
constexpr std::size_t kKeyBytes = 200;   // the same for one that is given by key

int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    out = out * 10 + (text[i] - '0');
  }
  return out;
}

// "08:00:01", or " 8:00:01"
std::optional<std::int64_t> clock_ms(std::string_view text, std::size_t at) {
  const bool padded = at < text.size() && text[at] == ' ';
  const int hour = padded ? digits(text, at + 1, 1) : digits(text, at, 2);
  const int minute = digits(text, at + 3, 2);
  const int second = digits(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
      text[at + 2] != ':' || text[at + 5] != ':') {
    return std::nullopt;
  }
  return ((hour * 60LL + minute) * 60 + second) * 1000;
}

// "Z", "+07:00", "-0500", " +07", " UTC" or nothing; moves `at` behind it.
std::int64_t offset_ms(std::string_view line, std::size_t& at, bool& zoned) {
  if (at < line.size() && line[at] == 'Z') {
    ++at;
    zoned = true;
    return 0;
  }
  const std::size_t sign = at + (at < line.size() && line[at] == ' ' ? 1 : 0);
  const std::string_view word = line.substr(std::min(sign, line.size()), 3);
  if (word == "UTC" || word == "GMT" || word == "ICT") {
    at = sign + 3;
    zoned = true;
    return word == "ICT" ? kVietnamOffsetMs : 0;
  }
  if (word.empty() || (word[0] != '+' && word[0] != '-')) return kVietnamOffsetMs;
  const int hours = digits(line, sign + 1, 2);
  const bool colon = sign + 3 < line.size() && line[sign + 3] == ':';
  const int minutes = digits(line, sign + (colon ? 4 : 3), 2);
  if (hours < 0 || hours > 14 || minutes > 59 || (colon && minutes < 0)) return kVietnamOffsetMs;
  at = sign + (minutes < 0 ? 3 : colon ? 6 : 5);
  zoned = true;
  const std::int64_t offset = (hours * 60LL + std::max(minutes, 0)) * 60'000;
  return line[sign] == '-' ? -offset : offset;
}

std::int64_t fraction_ms(std::string_view line, std::size_t& at) {
  std::int64_t out = 0;
  if (at + 1 >= line.size() || (line[at] != '.' && line[at] != ',') || line[at + 1] < '0' ||
      line[at + 1] > '9') {
    return 0;
  }
  if (line[at] == ',') {  // "08:00:01,250 INFO", but not the next cell of a row
    const std::size_t end = line.find_first_not_of("0123456789", at + 1);
    const bool closed = end == std::string_view::npos || line[end] == ' ' || line[end] == ']';
    if (!closed || std::min(end, line.size()) != at + 4) return 0;
  }
  int weight = 100;
  for (++at; at < line.size() && line[at] >= '0' && line[at] <= '9'; ++at, weight /= 10) {
    out += (line[at] - '0') * weight;
  }
  return out;
}

// What follows a day and a clock that ends at `at`: fraction and offset.
LineTime whole_time(std::string_view line, const Date& day, std::int64_t clock, std::size_t at) {
  LineTime out;
  out.has_year = true;
  out.at_ms = to_days(day) * kDayMs + clock + fraction_ms(line, at);
  out.at_ms -= offset_ms(line, at, out.zoned);
  out.used = at;
  return out;
}

bool is_year(int year) { return year >= 1990 && year <= 2199; }

// 2026-11-20T08:00:01, 2026-11-20 08:00:01, 2026/11/20 08:00:01
std::optional<LineTime> iso_time(std::string_view line, std::size_t at) {
  const int year = digits(line, at, 4);
  const Date day{year, digits(line, at + 5, 2), digits(line, at + 8, 2)};
  if (!is_year(year) || line.size() < at + 19 || (line[at + 4] != '-' && line[at + 4] != '/') ||
      line[at + 7] != line[at + 4] || (line[at + 10] != 'T' && line[at + 10] != ' ') ||
      !is_valid(day)) {
    return std::nullopt;
  }
  const auto clock = clock_ms(line, at + 11);
  if (!clock) return std::nullopt;
  LineTime out = whole_time(line, day, *clock, at + 19);
  out.names_host = line[at + 10] == 'T';
  // Huawei: "2026-11-20 08:00:01 USG-1 %%01POLICY/6/..."
  const std::string_view rest = line.substr(std::min(out.used + 1, line.size()));
  const std::size_t word = rest.find(' ');
  if (word != std::string_view::npos && rest.substr(word + 1, 2) == "%%") out.names_host = true;
  return out;
}

// 20/Nov/2026:08:00:01 +0700 (web servers), 20-Nov-2026 08:00:01 (Tomcat), 20Nov2026  8:00:01
// (Check Point)
std::optional<LineTime> day_first_time(std::string_view line, std::size_t at) {
  const bool parted = at + 2 < line.size() && (line[at + 2] == '/' || line[at + 2] == '-');
  const std::size_t mark = parted ? 1 : 0;
  const int month = english_month(line.substr(std::min(at + 2 + mark, line.size()), 3));
  const Date day{digits(line, at + 5 + 2 * mark, 4), month, digits(line, at, 2)};
  const std::size_t clock_at = at + 10 + 2 * mark;
  if (month == 0 || !is_year(day.year) || !is_valid(day)) return std::nullopt;
  const auto clock = clock_ms(line, clock_at);
  if (!clock) return std::nullopt;
  return whole_time(line, day, *clock, clock_at + 8);
}

// Seconds, milliseconds or microseconds since 1970: "1763600000.123", "1763600000123456".
std::optional<LineTime> epoch_time(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && line[end] >= '0' && line[end] <= '9' && end - at < 20) ++end;
  std::int64_t number = 0;
  std::from_chars(line.data() + at, line.data() + end, number);
  LineTime out;
  out.has_year = out.zoned = true;
  switch (end - at) {
    case 10: out.at_ms = number * 1000; break;
    case 13: out.at_ms = number; break;
    case 16: out.at_ms = number / 1000; break;
    case 19: out.at_ms = number / 1'000'000; break;
    default: return std::nullopt;
  }
  const int year = local_date(out.at_ms).year;
  if (year < kFirstEpochYear || year > kLastEpochYear) return std::nullopt;  // some other number
  if (end - at == 10) out.at_ms += fraction_ms(line, end);
  out.used = end;
  return out;
}

// "Nov 20 08:00:01", "Nov 20 2026 08:00:01" (Cisco), "Nov 20 08:00:01.5 2026" (Apache),
// "nov/20/2026 08:00:01" (MikroTik)
std::optional<LineTime> bsd_time(std::string_view line, std::size_t at) {
  const int month = english_month(line.substr(std::min(at, line.size()), 3));
  if (month == 0 || line.size() < at + 15 || line[at + 6] != line[at + 3] ||
      (line[at + 3] != ' ' && line[at + 3] != '/')) {
    return std::nullopt;
  }
  const int day = line[at + 4] == ' ' ? digits(line, at + 5, 1) : digits(line, at + 4, 2);
  int year = digits(line, at + 7, 4);
  const bool dated = is_year(year);
  const auto clock = clock_ms(line, at + (dated ? 12 : 7));
  if (!clock || !is_valid({dated ? year : 2000, month, day})) return std::nullopt;
  std::size_t end = at + (dated ? 20 : 15);
  if (dated) {
    LineTime out = whole_time(line, {year, month, day}, *clock, end);
    out.names_host = true;
    return out;
  }
  const std::int64_t fraction = fraction_ms(line, end);
  year = digits(line, end + 1, 4);
  if (is_year(year) && line[end] == ' ' && (end + 5 >= line.size() || line[end + 5] == ']')) {
    return whole_time(line, {year, month, day}, *clock + fraction, end + 5);
  }
  LineTime out;
  out.names_host = true;
  out.at_ms = to_days({2000, month, day}) * kDayMs + *clock + fraction - kVietnamOffsetMs;
  out.used = end;
  return out;
}

// date=2026-11-20 time=08:00:01 tz="+0700" (FortiGate, Sophos), timestamp="2026-11-20T08:00:01"
std::optional<LineTime> keyed_time(std::string_view line) {
  const std::string_view date = key_value(line, "date");
  const std::string_view clock = key_value(line, "time");
  std::string joined;
  if (date.size() == 10 && clock.size() >= 8) {
    std::string_view zone = key_value(line, "tz");
    if (zone.empty()) zone = key_value(line, "timezone");
    joined = std::string(date) + " " + std::string(clock) + std::string(zone);
  } else if (const std::string_view stamp = key_value(line, "timestamp"); stamp.size() >= 19) {
    joined = stamp;
  } else if (const std::string_view at = key_value(line, "@timestamp"); at.size() >= 19) {
    joined = at;
  }
  auto out = joined.empty() ? std::nullopt : iso_time(joined, 0);
  for (const char* key : {"__REALTIME_TIMESTAMP", "time", "rt", "eventtime"}) {
    if (!out) out = epoch_time(key_value(line, key), 0);
  }
  if (!out) return out;
  out->used = 0;
  out->names_host = false;
  for (const char* key : {"devname", "device_name", "_HOSTNAME", "hostname", "dvchost"}) {
    if (out->host.empty()) out->host = key_value(line, key);
  }
  return out;
}

bool is_weekday(std::string_view word) {
  for (const std::string_view day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
    if (word == day) return true;
  }
  return false;
}

// Steps over what some programs write before the time: "<34>1 ", "000123: ", "*", "[", "1,".
std::size_t skip_lead(std::string_view line) {
  std::size_t at = 0;
  if (!line.empty() && line[0] == '<') {
    const std::size_t close = line.substr(0, 6).find('>');
    if (close != std::string_view::npos) at = close + 1;
    if (at > 0 && line.substr(at, 2) == "1 ") at += 2;
  }
  std::size_t number = at;
  while (number < line.size() && line[number] >= '0' && line[number] <= '9') ++number;
  if (number > at && number < line.size()) {
    if (line[number] == ',') at = number + 1;
    else if (line.substr(number, 2) == ": ") at = number + 2;
  }
  while (at < line.size() && (line[at] == '[' || line[at] == '*')) ++at;
  return at;
}

}  // namespace

std::optional<LineTime> line_time(std::string_view line) {
  std::size_t at = skip_lead(line);
  if (at >= line.size()) return std::nullopt;
  const std::string_view head = line.substr(0, kHeadBytes);
  const bool json = line[at] == '{';
  if (json || head.substr(0, kKeyBytes).find('=') != std::string_view::npos) {
    if (const auto keyed = keyed_time(json ? line : head.substr(0, kKeyBytes))) return keyed;
  }
  const bool weekday = is_weekday(line.substr(at, 3)) && line.substr(at + 3, 1) == " ";
  if (weekday) at += 4;
  std::optional<LineTime> out;
  if (at < line.size() && line[at] >= '0' && line[at] <= '9') {
    out = iso_time(line, at);
    if (!out) out = day_first_time(line, at);
    if (!out) out = epoch_time(line, at);
    if (out && weekday) out->names_host = true;  // journalctl -o short-full
  } else {
    out = bsd_time(line, at);
    if (out && weekday) out->names_host = false;  // Apache's error log
  }
  // Access logs: "192.0.2.1 - - [20/Nov/2026:08:00:01 +0700] ..."
  if (const std::size_t open = head.find('['); !out && open != std::string_view::npos) {
    out = day_first_time(line, open + 1);
  }
  return out;
}

std::int64_t in_year(std::int64_t at_ms_of_2000, int year) {
  const std::int64_t local = at_ms_of_2000 + kVietnamOffsetMs;
  const Date day = from_days(local / kDayMs);
  Date moved{year, day.month, day.day};
  if (!is_valid(moved)) moved = {year, 3, 1};
  return to_days(moved) * kDayMs + local % kDayMs - kVietnamOffsetMs;
}

}  // namespace khien::detection
