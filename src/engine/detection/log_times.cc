// Hand-written: this runs once a line over files of hundreds of megabytes.
#include "engine/detection/log_times.h"

#include "base/calendar.h"
#include "format/dates.h"

namespace khien::log_files {
namespace {

int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    out = out * 10 + (text[i] - '0');
  }
  return out;
}

std::optional<std::int64_t> clock_ms(std::string_view text, std::size_t at) {
  const int hour = digits(text, at, 2);
  const int minute = digits(text, at + 3, 2);
  const int second = digits(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
      text[at + 2] != ':' || text[at + 5] != ':') {
    return std::nullopt;
  }
  return ((hour * 60LL + minute) * 60 + second) * 1000;
}

// "Z", "+07:00", "-0500", " +0700" or nothing; moves `at` behind it.
std::int64_t offset_ms(std::string_view line, std::size_t& at) {
  if (at < line.size() && line[at] == 'Z') {
    ++at;
    return 0;
  }
  const std::size_t sign = at + (at < line.size() && line[at] == ' ' ? 1 : 0);
  if (sign >= line.size() || (line[sign] != '+' && line[sign] != '-')) return kVietnamOffsetMs;
  const int hours = digits(line, sign + 1, 2);
  const bool colon = sign + 3 < line.size() && line[sign + 3] == ':';
  const int minutes = digits(line, sign + (colon ? 4 : 3), 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return kVietnamOffsetMs;
  at = sign + (colon ? 6 : 5);
  const std::int64_t offset = (hours * 60LL + minutes) * 60'000;
  return line[sign] == '-' ? -offset : offset;
}

std::optional<LineTime> iso_time(std::string_view line, std::size_t at) {
  const int year = digits(line, at, 4);
  const Date day{year, digits(line, at + 5, 2), digits(line, at + 8, 2)};
  if (year < 1990 || year > 2199 || line.size() < at + 19 || line[at + 4] != '-' ||
      line[at + 7] != '-' || (line[at + 10] != 'T' && line[at + 10] != ' ') || !is_valid(day)) {
    return std::nullopt;
  }
  const auto clock = clock_ms(line, at + 11);
  if (!clock) return std::nullopt;
  const std::size_t start = at;
  at += 19;
  std::int64_t fraction = 0;
  if (at < line.size() && (line[at] == '.' || line[at] == ',')) {
    int weight = 100;
    for (++at; at < line.size() && line[at] >= '0' && line[at] <= '9'; ++at, weight /= 10) {
      fraction += (line[at] - '0') * weight;
    }
  }
  LineTime out;
  out.has_year = true;
  out.names_host = line[start + 10] == 'T';
  out.at_ms = to_days(day) * kDayMs + *clock + fraction;
  out.at_ms -= offset_ms(line, at);
  out.used = at;
  return out;
}

std::optional<LineTime> bsd_time(std::string_view line, std::size_t at) {
  const int month = english_month(line.substr(std::min(at, line.size())));
  if (month == 0 || line.size() < at + 15 || line[at + 3] != ' ' || line[at + 6] != ' ') {
    return std::nullopt;
  }
  const int day = line[at + 4] == ' ' ? digits(line, at + 5, 1) : digits(line, at + 4, 2);
  const auto clock = clock_ms(line, at + 7);
  if (!clock || !is_valid({2000, month, day})) return std::nullopt;
  LineTime out;
  out.names_host = true;
  out.at_ms = to_days({2000, month, day}) * kDayMs + *clock - kVietnamOffsetMs;
  out.used = at + 15;
  return out;
}

}  // namespace

std::optional<LineTime> line_time(std::string_view line) {
  std::size_t at = 0;
  if (!line.empty() && line[0] == '<') {
    const std::size_t close = line.substr(0, 6).find('>');
    if (close != std::string_view::npos) at = close + 1;
    if (at > 0 && line.substr(at, 2) == "1 ") at += 2;
  }
  if (at < line.size() && line[at] == '[') ++at;  // "[2026-11-20 08:00:01] ..."
  if (at >= line.size()) return std::nullopt;
  return line[at] >= '0' && line[at] <= '9' ? iso_time(line, at) : bsd_time(line, at);
}

std::int64_t in_year(std::int64_t at_ms_of_2000, int year) {
  const std::int64_t local = at_ms_of_2000 + kVietnamOffsetMs;
  const Date day = from_days(local / kDayMs);
  Date moved{year, day.month, day.day};
  if (!is_valid(moved)) moved = {year, 3, 1};
  return to_days(moved) * kDayMs + local % kDayMs - kVietnamOffsetMs;
}

}  // namespace khien::log_files
