#include "hub/jobs/inventory_rows.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "hub/data/inventory.h"

namespace khien::hub {
namespace {

// A line after another of a file of any size; each at most limits::stream_record_bytes.
class Lines {
 public:
  Lines(Fd fd, std::string place) : fd_(std::move(fd)), place_(std::move(place)) {}

  // False at the end.
  Result<bool> next(std::string& line) {
    line.clear();
    for (;;) {
      if (from_ == to_) {
        KHIEN_TRY(const bool more, fill());
        if (!more) return !line.empty();
      }
      const char* begin = bytes_.data() + from_;
      const auto* end = static_cast<const char*>(std::memchr(begin, '\n', to_ - from_));
      const std::size_t n = end == nullptr ? to_ - from_ : static_cast<std::size_t>(end - begin);
      line.append(begin, n);
      from_ += n + (end == nullptr ? 0 : 1);
      if (end != nullptr) return true;
      if (line.size() > limits::stream_record_bytes) return unreadable("line");
    }
  }

 private:
  Result<bool> fill() {
    ssize_t n = 0;
    do n = ::read(fd_.get(), bytes_.data(), bytes_.size());
    while (n < 0 && errno == EINTR);
    if (n < 0) return unreadable(std::strerror(errno));
    from_ = 0, to_ = static_cast<std::size_t>(n);
    return n > 0;
  }
  [[nodiscard]] tl::unexpected<Error> unreadable(const std::string& why) const {
    return fail(err::file_unreadable, place_, {{"detail", why}});
  }

  static constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
  Fd fd_;
  std::string place_;
  std::string bytes_ = std::string(kPieceBytes, '\0');
  std::size_t from_ = 0, to_ = 0;
};

}  // namespace

Result<InventoryLinks> keep_inventory(const Database& db, std::int64_t id,
                                      const std::filesystem::path& file) {
  KHIEN_TRY(Fd fd, open_regular(file));
  Lines lines(std::move(fd), file.string());
  KHIEN_TRY(Statement machine, machine_insert(db));
  KHIEN_TRY(Statement account, account_insert(db));
  InventoryLinks out;
  std::string line;
  for (;;) {
    KHIEN_TRY(const bool more, lines.next(line));
    if (!more) return out;
    KHIEN_TRY(const Node one, parse_json(line, kInventoryFile));
    const std::string what = one["what"].text();
    if (what == "machine") KHIEN_DO(add_machine(machine, id, one));
    if (what == "account") KHIEN_DO(add_account(account, id, one));
    if (what != "finding") continue;
    out[one["id"].integer()] = {one["machine"].integer(), one["account"].integer()};
  }
}

}  // namespace khien::hub
