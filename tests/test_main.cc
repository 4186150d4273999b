// Runs one room's tests from the source folder, so that testdata paths are relative to it.
#include <gtest/gtest.h>

#include <filesystem>

int main(int argc, char** argv) {
  std::filesystem::current_path(KHIEN_SOURCE_DIR);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
