// The built-in texts, for the tests of what people read.
#pragma once

#include <gtest/gtest.h>

#include "base/texts.h"

namespace khien {

inline Texts texts_of(std::string_view lang) {
  static const auto content = Content::open(built_in_content());
  auto texts = Texts::load(*content, lang);
  EXPECT_TRUE(texts);
  return *texts;
}

}  // namespace khien
