// khien compile --diff OLD NEW, as a list to read or JSON.
#include <fmt/format.h>

#include "app/compile_files.h"
#include "base/calendar.h"
#include "base/text.h"
#include "dispatch/order_diff.h"

namespace khien::app {
namespace {

std::string name_of(const Order& order) {
  const Dispatch& d = order.dispatch;
  return d.number.empty() ? d.source : d.number;
}

std::string words_of(const Context& context, const FieldChange& c, const Node& value) {
  if (value.is_null()) return context.say("app.compile.diff.nothing");
  if (c.what == "obligation") return context.say("app.compile.diff.obligation." + value.text());
  if (c.what == "due_on" || c.what == "issued_on") return context.texts.date(value.text());
  return c.what == "parameter" ? value_words(context, value) : value.text();
}

std::string line_of(const Context& context, const FieldChange& c) {
  if (c.what == "kind") {
    return context.say(std::string("app.compile.diff.kind_") + to_string(c.how),
                       {{"kind", context.say("kind." + c.kind)}});
  }
  const std::string id = "parameter." + c.parameter;
  const std::string label = c.what != "parameter" ? context.say("app.compile.diff.field." + c.what)
                            : context.texts.has(id) ? context.say(id)
                                                    : c.parameter;
  const std::string line = context.say("app.compile.diff.field_line",
                                       {{"label", label},
                                        {"old", words_of(context, c, c.before)},
                                        {"new", words_of(context, c, c.after)}});
  if (c.how != OrderChange::stricter && c.how != OrderChange::looser) return line;
  return line + " " + context.say(std::string("app.compile.diff.") + to_string(c.how));
}

void show_measure(const Context& context, const char* id, const Measure& m) {
  print("\n  " + context.say(id, {{"cite", cite_words(context, m)},
                                  {"text", shorten(squeeze(m.text), 160)}}));
}

}  // namespace

std::string value_words(const Context& context, const Node& value) {
  std::string text;
  for (const std::string& item : value.texts()) {
    const std::string id = "value." + item;
    const std::string words = parse_period(item) ? context.texts.period(item)
                                                 : context.texts.date(item);
    text += (text.empty() ? "" : ", ") + (context.texts.has(id) ? context.say(id) : words);
  }
  return text;
}

std::string cite_words(const Context& context, const Measure& m) {
  if (context.texts.lang() == "vi" && !m.cite_vi.empty()) return m.cite_vi;
  const bool loose = m.id.starts_with('p');
  return context.say(loose ? "report.cite.paragraph" : "report.cite.item",
                     {{"id", loose ? m.id.substr(1) : m.id}});
}

std::string warning_words(const Context& context, const Order& order, const Warning& w) {
  Args args;
  for (const auto& [key, value] : w.args) {
    args[key] = parse_date(value) ? context.texts.date(value) : value;
  }
  for (const Measure& m : order.measures) {
    const auto cite = w.args.find("cite");
    if (cite != w.args.end() && cite->second == m.cite_vi) args["cite"] = cite_words(context, m);
  }
  return context.say(w.text, args);
}

void show_diff(Context& context, const Vocabulary& vocabulary, const Order& before,
               const Order& after) {
  const OrderDiff diff = compare_orders(before, after, vocabulary);
  const auto one = [](const Order& o) {
    return Node::map({{"path", o.dispatch.source}, {"number", o.dispatch.number},
                      {"issued_on", o.dispatch.issued_on}});
  };
  if (context.json) {
    Node line = Node::map({{"old", one(before)}, {"new", one(after)}});
    const Node body = to_node(diff);
    for (const auto& [key, value] : body.pairs()) line.set(key, value);
    return print(to_json(line));
  }
  print(context.say("app.compile.diff.head", {{"old", name_of(before)}, {"new", name_of(after)}}));
  for (const FieldChange& c : diff.head) print("  " + line_of(context, c));
  for (const std::string& r : diff.addressees_added)
    print("  " + context.say("app.compile.diff.addressee_added", {{"name", r}}));
  for (const std::string& r : diff.addressees_dropped)
    print("  " + context.say("app.compile.diff.addressee_dropped", {{"name", r}}));
  for (const MeasurePair& p : diff.measures) {
    if (p.before == nullptr) {
      show_measure(context, "app.compile.diff.added", *p.after);
    } else if (p.after == nullptr) {
      show_measure(context, "app.compile.diff.dropped", *p.before);
    } else {
      show_measure(context, "app.compile.diff.changed", *p.after);
      for (const FieldChange& c : p.changes) print("      " + line_of(context, c));
    }
  }
  print("\n" + context.say("app.compile.diff.same", {{"count", std::int64_t{diff.same}}}));
}

}  // namespace khien::app
