// Runs one room's tests from the source folder, so that testdata paths are relative to it, and with
// no setting of the person who started them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

int main(int argc, char** argv) {
  for (const char* name : {"XDG_STATE_HOME", "VISUAL", "EDITOR", "LANG", "LANGUAGE"}) {
    ::unsetenv(name);
  }
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("TZ", "Asia/Ho_Chi_Minh", 1);
  ::setenv("HOME", "/nonexistent", 1);
  std::filesystem::current_path(KHIEN_SOURCE_DIR);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
