#include "base/base64.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(Base64, EveryByteAndEveryLengthComesBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (std::size_t size = 0; size <= all.size(); ++size) {
    EXPECT_EQ(base64_bytes(base64_text(all.substr(0, size))), all.substr(0, size)) << size;
  }
  EXPECT_EQ(base64_text("Khiên"), "S2hpw6pu");
}

TEST(Base64, WhatIsNoneIsRefused) {
  for (const char* wrong : {"a", "ab=", "abc", "ab\ncd===", "a===", "====", "ab c", "ab=c",
                            "áb=="}) {
    EXPECT_EQ(base64_bytes(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace khien
