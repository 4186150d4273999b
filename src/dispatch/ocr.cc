// The tables of all pages travel to the worker as one text: a line "#page N dpi" before each.
#include "dispatch/ocr.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/outside.h"
#include "base/side_by_side.h"
#include "base/text.h"
#include "base/worker_errors.h"
#include "dispatch/errors.h"
#include "dispatch/page_text.h"
#include "dispatch/picture.h"

namespace khien {
namespace {

constexpr std::size_t kPictureBytes = 96 * limits::kMiB;  // grey pixels of one page
constexpr int kPageMs = 120'000;
constexpr std::size_t kScannedPages = 60;                 // minutes of work, not hours
constexpr int kLowPercent = 75;
constexpr std::size_t kWords = 200'000;

struct ReadyPage {
  std::string pgm;
  int dpi = 300;
  int pages = 1;
};

Result<ReadyPage> ready_page(std::string_view bytes, int page, const std::string& place,
                             WorkerPool& pool) {
  KHIEN_TRY(const Fd picture, memory_input(bytes, place));
  KHIEN_TRY(const Fd pixels, shared_memory(kPictureBytes, ""));
  WorkerTask task{"dispatch.picture", place, picture.get(), {pixels.get()},
                  Node::map({{"page", Node(page)}})};
  auto replies = pool.run_all({task}, {});
  if (!replies.front()) return pass_on(replies.front().error());
  const Node& reply = *replies.front();
  ReadyPage out;
  out.dpi = static_cast<int>(reply["dpi"].integer(300));
  out.pages = static_cast<int>(reply["pages"].integer(1));
  out.pgm.resize(std::min(kPictureBytes, static_cast<std::size_t>(
                                             std::max<std::int64_t>(0, reply["bytes"].integer()))));
  std::size_t at = 0;
  while (at < out.pgm.size()) {
    const ssize_t n = ::pread(pixels.get(), out.pgm.data() + at, out.pgm.size() - at,
                              static_cast<off_t>(at));
    if (n <= 0) return fail(err::document_broken, place, {{"detail", "image cannot be decoded"}});
    at += static_cast<std::size_t>(n);
  }
  return out;
}

// Letters and places of one page, as tesseract's own table.
Result<std::string> recognise(const ReadyPage& page, int number, const std::string& place) {
  auto ran = run_outside("tesseract",
                         {"stdin", "stdout", "-l", "vie", "--dpi", std::to_string(page.dpi),
                          "--psm", "3", "tsv"},
                         page.pgm, kPageMs);
  if (!ran) {
    if (ran.error().code == err::program_missing) return fail(err::document_no_ocr, place);
    return pass_on(ran.error());
  }
  if (ran->exit_code == 0) return fmt::format("#page {} {}\n{}\n", number, page.dpi, ran->out);
  const bool lacks = ran->err.find("rror opening data file") != std::string::npos ||
                     ran->err.find("loading language") != std::string::npos;
  if (lacks) return fail(err::document_no_ocr, place);
  return fail(err::document_ocr, place, {{"detail", "the recognition program stopped"}});
}

Done check_count(std::size_t pages, const std::string& place) {
  if (pages <= kScannedPages) return {};
  return fail(err::document_pages, place, {{"pages", std::to_string(pages)},
                                           {"limit", std::to_string(kScannedPages)}});
}

// The tables of all pages; several pages side by side, whose errors come back as JSON.
Result<std::string> each_page(std::size_t pages, const std::string& place,
                              const std::function<Result<std::string>(int)>& one) {
  if (pages == 1) return one(0);
  const auto run = [&](std::size_t page) {
    const auto table = one(static_cast<int>(page));
    if (table) return std::fwrite(table->data(), 1, table->size(), stdout) == table->size() ? 0 : 1;
    Node args = Node::map();
    for (const auto& [key, value] : table.error().args) args.set(key, value);
    const Node error = Node::map({{"code", table.error().code}, {"args", args}});
    std::fputs(to_json(error).c_str(), stderr);
    return 1;
  };
  std::string all;
  std::optional<Error> wrong;
  const auto done = [&](const Said& said) {
    all += said.out;
    if (wrong || (said.code == 0 && !said.died)) return;
    wrong = Error{err::worker_died, place, {{"signal", "SIGKILL"}}};
    const auto error = said.died ? Result<Node>(Node()) : parse_json(said.err, place);
    if (!error || !error->is_map()) return;
    wrong->code = (*error)["code"].text();
    for (const auto& [key, value] : (*error)["args"].pairs()) wrong->args[key] = value.text();
  };
  KHIEN_DO(side_by_side(pages, 0, run, done));
  if (wrong) return pass_on(std::move(*wrong));
  return all;
}

struct TsvLine {
  int level = 0, left = 0, top = 0, width = 0, height = 0;
  double percent = -1;
  std::string_view text;
};

TsvLine parse_tsv(std::string_view line) {
  TsvLine out;
  std::string_view fields[12];
  std::size_t n = 0;
  while (n < 12) {
    const std::size_t end = n == 11 ? std::string_view::npos : line.find('\t');
    fields[n++] = line.substr(0, end);
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  if (n < 11) return out;
  const auto number = [](std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, -1'000'000, 1'000'000);
  };
  out.level = number(fields[0]);
  out.left = number(fields[6]);
  out.top = number(fields[7]);
  out.width = number(fields[8]);
  out.height = number(fields[9]);
  std::from_chars(fields[10].data(), fields[10].data() + fields[10].size(), out.percent);
  if (n == 12) out.text = trim(fields[11]);
  return out;
}

// A table's lines are read as "|" and "_" beside words, dirt as signs that stand alone.
std::string without_rules(std::string_view word) {
  constexpr std::string_view kRules = "|_~`'^";
  const std::size_t from = word.find_first_not_of(kRules);
  if (from == std::string_view::npos) return "";
  std::string out(word.substr(from, word.find_last_not_of(kRules) - from + 1));
  const std::u32string letters = to_u32(out);
  const bool any = std::any_of(letters.begin(), letters.end(), [](char32_t c) {
    return is_letter(c) || (c >= U'0' && c <= U'9');
  });
  if (any) return out;
  static constexpr std::u32string_view kBullets = U"-–+•*●▪○";
  return letters.size() == 1 && kBullets.find(letters[0]) != std::u32string_view::npos ? out : "";
}

class ScanTables {
 public:
  void line(std::string_view line) {
    if (line.starts_with("#page ")) return open(line.substr(6));
    if (pages_.empty() || words_ > kWords) return;
    const TsvLine t = parse_tsv(line);
    if (t.level == 1) {
      pages_.back().width = points(t.width);
      pages_.back().height = points(t.height);
    } else if (t.level == 4) {
      top_ = t.top;
      height_ = t.height;
    } else if (t.level == 5 && !t.text.empty()) {
      word(t);
    }
  }
  void close() {
    if (!pages_.empty() && count_ > 0) seen_.back().percent = static_cast<int>(sum_ / count_ + 0.5);
    if (!pages_.empty()) seen_.back().words = count_;
    sum_ = 0;
    count_ = 0;
  }

  std::vector<PageWords> pages_;
  std::vector<PageSeen> seen_;

 private:
  double dpi_ = 300;
  int top_ = 0;
  int height_ = 0;
  double sum_ = 0;
  int count_ = 0;
  std::size_t words_ = 0;

  [[nodiscard]] float points(int pixels) const {
    return static_cast<float>(pixels * 72.0 / dpi_);
  }
  void open(std::string_view number) {
    close();
    int page = 0;
    int dpi = 0;
    const auto first = std::from_chars(number.data(), number.data() + number.size(), page);
    if (first.ptr < number.data() + number.size())
      std::from_chars(first.ptr + 1, number.data() + number.size(), dpi);
    dpi_ = std::clamp(dpi, 50, 1200);
    pages_.emplace_back();
    seen_.push_back({page, 0, 0});
  }
  void word(const TsvLine& t) {
    const std::string text = without_rules(t.text);
    if (text.empty()) return;
    ++words_;
    ++count_;
    sum_ += t.percent;
    // the line's own band: a word without tall letters stands as high as its neighbours
    const bool inside = t.top >= top_ - height_ / 4 && t.top + t.height <= top_ + height_ * 5 / 4;
    const int top = inside ? top_ : t.top;
    const int height = inside ? height_ : t.height;
    pages_.back().words.push_back({points(t.left), points(top), points(t.left + t.width),
                                   points(top + height), text});
  }
};

Result<Reading> read_tables(const std::string& tables, const std::string& place, WorkerPool& pool) {
  auto reply = pool.run_bytes("dispatch.scan", tables, place);
  if (!reply) {
    Error error = reply.error();
    error.place = place;
    return pass_on(std::move(error));
  }
  return reading_from(*reply);
}

}  // namespace

Result<Node> run_picture(const JobInput& input) {
  if (input.more.size() != 1)
    return fail(err::document_broken, input.name, {{"detail", "out of memory"}});
  KHIEN_TRY(const PagePicture page,
            prepare_picture(input.bytes, static_cast<int>(input.args["page"].integer()),
                            input.name));
  if (page.pgm.size() > kPictureBytes)
    return fail(err::document_bomb, input.name, {{"limit", std::to_string(kPictureBytes)}});
  void* at = ::mmap(nullptr, kPictureBytes, PROT_READ | PROT_WRITE, MAP_SHARED, input.more[0], 0);
  if (at == MAP_FAILED)
    return fail(err::document_broken, input.name, {{"detail", "out of memory"}});
  std::memcpy(at, page.pgm.data(), page.pgm.size());
  ::munmap(at, kPictureBytes);
  return Node::map({{"bytes", Node(page.pgm.size())},
                    {"dpi", Node(page.dpi)},
                    {"pages", Node(page.pages)}});
}

Result<Reading> read_scan_tables(std::string_view tables, const std::string& name) {
  ScanTables scan;
  while (!tables.empty()) {
    const std::size_t end = std::min(tables.find('\n'), tables.size());
    scan.line(tables.substr(0, end));
    tables.remove_prefix(std::min(end + 1, tables.size()));
  }
  scan.close();
  LineWriter writer;
  writer.reading().pages = scan.seen_;
  std::string all;
  std::string low;
  for (const PageSeen& p : scan.seen_) {
    const std::string one = fmt::format("{} ({} %)", p.page, p.percent);
    all += (all.empty() ? "" : ", ") + one;
    if (p.percent < kLowPercent) low += (low.empty() ? "" : ", ") + one;
  }
  writer.warn("recognised", {{"pages", all}});
  if (!low.empty()) writer.warn("recognised_badly", {{"pages", low}});
  write_pages(scan.pages_, writer, true);
  KHIEN_TRY(Reading out, writer.finish(name, err::document_scan));
  out.places = find_places(out.text, scan.pages_);
  return out;
}

Result<Reading> read_pictures(std::string_view bytes, const std::string& place, WorkerPool& pool) {
  KHIEN_TRY(const ReadyPage first, ready_page(bytes, 0, place, pool));
  const auto pages = static_cast<std::size_t>(first.pages);
  KHIEN_DO(check_count(pages, place));
  KHIEN_TRY(const std::string tables, each_page(pages, place, [&](int page) -> Result<std::string> {
    if (page == 0) return recognise(first, 1, place);
    KHIEN_TRY(const ReadyPage ready, ready_page(bytes, page, place, pool));
    return recognise(ready, page + 1, place);
  }));
  return read_tables(tables, place, pool);
}

Result<Reading> read_scanned_pdf(std::string_view bytes, int count, const std::string& place,
                                 WorkerPool& pool) {
  const auto pages = static_cast<std::size_t>(std::max(count, 1));
  KHIEN_DO(check_count(pages, place));
  KHIEN_TRY(const std::string tables, each_page(pages, place, [&](int page) -> Result<std::string> {
    const std::string number = std::to_string(page + 1);
    KHIEN_TRY(const OutsideResult drawn,
              run_outside("pdftoppm", {"-jpeg", "-jpegopt", "quality=92", "-r", "300", "-f", number,
                                       "-l", number, "-"}, bytes, kPageMs));
    if (drawn.exit_code != 0 || drawn.out.empty()) {
      return fail(err::document_pdf_tool, place, {{"detail", "the pages could not be drawn"}});
    }
    KHIEN_TRY(const ReadyPage ready, ready_page(drawn.out, 0, place, pool));
    return recognise(ready, page + 1, place);
  }));
  return read_tables(tables, place, pool);
}

}  // namespace khien
