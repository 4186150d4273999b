// The unsalted hashes of all stores, one index a scheme that occurs.
#pragma once

#include <memory>
#include <vector>

#include "engine/password/tester.h"
#include "engine/password/unsalted.h"

namespace khien::password {

class UnsaltedIndexes {
 public:
  explicit UnsaltedIndexes(const TestPlan& plan);
  void try_words(std::span<const std::string_view> words, const UnsaltedIndex::Hit& hit) {
    for (const auto& index : indexes) index->try_words(words, hit);
  }
  std::vector<std::unique_ptr<UnsaltedIndex>> indexes;
  std::vector<std::uint32_t> all;  // accounts
};

}  // namespace khien::password
