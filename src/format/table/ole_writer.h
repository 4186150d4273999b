// A small OLE compound file with one stream, for tests: header, one sector table, one directory.
#pragma once

#include <string>

namespace khien::testing {

inline void put_little(std::string& out, std::size_t at, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[at + i] = static_cast<char>(value >> (8 * i));
}

inline std::string make_ole(const std::string& name, std::string stream) {
  stream.resize(std::max<std::size_t>((stream.size() + 511) / 512 * 512, 4096), '\0');
  const std::size_t sectors = stream.size() / 512;
  std::string header(512, '\0');
  header.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put_little(header, 30, 9, 2);
  put_little(header, 32, 6, 2);
  put_little(header, 44, 1, 4);
  put_little(header, 48, 1, 4);  // the directory is sector 1
  put_little(header, 56, 4096, 4);
  put_little(header, 60, 0xFFFFFFFE, 4);
  put_little(header, 68, 0xFFFFFFFE, 4);
  for (std::size_t i = 0; i < 109; ++i) put_little(header, 76 + 4 * i, i == 0 ? 0 : ~0ULL, 4);
  std::string fat(512, '\xFF');
  put_little(fat, 0, 0xFFFFFFFD, 4);
  put_little(fat, 4, 0xFFFFFFFE, 4);
  for (std::size_t i = 0; i < sectors; ++i) {
    put_little(fat, 8 + 4 * i, i + 1 == sectors ? 0xFFFFFFFE : 3 + i, 4);
  }
  std::string directory(512, '\0');
  const auto entry = [&](std::size_t at, const std::string& text, int type, std::uint64_t start,
                         std::uint64_t size) {
    for (std::size_t i = 0; i < text.size(); ++i) directory[at + 2 * i] = text[i];
    put_little(directory, at + 64, 2 * (text.size() + 1), 2);
    directory[at + 66] = static_cast<char>(type);
    put_little(directory, at + 116, start, 4);
    put_little(directory, at + 120, size, 4);
  };
  entry(0, "Root Entry", 5, 0xFFFFFFFE, 0);
  entry(128, name, 2, 2, stream.size());
  return header + fat + directory + stream;
}

inline std::string make_record(unsigned kind, const std::string& body) {
  std::string out(4, '\0');
  put_little(out, 0, kind, 2);
  put_little(out, 2, body.size(), 2);
  return out + body;
}

}  // namespace khien::testing
