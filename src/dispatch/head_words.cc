#include "dispatch/head_words.h"

#include "base/errors.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr const char* kFile = "words/head_words.yaml";

std::vector<HeadWords::Named> named_words(const Node& map) {
  std::vector<HeadWords::Named> out;
  for (const auto& [name, mark] : map.pairs())
    out.push_back({fold(to_u32(name)), name, mark.text()});
  return out;
}

}  // namespace

Result<HeadWords> HeadWords::load(const Content& content) {
  if (!content.has(kFile)) return HeadWords{};
  KHIEN_TRY(const Node file, content.yaml(kFile));
  const Node& all = file["head_words"];
  HeadWords out;
  out.forms = named_words(all["forms"]);
  out.attached = named_words(all["attached"]);
  const std::pair<const char*, List*> lists[] = {
      {"agencies", &out.agencies},       {"mottos", &out.mottos},
      {"titled", &out.titled},           {"rests", &out.rests},
      {"capacities", &out.capacities},   {"titles", &out.titles},
      {"deputies", &out.deputies},       {"reasons", &out.reasons},
      {"own_verbs", &out.own_verbs},     {"own_forms", &out.own_forms},
      {"bodies", &out.bodies},           {"asks", &out.asks},
      {"sends", &out.sends},             {"addressed", &out.addressed},
      {"acts", &out.acts},               {"carries", &out.carries},
      {"binds", &out.binds},             {"all_of", &out.all_of},
      {"signed_at", &out.signed_at},
      {"lead_orders", &out.lead_orders}, {"lead_weak", &out.lead_weak},
      {"lead_bodies", &out.lead_bodies}, {"lead_data", &out.lead_data},
      {"purposes", &out.purposes},       {"everybody", &out.everybody},
      {"time", &out.time}};
  for (const auto& [name, list] : lists) {
    const std::vector<std::string> words = all[name].texts();
    if (words.empty()) return fail(err::field_missing, kFile, {{"field", name}});
    for (const std::string& word : words) list->push_back(fold(to_u32(word)));
  }
  return out;
}

}  // namespace khien
