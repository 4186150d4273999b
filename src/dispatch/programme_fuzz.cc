// Programme YAML from a person: no crash, and what loads can be written and loaded again.
#include <cstdlib>

#include "dispatch/programme.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace khien;
  static const Content content = Content::open(built_in_content()).value();
  static const Vocabulary vocabulary = Vocabulary::load(content).value();
  static const Texts texts = Texts::load(content, "vi").value();
  const auto order =
      load_programme({reinterpret_cast<const char*>(data), size}, "fuzz", vocabulary);
  if (!order) return 0;
  const auto again = load_programme(write_programme(*order, texts), "again", vocabulary);
  if (!again || again->measures.size() != order->measures.size()) std::abort();
  return 0;
}
