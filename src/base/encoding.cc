// Bytes of unknown encoding to NFC text. Windows offices give us BOMs, UTF-16 from Excel and
// windows-1258 from old programs; the order below never mistakes one for another: a BOM decides,
// zero bytes at every other place mean UTF-16, valid UTF-8 is UTF-8, the rest is windows-1258.
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/errors.h"
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

}  // namespace

Result<Decoded> decode_text(std::string_view bytes, std::string_view place) {
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
    charset = "windows-1258";
  }
  if (std::string_view(charset) == "utf-8") return Decoded{nfc(bytes), charset};
  KHIEN_TRY(const std::string text, convert(bytes, charset, place));
  return Decoded{nfc(text), charset};
}

}  // namespace khien
