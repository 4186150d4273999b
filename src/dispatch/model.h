// The model of kinds and roles as it is read at run time, out of the bytes the build made
// (content/measures/model.bin, gzip). For each feature the columns it speaks for, eight bits a
// weight.
//
//   bytes: magic, columns, names, per column scale and shift, the judge's numbers (odds), rows,
//          feature ids ascending as differences of seven bits a byte, entries a row, their columns,
//          their weights.
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

// How a clause stands among the others: what only announces those under it orders little itself.
struct Shape {
  bool leads = false;    // clauses stand under it
  bool lengthy = false;  // and it has more than kAnnouncementWords words
  bool colon = false;    // and it ends with ':'
  bool terse = false;    // fewer than kTerseWords words
};
inline constexpr std::size_t kAnnouncementWords = 14;
inline constexpr std::size_t kTerseWords = 5;

// What is known of one kind of one clause.
struct Signs {
  double margin = 0;     // of the model
  double rival = 0;      // the strongest margin of another kind
  double whole = 0;      // margin in the whole clause,
  double lead = 0;       // and how far it is before the other kinds there; negative: behind
  double in_part = 0;    // the same in the part that says it best
  double part_lead = 0;
  double views = 0;      // logarithm of how many were looked at: the whole and its parts
  bool fired = false;    // a phrase of the kind
  bool beside = false;   // none of it, but phrases of other kinds
  bool heading = false;  // speaks like a heading (model)
  Shape shape;
};
inline constexpr std::size_t kOdds = 16;
using OddsRow = std::array<double, kOdds>;
// The signs as numbers, the last always 1.
[[nodiscard]] OddsRow row_of(const Signs& signs);
// A probability is 1 / (1 + exp(-(odds . row + shift of the column))). The odds are fitted on
// clauses the model had not seen.
using Odds = OddsRow;
[[nodiscard]] double odds_of(const Odds& odds, const OddsRow& row);

class KindModel {
 public:
  // K0323 when the bytes are no model.
  [[nodiscard]] static Result<KindModel> open(std::string_view packed);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::vector<float> margins(const std::vector<Feature>& features) const;
  [[nodiscard]] double probability(std::size_t column, const Signs& signs) const;

 private:
  std::vector<std::string> columns_;
  std::vector<float> scales_;
  std::vector<float> shifts_;
  Odds odds_{};
  struct Row {                // of one feature; the last one only ends the one before it
    std::uint32_t id = 0;
    std::uint32_t start = 0;  // in entries_
  };
  struct Entry {
    std::uint8_t column = 0;
    std::int8_t weight = 0;
  };
  std::vector<Row> rows_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;  // by the upper bits of an id

  [[nodiscard]] std::vector<std::uint32_t> rows_of(const std::vector<Feature>& features) const;
};

// At most `limit` bytes packed: the weights that matter least are left out.
[[nodiscard]] std::string pack_model(const Weights& weights,
                                     const std::vector<std::string>& columns,
                                     const std::vector<float>& shifts, const Odds& odds,
                                     std::size_t limit);

}  // namespace khien
