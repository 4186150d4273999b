// Records of a BIFF5 or BIFF8 stream ([MS-XLS]): a record with the CONTINUE records behind it, and
// the strings in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace khien::biff {

enum Kind : std::uint32_t {
  kFormula = 0x06, kEof = 0x0A, kDateMode = 0x22, kFilePass = 0x2F, kContinue = 0x3C,
  kCodePage = 0x42, kBoundSheet = 0x85, kMulRk = 0xBD, kRString = 0xD6, kXf = 0xE0,
  kMerged = 0xE5, kSst = 0xFC, kLabelSst = 0xFD, kNumber = 0x203, kLabel = 0x204,
  kBoolErr = 0x205, kString = 0x207, kRk = 0x27E, kFormat = 0x41E, kBof = 0x809
};

// The bytes of one record and its continuations; reading past the end sets cut().
class Body {
 public:
  void add(std::string_view part) { parts_.push_back(part); }
  [[nodiscard]] std::string_view first() const { return parts_.empty() ? "" : parts_.front(); }
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] bool at_end();

  std::uint32_t u8();
  std::uint32_t u16();
  std::uint32_t u32();
  void skip(std::size_t count);
  // `count` characters; where they go on in the next part, that part begins with a new flag.
  [[nodiscard]] std::string characters(std::size_t count, bool wide);
  // Flags, characters, then the runs and phonetics behind them are skipped.
  [[nodiscard]] std::string unicode(std::size_t count);
  [[nodiscard]] std::string bytes(std::size_t count);

 private:
  std::vector<std::string_view> parts_;
  std::size_t part_ = 0;
  std::size_t at_ = 0;
  bool cut_ = false;
};

struct Record {
  std::uint32_t kind = 0;
  Body body;
};

class Reader {
 public:
  Reader(std::string_view stream, std::size_t at) : stream_(stream), at_(at) {}
  [[nodiscard]] bool next(Record& out);  // false at the end or where the stream is cut
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  std::string_view stream_;
  std::size_t at_;
  bool cut_ = false;
};

// A number packed in 30 bits.
[[nodiscard]] double rk_number(std::uint32_t rk);
// Eight bytes, IEEE 754.
[[nodiscard]] double real_number(Body& body);

}  // namespace khien::biff
