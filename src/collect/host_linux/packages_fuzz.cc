// libFuzzer: dpkg status, package lists fed in two pieces, Release files, APT's configuration.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/host_linux/apt_conf.h"
#include "collect/host_linux/packages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)khien::host::parse_dpkg_status(text);
  (void)khien::host::parse_release(text);
  khien::host::AptConf conf;
  conf.take(text);
  (void)conf.on("APT::Periodic::Enable");
  khien::host::StanzaReader reader;
  const auto use = [](const khien::host::Stanza&) {};
  reader.feed(text.substr(0, size / 2), use);
  reader.feed(text.substr(size / 2), use);
  reader.finish(use);
  return 0;
}
