// Trains linear models: one column against the rest, L2-loss support vectors by dual coordinate
// descent (Hsieh et al. 2008), all columns in one pass over the samples. Used at build time and by
// bench/dispatch_score; the program itself only reads what came out.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "dispatch/features.h"

namespace khien {

struct Sample {
  std::vector<Feature> features;
  std::vector<int> columns;  // the columns it is an example of
  float weight = 1;          // how many such samples it stands for
};

struct Weights {
  std::size_t width = 0;     // columns, rounded up
  std::unordered_map<std::uint32_t, std::uint32_t> rows;  // feature -> row
  std::vector<float> values;                              // rows x width
  std::vector<float> typical;                             // of each row: the usual feature value
  [[nodiscard]] std::vector<float> margins(const std::vector<Feature>& features) const;
};

// The same samples in the same order give the same weights.
[[nodiscard]] Weights train(const std::vector<const Sample*>& samples, std::size_t columns);

}  // namespace khien
