#include "base/utf8_locale.h"

namespace khien {
namespace {

locale_t utf8() {
  static const locale_t loaded = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return loaded;
}

}  // namespace

void load_utf8_locale() { (void)utf8(); }

Utf8Locale::Utf8Locale() : before_(::uselocale(utf8())) {}  // of nullptr: stays as it is

Utf8Locale::~Utf8Locale() { ::uselocale(before_); }

}  // namespace khien
