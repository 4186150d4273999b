// The last net: an exception that nobody expected is an error with words and an exit code, never a
// dead program.
#pragma once

#include <functional>
#include <string>

#include "app/context.h"

namespace khien::app {

// What `work` returns; `broken` for what it throws, after saying what and where.
[[nodiscard]] int guarded(Context& context, const std::string& where,
                          const std::function<int()>& work);

}  // namespace khien::app
