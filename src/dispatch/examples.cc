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

}  // namespace khien
