// Vietnamese text keys on top of ICU's NFC. Why tables: a dispatch is folded on every compile and
// names are folded by the ten thousand; after the first call nothing here allocates per character.
#include "base/text.h"

#include <array>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/errors.h"

namespace khien {
namespace {

constexpr std::u32string_view kToned =
    U"aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
constexpr char32_t kTableEnd = 0x1F00;

struct Tables {
  std::array<char32_t, kTableEnd> skeleton{};
  std::array<char32_t, kTableEnd> lower{};
  std::array<std::uint8_t, kTableEnd> tone{};   // 0 = no tone, 1-5
  std::array<char32_t, kTableEnd> untoned{};    // ế -> ê
  std::array<bool, kTableEnd> letter{};

  Tables() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    for (char32_t c = 0; c < kTableEnd; ++c) {
      lower[c] = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
      icu::UnicodeString parts;
      const bool splits = nfd->getDecomposition(static_cast<UChar32>(lower[c]), parts);
      skeleton[c] = splits ? static_cast<char32_t>(parts.char32At(0)) : lower[c];
      if (lower[c] == U'đ' || lower[c] == 0xF0) skeleton[c] = U'd';
      untoned[c] = c;
      letter[c] = u_isalpha(static_cast<UChar32>(c));
    }
    for (std::size_t i = 0; i < kToned.size(); ++i) {
      tone[kToned[i]] = static_cast<std::uint8_t>(i % 6);
      untoned[kToned[i]] = kToned[i - i % 6];
    }
  }
};

const Tables& tables() {
  static const Tables made;
  return made;
}

char32_t with_tone(char32_t untoned, int tone) {
  const std::size_t at = kToned.find(untoned);
  return at == std::u32string_view::npos ? untoned : kToned[at + static_cast<std::size_t>(tone)];
}

// At the end of a syllable "oa", "oe" and "uy" carry the tone on the first vowel in our key, and
// after q on the second ("quý"). Elsewhere the two spellings do not differ.
void place_tone(std::u32string& word, std::size_t begin, std::size_t end) {
  if (end - begin < 2) return;
  const Tables& t = tables();
  char32_t& first = word[end - 2];
  char32_t& second = word[end - 1];
  if (first >= kTableEnd || second >= kTableEnd) return;
  const int tone = t.tone[first] + t.tone[second];
  if (tone == 0 || (t.tone[first] != 0 && t.tone[second] != 0)) return;
  const char32_t a = t.untoned[first];
  const char32_t b = t.untoned[second];
  const bool pair = (a == U'o' && (b == U'a' || b == U'e')) || (a == U'u' && b == U'y');
  if (!pair) return;
  const bool after_q = end - begin >= 3 && word[end - 3] == U'q';
  first = after_q ? a : with_tone(a, tone);
  second = after_q ? with_tone(b, tone) : b;
}

bool is_dropped(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || (c < 0x20 && c != '\n' && c != '\t' &&
         c != '\f') || c == 0x7F;
}

bool is_odd_space(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

void clean(const icu::UnicodeString& in, icu::UnicodeString& out) {
  for (std::int32_t i = 0; i < in.length();) {
    const UChar32 c = in.char32At(i);
    i += U16_LENGTH(c);
    if (c == '\r') {
      if (i >= in.length() || in.charAt(i) != '\n') out.append(static_cast<UChar32>('\n'));
    } else if (c == 0x2028 || c == 0x2029 || c == 0x85 || c == 0x0B) {
      out.append(static_cast<UChar32>('\n'));
    } else if (is_odd_space(static_cast<char32_t>(c))) {
      out.append(static_cast<UChar32>(' '));
    } else if (c == 0xD0 || c == 0x189) {
      out.append(static_cast<UChar32>(0x110));
    } else if (c == 0x1A2 || c == 0x1A3) {
      out.append(static_cast<UChar32>(c == 0x1A2 ? 0x1AF : 0x1B0));
    } else if (!is_dropped(static_cast<char32_t>(c))) {
      out.append(c);
    }
  }
}

bool is_plain_ascii(std::string_view s) {
  for (const unsigned char c : s) {
    if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\t' && c != '\f')) return false;
  }
  return true;
}

// What nearly all Vietnamese text is: ASCII and composed letters, which NFC leaves as they are.
bool is_composed(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c >= 0x20 && c < 0x7F) continue;
    if (c < 0x80) {
      if (c != '\n' && c != '\r' && c != '\t' && c != '\f') return false;
      continue;
    }
    const auto next = static_cast<unsigned char>(i + 1 < s.size() ? s[i + 1] : 0);
    if (c == 0xE1) {  // U+1EA0-U+1EF9
      const auto last = static_cast<unsigned char>(i + 2 < s.size() ? s[i + 2] : 0);
      const bool viet = (next == 0xBA && last >= 0xA0 && last <= 0xBF) ||
                        (next == 0xBB && last >= 0x80 && last <= 0xB9);
      if (!viet) return false;
      i += 2;
      continue;
    }
    const bool in_c6 = next == 0xA0 || next == 0xA1 || next == 0xAF || next == 0xB0;
    const bool letter = next >= 0x80 && next <= 0xBF &&
                        ((c == 0xC3 && next != 0x90) || c == 0xC4 || c == 0xC5 ||
                         (c == 0xC6 && in_c6));
    if (!letter) return false;
    ++i;
  }
  return true;
}

// CR LF and CR are LF.
std::string with_one_line_end(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  while (!s.empty()) {
    const std::size_t end = std::min(s.find('\r'), s.size());
    out += s.substr(0, end);
    s.remove_prefix(end);
    if (s.empty()) break;
    s.remove_prefix(1);
    if (!s.starts_with('\n')) out += '\n';
  }
  return out;
}

std::string from_icu(const icu::UnicodeString& s) {
  std::string out;
  s.toUTF8String(out);
  return out;
}

}  // namespace

std::string nfc(std::string_view utf8) {
  if (is_plain_ascii(utf8)) return std::string(utf8);
  if (is_composed(utf8)) return with_one_line_end(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* norm = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString cleaned;
  clean(icu::UnicodeString::fromUTF8(
            icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size()))),
        cleaned);
  return from_icu(norm->normalize(cleaned, status));
}

char32_t lower(char32_t c) {
  return c < kTableEnd ? tables().lower[c]
                       : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
char32_t skeleton(char32_t c) { return c < kTableEnd ? tables().skeleton[c] : lower(c); }
bool is_letter(char32_t c) {
  return c < kTableEnd ? tables().letter[c] : u_isalpha(static_cast<UChar32>(c));
}
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)); }

std::u32string fold(std::u32string_view nfc_text) {
  std::u32string out(nfc_text);
  std::size_t word = 0;
  for (std::size_t i = 0; i <= out.size(); ++i) {
    if (i < out.size()) out[i] = lower(out[i]);
    if (i == out.size() || !is_letter(out[i])) {
      const bool mark = i < out.size() && out[i] >= 0x300 && out[i] < 0x370;  // no word's end
      if (!mark) place_tone(out, word, i);
      word = i + 1;
    }
  }
  return out;
}

std::string fold(std::string_view utf8) {
  if (is_plain_ascii(utf8)) return ascii_lower(utf8);
  const std::string composed = nfc(utf8);
  return to_utf8(fold(to_u32(composed)));
}

std::string skeleton(std::string_view utf8) {
  if (is_plain_ascii(utf8)) return ascii_lower(utf8);
  const std::string composed = nfc(utf8);
  std::u32string text = to_u32(composed);
  for (char32_t& c : text) c = skeleton(c);
  return to_utf8(text);
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (const char32_t c : to_u32(utf8)) {
    const int east = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
    const auto type = u_charType(static_cast<UChar32>(c));
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) continue;
    width += east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  const std::u32string p = to_u32(fold(pattern));
  const std::u32string t = to_u32(fold(text));
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t star = std::u32string::npos;
  std::size_t mark = 0;
  while (j < t.size()) {
    if (i < p.size() && (p[i] == U'?' || (p[i] != U'*' && p[i] == t[j]))) {
      ++i;
      ++j;
    } else if (i < p.size() && p[i] == U'*') {
      star = i++;
      mark = j;
    } else if (star != std::u32string::npos) {
      i = star + 1;
      j = ++mark;
    } else {
      return false;
    }
  }
  while (i < p.size() && p[i] == U'*') ++i;
  return i == p.size();
}

}  // namespace khien
