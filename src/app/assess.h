// khien assess: see assess.cc.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace khien::app {

struct AssessOptions {
  std::vector<std::filesystem::path> dispatches;
  std::vector<std::string> programmes;
  std::filesystem::path agency;
  std::filesystem::path facts;
  std::string as_of;
  std::filesystem::path out;
  std::filesystem::path supersedes;
};

struct Context;
// Returns what broke the run; the exit code is raised in the context.
void assess(Context& context, const AssessOptions& options);

}  // namespace khien::app
