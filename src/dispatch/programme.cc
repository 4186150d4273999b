// Typed measures in, checked field by field so that the message names the line; and the same
// measures out as YAML a person can edit.
#include "dispatch/programme.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/hash.h"
#include "base/text.h"
#include "dispatch/corrections.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

const std::vector<std::string> kObligations = {"must", "should", "may"};

class ProgrammeReader {
 public:
  ProgrammeReader(const std::string& place, const Vocabulary& vocabulary)
      : place_(place), vocabulary_(vocabulary) {}

  Result<Order> order(const Node& root) {
    Order out;
    KHIEN_DO(allow_keys(
        root, {"programme", "dispatch", "measures", kWatchWindows, kOldWatchWindows}, place_));
    KHIEN_DO(dispatch(root["dispatch"], out.dispatch));
    out.dispatch.by_hand = true;
    out.dispatch.source = root["programme"].text();
    if (!root["measures"].is_list() || root["measures"].items().empty()) {
      return fail(err::programme_empty, at_line(place_, root));
    }
    std::set<std::string> ids;
    for (const Node& node : root["measures"].items()) {
      KHIEN_TRY(Measure m, measure(node));
      if (!ids.insert(m.id).second) {
        return fail(err::measure_repeated, at_line(place_, node), {{"id", m.id}});
      }
      out.measures.push_back(std::move(m));
    }
    KHIEN_DO(watch_windows(root, out));
    return out;
  }

  Done watch_windows(const Node& root, Order& out) {
    for (const char* key : {kWatchWindows, kOldWatchWindows}) {
      for (const Node& node : root[key].items()) KHIEN_DO(window(node, out));
    }
    return {};
  }

  Result<std::vector<KindMatch>> kinds(const Node& list) {
    std::vector<KindMatch> out;
    for (const Node& node : list.items()) {
      KindMatch match;
      if (node.is_map()) {
        KHIEN_DO(allow_keys(node, {"kind", "parameters", "phrase"}, at_line(place_, node)));
        KHIEN_TRY(match.kind, need_text(node, "kind", at_line(place_, node)));
        match.phrase = node["phrase"].text();
      } else {
        match.kind = node.text();
      }
      const KindInfo* info = vocabulary_.find(match.kind);
      if (info == nullptr) {
        return fail(err::kind_unknown, at_line(place_, node),
                    {{"kind", match.kind}, {"near", vocabulary_.nearest(match.kind)}});
      }
      KHIEN_DO(parameters(node["parameters"], *info));
      match.parameters = node["parameters"].is_null() ? Node::map() : node["parameters"];
      out.push_back(std::move(match));
    }
    if (out.empty()) out.push_back({"other.manual", 1, "", Node::map()});
    return out;
  }

  Result<Obligation> obligation(const Node& node) {
    const std::string text = node.text("must");
    KHIEN_DO(need_one_of(text, kObligations, "obligation", at_line(place_, node)));
    return static_cast<Obligation>(std::find(kObligations.begin(), kObligations.end(), text) -
                                   kObligations.begin());
  }

  // YYYY, YYYY-MM or YYYY-MM-DD, or nothing.
  Result<std::string> date(const Node& node, const char* field) {
    const std::string text = node.text();
    static constexpr std::string_view kRest = "0000-01-01";
    const bool shape = text.empty() || text.size() == 4 || text.size() == 7 || text.size() == 10;
    if (!shape ||
        (!text.empty() &&
         !parse_date(text + std::string(kRest.substr(std::min<std::size_t>(text.size(), 10)))))) {
      return fail(err::programme_date, at_line(place_, node), {{"field", field}, {"value", text}});
    }
    return text;
  }

 private:
  const std::string& place_;
  const Vocabulary& vocabulary_;

  Done parameters(const Node& map, const KindInfo& kind) {
    if (map.is_null()) return {};
    if (!map.is_map()) {
      return fail(err::field_type, at_line(place_, map),
                  {{"field", "parameters"}, {"wanted", "map"}});
    }
    for (const auto& [name, value] : map.pairs()) {
      if (name == "as_written") continue;
      const ParameterInfo* info = kind.parameter(name);
      if (info == nullptr) {
        std::string allowed = "as_written";
        for (const ParameterInfo& p : kind.parameters) allowed += ", " + p.name;
        return fail(err::parameter_unknown, at_line(place_, value),
                    {{"kind", kind.name}, {"parameter", name}, {"allowed", allowed}});
      }
      const std::string wanted = check_value(*info, value);
      if (!wanted.empty()) {
        const std::string shown =
            value.is_list() ? fmt::format("[{}]", fmt::join(value.texts(), ", ")) : value.text();
        return fail(
            err::parameter_value, at_line(place_, value),
            {{"kind", kind.name}, {"parameter", name}, {"value", shown}, {"wanted", wanted}});
      }
    }
    return {};
  }

  Done dispatch(const Node& node, Dispatch& out) {
    if (node.is_null()) return {};
    KHIEN_DO(allow_keys(node,
                        {"number", "symbol", "form", "issuer", "parent", "place", "issued_on",
                         "subject", "legal_basis", "recipients", "copies_to", "annexes", "due_on",
                         "contacts", "signing_capacity"},
                        at_line(place_, node)));
    out.number = node["number"].text();
    out.symbol = node["symbol"].text();
    if (out.symbol.empty() && out.number.find('/') != std::string::npos) {
      out.symbol = out.number.substr(out.number.rfind('/') + 1);
    }
    out.form = node["form"].text("công văn");
    out.issuer = node["issuer"].text();
    out.parent = node["parent"].text();
    out.place = node["place"].text();
    KHIEN_TRY(out.issued_on, date(node["issued_on"], "issued_on"));
    KHIEN_TRY(out.due_on, date(node["due_on"], "due_on"));
    out.subject_line = node["subject"].text();
    out.recipients = node["recipients"].texts();
    out.copies_to = node["copies_to"].texts();
    out.annexes = node["annexes"].texts();
    out.signing_capacity = node["signing_capacity"].text();
    for (const Node& basis : node["legal_basis"].items()) {
      KHIEN_DO(allow_keys(basis, {"number", "issued_on"}, at_line(place_, basis)));
      Cited cited{basis.is_map() ? basis["number"].text() : basis.text(), ""};
      KHIEN_TRY(cited.issued_on, date(basis["issued_on"], "issued_on"));
      out.legal_basis.push_back(std::move(cited));
    }
    for (const Node& c : node["contacts"].items()) {
      KHIEN_DO(
          allow_keys(c, {"unit", "title", "name", "phone", "mail", "scope"}, at_line(place_, c)));
      out.contacts.push_back({c["unit"].text(), c["title"].text(), c["name"].text(),
                              c["phone"].text(), c["mail"].text(), c["scope"].text()});
    }
    return {};
  }

  // "1.2" was a bullet, "1.a" a point, "p3" unnumbered.
  std::string cite_of(const std::string& id) const {
    const auto rank = [&](const std::string& n) {
      const std::string word = vocabulary_.cite("n" + n, "");
      return word.empty() ? n : word;
    };
    if (id.size() > 1 && id[0] == 'p' && id[1] >= '0' && id[1] <= '9') {
      return vocabulary_.cite("content", rank(id.substr(1)));
    }
    const std::size_t dot = id.rfind('.');
    if (dot == std::string::npos) return vocabulary_.cite("item", id);
    const std::string last = id.substr(dot + 1);
    const std::string above = cite_of(id.substr(0, dot));
    const bool digits = !last.empty() && std::all_of(last.begin(), last.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    const bool under_roman = id.find_first_not_of("IVX") == dot;
    if (digits && under_roman) return vocabulary_.cite("number", last) + " " + above;
    if (digits) return vocabulary_.cite("bullet", rank(last)) + ", " + above;
    return vocabulary_.cite("letter", last) + " " + above;
  }

 public:
  Result<Measure> measure(const Node& node) {
    KHIEN_DO(allow_keys(node,
                        {"id", "cite", "text", "obligation", "actor", "due_on", "deadlines",
                         "kinds", "add"},
                        at_line(place_, node)));
    Measure m;
    KHIEN_TRY(m.id, need_text(node, "id", at_line(place_, node)));
    KHIEN_TRY(m.text, need_text(node, "text", at_line(place_, node)));
    m.cite_vi = node["cite"].text();
    if (m.cite_vi.empty()) m.cite_vi = cite_of(m.id);
    KHIEN_TRY(m.obligation, obligation(node["obligation"]));
    m.actor = node["actor"].text();
    KHIEN_TRY(m.due_on, date(node["due_on"], "due_on"));
    for (const Node& d : node["deadlines"].items()) {
      KHIEN_DO(allow_keys(d, {"due_on", "actor"}, at_line(place_, d)));
      DueFor due{"", d["actor"].text()};
      KHIEN_TRY(due.due_on, date(d["due_on"], "due_on"));
      m.deadlines.push_back(std::move(due));
    }
    KHIEN_TRY(m.kinds, kinds(node["kinds"]));
    return m;
  }

  Done window(const Node& node, Order& out) {
    KHIEN_DO(allow_keys(node, {"from", "to", "why"}, at_line(place_, node)));
    WatchWindow w{node["from"].text(), node["to"].text(), "window." + node["why"].text()};
    for (const auto& [field, value] : {std::pair{"from", w.from}, std::pair{"to", w.to}}) {
      if (!parse_date(value)) {
        return fail(err::programme_date, at_line(place_, node),
                    {{"field", field}, {"value", value}});
      }
    }
    std::vector<std::string> known = {"stated"};  // days the dispatch itself names
    for (const auto& entry : vocabulary_.calendar().entries()) known.push_back(entry.id);
    KHIEN_DO(need_one_of(node["why"].text(), known, "why", at_line(place_, node)));
    out.watch_windows.push_back(std::move(w));
    return {};
  }
};

std::string known_ids(const Order& order) {
  std::vector<std::string> ids;
  for (const Measure& m : order.measures) ids.push_back(m.id);
  return fmt::format("{}", fmt::join(ids, ", "));
}

}  // namespace

Result<Order> load_programme(std::string_view text, const std::string& place,
                             const Vocabulary& vocabulary) {
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  KHIEN_TRY(Order out, ProgrammeReader(place, vocabulary).order(root));
  out.dispatch.sha256 = sha256_hex(text);
  if (out.dispatch.source.empty()) out.dispatch.source = place;
  return out;
}

Done apply_corrections(Order& order, std::string_view text, const std::string& place,
                       const std::string& by, const Vocabulary& vocabulary) {
  if (trim(by).empty()) return fail(err::corrections_unsigned, place);
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  KHIEN_DO(allow_keys(root, {"measures", kWatchWindows, kOldWatchWindows, "due_on", "sha256", "by",
                             "on"}, place));
  ProgrammeReader reader(place, vocabulary);
  Order changed = order;  // all or nothing
  if (root.has(kWatchWindows) || root.has(kOldWatchWindows)) {
    changed.watch_windows.clear();
    KHIEN_DO(reader.watch_windows(root, changed));
  }
  if (root.has("due_on")) {
    KHIEN_TRY(changed.dispatch.due_on, reader.date(root["due_on"], "due_on"));
  }
  for (const char* field : {"measures", kWatchWindows, kOldWatchWindows}) {
    if (!root[field].is_null() && root[field].type() != Node::Type::list)
      return fail(err::field_type, at_line(place, root[field]),
                  {{"field", field}, {"wanted", "list"}});
  }
  for (const Node& node : root["measures"].items()) {
    for (const char* field : {"drop", "add"}) {
      if (node.has(field) && node[field].type() != Node::Type::boolean)
        return fail(err::field_type, at_line(place, node[field]),
                    {{"field", field}, {"wanted", "boolean"}});
    }
    KHIEN_TRY(const std::string id, need_text(node, "id", at_line(place, node)));
    const auto at = std::find_if(changed.measures.begin(), changed.measures.end(),
                                 [&](const Measure& m) { return m.id == id; });
    if (node["add"].boolean()) {
      if (at != changed.measures.end()) {
        return fail(err::measure_repeated, at_line(place, node), {{"id", id}});
      }
      KHIEN_TRY(Measure added, reader.measure(node));
      changed.measures.push_back(std::move(added));
      continue;
    }
    if (at == changed.measures.end()) {
      return fail(err::measure_unknown, at_line(place, node),
                  {{"id", id}, {"allowed", known_ids(changed)}});
    }
    KHIEN_DO(allow_keys(node, {"id", "drop", "kinds", "obligation", "actor", "due_on", "text"},
                        at_line(place, node)));
    if (node["drop"].boolean()) {
      changed.measures.erase(at);
      continue;
    }
    if (node.has("kinds")) { KHIEN_TRY(at->kinds, reader.kinds(node["kinds"])); }
    if (node.has("obligation")) {
      KHIEN_TRY(at->obligation, reader.obligation(node["obligation"]));
    }
    if (node.has("due_on")) { KHIEN_TRY(at->due_on, reader.date(node["due_on"], "due_on")); }
    if (node.has("actor")) at->actor = node["actor"].text();
    if (node.has("due_on") || node.has("actor")) at->deadlines.clear();  // one day, as he says
    if (node.has("text")) at->text = node["text"].text();
  }
  changed.confirmed_by = by;
  settle_warnings(changed);
  order = std::move(changed);
  return {};
}

}  // namespace khien
