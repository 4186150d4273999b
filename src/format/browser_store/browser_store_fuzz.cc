// libFuzzer: browser stores; the first byte chooses the kind.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/browser_store/store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const khien::Node args = khien::Node::map({{"domains", khien::Node::list_of({"a.example"})}});
  const khien::JobInput input{text.substr(1), "store", args};
  if ((text[0] & 1) == 0) {
    (void)khien::browser_store::read_chromium(input);
  } else {
    (void)khien::browser_store::read_firefox(input);
  }
  return 0;
}
