// Writes registry hives for tests: one hbin, keys of a KeyTree below a root. Lists of subkeys
// are "lh", or "ri" over "li" pieces when asked, as Windows writes them for large keys.
#pragma once

#include <algorithm>

#include "base/text.h"
#include "format/windows/registry.h"

namespace khien::host_windows::testing {

struct KeyTree {
  std::map<std::string, RegistryKey, LessName> keys;

  RegistryKey& add(const std::string& path) {
    RegistryKey& key = keys[path];
    key.problem = Problem::none;
    const std::size_t at = path.rfind('\\');
    if (at == std::string::npos) return key;
    const std::string name = path.substr(at + 1);
    RegistryKey& parent = add(path.substr(0, at));
    bool known = false;
    for (const std::string& other : parent.subkeys) known = known || same_name(other, name);
    if (!known) parent.subkeys.push_back(name);
    return keys[path];
  }
  void deny(const std::string& path) {
    add(path) = RegistryKey{};
    keys[path].problem = Problem::denied;
  }
  [[nodiscard]] RegistryKey at(const std::string& path) const {
    const auto found = keys.find(path);
    return found == keys.end() ? RegistryKey{} : found->second;
  }
};

class HiveWriter {
 public:
  explicit HiveWriter(const KeyTree& registry, std::size_t piece = 0)
      : registry_(registry), piece_(piece) {}

  // The hive of the keys below `root` ("HKU\\S-1-5-21-1").
  std::string write(const std::string& root) {
    bin_.assign(32, '\0');
    const std::uint32_t top = put_key(root, "ROOT", 0xFFFFFFFF);
    while (bin_.size() % 4096 != 0) bin_ += '\0';
    std::copy_n("hbin", 4, bin_.data());
    set(bin_, 8, bin_.size(), 4);
    std::string base(4096, '\0');
    std::copy_n("regf", 4, base.data());
    set(base, 4, 7, 4);
    set(base, 8, 7, 4);
    set(base, 20, 1, 4);
    set(base, 24, 5, 4);
    set(base, 32, 1, 4);
    set(base, 36, top, 4);
    set(base, 40, bin_.size(), 4);
    return base + bin_;
  }

 private:
  static void set(std::string& out, std::size_t at, std::uint64_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      out[at + static_cast<std::size_t>(i)] = static_cast<char>(v >> (8 * i));
    }
  }
  static std::string number(std::uint64_t v, int bytes) {
    std::string out(static_cast<std::size_t>(bytes), '\0');
    set(out, 0, v, bytes);
    return out;
  }
  static std::string utf16(const std::string& text) {
    std::string out;
    for (const char32_t c : to_u32(text)) out += number(c, 2);  // fixtures stay in the BMP
    return out;
  }
  static bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  }

  std::uint32_t put_cell(const std::string& data) {
    const std::uint32_t at = static_cast<std::uint32_t>(bin_.size());
    const std::size_t size = (data.size() + 4 + 7) / 8 * 8;
    bin_ += number(static_cast<std::uint64_t>(-static_cast<std::int64_t>(size)), 4) + data;
    bin_.resize(at + size, '\0');
    return at;
  }

  std::uint32_t put_value(const std::string& name, const RegistryValue& v) {
    std::string data = v.bytes;
    std::uint32_t type = 3;
    if (v.type == RegistryValue::Type::text) {
      type = 1;
      data = utf16(v.text) + std::string(2, '\0');
    } else if (v.type == RegistryValue::Type::number) {
      type = 4;
      data = number(v.number, 4);
    } else if (v.type == RegistryValue::Type::texts) {
      type = 7;
      for (const std::string& each : v.texts) data += utf16(each) + std::string(2, '\0');
      data += std::string(2, '\0');
    }
    const bool inside = data.size() <= 4;
    const bool narrow = is_ascii(name);
    const std::string shown = narrow ? name : utf16(name);
    std::string cell = "vk" + number(shown.size(), 2);
    cell += number(data.size() | (inside ? 0x80000000U : 0U), 4);
    cell += inside ? data + std::string(4 - data.size(), '\0') : number(put_cell(data), 4);
    cell += number(type, 4) + number(narrow ? 1 : 0, 2) + std::string(2, '\0') + shown;
    return put_cell(cell);
  }

  std::uint32_t put_list(const std::vector<std::uint32_t>& keys) {
    if (piece_ == 0) {
      std::string list = "lh" + number(keys.size(), 2);
      for (const std::uint32_t key : keys) list += number(key, 4) + std::string(4, '\0');
      return put_cell(list);
    }
    std::vector<std::uint32_t> pieces;
    for (std::size_t i = 0; i < keys.size(); i += piece_) {
      const std::size_t n = std::min(piece_, keys.size() - i);
      std::string list = "li" + number(n, 2);
      for (std::size_t k = 0; k < n; ++k) list += number(keys[i + k], 4);
      pieces.push_back(put_cell(list));
    }
    std::string top = "ri" + number(pieces.size(), 2);
    for (const std::uint32_t piece : pieces) top += number(piece, 4);
    return put_cell(top);
  }

  std::uint32_t put_key(const std::string& path, const std::string& name, std::uint32_t parent) {
    const RegistryKey key = registry_.at(path);
    const bool narrow = is_ascii(name);
    const std::string shown = narrow ? name : utf16(name);
    std::string cell(76, '\0');
    std::copy_n("nk", 2, cell.data());
    set(cell, 2, narrow ? 0x20 : 0, 2);
    set(cell, 16, parent, 4);
    set(cell, 20, key.subkeys.size(), 4);
    set(cell, 28, 0xFFFFFFFF, 4);
    set(cell, 36, key.values.size(), 4);
    set(cell, 40, 0xFFFFFFFF, 4);
    set(cell, 72, shown.size(), 2);
    const std::uint32_t at = put_cell(cell + shown);
    std::vector<std::uint32_t> children;
    for (const std::string& child : key.subkeys) {
      children.push_back(put_key(path + "\\" + child, child, at));
    }
    if (!children.empty()) set(bin_, at + 4 + 28, put_list(children), 4);
    std::string values;
    for (const auto& [value_name, value] : key.values) {
      values += number(put_value(value_name, value), 4);
    }
    if (!values.empty()) set(bin_, at + 4 + 40, put_cell(values), 4);
    return at;
  }

  const KeyTree& registry_;
  std::size_t piece_;
  std::string bin_;
};

}  // namespace khien::host_windows::testing
