// Loads content/measures. Every mistake there is an error with its line, so that an officer can
// add a phrase without C++.
#include "dispatch/vocabulary.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/near.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/examples.h"

namespace khien {
namespace {

const std::string kModel = "measures/model.bin";
const std::vector<std::string> kTypes = {"integer", "period", "percent", "text",
                                         "flag",    "date",   "list"};

bool is_partial_date(const std::string& text) {
  if (parse_date(text)) return true;
  if (text.size() == 7) return parse_date(text + "-01").has_value();
  return text.size() == 4 && parse_date(text + "-01-01").has_value();
}

std::string check_number(const ParameterInfo& info, std::int64_t n) {
  if ((info.min && n < *info.min) || (info.max && n > *info.max)) {
    return fmt::format("{}..{}", info.min ? std::to_string(*info.min) : "",
                       info.max ? std::to_string(*info.max) : "");
  }
  return "";
}

}  // namespace

const char* to_string(ParameterType type) {
  return kTypes[static_cast<std::size_t>(type)].c_str();
}

const ParameterInfo* KindInfo::parameter(std::string_view wanted) const {
  for (const ParameterInfo& p : parameters) {
    if (p.name == wanted) return &p;
  }
  // Any measure may say how old the facts may be that it is judged by.
  static const ParameterInfo age{"facts_max_age", ParameterType::period, "lower", false,
                                 std::int64_t{1}, std::int64_t{3660}, {}, "", false};
  return wanted == age.name ? &age : nullptr;
}

std::string check_value(const ParameterInfo& info, const Node& value) {
  const auto in_allowed = [&](const std::string& text) {
    return info.allowed.empty() ||
           std::find(info.allowed.begin(), info.allowed.end(), text) != info.allowed.end();
  };
  switch (info.type) {
    case ParameterType::integer:
    case ParameterType::percent:
      if (value.type() != Node::Type::integer) return to_string(info.type);
      return check_number(info, value.integer());
    case ParameterType::period: {
      const auto period = parse_period(value.text());
      if (!period) return "P3M, P90D";
      return check_number(info, static_cast<std::int64_t>(approximate_days(*period)));
    }
    case ParameterType::flag:
      return value.type() == Node::Type::boolean ? "" : "true, false";
    case ParameterType::date:
      return is_partial_date(value.text()) ? "" : "2024-06-30, 2024-06";
    case ParameterType::text:
      if (!value.is_scalar()) return to_string(info.type);
      return in_allowed(value.text()) ? "" : fmt::format("{}", fmt::join(info.allowed, ", "));
    case ParameterType::list:
      if (!value.is_list()) return to_string(info.type);
      for (const Node& item : value.items()) {
        if (!item.is_scalar()) return to_string(info.type);
        if (!in_allowed(item.text())) return fmt::format("{}", fmt::join(info.allowed, ", "));
      }
      return "";
  }
  return "";
}

struct Vocabulary::Loader {
  Vocabulary& out;
  const Content& content;
  Phrases::Macros macros = {};

  int owner(Role role, int index, int sub = 0) {
    out.owners_.push_back({role, index, sub});
    return static_cast<int>(out.owners_.size() - 1);
  }
  Done phrase(const Node& node, int owner_id, const std::string& place) {
    return out.phrases_.add(node.text(), owner_id, macros, at_line(place, node));
  }

  Done words() {
    const std::string place = "measures/words.yaml";
    KHIEN_TRY(const Node node, content.yaml(place));
    KHIEN_DO(allow_keys(node, {"groups", "lists"}, place));
    for (const auto& [name, value] : node["groups"].pairs()) macros[name] = value.text();
    for (const auto& [name, value] : node["lists"].pairs()) {
      const int index = static_cast<int>(out.lists_.size());
      out.lists_[name] = index;
      const int id = owner(Role::list, index);
      for (const Node& p : value.items()) KHIEN_DO(phrase(p, id, place));
    }
    return {};
  }

  Done watch_windows() {
    const std::string place = "measures/watch_windows.yaml";
    KHIEN_TRY(const Node node, content.yaml(place));
    KHIEN_TRY(out.calendar_, WatchCalendar::load(content));
    std::vector<std::string> known;
    for (const CalendarEntry& e : out.calendar_.entries()) known.push_back(e.id);
    for (const auto& [id, value] : node["watch_windows"].pairs()) {
      KHIEN_DO(allow_keys(value, {"phrases"}, at_line(place, value)));
      KHIEN_DO(need_one_of(id, known, "watch_windows", at_line(place, value)));
      const auto at = std::find(known.begin(), known.end(), id) - known.begin();
      const int own = owner(Role::window, static_cast<int>(at));
      for (const Node& p : value["phrases"].items()) KHIEN_DO(phrase(p, own, place));
    }
    return {};
  }

  Done notions() {
    const std::string place = "measures/notions.yaml";
    KHIEN_TRY(const Node node, content.yaml(place));
    KHIEN_DO(allow_keys(node, {"actions", "objects", "words"}, place));
    for (const char* group : {"actions", "objects", "words"}) {
      for (const auto& [name, value] : node[group].pairs()) {
        const int id = owner(Role::notion, static_cast<int>(out.notions_.size()),
                             group == std::string_view("actions") ? 1 : 0);
        out.notions_.push_back(fmt::format("{}.{}", group, name));
        KHIEN_DO(phrase(value, id, place));
      }
    }
    return {};
  }

  Done kind_phrase(const Node& node, int kind, const std::string& place) {
    KindPhrase p;
    p.kind = kind;
    if (node.is_map()) {
      KHIEN_DO(allow_keys(node, {"say", "confidence", "needs", "within"}, place));
      p.confidence = node["confidence"].real(p.confidence);
      p.need_in_document = node["within"].text() == "document";
      if (node.has("needs")) {
        p.need = owner(Role::need, 0);
        out.owners_.back().index = p.need;
        KHIEN_DO(phrase(node["needs"], p.need, place));
      }
    }
    const int id = owner(Role::kind, static_cast<int>(out.kind_phrases_.size()));
    out.kind_phrases_.push_back(p);
    return phrase(node.is_map() ? node["say"] : node, id, place);
  }

  Done reading(const Node& node, int kind, int parameter, const std::string& place) {
    Reading r;
    r.kind = kind;
    r.parameter = parameter;
    if (node.is_map()) {
      KHIEN_DO(allow_keys(node, {"say", "value", "add"}, place));
      r.value = node["value"];
      r.add = node["add"].integer(0);
    }
    const int id = owner(Role::value, static_cast<int>(out.readings_.size()));
    out.readings_.push_back(r);
    return phrase(node.is_map() ? node["say"] : node, id, place);
  }

  Result<ParameterInfo> parameter_info(const std::string& name, const Node& node,
                                       const std::string& place) {
    KHIEN_DO(allow_keys(node, {"type", "range", "allowed", "stricter", "scored", "region", "read",
                               "reader", "document"}, at_line(place, node)));
    KHIEN_TRY(const std::string type, need_text(node, "type", at_line(place, node)));
    KHIEN_DO(need_one_of(type, kTypes, "type", at_line(place, node)));
    ParameterInfo info;
    info.name = name;
    info.type = static_cast<ParameterType>(std::find(kTypes.begin(), kTypes.end(), type) -
                                           kTypes.begin());
    info.stricter = node["stricter"].text();
    KHIEN_DO(need_one_of(info.stricter, {"", "higher", "lower", "superset"}, "stricter",
                         at_line(place, node)));
    info.scored = node["scored"].boolean();
    info.allowed = node["allowed"].texts();
    info.reader = node["reader"].text();
    info.document = node["document"].boolean();
    const auto& range = node["range"].items();
    if (!range.empty()) info.min = range.front().integer();
    if (range.size() > 1) info.max = range.back().integer();
    return info;
  }

  // Every kind gets those it does not declare itself.
  Done common() {
    const std::string place = "measures/common.yaml";
    KHIEN_TRY(const Node node, content.yaml(place));
    KHIEN_DO(allow_keys(node, {"parameters", "subject_families"}, place));
    const std::vector<std::string> families = node["subject_families"].texts();
    for (KindInfo& k : out.kinds_) {
      const std::string family = k.name.substr(0, k.name.find('.'));
      k.of_subject = std::find(families.begin(), families.end(), family) != families.end();
    }
    for (const auto& [name, value] : node["parameters"].pairs()) {
      KHIEN_TRY(ParameterInfo info, parameter_info(name, value, place));
      info.common = true;
      const int index = static_cast<int>(out.common_.size());
      out.common_.push_back(info);
      for (const Node& r : value["read"].items()) KHIEN_DO(reading(r, kCommon, index, place));
      for (KindInfo& k : out.kinds_) {
        if (k.parameter(name) == nullptr) k.parameters.push_back(info);
      }
    }
    return {};
  }

  Done parameter(const std::string& name, const Node& node, int kind, const std::string& place) {
    KHIEN_TRY(const ParameterInfo info, parameter_info(name, node, place));
    KindInfo& owner_kind = out.kinds_[static_cast<std::size_t>(kind)];
    const int index = static_cast<int>(owner_kind.parameters.size());
    owner_kind.parameters.push_back(info);
    if (node.has("region")) {
      out.regions_[{kind, index}] = true;
      KHIEN_DO(phrase(node["region"], owner(Role::region, kind, index), place));
    }
    for (const Node& r : node["read"].items()) KHIEN_DO(reading(r, kind, index, place));
    return {};
  }

  Done kind(const std::string& name, const Node& node, const std::string& place) {
    KHIEN_DO(allow_keys(node, {"scored", "forbids", "phrases", "not", "unless", "actors",
                               "parameters"}, at_line(place, node)));
    const int index = static_cast<int>(out.kinds_.size());
    if (!out.by_name_.emplace(name, index).second) {
      return fail(err::kind_repeated, at_line(place, node), {{"kind", name}});
    }
    KindInfo info;
    info.name = name;
    info.scored = node["scored"].boolean(true);
    info.forbids = node["forbids"].boolean();
    out.kinds_.push_back(info);
    for (const Node& p : node["phrases"].items()) KHIEN_DO(kind_phrase(p, index, place));
    const int near_miss = owner(Role::near_miss, index);
    for (const Node& p : node["not"].items()) KHIEN_DO(phrase(p, near_miss, place));
    const int unless = owner(Role::unless, index);
    for (const Node& p : node["unless"].items()) KHIEN_DO(phrase(p, unless, place));
    const int actor = owner(Role::actor, index);
    for (const Node& p : node["actors"].items()) KHIEN_DO(phrase(p, actor, place));
    for (const auto& [key, value] : node["parameters"].pairs()) {
      KHIEN_DO(parameter(key, value, index, place));
    }
    return {};
  }

  Done families() {
    for (const std::string& path : content.list("measures/", ".yaml")) {
      if (path == "measures/words.yaml" || path == "measures/watch_windows.yaml" ||
          path == "measures/notions.yaml" || path == "measures/common.yaml" ||
          path.starts_with("measures/examples/"))
        continue;
      KHIEN_TRY(const Node node, content.yaml(path));
      KHIEN_DO(allow_keys(node, {"family", "kinds"}, path));
      KHIEN_TRY(const std::string family, need_text(node, "family", path));
      for (const auto& [name, value] : node["kinds"].pairs()) {
        KHIEN_DO(kind(family + "." + name, value, path));
      }
    }
    return {};
  }
};

Result<Vocabulary> Vocabulary::load(const Content& content) {
  Vocabulary out;
  Loader loader{out, content};
  KHIEN_DO(loader.words());
  KHIEN_DO(loader.watch_windows());
  KHIEN_DO(loader.notions());
  KHIEN_DO(loader.families());
  KHIEN_DO(loader.common());
  KHIEN_TRY(out.date_words_, DateWords::load(content));
  KHIEN_TRY(out.head_words_, HeadWords::load(content));
  KHIEN_TRY(const Node texts, content.yaml("text/vi/dispatch.yaml"));
  for (const auto& [id, text] : texts["cite"].pairs()) out.cites_[id] = text.text();
  if (content.has(kModel)) {
    KHIEN_TRY(const std::string bytes, content.raw(kModel));
    KHIEN_DO(out.set_model(bytes));
  }
  if (content.has(std::string(kOwnExamples))) {
    KHIEN_TRY(const std::vector<Example> own,
              load_examples(content, out, std::string(kOwnExamples)));
    for (const Example& e : own) {
      out.own_.push_back({e.text, e.kinds, e.role == SentenceRole::measure, {}});
      const std::u32string text = to_u32(e.text);
      out.own_.back().words = features_of({text, {}, {}, {}, {}});
    }
  }
  return out;
}

const OwnExample* Vocabulary::own_like(std::u32string_view text) const {
  constexpr double kSameClause = 0.8;
  if (own_.empty()) return nullptr;
  const std::vector<Feature> words = features_of({text, {}, {}, {}, {}});
  const OwnExample* best = nullptr;
  double most = kSameClause;
  for (auto e = own_.rbegin(); e != own_.rend(); ++e) {  // the latest correction wins
    const double like = likeness(words, e->words);
    if (like <= most) continue;
    most = like;
    best = &*e;
  }
  return best;
}

Done Vocabulary::set_model(std::string_view bytes) {
  KHIEN_TRY(model_, KindModel::open(bytes));
  return {};
}

const KindInfo* Vocabulary::find(std::string_view kind) const {
  const auto it = by_name_.find(kind);
  return it == by_name_.end() ? nullptr : &kinds_[static_cast<std::size_t>(it->second)];
}

std::string Vocabulary::nearest(std::string_view kind) const {
  std::string best;
  std::size_t least = std::string::npos;
  for (const KindInfo& k : kinds_) {
    const std::size_t d = edit_distance(kind, k.name);
    if (d < least) {
      least = d;
      best = k.name;
    }
  }
  return best;
}

int Vocabulary::list(std::string_view name) const {
  const auto it = lists_.find(name);
  return it == lists_.end() ? -1 : it->second;
}

std::string Vocabulary::cite(const std::string& id, std::string_view label) const {
  const auto it = cites_.find(id);
  if (it == cites_.end()) return std::string(label);
  std::string out = it->second;
  if (const std::size_t at = out.find("{label}"); at != std::string::npos) {
    out.replace(at, 7, label);
  }
  return out;
}

}  // namespace khien
