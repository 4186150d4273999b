// The model of kinds and roles as it is read at run time: a view over the bytes the build made
// (content/measures/model.bin). For each feature the columns it speaks for, eight bits a weight.
//
//   bytes: magic, columns, names, per column scale and shift, the judge's four numbers, rows,
//          feature ids ascending, entries a row, then (column, weight) pairs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dispatch/features.h"
#include "dispatch/train.h"

namespace khien {

// How a margin becomes a probability: 1 / (1 + exp(-(margin * slope + phrase * fired +
// heading * is_heading + base + shift of the column))). Fitted on clauses the model had not seen.
struct Odds {
  double slope = 4;
  double phrase = 0;
  double heading = 0;
  double base = 0;
};

class KindModel {
 public:
  // `bytes` must outlive the model. K0323 when they are no model.
  [[nodiscard]] static Result<KindModel> open(std::string_view bytes);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::vector<float> margins(const std::vector<Feature>& features) const;
  [[nodiscard]] const Odds& odds() const { return odds_; }
  [[nodiscard]] float shift(std::size_t column) const { return shifts_[column]; }
  [[nodiscard]] double probability(std::size_t column, double margin, double fired,
                                   bool heading) const;

 private:
  std::vector<std::string> columns_;
  std::vector<float> scales_;
  std::vector<float> shifts_;
  Odds odds_;
  std::string_view ids_;      // u32 each
  std::string_view entries_;  // two bytes each
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> index_;  // by the upper bits of an id
};

// At most `limit` bytes: the weights that matter least are left out.
[[nodiscard]] std::string pack_model(const Weights& weights,
                                     const std::vector<std::string>& columns,
                                     const std::vector<float>& shifts, const Odds& odds,
                                     std::size_t limit);

}  // namespace khien
