#include "app/guarded.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace khien::app {
namespace {

Context& context() {
  static Context made = [] {
    auto content = Content::open(built_in_content());
    auto texts = Texts::load(*content, "vi");
    return Context(std::move(*content), std::move(*texts));
  }();
  return made;
}

TEST(Guarded, WhatIsThrownIsSaidInVietnameseAndBreaksTheRun) {
  ::testing::internal::CaptureStderr();
  const int code = guarded(context(), "assess", []() -> int {
    throw std::runtime_error("không ngờ\x1B[2J");
  });
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(code, 3);
  EXPECT_NE(said.find("assess"), std::string::npos);
  EXPECT_NE(said.find("không ngờ"), std::string::npos);
  EXPECT_EQ(said.find('\x1B'), std::string::npos);
  EXPECT_NE(said.find("ngoài dự kiến"), std::string::npos);
}

TEST(Guarded, NoMemoryAndStrangeThingsAreSaidToo) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(guarded(context(), "assess", []() -> int { throw std::bad_alloc(); }), 3);
  EXPECT_EQ(guarded(context(), "assess", []() -> int { throw 7; }), 3);
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("bộ nhớ"), std::string::npos);
  EXPECT_EQ(guarded(context(), "assess", [] { return 1; }), 1);
}

}  // namespace
}  // namespace khien::app
