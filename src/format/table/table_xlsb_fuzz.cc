// XLSB: a whole file, or (the checksums of a container keep mutations out) one sheet with its
// shared strings: the second half of the bytes.
#include "format/table/table.h"
#include "format/table/xlsb_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::read_xlsb(bytes, "fuzz.xlsb", "");
  const std::size_t half = size / 2;
  const std::string parts = khien::testing::make_xlsb(
      {.sheet = bytes.substr(0, half), .shared = bytes.substr(half)});
  (void)khien::read_xlsb(parts, "fuzz.xlsb", "");
  return 0;
}
