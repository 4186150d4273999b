#include "format/windows/registry.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"

namespace khien::host_windows {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return ascii_lower(x) == ascii_lower(y);
         });
}

bool LessName::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [](char x, char y) { return ascii_lower(x) < ascii_lower(y); });
}

const RegistryValue* RegistryKey::find(std::string_view name) const {
  const auto at = values.find(name);
  return at == values.end() ? nullptr : &at->second;
}

std::string RegistryKey::text(std::string_view name) const {
  const RegistryValue* v = find(name);
  return v == nullptr || v->type != RegistryValue::Type::text ? "" : v->text;
}

std::optional<std::int64_t> RegistryKey::number(std::string_view name) const {
  const RegistryValue* v = find(name);
  if (v == nullptr || v->type != RegistryValue::Type::number) return std::nullopt;
  return static_cast<std::int64_t>(v->number);
}

std::int64_t filetime_ms(std::uint64_t filetime) {
  constexpr std::uint64_t epoch = 116'444'736'000'000'000ULL;  // 1970 in units since 1601
  constexpr std::uint64_t last = epoch + 2'534'023'008'000'000'000ULL;  // the year 9999
  return filetime < epoch || filetime > last
             ? 0 : static_cast<std::int64_t>((filetime - epoch) / 10'000);
}

std::int64_t cim_ms(std::string_view text) {
  constexpr std::size_t size = 25;
  if (text.size() != size || text[14] != '.' || (text[21] != '+' && text[21] != '-')) return 0;
  const auto digits = [&](std::size_t at, std::size_t n) {
    int v = 0;
    for (std::size_t i = at; i < at + n; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      v = v * 10 + (text[i] - '0');
    }
    return v;
  };
  const Date day{digits(0, 4), digits(4, 2), digits(6, 2)};
  const int hour = digits(8, 2);
  const int minute = digits(10, 2);
  const int second = digits(12, 2);
  const int east = digits(22, 3);
  if (!is_valid(day) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59 || east < 0) {
    return 0;
  }
  const std::int64_t minutes = to_days(day) * 1440 + hour * 60 + minute;
  const std::int64_t zone = text[21] == '+' ? east : -east;
  return std::max<std::int64_t>(0, ((minutes - zone) * 60 + second) * 1000);
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = std::min<std::size_t>(bytes.size(), 8); i-- > 0;) {
    out = out << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return out;
}

}  // namespace khien::host_windows
