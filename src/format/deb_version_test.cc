#include "format/deb_version.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace khien {
namespace {

int deb_sign(int v) { return v < 0 ? -1 : v > 0 ? 1 : 0; }

// The slow obvious twin: a version as a list of (non-digit weights, number) pairs, compared as
// lists, straight from the words of deb-version(7).
std::vector<std::vector<long long>> twin_key(const std::string& part) {
  std::vector<std::vector<long long>> out;
  std::size_t i = 0;
  while (i < part.size()) {
    std::vector<long long> weights;
    for (; i < part.size() && !(part[i] >= '0' && part[i] <= '9'); ++i) {
      const char c = part[i];
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      weights.push_back(c == '~' ? -1 : letter ? c : 1000 + c);
    }
    weights.push_back(0);  // the end of the run: after "~", before any letter
    std::string digits;
    for (; i < part.size() && part[i] >= '0' && part[i] <= '9'; ++i) digits += part[i];
    out.push_back(weights);
    out.push_back({digits.empty() ? 0 : std::stoll(digits)});
  }
  out.push_back({0});
  out.push_back({0});
  return out;
}

int twin_part(const std::string& a, const std::string& b) {
  auto x = twin_key(a);
  auto y = twin_key(b);
  const std::vector<long long> nothing = {0};
  const std::size_t n = std::max(x.size(), y.size());
  x.resize(n, nothing);
  y.resize(n, nothing);
  return x < y ? -1 : y < x ? 1 : 0;
}

int twin(const std::string& a, const std::string& b) {
  const auto cut = [](std::string v) {
    std::vector<std::string> out(3);
    if (const auto colon = v.find(':'); colon != std::string::npos) {
      out[0] = v.substr(0, colon);
      v = v.substr(colon + 1);
    }
    const auto dash = v.rfind('-');
    out[1] = v.substr(0, dash);
    out[2] = dash == std::string::npos ? "" : v.substr(dash + 1);
    return out;
  };
  const auto x = cut(a);
  const auto y = cut(b);
  for (std::size_t i = 0; i < 3; ++i) {
    if (const int c = twin_part(x[i], y[i]); c != 0) return c;
  }
  return 0;
}

struct DebCase {
  const char* a;
  const char* b;
  int sign;
};

TEST(DebVersion, OrdersAsDebVersion7Says) {
  const DebCase cases[] = {
      {"1.0", "1.0", 0},         {"1.0", "1.0-0", 0},       {"1.0-1", "1.0-2", -1},
      {"1.0~rc1", "1.0", -1},    {"1.0~~", "1.0~", -1},     {"1.0~~a", "1.0~", -1},
      {"1.0a", "1.0", 1},        {"1.0a", "1.0+", -1},      {"1:0.1", "2.0", 1},
      {"0:1.0", "1.0", 0},       {"1.10", "1.9", 1},        {"1.010", "1.10", 0},
      {"2.6.2", "2.6.1", 1},     {"1.0-1+b1", "1.0-1", 1},  {"1.0-1+deb12u10", "1.0-1+deb12u9", 1},
      {"1.0-1~bpo12+1", "1.0-1", -1}, {"", "", 0},          {"", "0", 0},
      {"99999999999999999999", "100000000000000000000", -1},
      {"1.1.1n-0+deb11u3", "1.1.1w-0+deb11u1", -1},
  };
  for (const DebCase& c : cases) {
    EXPECT_EQ(deb_sign(compare_deb_version(c.a, c.b)), c.sign) << c.a << " vs " << c.b;
    EXPECT_EQ(deb_sign(compare_deb_version(c.b, c.a)), -c.sign) << c.b << " vs " << c.a;
  }
}

TEST(DebVersion, AgreesWithTheSlowTwinOnGeneratedVersions) {
  std::mt19937 random(20240501);  // NOLINT: the same versions every run
  const std::string alphabet = "0019~+.-:abz";
  const auto version = [&] {
    std::string out;
    const std::size_t size = random() % 9;
    for (std::size_t i = 0; i < size; ++i) out += alphabet[random() % alphabet.size()];
    return out;
  };
  for (int i = 0; i < 20000; ++i) {
    const std::string a = version();
    const std::string b = version();
    ASSERT_EQ(deb_sign(compare_deb_version(a, b)), twin(a, b)) << a << " vs " << b;
  }
}

}  // namespace
}  // namespace khien
