// Offsets are checked where they are used; what does not fit is as if it were not there.
#include "format/windows/shell_link.h"

#include <algorithm>
#include <cstdint>

#include "format/windows/hive.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kHeader = 0x4C;
constexpr std::string_view kClass(
    "\x01\x14\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46", 16);
enum Flags : std::uint32_t {
  has_id_list = 0x01, has_link_info = 0x02, has_name = 0x04, has_relative_path = 0x08,
  has_working_folder = 0x10, has_arguments = 0x20, is_unicode = 0x80
};

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  for (std::size_t i = size; i-- > 0;) {
    out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return out;
}

std::string_view from(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? bytes.substr(at) : std::string_view();
}

// Up to the zero. Bytes of a code page nobody names are letters only where they are ASCII.
std::string narrow(std::string_view bytes) {
  const std::string_view text = bytes.substr(0, std::min(bytes.find('\0'), bytes.size()));
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  return ascii ? std::string(text) : "";
}

std::string wide(std::string_view bytes) {
  std::size_t end = 0;
  while (end + 1 < bytes.size() && (bytes[end] != 0 || bytes[end + 1] != 0)) end += 2;
  return utf16_text(bytes.substr(0, end));
}

std::string target_of(std::string_view info) {
  const std::uint32_t header = number(info, 4, 4);
  const std::uint32_t flags = number(info, 8, 4);
  const bool has_wide = header >= 0x24;
  const auto text = [&](std::size_t narrow_at, std::size_t wide_at) {
    if (const std::uint32_t at = has_wide ? number(info, wide_at, 4) : 0; at != 0) {
      return wide(from(info, at));
    }
    const std::uint32_t at = number(info, narrow_at, 4);
    return at == 0 ? "" : narrow(from(info, at));
  };
  const std::string suffix = text(24, 32);
  if ((flags & 1) != 0) return text(16, 28) + suffix;
  if ((flags & 2) == 0) return "";
  const std::string_view network = from(info, number(info, 20, 4));
  const std::uint32_t name_at = number(network, 8, 4);
  const std::string share = name_at == 0 ? "" : narrow(from(network, name_at));
  return share.empty() ? "" : suffix.empty() ? share : share + "\\" + suffix;
}

}  // namespace

Shortcut parse_shortcut(std::string_view bytes) {
  Shortcut out;
  if (number(bytes, 0, 4) != kHeader || !from(bytes, 4).starts_with(kClass)) return out;
  const std::uint32_t flags = number(bytes, 20, 4);
  std::size_t at = kHeader;
  if ((flags & has_id_list) != 0) at += 2 + number(bytes, at, 2);
  if ((flags & has_link_info) != 0) {
    const std::uint32_t size = number(bytes, at, 4);
    out.target = target_of(from(bytes, at).substr(0, size));
    at += std::max<std::uint32_t>(size, 4);
  }
  for (const Flags each : {has_name, has_relative_path, has_working_folder, has_arguments}) {
    if ((flags & each) == 0) continue;
    const std::size_t length = number(bytes, at, 2) * ((flags & is_unicode) != 0 ? 2 : 1);
    const std::string_view text = from(bytes, at + 2).substr(0, length);
    if (each == has_arguments) {
      out.arguments = (flags & is_unicode) != 0 ? wide(text) : narrow(text);
    }
    at += 2 + length;
  }
  return out;
}

}  // namespace khien::host_windows
