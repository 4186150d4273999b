// robots.txt and a sitemap of a hostile portal.
#include "engine/portal/site.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const khien::Node none;
  if (const auto reply = khien::portal::read_robots({bytes, "fuzz", none})) {
    (void)khien::portal::may_read(khien::portal::robots_from(*reply), bytes.substr(0, 100));
  }
  (void)khien::portal::read_sitemap({bytes, "fuzz", none});
  return 0;
}
