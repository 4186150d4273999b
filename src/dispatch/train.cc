// Why not liblinear: it trains each of some eighty columns by itself over the same samples; here a
// row of weights is fetched once for all of them, which makes a build wait seconds, not minutes.
#include "dispatch/train.h"

#include <algorithm>

namespace khien {
namespace {

constexpr std::size_t kLane = 16;
constexpr int kPasses = 4;
constexpr int kLeast = 2;     // samples a feature must stand in
constexpr float kCost = 1;

struct Entry {
  std::uint32_t row = 0;
  float value = 0;
};
using Rows = std::vector<Entry>;

// A fixed shuffle: the order of the files must not be the order of learning.
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = i;
  for (std::size_t i = n; i > 1; --i) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(out[i - 1], out[(seed >> 33) % i]);
  }
  return out;
}

std::vector<Rows> rows_of(const std::vector<const Sample*>& samples, Weights& out) {
  std::unordered_map<std::uint32_t, int> seen;
  for (const Sample* s : samples) {
    for (const Feature& f : s->features) ++seen[f.id];
  }
  std::vector<Rows> data(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (const Feature& f : samples[i]->features) {
      const int count = seen[f.id];
      if (count < kLeast) continue;
      const auto next = static_cast<std::uint32_t>(out.rows.size());
      const auto row = out.rows.emplace(f.id, next).first->second;
      if (row == out.typical.size()) out.typical.push_back(0);
      out.typical[row] += f.value / static_cast<float>(count);
      data[i].push_back({row, f.value});
    }
  }
  return data;
}

// One sample's step in every column at once.
class Descent {
 public:
  Descent(Weights& weights, std::size_t samples)
      : w_(weights), alpha_(samples * weights.width), sign_(w_.width), margin_(w_.width),
        step_(w_.width) {}

  void step(std::size_t i, const Rows& rows, const Sample& sample) {
    const std::size_t width = w_.width;
    std::fill(sign_.begin(), sign_.end(), -1.0F);
    for (const int c : sample.columns) sign_[static_cast<std::size_t>(c)] = 1;
    std::fill(margin_.begin(), margin_.end(), 0.0F);
    const float diagonal = kDiagonal / sample.weight;
    float square = diagonal;
    for (const Entry& e : rows) {
      square += e.value * e.value;
      const float* w = w_.values.data() + e.row * width;
      for (std::size_t k = 0; k < width; ++k) margin_[k] += w[k] * e.value;
    }
    float* alpha = alpha_.data() + i * width;
    float moved = 0;
    for (std::size_t k = 0; k < width; ++k) {
      const float gradient = sign_[k] * margin_[k] - 1 + alpha[k] * diagonal;
      const float next = std::max(alpha[k] - gradient / square, 0.0F);
      step_[k] = (next - alpha[k]) * sign_[k];
      moved += step_[k] * step_[k];
      alpha[k] = next;
    }
    if (moved == 0) return;
    for (const Entry& e : rows) {
      float* w = w_.values.data() + e.row * width;
      for (std::size_t k = 0; k < width; ++k) w[k] += step_[k] * e.value;
    }
  }

 private:
  static constexpr float kDiagonal = 0.5F / kCost;
  Weights& w_;
  std::vector<float> alpha_, sign_, margin_, step_;
};

}  // namespace

std::vector<float> Weights::margins(const std::vector<Feature>& features) const {
  std::vector<float> out(width);
  for (const Feature& f : features) {
    const auto it = rows.find(f.id);
    if (it == rows.end()) continue;
    const float* w = values.data() + it->second * width;
    for (std::size_t k = 0; k < width; ++k) out[k] += w[k] * f.value;
  }
  return out;
}

Weights train(const std::vector<const Sample*>& samples, std::size_t columns) {
  Weights out;
  out.width = (columns + kLane - 1) / kLane * kLane;
  const std::vector<Rows> data = rows_of(samples, out);
  out.values.assign(out.rows.size() * out.width, 0);
  Descent descent(out, samples.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    for (const std::size_t i : shuffled(samples.size(), static_cast<std::uint64_t>(pass) + 7))
      descent.step(i, data[i], *samples[i]);
  }
  return out;
}

}  // namespace khien
