// The facts of this machine, read now.
#pragma once

#include <string>

#include "app/context.h"
#include "collect/collect.h"

namespace khien::app {

struct OwnFacts {
  Collected collected;
  std::string sealed;  // the bytes of a *.facts; "" unless asked for
};
[[nodiscard]] Result<OwnFacts> own_facts(Context& context, const FactSchema& schema, bool sealed);

}  // namespace khien::app
