// What a browser sends of a security key, as it comes from anybody: the page's words and the key's
// bytes. First byte: which.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/access/passkey.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien::hub;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const PageAddress page = page_address("hub.test", true);
  switch (data[0]) {
    case 'c': {
      const auto got = challenge_of(text, KeyAct::show, page);
      if (got && got->size() > text.size()) __builtin_trap();
      break;
    }
    case 'm': {
      const auto got = made_key(page, text);
      if (got && (got->credential.size() > kCredentialBytes || got->key.bytes.empty())) {
        __builtin_trap();
      }
      break;
    }
    case 'b': {
      const auto got = base64url_bytes(text);
      if (got && base64url_text(*got).size() != text.size()) __builtin_trap();
      break;
    }
    default: {
      const PublicKey key{-7, std::string(64, '\1')};
      if (shown_key(page, key, {"", "", std::string(text), "x"})) __builtin_trap();
    }
  }
  return 0;
}
