// libFuzzer: a PDF with signatures.
#include "engine/signature/pdf_ranges.h"
#include "engine/signature/pdf_signatures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto all = khien::signature::read_signatures(bytes, "fuzz.pdf");
  if (all && all->size() > khien::signature::kSignatures) __builtin_trap();
  return 0;
}
