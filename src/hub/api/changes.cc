// /dispatches/{id}/changes, /chain: what a dispatch changes of those before it, what it rests on.
#include <algorithm>
#include <map>
#include <set>

#include "hub/api/dispatch_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kMostBefore = 2'000;
constexpr std::size_t kMostNodes = 200;

// What was asked last, before this dispatch: kind, parameter -> value and who says so.
struct Asked {
  std::int64_t dispatch_id = 0;
  std::string number;
  Node value;
};
struct InForce {
  std::set<std::string> kinds;
  std::map<std::pair<std::string, std::string>, Asked> parameters;
};

bool is_read(const DispatchRow& row) {
  return row.state == "confirmed" || row.state == "issued" || row.state == "answered";
}

bool comes_before(const DispatchRow& a, const DispatchRow& b) {
  return std::pair(a.issued_on, a.id) < std::pair(b.issued_on, b.id);
}

Result<std::vector<DispatchRow>> dispatches_before(const Database& db, const DispatchRow& row) {
  DispatchSearch search;
  search.agency_id = row.agency_id;
  search.own = true;
  search.limit = kMostBefore;
  KHIEN_TRY(auto all, list_dispatches(db, search));
  std::erase_if(all, [&](const DispatchRow& d) {
    return d.id == row.id || !is_read(d) || !comes_before(d, row);
  });
  std::sort(all.begin(), all.end(), comes_before);
  return all;
}

Result<InForce> in_force_before(const Database& db, const DispatchRow& row) {
  InForce out;
  KHIEN_TRY(const auto before, dispatches_before(db, row));
  for (const DispatchRow& d : before) {
    KHIEN_TRY(const auto measures, measures_of(db, d.id));
    for (const MeasureRow& m : measures) {
      if (!m.counts()) continue;
      for (const Node& kind : m.kinds.items()) {
        out.kinds.insert(kind["kind"].text());
        for (const auto& [name, value] : kind["parameters"].pairs()) {
          out.parameters[{kind["kind"].text(), name}] = {d.id, d.number, value};
        }
      }
    }
  }
  return out;
}

class Changes {
 public:
  Changes(const Call& call, const KindBook& kinds, const InForce& before)
      : texts_(call.texts), kinds_(kinds), before_(before) {}

  void add(const DispatchRow& row, const MeasureRow& m) {
    for (const Node& kind : m.kinds.items()) {
      const std::string name = kind["kind"].text();
      if (name == "other.manual") continue;
      const Node shown = kinds_.kind_node(texts_, kind);
      if (!before_.kinds.contains(name) && told_.insert(name).second) {
        push(m, 0, row.number, "new",
             texts_("hub.change.new_kind", {{"kind", shown["name"].text()}}));
      }
      if (before_.kinds.contains(name)) add_parameters(m, name, kind, shown);
    }
  }
  Node items = Node::list();

 private:
  void add_parameters(const MeasureRow& m, const std::string& kind, const Node& read,
                      const Node& shown) {
    for (const Node& parameter : shown["parameters"].items()) {
      const std::string id = parameter["id"].text();
      const auto before = before_.parameters.find({kind, id});
      if (before == before_.parameters.end()) continue;
      const Node& value = read["parameters"][id];
      const std::string way = kinds_.way(kind, id, before->second.value, value);
      if (way.empty() || !told_.insert(kind + " " + id + " " + to_json(value)).second) continue;
      push(m, before->second.dispatch_id, before->second.number, way,
           texts_("hub.change.parameter", {{"kind", shown["name"].text()},
                                           {"parameter", parameter["name"].text()},
                                           {"new", parameter["text"].text()},
                                           {"old", words_of(kind, id, before->second.value)}}));
    }
  }

  std::string words_of(const std::string& kind, const std::string& id, const Node& value) const {
    const Node shown = kinds_.kind_node(
        texts_, Node::map({{"kind", kind}, {"parameters", Node::map({{id, value}})}}));
    return shown["parameters"].items().front()["text"].text();
  }

  void push(const MeasureRow& m, std::int64_t dispatch_id, const std::string& number,
            const std::string& way, const std::string& text) {
    items.push(Node::map({{"dispatch_id", dispatch_id == 0 ? Node() : Node(text_id(dispatch_id))},
                          {"number", number},
                          {"cite", cite_of(texts_, m.cite, m.doc_id)},
                          {"text", text},
                          {"way", way}}));
  }
  const Texts& texts_;
  const KindBook& kinds_;
  const InForce& before_;
  std::set<std::string> told_;
};

Result<Response> changes_of_dispatch(Call& call) {
  KHIEN_TRY(const auto row, find_dispatch(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  KHIEN_TRY(const InForce before, in_force_before(call.db, *row));
  KHIEN_TRY(const auto measures, measures_of(call.db, row->id));
  Changes changes(call, kinds, before);
  for (const MeasureRow& m : measures) {
    if (m.counts()) changes.add(*row, m);
  }
  return json_response(Node::map({{"items", std::move(changes.items)}}));
}

// Dispatches by what they rest on, both ways from one.
class Chain {
 public:
  Chain(const Database& db, std::int64_t agency_id) : db_(db), agency_id_(agency_id) {}

  Done walk(const DispatchRow& first) {
    add_here(first);
    std::vector<DispatchRow> open = {first};
    while (!open.empty() && nodes.items().size() < kMostNodes) {
      const DispatchRow row = std::move(open.back());
      open.pop_back();
      KHIEN_DO(add_bases(row, open));
    }
    return add_those_above(first);
  }
  Node nodes = Node::list(), edges = Node::list();

 private:
  Done add_bases(const DispatchRow& row, std::vector<DispatchRow>& open) {
    for (const Node& basis : row.head["legal_basis"].items()) {
      const std::string number = basis["number"].text();
      if (number.empty()) continue;
      KHIEN_TRY(const std::int64_t id, dispatch_of_number(db_, agency_id_, number));
      if (id == row.id) continue;
      if (id == 0) {
        add_edge(here_.at(row.id), add_elsewhere(number, basis["issued_on"]));
        continue;
      }
      const bool known = here_.contains(id);
      KHIEN_TRY(const auto base, find_dispatch(db_, id));
      if (!known) add_here(*base), open.push_back(*base);
      add_edge(here_.at(row.id), here_.at(id));
    }
    return {};
  }

  // Those here that name it among their own bases.
  Done add_those_above(const DispatchRow& first) {
    if (first.number.empty()) return {};
    DispatchSearch search;
    search.agency_id = agency_id_;
    search.limit = kMostBefore;
    KHIEN_TRY(const auto all, list_dispatches(db_, search));
    for (const DispatchRow& row : all) {
      for (const Node& basis : row.head["legal_basis"].items()) {
        if (basis["number"].text() != first.number || row.id == first.id) continue;
        if (!here_.contains(row.id)) add_here(row);
        add_edge(here_.at(row.id), here_.at(first.id));
        break;
      }
    }
    return {};
  }

  void add_here(const DispatchRow& row) {
    const std::string id = "d" + text_id(row.id);
    here_[row.id] = id;
    nodes.push(Node::map({{"id", id},
                          {"dispatch_id", text_id(row.id)},
                          {"number", row.number},
                          {"subject", node_of_text(row.subject)},
                          {"issued_on", node_of_text(row.issued_on)},
                          {"here", true}}));
  }

  std::string add_elsewhere(const std::string& number, const Node& issued_on) {
    const auto [at, made] = elsewhere_.try_emplace(number, "");
    if (!made) return at->second;
    at->second = "x" + std::to_string(elsewhere_.size());
    nodes.push(Node::map({{"id", at->second}, {"dispatch_id", Node()}, {"number", number},
                          {"subject", Node()}, {"issued_on", node_of_text(issued_on.text())},
                          {"here", false}}));
    return at->second;
  }

  void add_edge(const std::string& from, const std::string& to) {
    if (drawn_.emplace(from, to).second) edges.push(Node::map({{"from", from}, {"to", to}}));
  }

  const Database& db_;
  std::int64_t agency_id_;
  std::map<std::int64_t, std::string> here_;
  std::map<std::string, std::string> elsewhere_;
  std::set<std::pair<std::string, std::string>> drawn_;
};

Result<Response> chain_of_dispatch(Call& call) {
  KHIEN_TRY(const auto row, find_dispatch(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  Chain chain(call.db, row->agency_id);
  KHIEN_DO(chain.walk(*row));
  return json_response(Node::map({{"nodes", std::move(chain.nodes)},
                                  {"edges", std::move(chain.edges)}}));
}

}  // namespace

void add_changes(Handlers& handlers) {
  handlers.add("dispatch_changes", changes_of_dispatch);
  handlers.add("dispatch_chain", chain_of_dispatch);
}

}  // namespace khien::hub
