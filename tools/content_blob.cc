// The content linked into this binary, as bytes.
#include "base/content.h"

extern "C" {
extern const char khien_content_begin[];
extern const char khien_content_end[];
}

namespace khien {

std::string_view built_in_content() {
  return {khien_content_begin, static_cast<std::size_t>(khien_content_end - khien_content_begin)};
}

}  // namespace khien
