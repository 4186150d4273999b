// A child `khien` that reads what others made: the hub never does. Started by posix_spawn, in a
// process group of its own, without our descriptors; ends with us (--with-parent), at its time
// limit, or when it is asked to. Its temporary files lie in its folder, so that they go with it
// also when it is killed.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"

namespace khien::hub {

struct ChildOrder {
  std::filesystem::path program;       // "/proc/self/exe" but in tests
  std::vector<std::string> arguments;  // without the program's name
  std::filesystem::path folder;        // working and temporary; its files stdout.txt, stderr.txt
  std::int64_t limit_ms = 15 * 60'000;
};

struct ChildResult {
  int exit_code = 0;
  std::filesystem::path out;  // standard output, as a file
  std::filesystem::path err;
};

// Waits for its end. `cancelled` is asked ten times a second. A non-zero exit is a result (khien
// says 1 for "not all good"). K1322 cannot be started or ended by a signal, K1323 cancelled,
// K1327 time.
[[nodiscard]] Result<ChildResult> run_child(const ChildOrder& order,
                                            const std::function<bool()>& cancelled);

}  // namespace khien::hub
