// One pass over the tokens; number words of up to three tokens.
#include "dispatch/numbers.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::array<std::u32string_view, 10> kDigits = {
    U"một", U"hai", U"ba", U"bốn", U"năm", U"sáu", U"bảy", U"tám", U"chín", U"mười"};
constexpr std::array<std::u32string_view, 26> kUnits = {
    U"ngày", U"tháng", U"tuần", U"năm",  U"quý",  U"giờ",  U"phút", U"lần",  U"ký",
    U"kí",   U"chữ",   U"mật",  U"bản",  U"lớp",  U"yếu",  U"bước", U"nhân", U"cấp",
    U"cán",  U"người", U"cuộc", U"đợt",  U"loại", U"nơi",  U"địa",  U"thành"};

class NumberReader {
 public:
  NumberReader(std::u32string_view folded, std::vector<Token>& tokens)
      : folded_(folded), tokens_(tokens) {}

  void run() {
    std::vector<Token> kept;
    kept.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t used = 0;
      const std::int64_t value = words(i, used);
      if (value < 0) {
        kept.push_back(tokens_[i++]);
        continue;
      }
      if (!repeats(kept, i, used, value)) {
        if (used == 1 && !names_amount(i, used)) {
          kept.push_back(tokens_[i]);
        } else {
          Token t = tokens_[i];
          t.number = value;
          t.end = tokens_[i + used - 1].end;
          if (used > 1) t.fold = t.skeleton = 0;
          kept.push_back(t);
        }
      }
      i += used;
    }
    tokens_ = std::move(kept);
  }

 private:
  std::u32string_view folded_;
  std::vector<Token>& tokens_;

  [[nodiscard]] std::u32string_view word(std::size_t i) const {
    if (i >= tokens_.size()) return {};
    return folded_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }
  [[nodiscard]] char32_t before(std::size_t i) const {
    return tokens_[i].begin > 0 ? folded_[tokens_[i].begin - 1] : U' ';
  }
  [[nodiscard]] char32_t after(std::size_t i) const {
    return tokens_[i].end < folded_.size() ? folded_[tokens_[i].end] : U' ';
  }
  static int digit(std::u32string_view w) {
    for (std::size_t i = 0; i < kDigits.size(); ++i) {
      if (w == kDigits[i]) return static_cast<int>(i) + 1;
    }
    return w == U"tư" ? 4 : w == U"lăm" ? 5 : w == U"mốt" ? 1 : -1;
  }

  // The value of the number words at i, -1 when there are none; `used` tokens.
  std::int64_t words(std::size_t i, std::size_t& used) const {
    const std::u32string_view w = word(i);
    const int first = digit(w);
    if (first < 0 || w == U"tư" || w == U"lăm" || w == U"mốt") return -1;
    used = 1;
    if (first == 10) {  // mười hai
      const int next = digit(word(i + 1));
      if (next < 1 || next > 9 || tokens_[i + 1].sentence != tokens_[i].sentence) return 10;
      const bool year = word(i + 1) == U"năm" && !is_unit(i + 2);
      if (year || word(i + 1) == U"tư") return 10;
      used = 2;
      return 10 + next;
    }
    if (word(i + 1) == U"mươi") {  // sáu mươi, hai mươi tư
      used = 2;
      const int next = digit(word(i + 2));
      if (next < 1 || next > 9 || (word(i + 2) == U"năm" && !is_unit(i + 3))) return first * 10;
      used = 3;
      return first * 10 + next;
    }
    if (word(i + 1) == U"trăm") {
      used = 2;
      return first * 100;
    }
    return first;
  }
  [[nodiscard]] bool is_unit(std::size_t i) const {
    return i < tokens_.size() && std::find(kUnits.begin(), kUnits.end(), word(i)) != kUnits.end();
  }

  // "ba tháng" names an amount; "năm 2026", "một số", "hai lớp" of a name do not.
  [[nodiscard]] bool names_amount(std::size_t i, std::size_t used) const {
    const std::size_t next = i + used;
    if (next < tokens_.size() && tokens_[next].number >= 0 && after(i) == U' ' &&
        before(next) == U'(' && after(next) == U')')
      return true;  // tám (08)
    if (!is_unit(next) || tokens_[next].sentence != tokens_[i].sentence) return false;
    // "năm" itself is a year after a number, "mỗi", "hằng", "trong", "một"
    if (word(i) != U"năm" || i == 0) return true;
    const bool counted = tokens_[i - 1].number >= 0;
    const std::u32string_view p = word(i - 1);
    return !counted && p != U"mỗi" && p != U"hằng" && p != U"hàng" && p != U"một" && p != U"từng";
  }

  // The words say again what the digits before them said, or what the digits after them will say.
  [[nodiscard]] bool repeats(const std::vector<Token>& kept, std::size_t i, std::size_t used,
                             std::int64_t value) const {
    const std::size_t last = i + used - 1;
    const bool in_brackets = before(i) == U'(' && after(last) == U')';
    if (in_brackets && !kept.empty() && kept.back().number == value) return true;
    const std::size_t next = last + 1;
    return next < tokens_.size() && before(next) == U'(' && after(next) == U')' &&
           tokens_[next].number == value;
  }
};

}  // namespace

void read_numbers(std::u32string_view folded, std::vector<Token>& tokens) {
  NumberReader(folded, tokens).run();
}

}  // namespace khien
