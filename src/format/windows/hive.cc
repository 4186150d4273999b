// Cells lie after the 4096 bytes of the base block; an offset counts from there. A key ("nk") names
// its lists of subkeys ("lf", "lh", "li", or "ri" over those) and of values ("vk").
#include "format/windows/hive.h"

#include <algorithm>

#include "base/text.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kBase = 4096;
constexpr std::size_t kDepth = 64;
constexpr std::uint32_t kNone = 0xFFFFFFFF;

std::uint32_t u32(std::string_view s, std::size_t at) {
  return at + 4 <= s.size() ? static_cast<std::uint32_t>(little_endian(s.substr(at, 4))) : 0;
}
std::uint16_t u16(std::string_view s, std::size_t at) {
  return at + 2 <= s.size() ? static_cast<std::uint16_t>(little_endian(s.substr(at, 2))) : 0;
}

// A name of one byte a letter (Latin-1) or of UTF-16.
std::string name_of(std::string_view raw, bool narrow) {
  if (!narrow) return utf16_text(raw);
  std::u32string text;
  for (const char c : raw) text += static_cast<unsigned char>(c);
  return to_utf8(text);
}

bool is_key(std::string_view cell) { return cell.size() >= 76 && cell.starts_with("nk"); }

std::string key_name(std::string_view cell) {
  return name_of(cell.substr(76, u16(cell, 72)), (u16(cell, 2) & 0x20) != 0);
}

}  // namespace

std::string utf16_text(std::string_view bytes) {
  std::u32string out;
  for (std::size_t i = 0; i + 2 <= bytes.size(); i += 2) {
    char32_t c = u16(bytes, i);
    const char32_t low = u16(bytes, i + 2);
    if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    out += c;
  }
  return to_utf8(out);
}

RegistryValue registry_value(std::uint32_t type, std::string_view bytes) {
  RegistryValue out;
  const auto until_end = [](std::string text) { return text.substr(0, text.find('\0')); };
  if (type == 1 || type == 2) {  // REG_SZ, REG_EXPAND_SZ
    out.type = RegistryValue::Type::text;
    out.text = until_end(utf16_text(bytes));
  } else if ((type == 4 && bytes.size() == 4) || (type == 11 && bytes.size() == 8)) {
    out.type = RegistryValue::Type::number;  // REG_DWORD, REG_QWORD
    out.number = little_endian(bytes);
  } else if (type == 7) {  // REG_MULTI_SZ
    out.type = RegistryValue::Type::texts;
    const std::string all = utf16_text(bytes);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find('\0', at), all.size());
      if (end > at) out.texts.push_back(all.substr(at, end - at));
      at = end + 1;
    }
  } else {
    out.bytes = bytes;
  }
  return out;
}

std::optional<Hive> Hive::open(std::string bytes) {
  const std::string_view head = bytes;
  const bool ours = bytes.size() > kBase && bytes.size() <= kHiveBytes &&
                    head.starts_with("regf") && u32(head, 4) == u32(head, 8) &&
                    u32(head, 20) == 1 && u32(head, 28) == 0;
  if (!ours) return std::nullopt;
  Hive out(std::move(bytes));
  if (!is_key(out.cell(u32(out.bytes_, 36)))) return std::nullopt;
  return out;
}

std::string_view Hive::cell(std::uint32_t offset) const {
  const std::size_t at = kBase + std::size_t{offset};
  if (offset == kNone || offset % 8 != 0 || at + 8 > bytes_.size()) return {};
  const auto size = static_cast<std::int32_t>(u32(bytes_, at));
  if (size >= 0) return {};  // not in use
  const std::size_t whole = static_cast<std::size_t>(-std::int64_t{size});
  if (whole < 8 || whole > bytes_.size() - at) return {};
  return std::string_view(bytes_).substr(at + 4, whole - 4);
}

bool Hive::take_list(std::string_view list, std::vector<std::uint32_t>& out) const {
  const bool hashed = list.starts_with("lf") || list.starts_with("lh");
  if (!hashed && !list.starts_with("li")) return false;
  const std::size_t step = hashed ? 8 : 4;
  const std::size_t count = u16(list, 2);
  if (4 + count * step > list.size() || out.size() + count > kHiveNames) return false;
  for (std::size_t i = 0; i < count; ++i) out.push_back(u32(list, 4 + i * step));
  return true;
}

bool Hive::subkeys(std::string_view key, std::vector<std::uint32_t>& out) const {
  if (u32(key, 20) == 0) return true;
  const std::string_view list = cell(u32(key, 28));
  if (!list.starts_with("ri")) return take_list(list, out);
  const std::size_t count = u16(list, 2);
  if (4 + count * 4 > list.size()) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!take_list(cell(u32(list, 4 + i * 4)), out)) return false;
  }
  return true;
}

bool Hive::values(std::string_view key, RegistryKey& out) const {
  const std::size_t count = u32(key, 36);
  if (count == 0) return true;
  const std::string_view list = cell(u32(key, 40));
  if (count > kHiveNames || count * 4 > list.size()) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view value = cell(u32(list, i * 4));
    if (value.size() < 20 || !value.starts_with("vk")) return false;
    const std::string name =
        name_of(value.substr(20, u16(value, 2)), (u16(value, 16) & 1) != 0);
    const std::uint32_t raw = u32(value, 4);
    const std::size_t size = raw & 0x7FFFFFFF;
    std::string_view data;
    if ((raw & 0x80000000) != 0) {
      data = value.substr(8, std::min<std::size_t>(size, 4));
    } else {
      if (size > kHiveValueBytes) continue;
      if (size > 0) data = cell(u32(value, 8));
      if (data.size() < size) return false;
      data = data.substr(0, size);
    }
    out.values.emplace(name, registry_value(u32(value, 12), data));
  }
  return true;
}

RegistryKey Hive::read(std::string_view path) const {
  RegistryKey out;
  std::string_view key = cell(u32(bytes_, 36));
  for (std::size_t depth = 0; !path.empty(); ++depth) {
    const std::string_view name = path.substr(0, path.find('\\'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    std::vector<std::uint32_t> children;
    if (depth > kDepth || !subkeys(key, children)) {
      out.problem = Problem::broken;
      return out;
    }
    std::string_view found;
    for (const std::uint32_t offset : children) {
      const std::string_view child = cell(offset);
      if (is_key(child) && same_name(key_name(child), name)) found = child;
    }
    if (found.empty()) return out;  // absent
    key = found;
  }
  std::vector<std::uint32_t> children;
  const bool whole = subkeys(key, children) && values(key, out);
  for (const std::uint32_t offset : children) {
    const std::string_view child = cell(offset);
    if (is_key(child)) out.subkeys.push_back(key_name(child));
  }
  out.written_at = filetime_ms(little_endian(key.substr(4, 8)));
  out.problem = whole ? Problem::none : Problem::broken;
  return out;
}

}  // namespace khien::host_windows
