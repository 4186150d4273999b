// A page of a hostile portal.
#include "engine/portal/page.h"
#include "engine/portal/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const khien::Node args = [] {
    const auto content = khien::Content::open(khien::built_in_content());
    khien::Node out = khien::Node::map({{"url", "https://cong.so-mau.example/"}});
    if (content) {
      if (auto words = khien::portal::word_lists(*content, "", "fuzz")) out.set("words", *words);
    }
    return out;
  }();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::portal::read_page({bytes, "fuzz", args});
  return 0;
}
