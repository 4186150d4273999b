// Binary search by byte offset: jump, go to the next line start, compare, halve. The first steps
// read the same places again and again, so they are kept.
#include "engine/password/leaked.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "engine/password/errors.h"
#include "engine/password/filter.h"

namespace khien::password {
namespace {

constexpr std::size_t kStep = 256;     // longer than any line
constexpr std::size_t kBlock = 16384;  // the last steps are done in memory
constexpr std::size_t kKept = 1U << 16;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

std::size_t digits_of(std::string_view line) {
  std::size_t n = 0;
  while (n < line.size() && is_hex(line[n])) ++n;
  return n;
}

class SortedFile final : public LeakedList {
 public:
  SortedFile(ByteSource source, std::size_t digits) : source_(std::move(source)), digits_(digits) {}
  [[nodiscard]] Digest digest() const override {
    return digits_ == 32 ? Digest::nt : Digest::sha1;
  }

  [[nodiscard]] Found find(std::string_view hash) override {
    const std::string wanted = ascii_upper(hex(hash));
    if (wanted.size() != digits_) return Found::no;
    std::uint64_t low = 0;             // a line start at or before the wanted one
    std::uint64_t high = source_.size;  // the wanted line starts before it
    while (high - low > kBlock) {
      const std::uint64_t middle = low + (high - low) / 2;
      const auto [at, key] = line_after(middle);
      if (key.empty() || at >= high) {
        high = middle;
      } else if (key <= wanted) {
        low = at;
      } else {
        high = middle;
      }
    }
    return in_block(low, high, wanted) ? Found::yes : Found::no;
  }

 private:
  // The first line that starts after `offset`, and its hash.
  std::pair<std::uint64_t, std::string> line_after(std::uint64_t offset) {
    if (const auto kept = kept_.find(offset); kept != kept_.end()) return kept->second;
    char buffer[kStep];
    const std::size_t n = source_.read(offset, buffer, sizeof buffer);
    const std::string_view text(buffer, n);
    const std::size_t end = text.find('\n');
    std::pair<std::uint64_t, std::string> out{source_.size, ""};
    if (end != std::string_view::npos && end + 1 + digits_ <= n) {
      out = {offset + end + 1, ascii_upper(text.substr(end + 1, digits_))};
    }
    if (kept_.size() < kKept) kept_.emplace(offset, out);
    return out;
  }

  bool in_block(std::uint64_t low, std::uint64_t high, const std::string& wanted) {
    buffer_.resize(static_cast<std::size_t>(high - low) + kStep);
    const std::size_t n = source_.read(low, buffer_.data(), buffer_.size());
    std::string_view text(buffer_.data(), n);
    while (text.size() >= digits_) {
      if (ascii_upper(text.substr(0, digits_)) == wanted) return true;
      const std::size_t end = text.find('\n');
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 1);
    }
    return false;
  }

  ByteSource source_;
  std::size_t digits_;
  std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::string>> kept_;
  std::string buffer_;
};

}  // namespace

ByteSource source_of(std::string_view bytes) {
  return {bytes.size(), [bytes](std::uint64_t offset, char* into, std::size_t size) {
            if (offset >= bytes.size()) return std::size_t{0};
            const std::size_t n = std::min(size, bytes.size() - static_cast<std::size_t>(offset));
            std::memcpy(into, bytes.data() + offset, n);
            return n;
          }};
}

Result<std::unique_ptr<LeakedList>> LeakedList::open(ByteSource source, std::string_view place) {
  char head[4096];
  const std::size_t n = source.read(0, head, sizeof head);
  const std::string_view text(head, n);
  if (is_filter(text)) return open_filter(std::move(source), place);
  const std::size_t digits = digits_of(text);
  if (digits != 32 && digits != 40) {
    return fail(err::hash_list_invalid, std::string(place), {{"line", "1"}});
  }
  // Sorted by hash, or the search would miss: the head shows the other common order (by count).
  std::string before;
  int line = 1;
  for (std::string_view rest = text; rest.size() > digits; ++line) {
    const std::string key(rest.substr(0, digits));
    const std::size_t end = rest.find('\n');
    if (digits_of(rest) != digits || key < before) {
      return fail(err::hash_list_invalid, std::string(place), {{"line", std::to_string(line)}});
    }
    before = key;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return std::unique_ptr<LeakedList>(std::make_unique<SortedFile>(std::move(source), digits));
}

}  // namespace khien::password
