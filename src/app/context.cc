// The explicit list of worker jobs, and how errors reach a person.
#include "app/context.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/errors.h"
#include "base/environment.h"
#include "base/text.h"
#include "collect/jobs.h"
#include "dispatch/jobs.h"
#include "report/inventory.h"
#include "report/particulars.h"
#include "report/template.h"
#include "report/terminal.h"
#include "store/assessment.h"

namespace khien::app {
namespace {

std::vector<Job> all_jobs() {
  std::vector<Job> out = store_jobs();
  for (auto list : {dispatch::jobs(), collect_jobs()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  out.push_back(report::template_job());
  out.push_back(report::particulars_job());
  out.push_back(report::inventory_job());
  return out;
}

}  // namespace

WorkerPool& Reader::workers() {
  if (pool_) return *pool_;
  if (unlocked) {
    if (const std::vector<Protection> missing = missing_locks(); !missing.empty()) {
      unlocked(missing);
    }
  }
  pool_ = std::make_unique<WorkerPool>(all_jobs());
  return *pool_;
}

std::vector<Protection> missing_locks() {
  std::vector<Protection> out;
  for (Protection& lock : worker_locks()) {
    if (!lock.holds) out.push_back(std::move(lock));
  }
  return out;
}

void Context::report(const Error& error, Exit code) {
  note(texts.error(error));
  raise(error.code == err::output_there ? usage : code);
}

void print(const std::string& text) {
  const std::string safe = visible(text, Lines::kept);
  std::fwrite(safe.data(), 1, safe.size(), stdout);
  std::fputc('\n', stdout);
}

void print(const report::Pieces& pieces) {
  if (!shows_colours()) return print(report::plain(pieces));
  const std::string out = report::coloured(pieces);
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::fputc('\n', stdout);
}

void print_hanging(const std::string& first, const std::string& rest, const std::string& text) {
  constexpr int kUnbounded = 100'000;
  constexpr std::size_t kLeast = 20;  // columns of text
  const auto width = static_cast<std::size_t>(terminal_width(kUnbounded));
  const std::size_t indent = std::max(display_width(first), display_width(rest));
  const auto lines = report::wrap(text, std::max(kLeast, width - std::min(width, indent)));
  print(first + fmt::format("{}", fmt::join(lines, "\n" + rest)));
}

void note(const std::string& text) {
  std::fprintf(stderr, "%s\n", visible(text, Lines::kept).c_str());
}

}  // namespace khien::app
