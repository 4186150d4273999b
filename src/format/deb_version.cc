// Own code and not `dpkg --compare-versions`: 60,000 comparisons may not start 60,000 processes.
#include "format/deb_version.h"

#include <cstddef>
#include <string>

namespace khien {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// '~' before the end of the part, the end before letters, letters before everything else.
int rank(std::string_view s, std::size_t i) {
  if (i >= s.size() || is_digit(s[i])) return 0;
  const auto c = static_cast<unsigned char>(s[i]);
  if (c == '~') return -1;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter ? c : c + 256;
}

std::string_view take_number(std::string_view& s) {
  std::size_t end = 0;
  while (end < s.size() && is_digit(s[end])) ++end;
  std::string_view digits = s.substr(0, end);
  s.remove_prefix(end);
  const std::size_t from = digits.find_first_not_of('0');
  return from == std::string_view::npos ? std::string_view() : digits.substr(from);
}

int compare_number(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

int compare_part(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    std::size_t i = 0;
    while ((i < a.size() && !is_digit(a[i])) || (i < b.size() && !is_digit(b[i]))) {
      const int left = rank(a, i);
      const int right = rank(b, i);
      if (left != right) return left < right ? -1 : 1;
      ++i;
    }
    a.remove_prefix(i < a.size() ? i : a.size());
    b.remove_prefix(i < b.size() ? i : b.size());
    if (const int c = compare_number(take_number(a), take_number(b)); c != 0) return c;
  }
  return 0;
}

struct Parts {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

Parts parts_of(std::string_view v) {
  Parts out;
  if (const std::size_t colon = v.find(':'); colon != std::string_view::npos) {
    out.epoch = v.substr(0, colon);
    v.remove_prefix(colon + 1);
  }
  const std::size_t dash = v.rfind('-');
  out.upstream = v.substr(0, dash);
  if (dash != std::string_view::npos) out.revision = v.substr(dash + 1);
  return out;
}

}  // namespace

int compare_deb_version(std::string_view a, std::string_view b) {
  const Parts left = parts_of(a);
  const Parts right = parts_of(b);
  if (const int c = compare_part(left.epoch, right.epoch); c != 0) return c;
  if (const int c = compare_part(left.upstream, right.upstream); c != 0) return c;
  return compare_part(left.revision, right.revision);
}

}  // namespace khien
