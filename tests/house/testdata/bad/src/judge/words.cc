// Texts that are not there.
#include "base/texts.h"

namespace khien {
void say(const Texts& texts) {
  texts("verdict.absent");
  texts("verdict.count");
  texts("nothing." + word);
  texts("verdict.count", {{"n", 1}});
  fail("K0501", "x");
}
}  // namespace khien
