// Archives of every kind: zip by libzip, others by libarchive.
#include "format/archive/members.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto members = khien::archive_members(bytes, "fuzz.7z");
  if (!members) return 0;
  std::size_t total = 0;
  for (const khien::ArchiveMember& member : *members) total += member.bytes.size();
  if (total > (std::size_t{32} << 20) || members->size() > 200) __builtin_trap();
  return 0;
}
