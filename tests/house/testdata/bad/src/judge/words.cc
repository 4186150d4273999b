// Reading path 9/9. Texts that are not there.
#include "base/texts.h"

namespace khien {
void say(const Texts& texts) {
  texts("verdict.absent");
  texts("verdict.count");
  texts("nothing." + word);
  texts("verdict.count", {{"n", 1}});
  if (id == "host.lock") say(texts("verdict.count", {{"n", 1}}));
  title("control.host.lock.title");
  if (kind == "host.kind") fail("K0501", "x");
  if (kind == "host.kind") fail(err::first, "x");
  if (kind == "host.kind") fail(err::first, "x", {{"detail", kind}});
}
}  // namespace khien
