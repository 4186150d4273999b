// Archives of every kind: zip by libzip, others by libarchive.
#include "format/archive/archive_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  khien::testing::ReadMembers read;
  const auto done = khien::archive_members(bytes, "fuzz.7z", read);
  if (!done) return 0;
  std::size_t total = 0;
  for (const auto& [name, inside] : read.parts) total += inside.size();
  const khien::MemberLimits most;
  if (total > most.bytes || read.parts.size() > most.members) __builtin_trap();
  return 0;
}
