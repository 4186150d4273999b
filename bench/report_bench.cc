// Milliseconds of each format for a typical assessment (one order, five measures, 41 findings),
// warm, best of 10; bars: DOCX 20 ms, PDF 150 ms. 
// Usage: report_bench [--out DIR] [--findings N] [--lang vi|en]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/clock.h"
#include "base/content.h"
#include "base/file.h"
#include "report/docx.h"
#include "report/pdf.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/testing.h"

#include <chrono>

namespace {

using namespace khien;

template <class F>
void time(const char* name, F f) {
  double best = 1e9, first = 0;
  std::size_t bytes = 0;
  for (int i = 0; i < 10; ++i) {
    const auto start = std::chrono::steady_clock::now();
    bytes = f();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (i == 0) first = took.count();
    best = std::min(best, took.count());
  }
  std::printf("%-16s first %8.2f ms   warm %8.2f ms   %8zu bytes\n", name, first, best, bytes);
}

void save(const std::string& folder, const char* name, const std::string& bytes) {
  if (folder.empty()) return;
  if (const auto done = write_file(folder + "/" + name, bytes); !done) {
    std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder;
  std::string lang = "vi";
  int findings = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view word = argv[i];
    if (word == "--out") folder = argv[i + 1];
    if (word == "--lang") lang = argv[i + 1];
    if (word == "--findings") findings = std::atoi(argv[i + 1]);
  }
  const auto content = Content::open(built_in_content(), "tests/golden/report/content");
  if (!content) return std::fprintf(stderr, "%s\n", to_string(content.error()).c_str()), 3;
  const auto texts = Texts::load(*content, lang);
  if (!texts) return std::fprintf(stderr, "%s\n", to_string(texts.error()).c_str()), 3;
  Assessment a = report::testing::sample_assessment();
  report::testing::add_findings(a, 1, 1, "sample.changed_on_issue",
                                "account.password_change_on_issue", findings, "high", "2024-03-01",
                                "reason.sample_never_changed");
  const auto view = report::view_of(a);
  time("view", [&] { return report::view_of(a).lists.size(); });
  time("blocks", [&] { return report::answer(view, *texts).blocks.size(); });
  const report::Document document = report::answer(view, *texts);
  time("docx xml only", [&] { return report::docx_body(document).size(); });
  time("pdf draw only", [&] { return report::pdf(document).value_or("").size(); });
  for (const char* name : {"docx", "pdf", "html", "xlsx", "json", "ocsf"}) {
    const auto format = report::format_from(name);
    std::string bytes;
    time(name, [&] {
      auto printed = report::print(*format, a, *texts);
      if (!printed) std::fprintf(stderr, "%s\n", to_string(printed.error()).c_str());
      bytes = printed.value_or("");
      return bytes.size();
    });
    save(folder, (std::string("report.") + name).c_str(), bytes);
  }
  std::string text;
  time("summary", [&] { return (text = report::summary(a, *texts, 150)).size(); });
  save(folder, "summary.txt", text);
  return 0;
}
