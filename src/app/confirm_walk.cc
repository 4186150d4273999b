#include "app/confirm_walk.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ask.h"
#include "app/compile_files.h"
#include "app/confirm_edit.h"
#include "base/environment.h"
#include "base/text.h"
#include "report/summary.h"

namespace khien::app {
namespace {

constexpr double kSure = 0.75;  // from here on a kind is shown as understood

double confidence_of(const Measure& m) {
  double least = m.kinds.empty() ? 0 : 1;
  for (const KindMatch& k : m.kinds) {
    least = std::min(least, k.kind == "other.manual" ? 0 : k.confidence);
  }
  return least;
}

// Unsure ones first, each group in the order of the paper; titles ask nothing.
std::vector<std::string> order_of_questions(const ConfirmWalk& w) {
  std::vector<std::string> unsure;
  std::vector<std::string> sure;
  for (const Measure& m : w.order.measures) {
    if (w.rules.is_title(w.order, m)) continue;
    (confidence_of(m) < kSure ? unsure : sure).push_back(m.id);
  }
  unsure.insert(unsure.end(), sure.begin(), sure.end());
  return unsure;
}

std::string who(const ConfirmWalk& w, const Measure& m) {
  std::string out = m.actor.empty() ? w.context.say("confirm.everybody") : m.actor;
  if (w.agency == nullptr) return out;
  Addressee us{w.agency->aliases, w.agency->actor, w.agency->enterprise};
  if (!w.agency->record.name.empty()) us.names.push_back(w.agency->record.name);
  const bool ours = w.rules.addressed(m.actor, us);
  return out + " " + w.context.say(ours ? "confirm.ours" : "confirm.not_ours");
}

void show_measure(const ConfirmWalk& w, const Measure& m, std::size_t at, std::size_t count) {
  const Context& c = w.context;
  print("\n" + c.say("confirm.measure", {{"at", static_cast<std::int64_t>(at + 1)},
                                         {"count", static_cast<std::int64_t>(count)},
                                         {"cite", cite_words(c, m)}}));
  const auto columns = static_cast<std::size_t>(std::max(terminal_width(100) - 4, 40));
  const std::string text = c.say("confirm.text", {{"text", shorten(squeeze(m.text), 500)}});
  for (const std::string& line : report::wrap(text, columns)) print("  " + line);
  for (const KindMatch& k : m.kinds) {
    const bool open = k.kind == "other.manual";
    const std::int64_t percent = std::clamp<std::int64_t>(std::int64_t(k.confidence * 100), 1, 99);
    print("  " + (open ? c.say("confirm.open")
                       : c.say("confirm.kind", {{"kind", c.say("kind." + k.kind)},
                                                {"percent", percent}})));
  }
  print("  " + c.say("confirm.who", {{"who", who(w, m)}}));
  if (!m.due_on.empty()) print("  " + c.say("confirm.due", {{"date", c.texts.date(m.due_on)}}));
  print("  " + c.say("confirm.level", {{"level", c.say(std::string("app.compile.diff.obligation.") +
                                                       to_string(m.obligation))}}));
}

enum class Answer { yes, edit, drop, all, stop };

// One letter or word; what is none of them is asked again.
std::optional<Answer> answer(const Context& context, const char* question) {
  for (;;) {
    const auto line = ask(context.say(question));
    if (!line) return std::nullopt;
    const std::string word = skeleton(*line);
    if (word.empty()) return Answer::yes;
    static constexpr std::pair<const char*, Answer> kAnswers[] = {
        {"yes", Answer::yes}, {"edit", Answer::edit}, {"drop", Answer::drop},
        {"all", Answer::all}, {"stop", Answer::stop}};
    for (const auto& [id, meaning] : kAnswers) {
      const std::string known = context.say(std::string("confirm.answer.") + id);
      if (word == known || word == known.substr(0, 1)) return meaning;
    }
    print(context.say("confirm.again"));
  }
}

Walked ask_windows(ConfirmWalk& w) {
  std::vector<WatchWindow> kept;
  for (WatchWindow window : w.order.watch_windows) {
    print("\n" + w.context.say("confirm.window", {{"from", w.context.texts.date(window.from)},
                                                  {"to", w.context.texts.date(window.to)},
                                                  {"why", w.context.say(window.why)}}));
    const auto a = answer(w.context, "confirm.ask_part");
    if (!a) return Walked::nobody;
    if (*a == Answer::stop) return Walked::stopped;
    if (*a == Answer::edit && !edit_window(w.context, window)) return Walked::nobody;
    if (*a != Answer::drop) kept.push_back(window);
  }
  w.order.watch_windows = std::move(kept);
  return Walked::done;
}

Walked ask_head(ConfirmWalk& w) {
  Dispatch& d = w.order.dispatch;
  const std::string date = w.context.texts.date(d.due_on);
  print("\n" + (d.due_on.empty() ? w.context.say("confirm.no_paper_due")
                                 : w.context.say("confirm.paper_due", {{"date", date}})));
  const auto a = answer(w.context, "confirm.ask_part");
  if (!a) return Walked::nobody;
  if (*a == Answer::stop) return Walked::stopped;
  if (*a == Answer::drop) d.due_on.clear();
  if (*a == Answer::edit && !edit_day(w.context, d.due_on)) return Walked::nobody;
  return ask_windows(w);
}

Walked ask_measures(ConfirmWalk& w) {
  const std::vector<std::string> ids = order_of_questions(w);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto at = std::find_if(w.order.measures.begin(), w.order.measures.end(),
                                 [&](const Measure& m) { return m.id == ids[i]; });
    for (bool asking = true; asking;) {
      show_measure(w, *at, i, ids.size());
      const auto a = answer(w.context, "confirm.ask");
      if (!a) return Walked::nobody;
      if (*a == Answer::stop) return Walked::stopped;
      if (*a == Answer::all) return Walked::done;
      asking = *a == Answer::edit;
      if (asking && !edit_measure(w.context, w.vocabulary, *at)) return Walked::nobody;
      if (*a == Answer::drop) w.order.measures.erase(at);
    }
  }
  return Walked::done;
}

// What the reading left out, typed as the dispatch says it.
Walked ask_missing(ConfirmWalk& w) {
  for (int number = 1;; ++number) {
    const auto text = ask("\n" + w.context.say("confirm.missing"));
    if (!text) return Walked::nobody;
    if (text->empty()) return Walked::done;
    Measure m;
    m.id = fmt::format("them{}", number);
    while (find_measure(w.order, m.id) != nullptr) m.id += "x";
    m.cite_vi = w.context.say("confirm.added");
    m.text = *text;
    m.kinds.push_back({"other.manual", 1, "", Node::map()});
    if (!edit_kinds(w.context, w.vocabulary, m)) return Walked::nobody;
    w.order.measures.push_back(std::move(m));
  }
}

}  // namespace

Walked walk(ConfirmWalk& w) {
  for (const auto part : {ask_head, ask_measures, ask_missing}) {
    if (const Walked walked = part(w); walked != Walked::done) return walked;
  }
  return Walked::done;
}

}  // namespace khien::app
