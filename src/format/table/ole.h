// Streams of an OLE compound file held in memory ([MS-CFB]): the container of .xls, .doc and
// of files with a password. Chains that loop or leave the file are errors, a last sector that is
// cut is read as far as it goes. The bytes must outlive the object.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien {

inline constexpr std::string_view kOleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

class OleFile {
 public:
  [[nodiscard]] static Result<OleFile> open(std::string_view bytes, const std::string& place,
                                            Code broken);
  [[nodiscard]] bool has(const std::string& name) const { return streams_.contains(name); }
  [[nodiscard]] Result<std::string> read(const std::string& name) const;

 private:
  struct Stream {
    std::uint32_t start = 0;
    std::uint64_t size = 0;
  };
  OleFile(std::string_view bytes, std::string place, Code broken)
      : bytes_(bytes), place_(std::move(place)), broken_(broken) {}

  [[nodiscard]] tl::unexpected<Error> broken(const std::string& detail) const;
  [[nodiscard]] Done load();
  [[nodiscard]] Done load_fat();
  [[nodiscard]] Done load_directory(const std::string& directory);
  [[nodiscard]] std::string_view sector(std::uint32_t number) const;
  [[nodiscard]] Result<std::string> chain(std::uint32_t start, std::uint64_t size) const;
  [[nodiscard]] Result<std::string> mini_chain(std::uint32_t start, std::uint64_t size) const;

  std::string_view bytes_;
  std::string place_;
  Code broken_;  // the caller's own; args: format, detail
  std::size_t shift_ = 9;
  std::uint32_t mini_cutoff_ = 4096;
  std::vector<std::uint32_t> fat_, mini_fat_;
  std::string mini_;  // the root's stream, which holds the small ones
  std::map<std::string, Stream> streams_;  // ASCII names; others are never asked for
};

// Little-endian numbers; 0 beyond the end.
[[nodiscard]] std::uint32_t little_u16(std::string_view bytes, std::size_t at);
[[nodiscard]] std::uint32_t little_u32(std::string_view bytes, std::size_t at);

}  // namespace khien
