// password_bench PWDUMP WORDS [TIMES]: how long it takes to hash the words (NT) and look each up
// among the store's hashes, on one core; beside it OpenSSL's MD4 is not asked, it needs a provider.
// TIMES repeats the list with a number behind each word, for lists of millions.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "engine/password/md4.h"
#include "engine/password/store_reader.h"

int main(int argc, char** argv) {
  using namespace khien;
  if (argc < 3) return fmt::print(stderr, "password_bench PWDUMP WORDS [TIMES]\n"), 2;
  const auto dump = read_file(argv[1], 64 * limits::kMiB);
  const auto list = read_file(argv[2], 1024 * limits::kMiB);
  const int times = argc > 3 ? std::atoi(argv[3]) : 1;
  if (!dump || !list) return fmt::print(stderr, "cannot read\n"), 3;
  const SystemClock clock;
  const auto store = password::read_store(*dump, argv[1]);
  if (!store) return fmt::print(stderr, "{}\n", to_string(store.error())), 3;
  std::vector<std::string> texts;
  for (int n = 0; n < times; ++n) {
    for (std::size_t from = 0; from < list->size();) {
      const std::size_t end = std::min(list->find('\n', from), list->size());
      texts.push_back(list->substr(from, end - from) + (n == 0 ? "" : std::to_string(n)));
      from = end + 1;
    }
  }
  const std::vector<std::string_view> words(texts.begin(), texts.end());
  std::vector<std::string> hashes;
  for (const password::Entry& e : store->entries) hashes.push_back(e.hash.digest);
  const auto from = clock.steady_ms();
  std::sort(hashes.begin(), hashes.end());
  std::vector<bool> seen(1U << 20);
  const auto slot = [](const char* digest) {
    std::uint32_t v = 0;
    std::copy_n(digest, 4, reinterpret_cast<char*>(&v));
    return v & 0xFFFFF;
  };
  for (const std::string& h : hashes) seen[slot(h.data())] = true;
  password::NtHasher hasher;
  std::vector<password::NtHash> out(words.size());
  hasher.hash(words, out);
  const auto hashed = clock.steady_ms();
  std::size_t hits = 0;
  for (const password::NtHash& h : out) {
    const auto* bytes = reinterpret_cast<const char*>(h.data());
    if (!seen[slot(bytes)]) continue;
    const std::string_view key(bytes, sizeof h);
    const auto [a, b] = std::equal_range(hashes.begin(), hashes.end(), key);
    hits += static_cast<std::size_t>(b - a);
  }
  fmt::print("{} hashes x {} words: hash {} ms, look up {} ms, {} accounts opened\n", hashes.size(),
             words.size(), hashed - from, clock.steady_ms() - hashed, hits);
  return 0;
}
