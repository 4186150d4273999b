// Text files of any encoding: the result is UTF-8 in NFC, and folding keeps the count.
#include <cstdlib>

#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto decoded = khien::decode_text(bytes, "fuzz");
  if (!decoded) return 0;
  const std::string& text = decoded->text;
  if (!khien::is_valid_utf8(text) || khien::nfc(text) != text) std::abort();
  const auto count = khien::code_points(text);
  if (khien::code_points(khien::fold(text)) != count) std::abort();
  if (khien::code_points(khien::skeleton(text)) != count) std::abort();
  return 0;
}
