// Sprms carry their operand's size in their own bits; two do not.
#include "dispatch/doc_properties.h"

#include <algorithm>
#include <map>

#include "format/table/ole.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kListSize = 28, kLevelSize = 28, kOverrideSize = 16;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// Calls take(sprm, operand).
template <class Take>
void each_sprm(std::string_view sprms, const Take& take) {
  while (sprms.size() >= 3) {
    const std::uint32_t sprm = little_u16(sprms, 0);
    static constexpr std::size_t kSizes[8] = {1, 1, 2, 4, 2, 2, 0, 3};
    std::size_t size = kSizes[sprm >> 13];
    std::size_t skip = 2;
    if (size == 0) {
      size = byte_at(sprms, 2);
      skip = 3;
      if (sprm == 0xD608) {  // the definition of a table counts in two bytes, itself in
        size = little_u16(sprms, 2);
        size = size > 0 ? size - 1 : 0;
        skip = 4;
      }
      if (sprm == 0xC615 && size == 255) return;  // tab stops beyond their own count
    }
    if (skip + size > sprms.size()) return;
    take(sprm, sprms.substr(skip, size));
    sprms.remove_prefix(skip + size);
  }
}

std::string format_of(unsigned nfc) {
  switch (nfc) {
    case 1: return "upperRoman";
    case 2: return "lowerRoman";
    case 3: return "upperLetter";
    case 4: return "lowerLetter";
    case 22: return "decimalZero";
    case 23: return "bullet";
    case 255: return "none";
    default: return "decimal";
  }
}

// One LVL; `bytes` is moved past it. False when it does not fit.
bool read_level(std::string_view& bytes, ListLevel& out) {
  if (bytes.size() < kLevelSize + 2) return false;
  out.start = static_cast<int>(std::min<std::uint32_t>(little_u32(bytes, 0), 100'000));
  out.format = format_of(byte_at(bytes, 4));
  out.legal = (byte_at(bytes, 5) & 4) != 0;
  if ((byte_at(bytes, 5) & 8) != 0) out.restart = static_cast<int>(byte_at(bytes, 26));
  const std::size_t text = kLevelSize + byte_at(bytes, 24) + byte_at(bytes, 25);
  const std::size_t letters = little_u16(bytes, text);
  if (text + 2 + letters * 2 > bytes.size()) return false;
  std::u32string shown;
  for (std::size_t i = 0; i < std::min<std::size_t>(letters, 64); ++i) {
    const char32_t c = little_u16(bytes, text + 2 + i * 2);
    if (c < 9) {
      shown += U'%';
      shown += U'1' + c;
    } else if (c < 0xD800 || c > 0xDFFF) {
      shown += c;
    }
  }
  out.text = to_utf8(shown);
  bytes.remove_prefix(text + 2 + letters * 2);
  return true;
}

}  // namespace

void apply_paragraph(std::string_view sprms, DocParagraph& look) {
  each_sprm(sprms, [&](std::uint32_t sprm, std::string_view operand) {
    if (sprm == 0x260A) look.level = static_cast<int>(byte_at(operand, 0));
    if (sprm == 0x460B) {
      const std::uint32_t list = little_u16(operand, 0);
      look.list = list >= 0xF801 ? 0 : static_cast<int>(list);
    }
    if (sprm == 0x2416) look.in_table = byte_at(operand, 0) != 0;
    if (sprm == 0x2417) look.row_end = byte_at(operand, 0) != 0;
  });
}

void apply_run(std::string_view sprms, DocRun& run) {
  each_sprm(sprms, [&](std::uint32_t sprm, std::string_view operand) {
    const bool on = byte_at(operand, 0) == 1;
    if (sprm == 0x083C) run.hidden = on;
    if (sprm == 0x0837 || sprm == 0x2A53) run.struck = run.struck || on;
    if (sprm == 0x0800) run.deleted = on;
    if (sprm == 0x083B) run.capitals = on;
  });
}

void read_lists(std::string_view lists, std::string_view overrides, ListNumbering& out) {
  const std::size_t count = std::min<std::size_t>(little_u16(lists, 0), 2000);
  std::string_view levels = lists.substr(std::min(lists.size(), 2 + count * kListSize));
  std::map<std::uint32_t, int> known;  // lsid -> abstract
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = 2 + i * kListSize;
    if (at + kListSize > lists.size()) break;
    const bool simple = (byte_at(lists, at + 26) & 1) != 0;
    ListLevels read;
    for (int depth = 0; depth < (simple ? 1 : ListNumbering::kLevels); ++depth) {
      ListLevel level;
      if (!read_level(levels, level)) break;
      read[depth] = std::move(level);
    }
    known[little_u32(lists, at)] = static_cast<int>(i) + 1;
    out.define(static_cast<int>(i) + 1, std::move(read));
  }
  const std::size_t number = std::min<std::size_t>(little_u32(overrides, 0), 4000);
  std::string_view data = overrides.substr(std::min(overrides.size(), 4 + number * kOverrideSize));
  for (std::size_t i = 0; i < number; ++i) {
    const std::size_t at = 4 + i * kOverrideSize;
    if (at + kOverrideSize > overrides.size()) break;
    ListNumbering::List list;
    const auto found = known.find(little_u32(overrides, at));
    if (found != known.end()) list.abstract = found->second;
    if (data.size() >= 4) data.remove_prefix(4);
    for (unsigned k = 0; k < byte_at(overrides, at + 12) && data.size() >= 8; ++k) {
      const std::uint32_t start = little_u32(data, 0);
      const std::uint32_t flags = little_u32(data, 4);
      data.remove_prefix(8);
      const int depth = static_cast<int>(flags & 0xF);
      if ((flags & 0x10) != 0) list.starts[depth] = static_cast<int>(std::min(start, 100'000U));
      ListLevel level;
      if ((flags & 0x20) != 0 && read_level(data, level)) list.own[depth] = std::move(level);
    }
    out.add(static_cast<int>(i) + 1, std::move(list));
  }
}

}  // namespace khien
