// `Login Data` is SQLite, mostly with a write-ahead log beside it. A worker may open no files, so
// the log's committed frames are applied to the image in memory (SQLite file format, section 4) and
// the image is read as an ordinary database.
#include <cstring>
#include <map>
#include <optional>
#include <set>

#include <sqlite3.h>

#include "base/sqlite.h"
#include "format/browser_store/errors.h"
#include "format/browser_store/store.h"

namespace khien::browser_store {
namespace {

constexpr std::size_t kDbHeader = 100;
constexpr std::size_t kLogHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr int kValueBytes = 1 << 20;  // one value
constexpr int kSteps = 50'000'000;  // SQLite instructions of one query

std::uint32_t be32(std::string_view s, std::size_t at) {
  std::uint32_t v = 0;
  for (std::size_t i = 0; i < 4; ++i) v = v << 8 | static_cast<unsigned char>(s[at + i]);
  return v;
}

std::uint32_t word(std::string_view s, std::size_t at, bool big) {
  if (big) return be32(s, at);
  std::uint32_t v = 0;
  std::memcpy(&v, s.data() + at, 4);
  return v;
}

struct Sum {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  void add(std::string_view s, bool big) {
    for (std::size_t i = 0; i + 8 <= s.size(); i += 8) {
      a += word(s, i, big) + b;
      b += word(s, i + 4, big) + a;
    }
  }
};

// Pages of the last committed transaction of the log, or nothing when it is empty or stale.
struct Log {
  std::map<std::uint32_t, std::string_view> pages;  // page number -> content
  std::uint32_t page_count = 0;
};

Log read_log(std::string_view log, std::size_t page_size) {
  Log done;
  Log open;
  if (log.size() < kLogHeader || (be32(log, 0) & ~1U) != 0x377f0682) return done;
  const bool big = (be32(log, 0) & 1) != 0;
  if (be32(log, 8) != page_size) return done;
  Sum sum;
  sum.add(log.substr(0, 24), big);
  if (sum.a != be32(log, 24) || sum.b != be32(log, 28)) return done;
  for (std::size_t at = kLogHeader; at + kFrameHeader + page_size <= log.size();
       at += kFrameHeader + page_size) {
    const std::string_view head = log.substr(at, kFrameHeader);
    const std::string_view page = log.substr(at + kFrameHeader, page_size);
    if (head.substr(8, 8) != log.substr(16, 8)) break;  // salts of an older log
    sum.add(head.substr(0, 8), big);
    sum.add(page, big);
    if (sum.a != be32(head, 16) || sum.b != be32(head, 20)) break;
    open.pages[be32(head, 0)] = page;
    open.page_count = be32(head, 4);
    if (open.page_count != 0) done = open;
  }
  return done;
}

tl::unexpected<Error> malformed(const std::string& detail) {
  return fail(err::browser_store_malformed, "Login Data", {{"detail", detail}});
}

int stop_after_steps(void* left) { return --*static_cast<int*>(left) < 0 ? 1 : 0; }

std::optional<Error> count_rows(const Database& db, const Watch& watch, Counts& out) {
  auto statement = db.prepare("select origin_url from logins where blacklisted_by_user = 0");
  if (!statement) return statement.error();
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return std::nullopt;
    out.add(statement->text(0), watch);
  }
}

}  // namespace

std::string pack_store(std::string_view database, std::string_view log) {
  std::string out(8, '\0');
  const std::uint64_t size = database.size();
  std::memcpy(out.data(), &size, sizeof size);
  out += database;
  out += log;
  return out;
}

Result<std::string> unpack_store(std::string_view packed) {
  std::uint64_t size = 0;
  if (packed.size() < sizeof size) return malformed("cut");
  std::memcpy(&size, packed.data(), sizeof size);
  packed.remove_prefix(sizeof size);
  if (size > packed.size()) return malformed("cut");
  std::string image(packed.substr(0, size));
  if (image.size() < kDbHeader || !image.starts_with(std::string_view("SQLite format 3\0", 16))) {
    return malformed("no SQLite header");
  }
  std::size_t page_size = static_cast<std::size_t>(static_cast<unsigned char>(image[16])) << 8 |
                          static_cast<unsigned char>(image[17]);
  if (page_size == 1) page_size = 65536;
  if (page_size < 512 || page_size > 65536 || (page_size & (page_size - 1)) != 0) {
    return malformed("page size");
  }
  const Log log = read_log(packed.substr(size), page_size);
  if (log.page_count != 0) {
    if (log.page_count > kStoreBytes / page_size) return malformed("log page count");
    image.resize(log.page_count * page_size);
    for (const auto& [number, page] : log.pages) {
      if (number == 0 || number > log.page_count) return malformed("log page number");
      std::memcpy(image.data() + (number - 1) * page_size, page.data(), page_size);
    }
  }
  image[18] = image[19] = 1;  // no log any more: readable without one
  return image;
}

Result<Node> read_chromium(const JobInput& input) {
  KHIEN_TRY(const Watch watch, Watch::from(input.args));
  KHIEN_TRY(std::string image, unpack_store(input.bytes));
  KHIEN_TRY(const Database db, Database::from_bytes(std::move(image)));
  int left = kSteps / 1000;
  sqlite3_progress_handler(db.raw(), 1000, stop_after_steps, &left);
  sqlite3_limit(db.raw(), SQLITE_LIMIT_LENGTH, kValueBytes);
  const bool table = db.has_table("logins");
  Counts counts;
  const std::optional<Error> error = table ? count_rows(db, watch, counts) : std::nullopt;
  sqlite3_progress_handler(db.raw(), 0, nullptr, nullptr);
  if (!table) return fail(err::browser_store_unknown, "Login Data");
  if (error) return malformed(to_string(*error));
  return counts.node();
}

}  // namespace khien::browser_store
