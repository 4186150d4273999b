// DOCX from outside: no crash, bounded text.
#include <cstdlib>

#include "base/limits.h"
#include "dispatch/docx.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = khien::read_docx(bytes, "fuzz");
  if (text && text->text.size() > khien::limits::dispatch_text_bytes) std::abort();
  return 0;
}
