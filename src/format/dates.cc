#include "format/dates.h"

#include <openssl/asn1.h>

#include <charconv>
#include <ctime>
#include <vector>

#include "base/calendar.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t npos = std::string_view::npos;

int digits(std::string_view text) {  // -1 when it is no number
  int n = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc{} && end == text.data() + text.size() ? n : -1;
}

std::vector<std::string_view> first_words(std::string_view text, std::size_t most) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size() && out.size() < most;) {
    at = text.find_first_not_of(' ', at);
    if (at == npos) break;
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

std::int64_t zone_ms(std::string_view zone) {  // "+0700"
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) return 0;
  const int n = digits(zone.substr(1));
  return n < 0 ? 0 : (n / 100 * 60LL + n % 100) * 60'000 * (zone[0] == '-' ? -1 : 1);
}

}  // namespace

std::optional<std::int64_t> asn1_ms(const ASN1_TIME* time) {
  std::tm t{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &t) != 1) return std::nullopt;
  const Date day{t.tm_year + 1900, t.tm_mon + 1, t.tm_mday};
  if (!is_valid(day)) return std::nullopt;
  return to_days(day) * kDayMs + ((t.tm_hour * 60LL + t.tm_min) * 60 + t.tm_sec) * 1000;
}

int english_month(std::string_view text) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (text.size() < 3) return 0;
  const std::size_t at = kMonths.find(ascii_lower(text.substr(0, 3)));
  return at == npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

std::optional<std::int64_t> mail_date_ms(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != npos && comma < 12) {
    text.remove_prefix(comma + 1);
  }
  const std::vector<std::string_view> words = first_words(text, 5);
  if (words.size() < 4) return std::nullopt;
  const Date day{digits(words[2]), english_month(words[1]), digits(words[0])};
  const std::string_view clock = words[3];
  const bool seconds = clock.size() == 8 && clock[5] == ':';
  if (!is_valid(day) || day.year < 1980 || day.year > 2199 || (clock.size() != 5 && !seconds) ||
      clock[2] != ':') {
    return std::nullopt;
  }
  const int hour = digits(clock.substr(0, 2));
  const int minute = digits(clock.substr(3, 2));
  const int second = seconds ? digits(clock.substr(6, 2)) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  return to_days(day) * kDayMs + ((hour * 60LL + minute) * 60 + second) * 1000 -
         (words.size() == 5 ? zone_ms(words[4]) : 0);
}

}  // namespace khien
