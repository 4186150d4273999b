#include "hub/access/throttle.h"

#include <algorithm>

namespace khien::hub {
namespace {

constexpr std::int64_t kForgetMs = 3'600'000;  // without a failure that long, all is forgotten
constexpr std::size_t kKeys = 50'000;
constexpr std::int64_t kPairFree = 5;
constexpr std::int64_t kAddressFree = 30;
constexpr std::int64_t kLoginFree = 50;
constexpr std::int64_t kWaitMs = 300'000;
constexpr std::int64_t kLoginWaitMs = 5'000;
constexpr std::int64_t kFirstWaitMs = 1'000;
constexpr std::int64_t kDoublings = 20;

std::string pair_key(const std::string& login, const std::string& address) {
  return "p" + address + " " + login;
}

}  // namespace

std::int64_t Throttle::left(const std::string& key, std::int64_t free,
                            std::int64_t most_ms) const {
  const auto it = counts_.find(key);
  const std::int64_t now = clock_.steady_ms();
  if (it == counts_.end() || now - it->second.last_ms > kForgetMs) return 0;
  const std::int64_t over = it->second.failures - free;
  if (over < 0) return 0;
  const std::int64_t wait = std::min(most_ms, kFirstWaitMs << std::min(over, kDoublings));
  return std::max<std::int64_t>(0, it->second.last_ms + wait - now);
}

std::int64_t Throttle::wait_ms(const std::string& login, const std::string& address,
                               bool known_device) {
  const std::lock_guard lock(mutex_);
  std::int64_t out = std::max(left(pair_key(login, address), kPairFree, kWaitMs),
                              left("a" + address, kAddressFree, kWaitMs));
  if (!known_device) out = std::max(out, left("l" + login, kLoginFree, kLoginWaitMs));
  return out;
}

void Throttle::count(const std::string& key) {
  Count& it = counts_[key];
  const std::int64_t now = clock_.steady_ms();
  if (now - it.last_ms > kForgetMs) it.failures = 0;
  ++it.failures;
  it.last_ms = now;
}

void Throttle::failed(const std::string& login, const std::string& address) {
  const std::lock_guard lock(mutex_);
  if (counts_.size() > kKeys) {
    const std::int64_t now = clock_.steady_ms();
    std::erase_if(counts_, [&](const auto& c) { return now - c.second.last_ms > kWaitMs; });
    if (counts_.size() > kKeys) counts_.clear();
  }
  for (const std::string& key : {pair_key(login, address), "a" + address, "l" + login}) count(key);
}

void Throttle::passed(const std::string& login, const std::string& address) {
  const std::lock_guard lock(mutex_);
  counts_.erase(pair_key(login, address));
}

std::int64_t RateLimit::take(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.steady_ms();
  if (buckets_.size() > kKeys) {
    std::erase_if(buckets_, [&](const auto& b) {
      return static_cast<double>(now - b.second.at_ms) / 1000 * a_second_ > burst_;
    });
    if (buckets_.size() > kKeys) buckets_.clear();
  }
  const auto [it, fresh] = buckets_.try_emplace(key, Bucket{burst_, now});
  Bucket& bucket = it->second;
  bucket.tokens = std::min(
      burst_, bucket.tokens + static_cast<double>(now - bucket.at_ms) / 1000 * a_second_);
  bucket.at_ms = now;
  if (bucket.tokens < 1) return 1 + static_cast<std::int64_t>((1 - bucket.tokens) / a_second_);
  bucket.tokens -= 1;
  return 0;
}

}  // namespace khien::hub
