// pdftotext -bbox prints one word a line: <word xMin="85.2" yMin="56.5" xMax="101.1" yMax="72.1">Sở
// </word>. It is asked for a part of the pages at a time, so that its output stays within limits.
#include "dispatch/pdf.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/legacy_text.h"
#include "base/limits.h"
#include "base/outside.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"
#include "dispatch/page_text.h"

namespace khien {
namespace {

constexpr int kAtOnce = 60;              // pages
constexpr std::size_t kWords = 600'000;  // of a whole file

tl::unexpected<Error> refusal(const OutsideResult& ran, const std::string& place) {
  if (ran.err.find("ncorrect password") != std::string::npos)
    return fail(err::document_password, place);
  const bool cut = ran.err.find("xref") != std::string::npos ||
                   ran.err.find("trailer") != std::string::npos ||
                   ran.err.find("Syntax Error") != std::string::npos;
  return fail(cut ? err::document_broken : err::document_pdf_tool, place,
              {{"detail", cut ? "the inner structure of the PDF is damaged"
                              : "the PDF could not be opened"}});
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + what.size())) {
    ++n;
  }
  return n;
}

float attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  if (at == std::string_view::npos) return 0;
  float value = 0;
  const char* from = tag.data() + at + name.size();
  std::from_chars(from, tag.data() + tag.size(), value);
  return std::clamp(value, -20'000.0F, 20'000.0F);
}

std::string unescape(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kNames[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto* name = std::find_if(std::begin(kNames), std::end(kNames),
                                    [&](const auto& n) { return text.starts_with(n.first); });
    if (name != std::end(kNames)) {
      out += name->second;
      text.remove_prefix(name->first.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::vector<PageWords> parse_boxes(std::string_view boxes) {
  std::vector<PageWords> out;
  std::size_t words = 0;
  while (!boxes.empty() && words < kWords) {
    const std::size_t end = std::min(boxes.find('\n'), boxes.size());
    std::string_view line = trim(boxes.substr(0, end));
    boxes.remove_prefix(std::min(end + 1, boxes.size()));
    if (line.starts_with("<page ")) {
      out.push_back({attribute(line, "width=\""), attribute(line, "height=\""), {}});
    } else if (line.starts_with("<word ") && !out.empty()) {
      const std::size_t open = line.find('>');
      const std::size_t close = line.rfind("</word>");
      if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        continue;
      const std::string_view tag = line.substr(0, open);
      out.back().words.push_back({attribute(tag, "xMin=\""), attribute(tag, "yMin=\""),
                                  attribute(tag, "xMax=\""), attribute(tag, "yMax=\""),
                                  unescape(line.substr(open + 1, close - open - 1))});
      ++words;
    }
  }
  return out;
}

// Text of an old font comes as the Latin letters its bytes stand for.
void convert_old_font(std::vector<PageWords>& pages, std::string_view boxes) {
  if (is_unicode_vietnamese(boxes)) return;
  LegacyDetector detector;
  for (const PageWords& page : pages) {
    for (const PageWord& w : page.words) detector.see(w.text);
  }
  detector.decide();
  for (PageWords& page : pages) {
    for (PageWord& w : page.words) w.text = detector.convert(w.text);
  }
}

}  // namespace

Result<PdfWords> pdf_words(std::string_view bytes, const std::string& place) {
  PdfWords out;
  std::size_t letters = 0;
  for (int first = 1;; first += kAtOnce) {
    const std::string from = std::to_string(first);
    const std::string to = std::to_string(first + kAtOnce - 1);
    KHIEN_TRY(const OutsideResult ran,
              run_outside("pdftotext", {"-bbox", "-enc", "UTF-8", "-f", from, "-l", to, "-", "-"},
                          bytes, limits::worker_job_ms));
    if (ran.exit_code != 0 && first == 1) return refusal(ran, place);
    if (ran.exit_code != 0) break;  // past the last page
    const auto pages = static_cast<int>(count(ran.out, "<page "));
    letters += count(ran.out, "<word ");
    out.pages += pages;
    out.boxes += ran.out;
    if (static_cast<std::size_t>(out.pages) > limits::dispatch_pages) {
      return fail(err::document_pages, place,
                  {{"pages", fmt::format("> {}", limits::dispatch_pages)},
                   {"limit", std::to_string(limits::dispatch_pages)}});
    }
    if (pages < kAtOnce) break;
  }
  // a page number and a stamp are all the text a scan has
  out.scanned = letters < 10 * static_cast<std::size_t>(std::max(out.pages, 1)) && letters < 80;
  return out;
}

Result<Reading> read_pdf_boxes(std::string_view boxes, const std::string& name) {
  std::vector<PageWords> pages = parse_boxes(boxes);
  convert_old_font(pages, boxes);
  LineWriter writer;
  std::string empty;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].words.empty()) empty += (empty.empty() ? "" : ", ") + std::to_string(i + 1);
  }
  if (!empty.empty()) writer.warn("pages_without_text", {{"pages", empty}});
  write_pages(pages, writer);
  KHIEN_TRY(Reading out, writer.finish(name, err::document_empty));
  out.places = find_places(out.text, pages);
  return out;
}

}  // namespace khien
