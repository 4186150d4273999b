// Reads the lines of a head one piece at a time: a line, or one column of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dispatch/head_words.h"
#include "dispatch/lines.h"

namespace khien {

struct Piece {
  std::u32string_view text;
  bool blank_before = false;
  bool column = false;        // stands to the right of another piece
};
// Columns are split at wide gaps and around the motto of the state or the party; the blanks left
// open for a number or a day are no gap.
[[nodiscard]] std::vector<Piece> pieces_of(std::u32string_view clean, const Line& line,
                                           const HeadWords& words);

[[nodiscard]] std::u32string_view trim_blanks(std::u32string_view text);
// Squeezed, without punctuation at its end.
[[nodiscard]] std::string tidy_piece(std::u32string_view text);

class HeadReader {
 public:
  HeadReader(Dispatch& out, const HeadWords& words) : out_(out), words_(words) {}
  // False when the piece does not look like part of a head.
  bool take(const Piece& piece);
  void finish();
  [[nodiscard]] bool has_form() const { return !out_.form.empty(); }

 private:
  Dispatch& out_;
  const HeadWords& words_;
  std::vector<std::string> agencies_;
  bool in_subject_ = false;
  int stamp_left_ = 0;
  std::string own_issuer_;   // "CHỈ THỊ / CỦA BAN BÍ THƯ"
  bool past_subject_ = false;  // among the lines of capitals below it
  bool party_ = false;       // "ĐẢNG CỘNG SẢN VIỆT NAM" stands in the head

  bool stamp(std::u32string_view folded);
  bool bracket(std::u32string_view text, std::u32string_view folded);
  bool number(std::u32string_view text, std::u32string_view folded);
  bool place_date(std::u32string_view text, std::u32string_view folded);
  bool begin_subject(std::u32string_view text, std::u32string_view folded);
  bool more_subject(std::u32string_view text);
  bool form(std::u32string_view folded);
  [[nodiscard]] bool is_title(const Piece& piece, std::u32string_view folded) const;
  bool begin_title(std::u32string_view text);
  bool agency(std::u32string_view text, std::u32string_view folded);
};

// The form the symbol's letters name ("CT-UBND": chỉ thị), when no heading did.
void form_from_symbol(Dispatch& head, const HeadWords& words);

}  // namespace khien
