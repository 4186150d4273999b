// What the tests of several rooms share.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/limits.h"

namespace khien {

// Compares with a stored file; KHIEN_GOLDEN=write stores what was made instead.
inline void expect_golden(const std::filesystem::path& path, const std::string& made) {
  const char* mode = std::getenv("KHIEN_GOLDEN");
  if (mode != nullptr && std::string_view(mode) == "write") {
    ASSERT_TRUE(write_file(path, made)) << path;
    return;
  }
  const auto stored = read_file(path, limits::zip_total_bytes);
  ASSERT_TRUE(stored) << path << ": run with KHIEN_GOLDEN=write";
  EXPECT_EQ(*stored, made) << path << ": KHIEN_GOLDEN=write rewrites it";
}

}  // namespace khien
