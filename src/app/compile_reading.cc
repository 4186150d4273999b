#include "app/compile_reading.h"

#include "judge/orders.h"

namespace khien::app {
namespace {

Node sentence_node(const Context& context, const Sentence& s) {
  return Node::map({{"from", s.span_from},
                    {"to", s.span_to},
                    {"role", s.role},
                    {"role_name", context.say("sentence.role." + s.role)},
                    {"measure", s.measure.empty() ? Node() : Node(s.measure)},
                    {"why", context.say(s.why)}});
}

}  // namespace

Node reading_node(const Context& context, const Order& order, const Agency* agency) {
  Node sentences = Node::list();
  for (const Sentence& s : order.sentences) sentences.push(sentence_node(context, s));
  Node measures = Node::map();
  const auto rules = AddresseeRules::load(context.content);
  Addressee us;
  if (agency != nullptr) {
    us = {agency->aliases, agency->actor, agency->enterprise};
    if (!agency->record.name.empty()) us.names.push_back(agency->record.name);
  }
  for (const Measure& m : order.measures) {
    Node addressed;
    if (rules && agency != nullptr) addressed = Node(rules->addressed(m.actor, us));
    const bool title = rules && rules->is_title(order, m);
    measures.set(m.id, Node::map({{"title", title}, {"addressed", std::move(addressed)}}));
  }
  Node windows = Node::list();
  for (const WatchWindow& w : order.watch_windows) {
    const std::string why = w.why.starts_with("window.") ? w.why.substr(7) : w.why;
    windows.push(Node::map({{"from", w.from}, {"to", w.to}, {"why", why}}));
  }
  return Node::map({{"text", order.text},
                    {"sentences", std::move(sentences)},
                    {"measures", std::move(measures)},
                    {"windows", std::move(windows)}});
}

}  // namespace khien::app
