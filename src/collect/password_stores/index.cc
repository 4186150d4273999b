// The worker leaves the filter in shared memory, because it is larger than a reply may be.
#include "collect/password_stores/index.h"

#include <cstring>

#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "collect/password_stores/errors.h"
#include "collect/password_stores/stores.h"
#include "engine/password/errors.h"
#include "engine/password/filter.h"
#include "engine/password/word_list.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kMostMs = 3'600'000;
constexpr std::uint64_t kShortestLine = 33;  // an NT hash and a line end

int digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// The first 8 bytes of the hash in `line`, as filter_key() has them; `size` becomes its digits.
bool key_of(std::string_view line, std::size_t& size, std::uint64_t& key) {
  std::size_t n = 0;
  key = 0;
  for (; n < line.size() && digit(line[n]) >= 0; ++n) {
    if (n >= 16) continue;
    const int shift = static_cast<int>(n / 2 * 8 + (n % 2 == 0 ? 4 : 0));
    key |= static_cast<std::uint64_t>(digit(line[n])) << shift;
  }
  if (size == 0 && (n == 32 || n == 40)) size = n;
  return n == size && (n == line.size() || line[n] == ':');
}

Result<Node> job_index(const JobInput& input) {
  if (input.more.size() != 2) return fail(err::store_files, input.name);
  const password::ByteSource source = password::file_source(input.more[0]);
  std::vector<std::uint64_t> keys;
  password::WordReader reader(source);
  std::size_t digits = 0, line = 0;
  for (auto words = reader.next(); !words.empty(); words = reader.next()) {
    for (const std::string_view word : words) {
      ++line;
      std::uint64_t key = 0;
      if (!key_of(word, digits, key) || keys.size() == limits::password_index_keys) {
        return fail(err::hash_list_invalid, input.name, {{"line", std::to_string(line)}});
      }
      keys.push_back(key);
    }
  }
  if (keys.empty()) return fail(err::hash_list_invalid, input.name, {{"line", "1"}});
  const auto count = static_cast<std::int64_t>(keys.size());
  KHIEN_TRY(const std::string filter,
            build_filter(digits == 32 ? password::Digest::nt : password::Digest::sha1,
                         std::move(keys)));
  const std::uint64_t room = password::size_of(input.more[1]);
  const password::Mapping memory(input.more[1], room);
  if (!memory.valid() || filter.size() > room) return fail(err::store_files, input.name);
  std::memcpy(memory.data(), filter.data(), filter.size());
  return Node::map({{"hashes", count}, {"bytes", filter.size()}});
}

}  // namespace

Result<LeakedIndex> build_leaked_index(WorkerPool& pool, const fs::path& in, const fs::path& out) {
  std::error_code ec;
  if (fs::exists(out, ec) && fs::equivalent(in, out, ec)) {
    return fail(err::file_is_input, out.string());
  }
  KHIEN_TRY(const Fd list, open_input(in, SIZE_MAX));
  const std::uint64_t most = fs::file_size(in, ec) / kShortestLine + 1;
  KHIEN_TRY(const Fd memory, shared_memory(most * 3 + limits::kMiB * 2, ""));
  KHIEN_TRY(const Fd none, memory_input("", "none"));
  WorkerTask task{"password.index", in.string(), none.get(), {list.get(), memory.get()},
                  Node::map()};
  WorkerOptions options;
  options.job_ms = kMostMs;
  options.cpu_seconds = kMostMs / 1000;
  options.memory_bytes = std::max<std::size_t>(options.memory_bytes, most * 96);
  KHIEN_TRY(const Node made, std::move(pool.run_all({task}, options).front()));
  const auto bytes = static_cast<std::size_t>(made["bytes"].integer());
  if (bytes > most * 3 + limits::kMiB * 2) return fail(err::filter_build, in.string());
  const password::Mapping filter(memory.get(), bytes);
  if (!filter.valid()) return fail(err::filter_build, in.string());
  KHIEN_DO(write_file(out, {static_cast<const char*>(filter.data()), bytes}));
  return LeakedIndex{made["hashes"].integer(), made["bytes"].integer()};
}

Job index_job() { return {"password.index", 0, job_index}; }

}  // namespace khien
