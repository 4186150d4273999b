// The JSON of an order, field by field in the documented order; empty text prints as null.
#include "store/order.h"

#include <set>

namespace khien {
namespace {

Node text_or_null(const std::string& text) { return text.empty() ? Node() : Node(text); }

Node contact_node(const Contact& c) {
  return Node::map({{"unit", text_or_null(c.unit)},
                    {"title", text_or_null(c.title)},
                    {"name", text_or_null(c.name)},
                    {"phone", text_or_null(c.phone)},
                    {"mail", text_or_null(c.mail)},
                    {"scope", text_or_null(c.scope)}});
}

Node dispatch_node(const Dispatch& d) {
  Node basis = Node::list();
  for (const Cited& c : d.legal_basis) {
    basis.push(Node::map({{"number", Node(c.number)}, {"issued_on", text_or_null(c.issued_on)}}));
  }
  Node contacts = Node::list();
  for (const Contact& c : d.contacts) contacts.push(contact_node(c));
  return Node::map({{"sha256", Node(d.sha256)},
                    {"number", text_or_null(d.number)},
                    {"symbol", text_or_null(d.symbol)},
                    {"form", text_or_null(d.form)},
                    {"issuer", text_or_null(d.issuer)},
                    {"parent", text_or_null(d.parent)},
                    {"place", text_or_null(d.place)},
                    {"issued_on", text_or_null(d.issued_on)},
                    {"subject_line", text_or_null(d.subject_line)},
                    {"legal_basis", basis},
                    {"recipients", Node::list_of(d.recipients)},
                    {"annexes", Node::list_of(d.annexes)},
                    {"copies_to", Node::list_of(d.copies_to)},
                    {"due_on", text_or_null(d.due_on)},
                    {"contacts_present", Node(!d.contacts.empty())},
                    {"contacts", contacts},
                    {"signing_capacity", text_or_null(d.signing_capacity)}});
}

Node measure_node(const Measure& m, bool asks) {
  Node kinds = Node::list();
  for (const KindMatch& k : m.kinds) {
    kinds.push(Node::map({{"kind", Node(k.kind)},
                          {"confidence", Node(k.confidence)},
                          {"phrase", text_or_null(k.phrase)},
                          {"parameters", k.parameters.is_null() ? Node::map() : k.parameters}}));
  }
  Node deadlines = Node::list();
  for (const DueFor& d : m.deadlines)
    deadlines.push(Node::map({{"due_on", Node(d.due_on)}, {"actor", text_or_null(d.actor)}}));
  Node span;
  if (m.span_from >= 0) span = Node::list({Node(m.span_from), Node(m.span_to)});
  return Node::map({{"id", Node(m.id)},
                    {"cite_vi", Node(m.cite_vi)},
                    {"text", Node(m.text)},
                    {"span", span},
                    {"obligation", Node(to_string(m.obligation))},
                    {"actor", text_or_null(m.actor)},
                    {"due_on", text_or_null(m.due_on)},
                    {"deadlines", deadlines},
                    {"asks", Node(asks)},
                    {"kinds", kinds}});
}

// How much of the paper was read as what.
Node sentence_counts(const Order& order) {
  Node out = Node::map();
  for (const char* role : {"measure", "heading", "background", "purpose", "closing", "contact",
                           "unsure", "other"}) {
    int count = 0;
    for (const Sentence& s : order.sentences) count += s.role == role ? s.count : 0;
    out.set(role == std::string_view("measure") ? "measures" : role, Node(count));
  }
  return out;
}

Node say(const Texts* texts, const std::string& id,
         const std::map<std::string, std::string>& args) {
  if (texts == nullptr) return Node(id);
  Args typed;
  for (const auto& [name, value] : args) typed[name] = value;
  return Node((*texts)(id, typed));
}

}  // namespace

const char* to_string(Obligation obligation) {
  switch (obligation) {
    case Obligation::must: return "must";
    case Obligation::should: return "should";
    case Obligation::may: return "may";
  }
  return "must";
}

Node to_node(const Order& order, const Texts* texts) {
  Node measures = Node::list();
  std::set<std::string_view> silent;  // titles, aims, definitions
  for (const Sentence& s : order.sentences) {
    if (s.role == "heading" || s.role == "purpose") silent.insert(s.measure);
  }
  for (const Measure& m : order.measures)
    measures.push(measure_node(m, !silent.contains(m.id)));
  Node windows = Node::list();
  for (const WatchWindow& w : order.watch_windows) {
    windows.push(Node::map(
        {{"from", Node(w.from)}, {"to", Node(w.to)}, {"why", say(texts, w.why, {})}}));
  }
  Node warnings = Node::list();
  for (const Warning& w : order.warnings) {
    warnings.push(Node::map({{"code", Node(w.code)}, {"text", say(texts, w.text, w.args)}}));
  }
  Node out = Node::map({{"dispatch", dispatch_node(order.dispatch)},
                        {"measures", measures},
                        {"watch_windows", windows},
                        {"warnings", warnings}});
  if (!order.sentences.empty()) out.set("sentences", sentence_counts(order));
  if (!order.confirmed_by.empty()) out.set("confirmed_by", Node(order.confirmed_by));
  return out;
}

const Measure* find_measure(const Order& order, std::string_view id) {
  for (const Measure& m : order.measures) {
    if (m.id == id) return &m;
  }
  return nullptr;
}

}  // namespace khien
