// Layout in 64-bit words: 4 of key, 4 of head (next free word of the pool, ...), 4 a slot, then the
// pool: records of [state, class, list and length][person][bytes ...]. A record is taken by moving
// `next` and becomes visible when its state is set.
#include "engine/password/board.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <unordered_map>

#include <openssl/crypto.h>

#include "base/hash.h"

namespace khien::password {
namespace {

constexpr std::size_t kKey = 0, kNext = 4, kDone = 5, kSlots = 8, kSlotWords = 4;
constexpr std::size_t kPoolWords = std::size_t{1} << 19;  // 4 MiB
constexpr std::uint64_t kReady = std::uint64_t{1} << 63;
// Fields of a slot's first word: class + 1 in the high half (0: nothing), list, probable.
enum Field : std::size_t { kState = 0, kWordKey = 1, kEqualKey = 2, kFlags = 3 };
enum Flag : std::uint64_t { kFinished = 1, kBreaks = 2, kKnown = 4 };

std::atomic_ref<std::uint64_t> at(std::uint64_t* p) { return std::atomic_ref<std::uint64_t>(*p); }

}  // namespace

Board::Board(std::span<std::uint64_t> memory, std::size_t accounts)
    : memory_(memory), accounts_(accounts) {}

std::size_t Board::bytes_for(std::size_t accounts) {
  return (kSlots + accounts * kSlotWords + kPoolWords) * sizeof(std::uint64_t);
}

void Board::set_key(std::string_view key32) {
  std::memcpy(&memory_[kKey], key32.data(), std::min<std::size_t>(key32.size(), 32));
}

std::uint64_t* Board::slot(std::size_t account) const {
  return &memory_[kSlots + account * kSlotWords];
}

std::uint64_t Board::keyed(std::string_view text) const {
  Sha256 sum;
  sum.add({reinterpret_cast<const char*>(&memory_[kKey]), 32});
  sum.add(text);
  std::string digest = sum.finish();
  std::uint64_t out = 0;
  std::memcpy(&out, digest.data(), sizeof out);
  password::wipe(digest);
  return out == 0 ? 1 : out;
}

void Board::found(std::size_t account, Class as, std::uint16_t list, bool probable) {
  const std::uint64_t mine = (static_cast<std::uint64_t>(as) + 1) << 32 |
                             std::uint64_t{probable} << 16 | list;
  auto state = at(slot(account) + kState);
  std::uint64_t now = state.load();
  while ((now == 0 || (now >> 32) > (mine >> 32)) && !state.compare_exchange_weak(now, mine)) {
  }
}

void Board::found_word(std::size_t account, std::string_view word, Class as, std::uint16_t list,
                       bool breaks_policy, std::uint64_t person) {
  found(account, as, list, false);
  at(slot(account) + kFlags).fetch_or(std::uint64_t{kFinished} | kKnown |
                                       (breaks_policy ? std::uint64_t{kBreaks} : 0));
  if (word.empty()) return;
  at(slot(account) + kWordKey).store(keyed(word));
  const bool personal = as == Class::phone || as == Class::name;
  add_word(word, person, personal ? Class::reused : as, list);
}

bool Board::word_known(std::size_t account) const {
  return (at(slot(account) + kFlags).load() & kKnown) != 0;
}

void Board::set_equal_key(std::size_t account, std::string_view scheme_and_digest) {
  at(slot(account) + kEqualKey).store(keyed(scheme_and_digest));
}

void Board::set_finished(std::size_t account) { at(slot(account) + kFlags).fetch_or(kFinished); }

void Board::share_finished_unsalted() { at(&memory_[kDone]).fetch_add(1); }

void Board::add_word(std::string_view word, std::uint64_t person, Class as,
                     std::uint16_t list) {
  const std::size_t words = 2 + (word.size() + 7) / 8;
  const std::uint64_t start = kSlots + accounts_ * kSlotWords;
  const std::uint64_t place = start + at(&memory_[kNext]).fetch_add(words);
  if (place + words > memory_.size()) return;  // full: the word is known, only not shared
  memory_[place + 1] = person;
  std::memcpy(&memory_[place + 2], word.data(), word.size());
  at(&memory_[place]).store(kReady | static_cast<std::uint64_t>(as) << 32 |
                               std::uint64_t{list} << 16 | word.size(), std::memory_order_release);
}

std::vector<Board::Shared> Board::words_since(std::size_t& cursor) const {
  std::vector<Shared> out;
  std::size_t place = kSlots + accounts_ * kSlotWords + cursor;
  while (place + 2 <= memory_.size()) {
    const std::uint64_t head = at(&memory_[place]).load(std::memory_order_acquire);
    if ((head & kReady) == 0) break;
    const std::size_t size = head & 0xFFFF;
    const std::size_t words = 2 + (size + 7) / 8;
    if (place + words > memory_.size()) break;
    out.push_back({{reinterpret_cast<const char*>(&memory_[place + 2]), size},
                   memory_[place + 1],
                   static_cast<Class>(head >> 32 & 0xFF),
                   static_cast<std::uint16_t>(head >> 16 & 0xFFFF)});
    place += words;
  }
  cursor = place - (kSlots + accounts_ * kSlotWords);
  return out;
}

std::vector<Outcome> Board::outcomes(std::size_t shares,
                                    const std::vector<bool>& unsalted) const {
  const bool all_unsalted = memory_[kDone] >= shares;
  std::vector<Outcome> out(accounts_);
  std::unordered_map<std::uint64_t, std::uint32_t> sizes;
  // A known word joins across stores, an equal hash inside its store.
  const auto key_of = [&](std::size_t i) {
    const std::uint64_t word = slot(i)[kWordKey];
    return word != 0 ? word : slot(i)[kEqualKey];
  };
  for (std::size_t i = 0; i < accounts_; ++i) {
    if (key_of(i) != 0) ++sizes[key_of(i)];
  }
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < accounts_; ++i) {
    Outcome& o = out[i];
    const std::uint64_t state = slot(i)[kState];
    const std::uint64_t flags = slot(i)[kFlags];
    o.finished = (flags & kFinished) != 0 || (unsalted[i] && all_unsalted);
    o.policy_known = (flags & kKnown) != 0;
    o.breaks_policy = (flags & kBreaks) != 0;
    if (state != 0) {
      o.as = static_cast<Class>((state >> 32) - 1);
      o.list = static_cast<std::uint16_t>(state & 0xFFFF);
      o.probable = (state >> 16 & 1) != 0;
    }
    const std::uint64_t key = key_of(i);
    const std::uint32_t size = key == 0 ? 0 : sizes[key];
    if (size < 2) continue;
    o.group = numbers.emplace(key, static_cast<std::uint32_t>(numbers.size() + 1)).first->second;
    o.group_size = size;
    if (o.as == Class::none) o.as = Class::reused;
  }
  return out;
}

void Board::wipe() { OPENSSL_cleanse(memory_.data(), memory_.size_bytes()); }

}  // namespace khien::password
