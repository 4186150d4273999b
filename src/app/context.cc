// The explicit list of worker jobs, and how errors reach a person.
#include "app/context.h"

#include <cstdio>

#include "base/file.h"
#include "collect/jobs.h"
#include "dispatch/jobs.h"
#include "report/template.h"
#include "store/assessment.h"

namespace khien::app {
namespace {

std::vector<Job> all_jobs() {
  std::vector<Job> out = store_jobs();
  for (auto list : {dispatch::jobs(), collect_jobs()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  out.push_back(report::template_job());
  return out;
}

}  // namespace

WorkerPool& Context::workers() {
  if (!pool) pool = std::make_unique<WorkerPool>(all_jobs());
  return *pool;
}

void Context::report(const Error& error, Exit code) {
  note(texts.error(error));
  raise(code);
}

void print(const std::string& text) { std::printf("%s\n", text.c_str()); }
void note(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

Done save(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code ignored;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  return write_file(path, bytes);
}

}  // namespace khien::app
