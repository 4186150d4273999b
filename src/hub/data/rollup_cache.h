// The last roll-ups that were asked for: pages, columns and searches of one are cut from it as long
// as nothing was changed. From any thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "hub/data/rollup.h"

namespace khien::hub {

class RollupCache {
 public:
  using Kept = std::shared_ptr<const Rollup>;
  // What was made under `key` at this `changes` of the data (Data::changes(), read before), else
  // what `make` gives now. Two that ask at once may both make it.
  [[nodiscard]] Result<Kept> get(const std::string& key, std::int64_t changes,
                                 const std::function<Result<Rollup>()>& make);

 private:
  struct Entry {
    std::string key;
    std::int64_t changes = 0;
    Kept rollup;
  };
  std::mutex mutex_;
  std::list<Entry> entries_;  // the one asked for last in front
};

}  // namespace khien::hub
