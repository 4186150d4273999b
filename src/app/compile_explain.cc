#include "app/compile_explain.h"

#include <map>

#include <fmt/format.h>

#include "base/text.h"

namespace khien::app {

void explain_sentences(const Context& context, const Order& order) {
  const std::u32string text = to_u32(order.text);
  print("\n" + context.say("app.compile.sentences"));
  for (const Sentence& s : order.sentences) {
    const auto from = static_cast<std::size_t>(s.span_from);
    const auto length = static_cast<std::size_t>(s.span_to - s.span_from);
    const std::string role = context.say("sentence.role." + s.role);
    print(fmt::format("  [{}{}] {} ({})", role, s.measure.empty() ? "" : " " + s.measure,
                      squeeze(to_utf8(text.substr(from, length))), context.say(s.why)));
  }
}

void explain_by_example(const Context& context, const Vocabulary& vocabulary, Nearest& nearest,
                        const Measure& measure, const KindMatch& kind) {
  const KindInfo* info = vocabulary.find(kind.kind);
  if (info == nullptr) return;
  const int index = static_cast<int>(info - vocabulary.kinds().data());
  if (const Example* e = nearest.find(index, measure.text))
    print("        " + context.say(e->own ? "app.compile.like_own" : "app.compile.like",
                                   {{"text", shorten(e->text, 160)}}));
}

std::string sentence_summary(const Context& context, const Order& order) {
  std::map<std::string, int> counts;
  for (const Sentence& s : order.sentences) counts[s.role] += s.count;
  std::string out;
  for (const char* role : {"measure", "heading", "background", "purpose", "contact", "closing",
                           "unsure", "other"}) {
    if (counts[role] == 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", counts[role],
                       context.say(std::string("sentence.role.") + role));
  }
  return context.say("app.compile.read_as", {{"counts", out}});
}

}  // namespace khien::app
