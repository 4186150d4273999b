// /agencies: the tree below the own agency.
#include "hub/api/agency_nodes.h"
#include "hub/api/handlers.h"

#include "base/text.h"
#include "hub/api/words.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Result<Response> list_of_agencies(Call& call) {
  AgencySearch search;
  search.top = call.actor.agency_id;
  if (!call.query["parent"].is_null()) {
    KHIEN_TRY(const AgencyRow parent,
              agency_below(call.db, call.query["parent"], search.top, "query.parent"));
    search.parent = parent.id;
  }
  search.q = call.query["q"].text(), search.kind = call.query["kind"].text();
  search.at = call.query["at"].text();
  search.after = call.after(), search.limit = call.limit() + 1;
  KHIEN_TRY(const auto rows, list_agencies(call.db, search));
  std::vector<Node> items;
  for (const AgencyRow& row : rows) items.push_back(agency_node(row));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Node> whole_agency_node(const Database& db, std::int64_t id) {
  KHIEN_TRY(const auto row, find_agency(db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  Node out = agency_node(*row);
  Node names = Node::list();
  KHIEN_TRY(const auto dated, names_of(db, id));
  for (const DatedName& name : dated) {
    names.push(Node::map({{"valid_from", node_of_text(name.valid_from)}, {"name", name.name}}));
  }
  out.set("names", std::move(names));
  KHIEN_TRY(const auto next, find_agency_name(db, row->successor_id));
  out.set("successor_name", next ? Node(next->name) : Node());
  return out;
}

Result<Response> read_agency(Call& call) {
  KHIEN_TRY(const Node node, whole_agency_node(call.db, call.id()));
  return json_response(node);
}

// Of the body's fields those that are there; null clears. The name is left to its dates.
Done take_agency_fields(const Call& call, const Database& db, AgencyRow& row) {
  const Node& body = call.body;
  // What an agency is called, when it exists, is its superior's to say; its contacts are its own.
  if (row.id == call.actor.agency_id && row.parent_id != 0) {
    for (const auto& [name, value] : body.pairs()) {
      if (name != "contact") return fail(err::hub_not_allowed, name);
    }
  }
  for (const auto& [name, field] : {std::pair{"code", &row.code}, {"kind", &row.kind},
                                    {"valid_from", &row.valid_from},
                                    {"valid_to", &row.valid_to}}) {
    if (body.has(name)) *field = squeeze(body[name].text());
  }
  for (const auto& [name, field] : {std::pair{"name", &row.contact_name},
                                    {"phone", &row.contact_phone}, {"mail", &row.contact_mail}}) {
    if (body["contact"].has(name)) *field = squeeze(body["contact"][name].text());
  }
  const std::int64_t top = call.actor.agency_id;
  if (body.has("parent_id") && row.id != top && !body["parent_id"].is_null()) {
    KHIEN_TRY(const AgencyRow parent, agency_below(db, body["parent_id"], top, "body.parent_id"));
    row.parent_id = parent.id;
  }
  if (row.valid_to.empty() || body.has("successor_id")) row.successor_id = 0;  // it goes on
  if (body.has("successor_id")) {
    if (!body["successor_id"].is_null()) {
      KHIEN_TRY(const AgencyRow next,
                agency_below(db, body["successor_id"], top, "body.successor_id"));
      row.successor_id = next.id;
    }
  }
  return check_agency(call.texts, db, row);
}

Result<Response> add_one_agency(Call& call) {
  KHIEN_TRY(const Node made,
            call.change("agency.add", "agencies", 0,
                        [&](const Database& db, Act& act) -> Result<Node> {
                          AgencyRow row;
                          row.parent_id = call.actor.agency_id;
                          row.name = squeeze(call.body["name"].text());
                          KHIEN_DO(take_agency_fields(call, db, row));
                          KHIEN_TRY(act.what_id, add_agency(db, row));
                          act.detail.set("name", row.name);
                          KHIEN_DO(make_first_groups(db, call.hub.content,
                                                     call.actor.agency_id));
                          return whole_agency_node(db, act.what_id);
                        }));
  return json_response(made, 201);
}

Result<Response> change_agency(Call& call) {
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(auto row, find_agency(db, call.id()));
    if (!row) return fail(err::hub_not_found, text_id(call.id()));
    KHIEN_DO(take_agency_fields(call, db, *row));
    KHIEN_DO(save_agency(db, *row));
    const std::string name = squeeze(call.body["name"].text());
    if (!name.empty() && name != row->name) {
      KHIEN_DO(rename_agency(db, row->id, {call.body["renamed_on"].text(), name},
                             today_of(call.hub)));
    }
    act.detail = call.body;
    return whole_agency_node(db, row->id);
  };
  KHIEN_TRY(const Node node, call.change("agency.change", "agencies", call.id(), change));
  return json_response(node);
}

Result<bool> sees_agency(const Database& db, const Actor& actor, std::int64_t id) {
  return is_below(db, id, actor.agency_id);
}

}  // namespace

void add_agencies(Handlers& handlers) {
  handlers.add("agency_list", list_of_agencies);
  handlers.add("agency_read", read_agency);
  handlers.add("agency_add", add_one_agency);
  handlers.add("agency_change", change_agency);
  handlers.object("agency", sees_agency);
}

}  // namespace khien::hub
