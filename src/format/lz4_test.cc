// LZ4 frames, whole, cut and hostile.
#include "format/lz4.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace khien {
namespace {

std::string packed_list() {  // of the invented machine debian11
  return read_file(
             "src/collect/host_linux/testdata/debian11/root/var/lib/apt/lists/"
             "kho.example.test_debian-security_dists_bullseye-security_main_binary-amd64_"
             "Packages.lz4", std::size_t{1} << 24).value();
}

std::string unpack_all(const std::string& bytes, bool& failed) {
  std::size_t at = 0;
  Lz4Reader reader([&](std::size_t n) {
    const std::string out = bytes.substr(std::min(at, bytes.size()), n);
    at += out.size();
    return out;
  });
  std::string out;
  for (;;) {
    const auto block = reader.next();
    failed = !block;
    if (!block || block->empty()) return out;
    out += *block;
  }
}

TEST(Lz4, UnpacksAFrameOfManyBlocks) {
  const std::string packed = packed_list();
  bool failed = true;
  const std::string text = unpack_all(packed, failed);
  EXPECT_FALSE(failed);
  EXPECT_GT(text.size(), std::size_t{1} << 17);
  EXPECT_NE(text.find("Package: thu-vien-02999\nVersion: 1.2999\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("Size: 1\n\n"));
}

TEST(Lz4, FailsAtEveryCutAndNeverReadsBeyond) {
  const std::string packed = packed_list();
  for (std::size_t size = 0; size + 4 < packed.size(); size += 1 + size / 50) {
    bool failed = false;
    unpack_all(packed.substr(0, size), failed);
    ASSERT_TRUE(failed) << size;
  }
}

TEST(Lz4, RefusesAMatchBeforeTheStart) {
  const auto frame = [](char offset) {  // one literal, then a match
    return std::string("\x04\x22\x4d\x18\x60\x40\x82", 7) + std::string("\x0a\0\0\0", 4) +
           "\x10" "a" + offset + std::string("\x00\x50" "aaaaa", 7) + std::string(4, '\0');
  };
  bool failed = true;
  EXPECT_EQ(unpack_all(frame('\x01'), failed), "aaaaaaaaaa");
  EXPECT_FALSE(failed);
  unpack_all(frame('\x02'), failed);
  EXPECT_TRUE(failed);
}

}  // namespace
}  // namespace khien
