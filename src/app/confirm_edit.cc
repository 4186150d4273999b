#include "app/confirm_edit.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ask.h"
#include "app/option_checks.h"
#include "base/text.h"

namespace khien::app {
namespace {

constexpr std::size_t kShown = 15;

// Kinds whose name holds every word, in the order of the vocabulary.
std::vector<std::string> kinds_like(const Context& context, const Vocabulary& vocabulary,
                                    const std::string& words) {
  std::vector<std::string> out;
  const std::string wanted = skeleton(words) + " ";
  for (const KindInfo& kind : vocabulary.kinds()) {
    const std::string name = skeleton(context.say("kind." + kind.name)) + " " + kind.name;
    bool all = true;
    for (std::size_t from = 0; from < wanted.size();) {
      const std::size_t end = wanted.find(' ', from);
      all = all && name.find(wanted.substr(from, end - from)) != name.npos;
      from = end + 1;
    }
    if (all && kind.name != "other.manual") out.push_back(kind.name);
  }
  return out;
}

// "1, 3" of a list; nothing where a number is none of it.
std::optional<std::vector<std::size_t>> numbers(const std::string& line, std::size_t count) {
  std::vector<std::size_t> out;
  std::string digits;
  for (const char c : line + ",") {
    if (c >= '0' && c <= '9' && digits.size() < 4) {
      digits += c;
    } else if (c == ',' || c == ' ' || c == ';') {
      if (digits.empty()) continue;
      const std::size_t n = std::stoul(digits);
      if (n > count) return std::nullopt;
      if (n > 0) out.push_back(n - 1);
      digits.clear();
    } else {
      return std::nullopt;
    }
  }
  return out;
}

void set_kinds(const std::vector<std::string>& names, Measure& m) {
  std::vector<KindMatch> kinds;
  for (const std::string& name : names) {
    const auto was = std::find_if(m.kinds.begin(), m.kinds.end(),
                                  [&](const KindMatch& k) { return k.kind == name; });
    kinds.push_back(was != m.kinds.end() ? *was : KindMatch{name, 1, "", Node::map()});
  }
  if (kinds.empty()) kinds.push_back({"other.manual", 1, "", Node::map()});
  m.kinds = std::move(kinds);
}

bool edit_actor(const Context& context, Measure& m) {
  const auto line = ask(context.say("confirm.edit.actor"));
  if (line) m.actor = *line;
  return line.has_value();
}

bool edit_level(const Context& context, Measure& m) {
  const auto line = ask(context.say("confirm.edit.level"));
  if (!line) return false;
  if (*line == "1") m.obligation = Obligation::must;
  if (*line == "2") m.obligation = Obligation::should;
  if (*line == "3") m.obligation = Obligation::may;
  return true;
}

}  // namespace

bool edit_day(const Context& context, std::string& day, const char* question) {
  for (;;) {
    const auto line = ask(context.say(question));
    if (!line) return false;
    std::string written = *line;
    if (written.empty() || is_day()(written).empty()) {
      day = written;
      return true;
    }
    print(context.say("app.mistake.day", {{"name", *line}}));
  }
}

bool edit_window(const Context& context, WatchWindow& window) {
  WatchWindow changed = window;
  if (!edit_day(context, changed.from, "confirm.edit.from") ||
      !edit_day(context, changed.to, "confirm.edit.to")) {
    return false;
  }
  const bool whole = !changed.from.empty() && !changed.to.empty() && changed.from <= changed.to;
  if (whole) window = changed;
  else print(context.say("confirm.edit.no_window"));
  return true;
}

bool edit_kinds(const Context& context, const Vocabulary& vocabulary, Measure& m) {
  for (;;) {
    const auto words = ask(context.say("confirm.edit.kind_words"));
    if (!words) return false;
    if (words->empty()) return true;
    const std::vector<std::string> found = kinds_like(context, vocabulary, *words);
    if (found.empty()) {
      print(context.say("confirm.edit.no_kind"));
      continue;
    }
    const std::size_t shown = std::min(found.size(), kShown);
    for (std::size_t i = 0; i < shown; ++i) {
      print(fmt::format("  {:>2}  {}", i + 1, context.say("kind." + found[i])));
    }
    if (shown < found.size()) print("      " + context.say("confirm.edit.more_kinds"));
    const auto line = ask(context.say("confirm.edit.kind_numbers"));
    if (!line) return false;
    const auto chosen = numbers(*line, shown);
    if (!chosen || line->empty()) continue;
    std::vector<std::string> names;
    for (const std::size_t i : *chosen) names.push_back(found[i]);
    set_kinds(names, m);
    return true;
  }
}

bool edit_measure(const Context& context, const Vocabulary& vocabulary, Measure& m) {
  const auto what = ask(context.say("confirm.edit.what"));
  if (!what) return false;
  if (*what == "1") return edit_kinds(context, vocabulary, m);
  if (*what == "2") return edit_actor(context, m);
  if (*what == "3") return edit_day(context, m.due_on);
  if (*what == "4") return edit_level(context, m);
  return true;
}

}  // namespace khien::app
