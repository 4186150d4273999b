// libFuzzer: a PDF as the worker job gets it.
#include "collect/pdf_signature/pdf_signature.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const khien::Node args;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::pdf_signature_jobs().front().run({bytes, "fuzz.pdf", args});
  return 0;
}
