// Orders as YAML with comments. Written by hand because comments are half of its use; every text is
// quoted, so nothing in a document can break out of its field.
#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/programme.h"

namespace khien {
namespace {

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out + "\"";
}

std::string value_text(const Node& node) {
  if (node.is_list()) {
    std::string out;
    for (const Node& item : node.items()) out += (out.empty() ? "" : ", ") + value_text(item);
    return "[" + out + "]";
  }
  const bool bare = node.type() == Node::Type::integer || node.type() == Node::Type::boolean ||
                    node.type() == Node::Type::real;
  return bare ? to_json(node) : yaml_text(node.text());
}

class Writer {
 public:
  explicit Writer(const Texts& texts) : texts_(texts) {}

  void comment(const char* id, const char* indent = "") {
    out_ += fmt::format("{}# {}\n", indent, texts_(std::string("programme.") + id));
  }
  void field(const char* indent, std::string_view name, const std::string& value,
             bool always = false) {
    if (!value.empty() || always) out_ += fmt::format("{}{}: {}\n", indent, name, yaml_text(value));
  }
  void list(const char* indent, std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    out_ += fmt::format("{}{}:\n", indent, name);
    for (const std::string& v : values) out_ += fmt::format("{}  - {}\n", indent, yaml_text(v));
  }

  void dispatch(const Dispatch& d) {
    comment("dispatch");
    out_ += "dispatch:\n";
    field("  ", "number", d.number, true);
    field("  ", "symbol", d.symbol);
    field("  ", "form", d.form.empty() ? "công văn" : d.form);
    field("  ", "issuer", d.issuer, true);
    field("  ", "parent", d.parent);
    field("  ", "place", d.place);
    field("  ", "issued_on", d.issued_on, true);
    field("  ", "subject", d.subject_line, true);
    if (!d.legal_basis.empty()) out_ += "  legal_basis:\n";
    for (const Cited& c : d.legal_basis) {
      out_ += fmt::format("    - {{number: {}, issued_on: {}}}\n", yaml_text(c.number),
                          yaml_text(c.issued_on));
    }
    list("  ", "recipients", d.recipients);
    list("  ", "copies_to", d.copies_to);
    list("  ", "annexes", d.annexes);
    field("  ", "due_on", d.due_on);
    field("  ", "signing_capacity", d.signing_capacity);
    if (!d.contacts.empty()) out_ += "  contacts:\n";
    for (const Contact& c : d.contacts) {
      out_ +=
          fmt::format("    - {{unit: {}, title: {}, name: {}, phone: {}, mail: {}, scope: {}}}\n",
                      yaml_text(c.unit), yaml_text(c.title), yaml_text(c.name), yaml_text(c.phone),
                      yaml_text(c.mail), yaml_text(c.scope));
    }
  }

  void measure(const Measure& m) {
    out_ += fmt::format("  - id: {}\n", yaml_text(m.id));
    field("    ", "cite", m.cite_vi);
    field("    ", "text", m.text, true);
    field("    ", "obligation", to_string(m.obligation));
    field("    ", "actor", m.actor);
    field("    ", "due_on", m.due_on);
    if (!m.deadlines.empty()) out_ += "    deadlines:\n";
    for (const DueFor& d : m.deadlines) {
      out_ += fmt::format("      - {{due_on: {}, actor: {}}}\n", yaml_text(d.due_on),
                          yaml_text(d.actor));
    }
    out_ += "    kinds:\n";
    for (const KindMatch& k : m.kinds) {
      const std::string title = texts_("kind." + k.kind);
      out_ += fmt::format("      - kind: {}  # {}\n", k.kind, title);
      if (k.parameters.pairs().empty()) continue;
      out_ += "        parameters:\n";
      for (const auto& [name, value] : k.parameters.pairs()) {
        out_ += fmt::format("          {}: {}\n", name, value_text(value));
      }
    }
  }

  std::string order(const Order& o, const std::string& id) {
    comment("head");
    field("", "programme", id, true);
    out_ += '\n';
    dispatch(o.dispatch);
    out_ += '\n';
    comment("measures");
    comment("obligation");
    comment("kinds");
    out_ += "measures:\n";
    for (const Measure& m : o.measures) measure(m);
    if (!o.watch_windows.empty()) {
      out_ += '\n';
      comment("watch_windows");
      out_ += "watch_windows:\n";
      for (const WatchWindow& w : o.watch_windows) {
        const std::string why = w.why.starts_with("window.") ? w.why.substr(7) : w.why;
        out_ += fmt::format("  - {{from: {}, to: {}, why: {}}}\n", yaml_text(w.from),
                            yaml_text(w.to), yaml_text(why));
      }
    }
    return std::move(out_);
  }

 private:
  const Texts& texts_;
  std::string out_;
};

}  // namespace

std::string write_programme(const Order& order, const Texts& texts) {
  return Writer(texts).order(order, order.dispatch.source);
}

std::string programme_template(const Vocabulary& vocabulary, const Texts& texts) {
  Order o;
  o.dispatch.form = "công văn";
  Measure m;
  m.id = "1";
  m.text = texts("programme.sample_text");
  KindMatch k;
  k.kind = "account.password_rotation";
  k.parameters = Node::map({{"max_age", Node("P3M")}});
  m.kinds.push_back(std::move(k));
  o.measures.push_back(std::move(m));
  std::string out = Writer(texts).order(o, "new");
  out += fmt::format("\n# {}\n", texts("programme.list"));
  for (const KindInfo& kind : vocabulary.kinds()) {
    out += fmt::format("#   {}: {}\n", kind.name, texts("kind." + kind.name));
    for (const ParameterInfo& p : kind.parameters) {
      out += fmt::format("#     {} ({})\n", p.name, to_string(p.type));
    }
  }
  return out;
}

}  // namespace khien
