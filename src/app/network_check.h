// What `khien mail domain` and `khien portal check` do with one collection: judge it by the
// controls that need nothing else, print the result, raise the exit code.
#pragma once

#include <string>
#include <vector>

#include "app/context.h"
#include "store/facts.h"

namespace khien::app {

[[nodiscard]] Done judge_and_tell(Context& context, const Collection& collection,
                                  const std::vector<std::string>& kinds);

// The group of commands `name` under `root`, made when it is not there yet.
[[nodiscard]] CLI::App& command_group(CLI::App& root, const std::string& name,
                                      const std::string& about);

}  // namespace khien::app
