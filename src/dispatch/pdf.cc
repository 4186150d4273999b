// Why -layout: it keeps the left column's "Số: ..." before the right column's date on one line with
// a wide gap, which the head reader splits, and it keeps a clause's number on its first line. -raw
// follows the file's drawing order, which some exporters write footer first.
#include "dispatch/pdf.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/outside.h"
#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

bool is_page_number(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.size() > 9) return false;
  return std::all_of(
             line.begin(), line.end(),
             [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ' ' || c == '/'; }) &&
         std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The first and the last printed line of a page go when they hold nothing but the page's number.
std::string strip_page(std::string_view page) {
  std::vector<std::string_view> lines;
  while (!page.empty()) {
    const std::size_t end = page.find('\n');
    lines.push_back(page.substr(0, end));
    if (end == std::string_view::npos) break;
    page.remove_prefix(end + 1);
  }
  const auto blank = [](std::string_view l) { return trim(l).empty(); };
  while (!lines.empty() && blank(lines.front())) lines.erase(lines.begin());
  if (!lines.empty() && is_page_number(lines.front())) {
    lines.erase(lines.begin());
    while (!lines.empty() && blank(lines.front())) lines.erase(lines.begin());
  }
  while (!lines.empty() && blank(lines.back())) lines.pop_back();
  if (!lines.empty() && is_page_number(lines.back())) lines.pop_back();
  while (!lines.empty() && blank(lines.back())) lines.pop_back();
  std::string out;
  for (const std::string_view line : lines) {
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace

std::string join_pages(std::string_view raw) {
  std::string out;
  while (!raw.empty()) {
    const std::size_t end = raw.find('\f');
    out += strip_page(raw.substr(0, end));
    if (end == std::string_view::npos) break;
    raw.remove_prefix(end + 1);
  }
  return out;
}

Result<PdfText> read_pdf(std::string_view bytes, const std::string& place) {
  const std::string last = std::to_string(limits::dispatch_pages + 1);
  KHIEN_TRY(
      const OutsideResult ran,
      run_outside("pdftotext", {"-layout", "-enc", "UTF-8", "-eol", "unix", "-l", last, "-", "-"},
                  bytes, limits::worker_job_ms));
  if (ran.exit_code != 0) {
    if (ran.err.find("ncorrect password") != std::string::npos) {
      return fail(err::document_password, place);
    }
    const bool cut = ran.err.find("xref") != std::string::npos ||
                     ran.err.find("trailer") != std::string::npos ||
                     ran.err.find("Syntax Error") != std::string::npos;
    const std::string detail = squeeze(shorten(ran.err, 160));
    return fail(cut ? err::document_broken : err::document_pdf_tool, place, {{"detail", detail}});
  }
  PdfText out;
  out.pages = static_cast<int>(std::count(ran.out.begin(), ran.out.end(), '\f'));
  if (static_cast<std::size_t>(out.pages) > limits::dispatch_pages) {
    return fail(err::document_pages, place, {{"pages", fmt::format("> {}", limits::dispatch_pages)},
                                             {"limit", std::to_string(limits::dispatch_pages)}});
  }
  out.text = nfc(join_pages(ran.out));
  if (out.text.size() > limits::dispatch_text_bytes) {
    return fail(err::document_text_large, place,
                {{"limit", std::to_string(limits::dispatch_text_bytes)}});
  }
  // a page number and a stamp are all the text a scan has
  const std::size_t letters = code_points(squeeze(out.text));
  if (letters < 40 * static_cast<std::size_t>(std::max(out.pages, 1)) && letters < 400) {
    return fail(err::document_scan, place);
  }
  return out;
}

}  // namespace khien
