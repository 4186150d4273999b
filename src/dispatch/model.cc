#include "dispatch/model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "dispatch/errors.h"
#include "format/gzip.h"
#include "format/gzip_writer.h"

namespace khien {
namespace {

constexpr std::string_view kMagic = "KHIENKM5";
constexpr int kIndexBits = 17;
constexpr std::size_t kMostColumns = 250;
constexpr std::size_t kMostRows = 1'000'000;
constexpr std::size_t kAhead = 8;  // features; an even number

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

class Source {
 public:
  explicit Source(std::string_view bytes) : left_(bytes) {}
  template <class T>
  T get() {
    T value{};
    const std::string_view bytes = take(sizeof(T));
    if (bytes.size() == sizeof(T)) std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }
  std::string_view take(std::size_t n) {
    if (n > left_.size()) {
      broken = true;
      return {};
    }
    const std::string_view out = left_.substr(0, n);
    left_.remove_prefix(n);
    return out;
  }
  bool broken = false;

 private:
  std::string_view left_;
};

constexpr std::size_t kUnpacked = 16'000'000;  // bytes

void put_difference(std::string& out, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
  out += static_cast<char>(value);
}

std::uint32_t get_difference(Source& in) {
  std::uint32_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto byte = in.get<std::uint8_t>();
    value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  in.broken = true;
  return 0;
}

struct Row {
  std::uint32_t id = 0;
  std::uint32_t row = 0;
};

// What a weight moves at most in a usual clause.
float weight_of(const Weights& w, std::uint32_t row, std::size_t k) {
  return std::fabs(w.values[row * w.width + k]) * w.typical[row];
}

// The least weight kept so that the bytes fit.
float cut_for(const Weights& w, std::size_t columns, std::size_t limit) {
  std::vector<float> all;
  std::vector<float> best(w.typical.size());
  for (std::uint32_t r = 0; r < w.typical.size(); ++r) {
    for (std::size_t k = 0; k < columns; ++k) {
      all.push_back(weight_of(w, r, k));
      best[r] = std::max(best[r], all.back());
    }
  }
  std::sort(all.begin(), all.end(), std::greater<>());
  std::sort(best.begin(), best.end(), std::greater<>());
  std::size_t low = 0;
  std::size_t high = all.size();
  while (low < high) {  // entries kept: two bytes each, five a row that keeps any
    const std::size_t middle = (low + high + 1) / 2;
    const float cut = all[middle - 1];
    const auto rows = static_cast<std::size_t>(
        std::upper_bound(best.begin(), best.end(), cut, std::greater<>()) - best.begin());
    if (middle * 2 + rows * 5 <= limit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low == 0 ? 1e9F : all[low - 1];
}

}  // namespace

Result<KindModel> KindModel::open(std::string_view packed) {
  const auto broken = [] { return fail(err::model_broken, "measures/model.bin"); };
  const auto bytes = gunzip(packed, kUnpacked, "measures/model.bin");
  if (!bytes) return broken();
  Source in(*bytes);
  if (in.take(kMagic.size()) != kMagic) return broken();
  KindModel out;
  const auto columns = in.get<std::uint32_t>();
  if (columns > kMostColumns) return broken();
  for (std::uint32_t k = 0; k < columns && !in.broken; ++k) {
    out.columns_.emplace_back(in.take(in.get<std::uint8_t>()));
    out.scales_.push_back(in.get<float>());
    out.shifts_.push_back(in.get<float>());
  }
  for (double& v : out.odds_) v = in.get<double>();
  const auto rows = in.get<std::uint32_t>();
  if (in.broken || rows > kMostRows) return broken();
  out.rows_.resize(std::size_t{rows} + 1);
  out.index_.assign((1U << kIndexBits) + 1, 0);
  std::uint32_t id = 0;
  for (std::uint32_t i = 0; i < rows && !in.broken; ++i) {
    const std::uint32_t step = get_difference(in);
    if (i > 0 && id + step < id) return broken();
    id += step;
    out.rows_[i].id = id;
    ++out.index_[(id >> (32 - kIndexBits)) + 1];
  }
  const std::string_view counts = in.take(rows);
  if (in.broken) return broken();
  for (std::uint32_t i = 0; i < rows; ++i)
    out.rows_[i + 1].start = out.rows_[i].start + static_cast<unsigned char>(counts[i]);
  const std::string_view of_column = in.take(out.rows_.back().start);
  const std::string_view weight = in.take(out.rows_.back().start);
  if (in.broken) return broken();
  out.entries_.reserve(of_column.size());
  for (std::size_t e = 0; e < of_column.size(); ++e) {
    const auto column = static_cast<std::uint8_t>(of_column[e]);
    if (column >= columns) return broken();
    out.entries_.push_back({column, static_cast<std::int8_t>(weight[e])});
  }
  for (std::size_t i = 1; i < out.index_.size(); ++i) out.index_[i] += out.index_[i - 1];
  return out;
}

// Of those the model knows, the place in `features` and the row, in turns.
std::vector<std::uint32_t> KindModel::rows_of(const std::vector<Feature>& features) const {
  const auto bucket = [&](std::size_t i) {
    return index_.data() + (features[i].id >> (32 - kIndexBits));
  };
  std::vector<std::uint32_t> out;
  out.reserve(2 * features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    // memory is fetched while the features before it are looked up
    if (i + 2 * kAhead < features.size()) __builtin_prefetch(bucket(i + 2 * kAhead));
    if (i + kAhead < features.size()) __builtin_prefetch(rows_.data() + *bucket(i + kAhead));
    const auto end = rows_.begin() + bucket(i)[1];
    const auto row = std::lower_bound(rows_.begin() + *bucket(i), end, features[i].id,
                                      [](const Row& r, std::uint32_t id) { return r.id < id; });
    if (row == end || row->id != features[i].id) continue;
    out.push_back(static_cast<std::uint32_t>(i));
    out.push_back(static_cast<std::uint32_t>(row - rows_.begin()));
  }
  return out;
}

std::vector<float> KindModel::margins(const std::vector<Feature>& features) const {
  std::vector<float> out(columns_.size());
  const std::vector<std::uint32_t> found = rows_of(features);
  for (std::size_t i = 0; i < found.size(); i += 2) {
    if (i + kAhead < found.size())
      __builtin_prefetch(entries_.data() + rows_[found[i + kAhead + 1]].start);
    const float value = features[found[i]].value;
    const std::uint32_t row = found[i + 1];
    for (std::uint32_t e = rows_[row].start; e < rows_[row + 1].start; ++e)
      out[entries_[e].column] += static_cast<float>(entries_[e].weight) * value;
  }
  for (std::size_t k = 0; k < out.size(); ++k) out[k] *= scales_[k];
  return out;
}

OddsRow row_of(const Signs& s) {
  return {s.margin,
          s.fired ? 1.0 : 0.0,
          s.fired ? s.margin : 0.0,
          s.beside ? 1.0 : 0.0,
          s.heading ? 1.0 : 0.0,
          s.shape.leads ? 1.0 : 0.0,
          s.shape.lengthy ? 1.0 : 0.0,
          s.shape.colon ? 1.0 : 0.0,
          s.shape.terse ? 1.0 : 0.0,
          s.rival,
          s.whole,
          s.lead,
          s.in_part,
          s.part_lead,
          s.views,
          1};
}

double odds_of(const Odds& odds, const OddsRow& row) {
  return std::inner_product(odds.begin(), odds.end(), row.begin(), 0.0);
}

double KindModel::probability(std::size_t column, const Signs& signs) const {
  return 1 / (1 + std::exp(-(odds_of(odds_, row_of(signs)) + shifts_[column])));
}

namespace {

// The header and every weight of at least `cut`, by ascending id.
std::string rows_of(const Weights& weights, const std::vector<float>& scales, float cut) {
  const std::size_t columns = scales.size();
  std::vector<Row> rows;
  for (const auto& [id, row] : weights.rows) rows.push_back({id, row});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  std::string ids;
  std::string counts;
  std::string of_column;
  std::string weight;
  std::uint32_t last = 0;
  for (const Row& r : rows) {
    std::uint8_t kept = 0;
    for (std::size_t k = 0; k < columns; ++k) {
      if (weight_of(weights, r.row, k) < cut) continue;
      const float value = weights.values[r.row * weights.width + k] / scales[k];
      const auto rounded = static_cast<signed char>(std::lround(value));
      if (rounded == 0) continue;
      of_column += static_cast<char>(static_cast<unsigned char>(k));
      weight += static_cast<char>(rounded);
      ++kept;
    }
    if (kept == 0) continue;
    put_difference(ids, r.id - last);
    last = r.id;
    counts += static_cast<char>(kept);
  }
  std::string out;
  put(out, static_cast<std::uint32_t>(counts.size()));
  return out + ids + counts + of_column + weight;
}

}  // namespace

std::string pack_model(const Weights& weights, const std::vector<std::string>& columns,
                       const std::vector<float>& shifts, const Odds& odds, std::size_t limit) {
  std::vector<float> scales(columns.size(), 1e-9F);
  for (std::size_t r = 0; r < weights.typical.size(); ++r) {
    for (std::size_t k = 0; k < columns.size(); ++k)
      scales[k] = std::max(scales[k], std::fabs(weights.values[r * weights.width + k]) / 127);
  }
  std::string head(kMagic);
  put(head, static_cast<std::uint32_t>(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    put(head, static_cast<std::uint8_t>(columns[k].size()));
    head += columns[k];
    put(head, scales[k]);
    put(head, shifts[k]);
  }
  for (const double v : odds) put(head, v);
  constexpr double kFirstGuess = 2.0;  // bytes before packing for one after it
  constexpr double kStep = 0.95;
  for (double most = static_cast<double>(limit) * kFirstGuess;; most *= kStep) {
    const float cut = cut_for(weights, columns.size(), static_cast<std::size_t>(most));
    std::string packed = packed_as_gzip(head + rows_of(weights, scales, cut));
    if (packed.size() <= limit) return packed;
  }
}

}  // namespace khien
