// Bytes of unknown encoding to NFC text. Windows offices give us BOMs, UTF-16 from Excel and four
// old encodings from old programs. A BOM decides, zero bytes at every other place mean UTF-16,
// valid UTF-8 is UTF-8. Of the rest windows-1258, TCVN3, VNI and windows-1252 are tried, and the
// one under which most words are Vietnamese syllables is taken. Unicode may hide letters of a font.
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/errors.h"
#include "base/legacy_text.h"
#include "base/syllable.h"
#include "base/text.h"

namespace khien {
namespace {

Result<std::string> convert(std::string_view bytes, const char* charset, std::string_view place) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> conv(ucnv_open(charset, &status),
                                                                ucnv_close);
  if (U_FAILURE(status)) return fail(err::encoding_unknown, std::string(place));
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), conv.get(),
                                status);
  std::string out;
  text.toUTF8String(out);
  return out;
}

const char* guess_utf16(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.size() % 2 != 0) return nullptr;
  std::size_t even = 0;
  std::size_t odd = 0;
  const std::size_t look = std::min<std::size_t>(bytes.size(), 4096) / 2 * 2;
  for (std::size_t i = 0; i < look; i += 2) {
    even += bytes[i] == 0;
    odd += bytes[i + 1] == 0;
  }
  const std::size_t half = look / 2;
  if (odd * 3 > half && even * 20 < half) return "utf-16le";
  if (even * 3 > half && odd * 20 < half) return "utf-16be";
  return nullptr;
}

bool looks_binary(std::string_view bytes) {
  std::size_t bad = 0;
  const std::string_view head = bytes.substr(0, 65536);
  for (const unsigned char c : head) {
    if (c == 0) return true;
    bad += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1A;
  }
  return bad * 50 > head.size();
}

// UTF-8 with a few damaged bytes is still UTF-8: the bad ones become U+FFFD. windows-1258 text has
// almost no well-formed sequences by chance.
bool mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const std::size_t length = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3
                               : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (length > 0 && is_valid_utf8(bytes.substr(i, length))) {
      good += length > 1;
      i += length;
    } else {
      ++bad;
      ++i;
    }
  }
  return good > 10 * bad;
}

constexpr std::size_t kScored = std::size_t{256} << 10;  // of the bytes, from the first letter on

std::string widened(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char c : bytes) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

// One byte a letter: a little slower to try all than to guess, and right.
Result<Decoded> decode_legacy(std::string_view bytes, std::string_view place) {
  const std::string_view sample = bytes.substr(0, kScored);
  KHIEN_TRY(const std::string viet, convert(sample, "windows-1258", place));
  KHIEN_TRY(const std::string west, convert(sample, "windows-1252", place));
  const std::u32string wide = to_u32(widened(sample));
  const int viet_score = vietnamese_score(to_u32(nfc(viet)));
  int best = viet_score;
  const char* charset = "windows-1258";
  const auto offer = [&](int score, const char* name) {
    if (score <= best) return;
    best = score;
    charset = name;
  };
  offer(vietnamese_score(from_font(wide, LegacyFont::tcvn3)), "tcvn3");
  offer(vietnamese_score(from_font(wide, LegacyFont::vni)), "vni");
  offer(vietnamese_score(to_u32(west)), "windows-1252");
  // A font needs proof; without any Vietnamese word windows-1258 stays the guess.
  const std::string_view name = best > 0 ? charset : "windows-1258";
  if (name == "tcvn3" || name == "vni") {
    const LegacyFont font = name == "vni" ? LegacyFont::vni : LegacyFont::tcvn3;
    return Decoded{nfc(to_utf8(from_font(to_u32(widened(bytes)), font))), std::string(name)};
  }
  KHIEN_TRY(const std::string text, convert(bytes, std::string(name).c_str(), place));
  return Decoded{nfc(text), std::string(name)};
}

constexpr std::size_t kParts = 100'000;  // of one file
constexpr std::string_view kFieldEnds = "\t\n\r,;|\"";

// Field by field, as headings may be Unicode and names below them in a font.
Decoded without_font(std::string text, const char* charset) {
  if (!may_be_font(text)) return {nfc(text), charset};
  LegacyDetector detector;
  std::string_view rest = text;
  const auto next = [&rest] {
    const std::size_t end = std::min(rest.find_first_of(kFieldEnds), rest.size());
    const std::string_view field = rest.substr(0, end);
    rest.remove_prefix(end);
    return field;
  };
  while (!rest.empty() && !detector.has_enough()) {
    detector.see(next());
    rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  }
  detector.decide();
  if (detector.font() == LegacyFont::none) return {nfc(text), charset};
  std::string out;
  for (rest = text; !rest.empty();) {
    out += detector.convert(next());
    if (rest.empty()) break;
    out += rest.front();
    rest.remove_prefix(1);
  }
  return {nfc(out), std::string(charset) + "+" + to_text(detector.font())};
}

Result<Decoded> decode_part(std::string_view bytes, std::string_view place) {
  const char* charset = nullptr;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
    charset = "utf-8";
  } else if (bytes.starts_with("\xFF\xFE")) {
    bytes.remove_prefix(2);
    charset = "utf-16le";
  } else if (bytes.starts_with("\xFE\xFF")) {
    bytes.remove_prefix(2);
    charset = "utf-16be";
  } else if (const char* wide = guess_utf16(bytes)) {
    charset = wide;
  } else if (looks_binary(bytes)) {
    return fail(err::encoding_unknown, std::string(place));
  } else if (is_valid_utf8(bytes) || mostly_utf8(bytes)) {
    charset = "utf-8";
  } else {
    return decode_legacy(bytes, place);
  }
  if (std::string_view(charset) == "utf-8") return without_font(std::string(bytes), charset);
  KHIEN_TRY(std::string text, convert(bytes, charset, place));
  return without_font(std::move(text), charset);
}

// The length of a UTF-16 text at the front (mark included) before lines that are written in bytes
// again: what stands behind its last line end and holds no zero.
std::size_t wide_length(std::string_view bytes, bool little) {
  if (bytes.find('\0') == bytes.npos) return bytes.size();
  const char low = little ? '\n' : '\0';
  const char high = little ? '\0' : '\n';
  for (std::size_t at = bytes.size() / 2 * 2; at >= 4; at -= 2) {
    if (bytes[at - 2] != low || bytes[at - 1] != high) continue;
    const std::string_view rest = bytes.substr(at);
    return rest.find('\0') == rest.npos ? at : bytes.size();
  }
  return bytes.size();
}

// Where programs of different habits wrote into one file one after the other ("echo" and "wmic",
// many times with >>): each UTF-16 mark at the start of a line begins a part of its own.
std::vector<std::string_view> parts_of(std::string_view bytes) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  const auto close = [&](std::size_t end) {
    std::string_view part = bytes.substr(start, end - start);
    start = end;
    const bool little = part.starts_with("\xFF\xFE");
    const bool wide = little || part.starts_with("\xFE\xFF");
    const std::size_t length = wide ? wide_length(part, little) : part.size();
    out.push_back(part.substr(0, length));
    if (length < part.size()) out.push_back(part.substr(length));
  };
  for (std::size_t at = 1; at + 1 < bytes.size() && out.size() < kParts; ++at) {
    const std::string_view mark = bytes.substr(at, 2);
    if (mark != "\xFF\xFE" && mark != "\xFE\xFF") continue;
    const bool line = bytes[at - 1] == '\n' ||
                      (at >= 2 && bytes[at - 2] == '\n' && bytes[at - 1] == '\0');
    if (line) close(at);
  }
  close(bytes.size());
  return out;
}

}  // namespace

Result<Decoded> decode_text(std::string_view bytes, std::string_view place) {
  const std::vector<std::string_view> parts = parts_of(bytes);
  if (parts.size() == 1) return decode_part(bytes, place);
  Decoded out;
  for (const std::string_view part : parts) {
    KHIEN_TRY(const Decoded decoded, decode_part(part, place));
    out.text += decoded.text;
    if (out.encoding.empty() || decoded.encoding.starts_with("utf-16")) {
      out.encoding = decoded.encoding;
    }
  }
  return out;
}

}  // namespace khien
