// The register of machines against the machines facts came from.
#pragma once

#include <vector>

#include "store/facts.h"

namespace khien::app {

// A machine of the register of which nothing was collected becomes a row of `host` that has its
// name and nothing else: every control about machines then finds it, cannot read it, and passes
// nothing for it. Names that differ in case are one machine.
void add_listed_machines(std::vector<Collection>& collections);

}  // namespace khien::app
