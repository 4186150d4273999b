// YAML from a person or another machine: no crash, and what parses survives packing.
#include <cstdlib>

#include "base/node.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto node = khien::parse_yaml(text, "fuzz")) {
    const auto again = khien::unpack(khien::pack(*node));
    if (!again || !(*again == *node)) std::abort();
    static_cast<void>(khien::to_json(*node));
  }
  // Both readers agree on a file of one document, and one reads what the other refuses as several.
  const auto one = khien::parse_yaml(text, "fuzz");
  const auto all = khien::parse_yaml_documents(text, "fuzz");
  if (one && (!all || all->size() > 1 || (all->size() == 1 && !(all->front() == *one)))) {
    std::abort();
  }
  if (all && all->size() > 1 && (one || one.error().code != "K0017")) std::abort();
  return 0;
}
