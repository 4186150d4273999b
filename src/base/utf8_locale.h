// C.UTF-8 for libraries that put names into "the locale's encoding". It lies in a file, which a
// worker may not open: load_utf8_locale() is called while its jobs are listed, before it is locked.
#pragma once

#include <clocale>

namespace khien {

void load_utf8_locale();

// For this thread, until it goes; nothing where the system has no C.UTF-8.
class Utf8Locale {
 public:
  Utf8Locale();
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale();

 private:
  locale_t before_;
};

}  // namespace khien
