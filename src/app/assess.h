// khien assess: see assess.cc.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/sqlite.h"
#include "collect/agency.h"
#include "store/model.h"
#include "report/summary.h"
#include "store/order.h"

namespace khien::app {

struct AssessOptions {
  std::vector<std::filesystem::path> dispatches;
  std::vector<std::string> programmes;
  std::filesystem::path agency;
  std::filesystem::path facts;
  std::string as_of;
  std::filesystem::path out;
  std::filesystem::path supersedes;
  report::SummaryWish wish;  // what of it to show
  std::function<void(const char*)> lap;  // told after each step, for benches
  std::function<void(const std::vector<SourceNote>&)> explain;  // told how tables were understood
  std::function<void(Order&)> adjust;  // parameters stated on the command line, for programmes
};

struct Context;
// The whole job but writing and showing: the assessment, and its facts and findings in `db`.
[[nodiscard]] Result<Assessment> judge_orders(Context& context, const AssessOptions& options,
                                              const Agency& agency, Database& db);
// Returns what broke the run; the exit code is raised in the context.
void assess(Context& context, const AssessOptions& options);

}  // namespace khien::app
