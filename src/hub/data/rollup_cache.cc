#include "hub/data/rollup_cache.h"

namespace khien::hub {
namespace {

constexpr std::size_t kKept = 4;  // of a province some 12 MiB each

}  // namespace

Result<RollupCache::Kept> RollupCache::get(const std::string& key, std::int64_t changes,
                                           const std::function<Result<Rollup>()>& make) {
  {
    const std::lock_guard lock(mutex_);
    entries_.remove_if([&](const Entry& e) { return e.changes < changes; });
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      if (it->key != key) continue;
      entries_.splice(entries_.begin(), entries_, it);
      return entries_.front().rollup;
    }
  }
  KHIEN_TRY(Rollup made, make());
  const auto rollup = std::make_shared<const Rollup>(std::move(made));
  const std::lock_guard lock(mutex_);
  entries_.push_front({key, changes, rollup});
  if (entries_.size() > kKept) entries_.pop_back();
  return rollup;
}

}  // namespace khien::hub
