// Tables: TCVN 5712:1993 (VN3) and the layout of the VNI Windows fonts.
#include "base/legacy_text.h"

#include <array>
#include <unordered_map>

#include "base/syllable.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kSample = 4000;

// 0xA1-0xFF with the capitals of the fuller VN1 set; a space: no letter.
constexpr std::u32string_view kTcvn3 =
    U"ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽé"
    U"ẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";
static_assert(kTcvn3.size() == 0xFF - 0xA1 + 1);

struct VniMark {
  char32_t mark;
  std::u32string_view letters;  // pairs: base, result
};
constexpr std::array<VniMark, 17> kVniMarks = {{{U'ù', U"aáeéoóuúyýôớöứ"},
                                                {U'ø', U"aàeèoòuùyỳôờöừ"},
                                                {U'û', U"aảeẻoỏuủyỷôởöử"},
                                                {U'õ', U"aãeẽoõuũyỹôỡöữ"},
                                                {U'ï', U"aạeẹoọuụyỵôợöự"},
                                                {U'â', U"aâeêoô"},
                                                {U'á', U"aấeếoố"},
                                                {U'à', U"aầeềoồ"},
                                                {U'å', U"aẩeểoổ"},
                                                {U'ã', U"aẫeễoỗ"},
                                                {U'ä', U"aậeệoộ"},
                                                {U'ê', U"aă"},
                                                {U'é', U"aắ"},
                                                {U'è', U"aằ"},
                                                {U'ú', U"aẳ"},
                                                {U'ü', U"aẵ"},
                                                {U'ë', U"aặ"}}};
constexpr std::u32string_view kVniAlone = U"ôơöưñđííììæỉóĩòịîỵ";  // pairs, see vni()

struct Vni {
  std::unordered_map<char32_t, char32_t> alone;
  std::unordered_map<std::uint64_t, char32_t> pairs;
  static std::uint64_t key(char32_t base, char32_t mark) {
    return (std::uint64_t{base} << 32) | mark;
  }
  Vni() {
    for (std::size_t i = 0; i + 1 < kVniAlone.size(); i += 2) {
      alone.try_emplace(kVniAlone[i], kVniAlone[i + 1]);
    }
    for (const VniMark& m : kVniMarks) {
      for (std::size_t i = 0; i + 1 < m.letters.size(); i += 2) {
        pairs[key(m.letters[i], m.mark)] = m.letters[i + 1];
      }
    }
  }
};

const Vni& vni() {
  static const Vni made;
  return made;
}

// Latin capitals of U+00C0-U+00DE have their small letters 32 further.
char32_t small(char32_t c) {
  const bool capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  return capital ? c + 32 : c;
}

char32_t upper(char32_t c) {
  constexpr std::u32string_view odd = U"ăĂđĐĩĨũŨơƠưƯ";
  if (const std::size_t at = odd.find(c); at != std::u32string_view::npos && at % 2 == 0) {
    return odd[at + 1];
  }
  if (c >= 0x1EA0 && c <= 0x1EF9) return c & ~char32_t{1};
  if (c >= 0xE0 && c <= 0xFE) return c - 32;
  return c >= 'a' && c <= 'z' ? c - 32 : c;
}

std::u32string from_vni(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t base = small(text[i]);
    const bool capital = base != text[i];
    char32_t got = 0;
    if (i + 1 < text.size()) {
      const auto pair = vni().pairs.find(Vni::key(base, small(text[i + 1])));
      if (pair != vni().pairs.end()) {
        got = pair->second;
        ++i;
      }
    }
    if (got == 0) {
      const auto alone = vni().alone.find(base);
      got = alone == vni().alone.end() ? base : alone->second;
    }
    out += capital ? upper(got) : got;
  }
  return out;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// In capitals typed over this font the toned letters are small ones: NGUYễN is NGUYỄN.
void raise_capitals(std::u32string& text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    int capitals = 0;
    bool small_ascii = false;
    for (; end < text.size() && (is_ascii_letter(text[end]) || text[end] >= 0xC0); ++end) {
      capitals += text[end] >= 'A' && text[end] <= 'Z';
      small_ascii = small_ascii || (text[end] >= 'a' && text[end] <= 'z');
    }
    if (capitals >= 2 && !small_ascii) {
      for (std::size_t k = i; k < end; ++k) text[k] = upper(text[k]);
    }
    i = end + 1;
  }
}

// Letters of Vietnamese that no byte below U+0100 stands for, and combining tone marks.
bool is_unicode_vietnamese(char32_t c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0x300 && c <= 0x323) || c == 0x102 || c == 0x103 ||
         c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 || c == 0x168 || c == 0x169 ||
         c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0;
}

bool holds_unicode_vietnamese(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), is_unicode_vietnamese);
}

}  // namespace

const char* to_text(LegacyFont font) {
  return font == LegacyFont::tcvn3 ? "tcvn3" : font == LegacyFont::vni ? "vni" : "";
}

std::u32string from_font(std::u32string_view text, LegacyFont font) {
  if (font == LegacyFont::vni) return from_vni(text);
  std::u32string out(text);
  if (font == LegacyFont::none) return out;
  for (char32_t& c : out) {
    if (c < 0xA1 || c > 0xFF || kTcvn3[c - 0xA1] == U' ') continue;
    c = kTcvn3[c - 0xA1];
  }
  raise_capitals(out);
  return out;
}

std::u32string to_font(std::u32string_view text, LegacyFont font) {
  std::u32string out;
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += c;
    } else if (font == LegacyFont::tcvn3) {
      std::size_t at = kTcvn3.find(c);
      if (at == std::u32string_view::npos) at = kTcvn3.find(lower(c));
      out += at == std::u32string_view::npos ? c : static_cast<char32_t>(0xA1 + at);
    } else {
      const bool capital = lower(c) != c;
      std::u32string got(1, c);
      for (const auto& [from, to] : vni().alone) {
        if (to == lower(c)) got = std::u32string(1, from);
      }
      for (const auto& [key, to] : vni().pairs) {
        if (to != lower(c) || (got.size() == 1 && got[0] != c)) continue;
        got = {static_cast<char32_t>(key >> 32), static_cast<char32_t>(key & 0xFFFFFFFF)};
      }
      for (char32_t& g : got) g = capital ? upper(g) : g;
      out += got;
    }
  }
  return out;
}

bool may_be_font(std::string_view utf8) {
  for (const unsigned char c : utf8) {
    if (c == 0xC2 || c == 0xC3) return true;
  }
  return false;
}

void LegacyDetector::see(std::string_view utf8) {
  if (seen_ >= kSample || !may_be_font(utf8)) return;
  ++seen_;
  const std::u32string text = to_u32(utf8);
  if (holds_unicode_vietnamese(text)) {
    unicode_ = true;
    return;
  }
  plain_ += vietnamese_score(text);
  tcvn3_ += vietnamese_score(from_font(text, LegacyFont::tcvn3));
  vni_ += vietnamese_score(from_font(text, LegacyFont::vni));
}

bool LegacyDetector::has_enough() const { return seen_ >= kSample; }

void LegacyDetector::decide() {
  if (tcvn3_ > 0 && tcvn3_ > plain_ && tcvn3_ >= vni_) font_ = LegacyFont::tcvn3;
  else if (vni_ > 0 && vni_ > plain_) font_ = LegacyFont::vni;
}

std::string LegacyDetector::convert(std::string_view utf8) const {
  if (font_ == LegacyFont::none || !may_be_font(utf8)) return std::string(utf8);
  const std::u32string text = to_u32(utf8);
  if (holds_unicode_vietnamese(text)) return std::string(utf8);
  const std::u32string got = from_font(text, font_);
  // Where cells of both kinds stand side by side, each is judged by itself.
  if (vietnamese_score(text) > vietnamese_score(got) && (unicode_ || plain_ > 0)) {
    return std::string(utf8);
  }
  return to_utf8(got);
}

}  // namespace khien
