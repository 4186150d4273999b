#include "dispatch/examples.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

constexpr std::array<const char*, kRoles> kRoleNames = {
    "measure", "background", "heading", "purpose", "closing", "contact", "other"};

Result<Example> read_example(const Node& node, const Vocabulary& vocabulary,
                             const std::string& path) {
  const std::string place = at_line(path, node);
  KHIEN_DO(allow_keys(node, {"text", "kinds", "role"}, place));
  Example out;
  KHIEN_TRY(out.text, need_text(node, "text", place));
  out.text = nfc(out.text);
  const std::string role = node["role"].text("measure");
  const std::vector<std::string> names(kRoleNames.begin(), kRoleNames.end());
  KHIEN_DO(need_one_of(role, names, "role", place));
  out.role = static_cast<SentenceRole>(std::find(names.begin(), names.end(), role) -
                                       names.begin());
  for (const std::string& kind : node["kinds"].texts()) {
    const KindInfo* info = vocabulary.find(kind);
    if (info == nullptr) {
      return fail(err::kind_unknown, place,
                  {{"kind", kind}, {"near", vocabulary.nearest(kind)}});
    }
    if (kind == "other.manual") continue;
    out.kinds.push_back(static_cast<int>(info - vocabulary.kinds().data()));
  }
  return out;
}

}  // namespace

const char* to_string(SentenceRole role) { return kRoleNames[static_cast<std::size_t>(role)]; }

Result<std::vector<Example>> load_examples(const Content& content, const Vocabulary& vocabulary,
                                           const std::string& path) {
  KHIEN_TRY(const Node node, content.yaml(path));
  std::vector<Example> out;
  for (const Node& item : node.items()) {
    KHIEN_TRY(Example one, read_example(item, vocabulary, path));
    one.own = path == kOwnExamples;
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<Example>> load_examples(const Content& content, const Vocabulary& vocabulary) {
  std::vector<Example> out;
  for (const std::string& path : content.list("measures/examples/", ".yaml")) {
    KHIEN_TRY(std::vector<Example> some, load_examples(content, vocabulary, path));
    std::move(some.begin(), some.end(), std::back_inserter(out));
  }
  return out;
}

double likeness(const std::vector<Feature>& a, const std::vector<Feature>& b) {
  double sum = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->id == y->id) sum += static_cast<double>(x++->value) * y++->value;
    else if (x->id < y->id) ++x;
    else ++y;
  }
  return sum;
}

const Example* Nearest::find(int kind, std::string_view text) {
  constexpr double kLikeEnough = 0.25;
  features_.resize(examples_.size());
  const auto words = [](std::string_view utf8) {
    const std::u32string letters = to_u32(utf8);
    return features_of({letters, {}, {}, {}, {}});
  };
  const std::vector<Feature> wanted = words(text);
  const Example* best = nullptr;
  double most = kLikeEnough;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    const auto& kinds = examples_[i].kinds;
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
    if (features_[i].empty()) features_[i] = words(examples_[i].text);
    const double like = likeness(wanted, features_[i]);
    if (like <= most) continue;
    most = like;
    best = &examples_[i];
  }
  return best;
}

}  // namespace khien
