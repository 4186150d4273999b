// Archives made in memory, for tests: by libarchive, and RAR, which it cannot write, by hand with
// members that are not packed (the format's own notes: "RAR 5.0 archive format").
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

#include "base/utf8_locale.h"
#include "format/archive/members.h"

namespace khien::testing {

inline constexpr std::size_t kArchiveRoom = std::size_t{1} << 20;  // beside the members
using ArchiveParts = std::vector<std::pair<std::string, std::string>>;

struct ReadMembers final : MemberSink {
  ArchiveParts parts;
  Done begin(const std::string& name) override {
    parts.emplace_back(name, "");
    return {};
  }
  Done add(std::string_view bytes) override {
    parts.back().second += bytes;
    return {};
  }
};

// format: "7zip" | "gnutar" | "raw"; filter: "none" | "gzip" | "bzip2" | "xz" | "zstd". Names that
// end in "/" are folders. "" when libarchive refuses.
inline std::string make_archive(const char* format, const char* filter, const ArchiveParts& parts) {
  const Utf8Locale names;
  std::size_t room = kArchiveRoom;
  for (const auto& [name, bytes] : parts) room += bytes.size();
  std::string out(room, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  bool good = archive_write_set_format_by_name(a, format) == ARCHIVE_OK &&
              (filter == std::string("none") ||
               archive_write_add_filter_by_name(a, filter) == ARCHIVE_OK) &&
              archive_write_open_memory(a, out.data(), out.size(), &used) == ARCHIVE_OK;
  for (const auto& [name, bytes] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    good = good && archive_write_header(a, entry) == ARCHIVE_OK &&
           archive_write_data(a, bytes.data(), bytes.size()) >= 0;
    archive_entry_free(entry);
  }
  good = good && archive_write_close(a) == ARCHIVE_OK;
  archive_write_free(a);
  out.resize(good ? used : 0);
  return out;
}

inline std::string rar_number(std::size_t value) {
  std::string out;
  for (; value > 0x7F; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
  return out + static_cast<char>(value);
}

inline std::string little_crc(const std::string& bytes) {
  const uLong crc = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
                          static_cast<uInt>(bytes.size()));
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(crc >> (8 * i));
  return out;
}

inline std::string rar_block(const std::string& fields, const std::string& data = "") {
  const std::string sized = rar_number(fields.size()) + fields;
  return little_crc(sized) + sized + data;
}

inline std::string make_rar5(const ArchiveParts& parts) {
  std::string out("Rar!\x1A\x07\x01\0", 8);
  out += rar_block(rar_number(1) + rar_number(0) + rar_number(0));  // main, no flags
  for (const auto& [name, bytes] : parts) {
    std::string fields = rar_number(2) + rar_number(2);  // a file with data behind it
    fields += rar_number(bytes.size());
    fields += rar_number(4) + rar_number(bytes.size());  // a CRC is given
    fields += rar_number(0100600) + little_crc(bytes);
    fields += rar_number(0) + rar_number(1);  // stored, Unix
    fields += rar_number(name.size()) + name;
    out += rar_block(fields, bytes);
  }
  return out + rar_block(rar_number(5) + rar_number(0) + rar_number(0));
}

}  // namespace khien::testing
