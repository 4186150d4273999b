// Text of a dispatch: no crash, spans inside the text, at least one kind a measure.
#include <cstdlib>

#include "base/text.h"
#include "dispatch/measures.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace khien;
  static const Content content = Content::open(built_in_content()).value();
  static const Vocabulary vocabulary = Vocabulary::load(content).value();
  const auto document =
      document_from_text({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!document) return 0;
  const auto order = compile(*document, vocabulary);
  if (!order) return 0;
  const auto length = static_cast<std::int64_t>(to_u32(order->text).size());
  for (const Measure& m : order->measures) {
    if (m.span_from < 0 || m.span_to > length || m.span_from > m.span_to) std::abort();
    if (m.kinds.empty() || m.id.empty() || m.cite_vi.empty()) std::abort();
  }
  return 0;
}
