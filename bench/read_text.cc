// read_text FILE...: what the readers give of each file before anything is understood: the text,
// the rows of its tables, the warnings, the time.
#include <cstdio>

#include <fmt/format.h>

#include "base/clock.h"
#include "dispatch/document.h"
#include "dispatch/jobs.h"

int main(int argc, char** argv) {
  using namespace khien;
  WorkerPool pool(dispatch::jobs());
  const SystemClock clock;
  for (int i = 1; i < argc; ++i) {
    const auto from = clock.steady_ms();
    const auto document = read_document(argv[i], pool);
    const auto ms = clock.steady_ms() - from;
    if (!document) {
      fmt::print("{}: {}\n", argv[i], to_string(document.error()));
      continue;
    }
    fmt::print("== {} ({}, {} pages, {} ms)\n{}", argv[i], document->format, document->pages, ms,
               document->text);
    for (const DocumentTable& table : document->tables) {
      fmt::print("-- table\n");
      for (const DocumentRow& row : table.rows) fmt::print("{}\n", fmt::join(row.cells, " # "));
    }
    for (const Warning& w : document->warnings) fmt::print("-- warning {}\n", w.code);
    for (const PageSeen& p : document->scanned)
      fmt::print("-- page {}: {} %, {} words\n", p.page, p.percent, p.words);
  }
  return 0;
}
