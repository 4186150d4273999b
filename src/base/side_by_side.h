// The same work for many items in child processes side by side, each with all this process has
// loaded. What an item prints comes back as text, in the order of the items, so that the output is
// the same however many run at once.
//
// Call before any thread or worker is started: a child is a fork, and uses workers of its own. A
// child that dies costs the item it had in hand.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/error.h"

namespace khien {

struct Said {
  std::size_t item = 0;
  bool died = false;       // nothing else is set
  int code = 0;            // what `run` returned
  std::string out, err;    // what it printed
};

// `run` is called once an item, `done` once an item in their order, `tick` whenever one is ready.
// `width` 0: as many as there are processors. K0807 when no child can be started.
[[nodiscard]] Done side_by_side(std::size_t items, unsigned width,
                                const std::function<int(std::size_t)>& run,
                                const std::function<void(const Said&)>& done,
                                const std::function<void()>& tick = {});

}  // namespace khien
