// [MS-DOC] 2.4-2.9. Offsets into the FIB are those of Word 97, which later versions keep.
#include "dispatch/doc_file.h"

#include <algorithm>

#include "base/limits.h"
#include "format/table/ole.h"
#include "dispatch/doc_properties.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

constexpr const char* kPartDamaged = "a part of the Word file is missing or damaged";

constexpr std::size_t kStshf = 0xA2, kChpx = 0xFA, kPapx = 0x102, kClx = 0x1A2;
constexpr std::size_t kLists = 0x2E2, kOverrides = 0x2EA;
constexpr std::size_t kPage = 512;
constexpr std::size_t kMost = 400'000;  // pages, paragraphs, runs

}  // namespace

std::string_view DocFile::part(std::size_t fib_at) const {
  const std::size_t from = little_u32(main_, fib_at);
  const std::size_t size = little_u32(main_, fib_at + 4);
  if (from >= table_.size()) return {};
  return std::string_view(table_).substr(from, size);
}

Result<DocFile> DocFile::open(std::string_view bytes, const std::string& place) {
  KHIEN_TRY(const OleFile ole, OleFile::open(bytes, place, err::document_broken));
  if (!ole.has("WordDocument")) {
    return fail(err::document_unknown, place, {{"detail", "an Office file, but no Word document"}});
  }
  DocFile out;
  KHIEN_TRY(out.main_, ole.read("WordDocument"));
  const std::uint32_t flags = little_u32(out.main_, 0x0A);
  if (little_u16(out.main_, 0) != 0xA5EC || little_u16(out.main_, 2) < 0x00C1)
    return fail(err::document_old_word, place);
  if ((flags & 0x0100) != 0) return fail(err::document_password, place);
  const char* const table = (flags & 0x0200) != 0 ? "1Table" : "0Table";
  if (!ole.has(table)) return fail(err::document_broken, place, {{"detail", kPartDamaged}});
  KHIEN_TRY(out.table_, ole.read(table));
  if (!out.load_pieces()) return fail(err::document_broken, place, {{"detail", kPartDamaged}});
  out.load_styles();
  out.load_paragraphs();
  out.load_runs();
  out.load_lists();
  return out;
}

bool DocFile::load_pieces() {
  std::string_view clx = part(kClx);
  while (!clx.empty() && clx[0] == 1) {
    const std::size_t size = 3 + little_u16(clx, 1);
    if (size > clx.size()) return false;
    clx.remove_prefix(size);
  }
  if (clx.size() < 5 || clx[0] != 2) return false;
  const std::string_view plc = clx.substr(5, little_u32(clx, 1));
  if (plc.size() < 4) return false;
  const std::size_t count = (plc.size() - 4) / 12;
  main_length_ = little_u32(main_, 0x4C);
  const std::size_t wanted = main_length_ + little_u32(main_, 0x50);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = little_u32(plc, i * 4);
    const std::size_t to = little_u32(plc, i * 4 + 4);
    if (to < from || from != letters_.size()) return !letters_.empty();
    const std::uint32_t fc = little_u32(plc, (count + 1) * 4 + i * 8 + 2);
    const bool narrow = (fc & 0x40000000) != 0;
    const std::size_t at = narrow ? (fc & 0x3FFFFFFF) / 2 : fc & 0x3FFFFFFF;
    for (std::size_t k = 0; k < to - from && letters_.size() < wanted; ++k) {
      const std::size_t place = at + (narrow ? k : 2 * k);
      if (place >= main_.size()) return !letters_.empty();
      const char32_t c = narrow ? from_windows(static_cast<unsigned char>(main_[place]), false)
                                : static_cast<char32_t>(little_u16(main_, place));
      letters_.push_back({c, static_cast<std::uint32_t>(place)});
      if (letters_.size() > limits::dispatch_text_bytes) return true;
    }
  }
  main_length_ = std::min(main_length_, letters_.size());
  return true;
}

void DocFile::load_styles() {
  const std::string_view sheet = part(kStshf);
  if (sheet.size() < 6) return;
  const std::size_t header = little_u16(sheet, 0);
  const std::size_t count = std::min<std::size_t>(little_u16(sheet, 2), 4096);
  const std::size_t base = little_u16(sheet, 4);
  std::size_t at = 2 + header;
  std::vector<int> below(count, -1);
  std::vector<std::string_view> own(count);
  for (std::size_t i = 0; i < count && at + 2 <= sheet.size(); ++i) {
    const std::size_t size = little_u16(sheet, at);
    const std::string_view style = sheet.substr(std::min(at + 2, sheet.size()), size);
    at += 2 + size;
    if (style.size() < base + 2 || (little_u16(style, 2) & 0xF) != 1) continue;
    below[i] = static_cast<int>(little_u16(style, 2) >> 4);
    const std::size_t name = 2 + (little_u16(style, base) + 1) * 2;
    const std::size_t upx = base + name + (base + name) % 2;
    if (upx + 4 <= style.size()) own[i] = style.substr(upx + 2, little_u16(style, upx));
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t> chain;
    for (std::size_t s = i; s < count && chain.size() < 24;
         s = static_cast<std::size_t>(below[s])) {
      chain.push_back(s);
      if (below[s] < 0) break;
    }
    DocParagraph look;
    for (auto s = chain.rbegin(); s != chain.rend(); ++s) {
      if (own[*s].size() > 2) apply_paragraph(own[*s].substr(2), look);
    }
    styles_.push_back(look);
  }
}

void DocFile::load_paragraphs() {
  const std::string_view bins = part(kPapx);
  if (bins.size() < 8) return;
  const std::size_t count = (bins.size() - 4) / 8;
  for (std::size_t i = 0; i < count && paragraphs_.size() < kMost; ++i) {
    const std::size_t start = std::size_t{little_u32(bins, (count + 1) * 4 + i * 4)} * kPage;
    if (start + kPage > main_.size()) continue;
    const std::string_view page = std::string_view(main_).substr(start, kPage);
    const auto runs = static_cast<unsigned char>(page[kPage - 1]);
    for (std::size_t r = 0; r < runs; ++r) {
      const std::size_t bx = (runs + 1U) * 4 + r * 13;
      if (bx >= kPage) break;
      Span span{little_u32(page, r * 4), little_u32(page, r * 4 + 4), {}};
      const std::size_t at = static_cast<unsigned char>(page[bx]) * 2U;
      if (at > 0 && at + 1 < kPage) {
        std::size_t size = static_cast<unsigned char>(page[at]) * 2U;
        std::size_t from = at + 1;
        if (size == 0) size = static_cast<unsigned char>(page[from++]) * 2U;
        else --size;
        const std::string_view papx = page.substr(std::min(from, kPage), size);
        const std::size_t style = little_u16(papx, 0);
        if (style < styles_.size()) span.look = styles_[style];
        if (papx.size() > 2) apply_paragraph(papx.substr(2), span.look);
      }
      paragraphs_.push_back(span);
    }
  }
  std::sort(paragraphs_.begin(), paragraphs_.end(),
            [](const Span& a, const Span& b) { return a.from < b.from; });
}

void DocFile::load_runs() {
  const std::string_view bins = part(kChpx);
  if (bins.size() < 8) return;
  const std::size_t count = (bins.size() - 4) / 8;
  for (std::size_t i = 0; i < count && runs_.size() < kMost; ++i) {
    const std::size_t start = std::size_t{little_u32(bins, (count + 1) * 4 + i * 4)} * kPage;
    if (start + kPage > main_.size()) continue;
    const std::string_view page = std::string_view(main_).substr(start, kPage);
    const auto runs = static_cast<unsigned char>(page[kPage - 1]);
    for (std::size_t r = 0; r < runs; ++r) {
      const std::size_t place = (runs + 1U) * 4 + r;
      if (place >= kPage) break;
      const std::size_t at = static_cast<unsigned char>(page[place]) * 2U;
      if (at == 0 || at + 1 >= kPage) continue;
      DocRun run{little_u32(page, r * 4), little_u32(page, r * 4 + 4)};
      apply_run(page.substr(at + 1, static_cast<unsigned char>(page[at])), run);
      if (run.hidden || run.struck || run.deleted || run.capitals) runs_.push_back(run);
    }
  }
  std::sort(runs_.begin(), runs_.end(),
            [](const DocRun& a, const DocRun& b) { return a.from < b.from; });
}

void DocFile::load_lists() {
  const std::string_view lists = part(kLists);
  // the levels follow the array of lists, beyond the size the FIB gives
  const std::size_t from = little_u32(main_, kLists);
  if (lists.empty() || from >= table_.size()) return;
  read_lists(std::string_view(table_).substr(from), part(kOverrides), numbering_);
}

DocParagraph DocFile::paragraph_at(std::uint32_t at) const {
  auto next = std::upper_bound(paragraphs_.begin(), paragraphs_.end(), at,
                               [](std::uint32_t x, const Span& s) { return x < s.from; });
  if (next == paragraphs_.begin()) return {};
  --next;
  return at < next->to ? next->look : DocParagraph{};
}

const DocRun* DocFile::run_at(std::uint32_t at) const {
  auto next = std::upper_bound(runs_.begin(), runs_.end(), at,
                               [](std::uint32_t x, const DocRun& r) { return x < r.from; });
  if (next == runs_.begin()) return nullptr;
  --next;
  return at < next->to ? &*next : nullptr;
}

}  // namespace khien
