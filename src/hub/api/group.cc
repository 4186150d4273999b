// /groups: whom papers address together.
#include "hub/data/group.h"

#include <algorithm>

#include "base/text.h"
#include "hub/api/agency_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Node ids_node(const std::vector<std::int64_t>& ids) {
  Node out = Node::list();
  for (const std::int64_t id : ids) out.push(Node(text_id(id)));
  return out;
}

Node group_node(const GroupRow& group, const std::vector<AgencyRow>& today) {
  return Node::map({{"id", text_id(group.id)},
                    {"name", group.name},
                    {"agencies", members_of(group, today).size()},
                    {"kinds", Node::list_of(group.kinds)},
                    {"agency_ids", ids_node(group.added)},
                    {"without_ids", ids_node(group.taken_out)}});
}

Result<Node> group_now(const Call& call, const Database& db, const GroupRow& group) {
  KHIEN_TRY(const auto today, agencies_on(db, group.agency_id, today_of(call.hub)));
  return group_node(group, today);
}

Result<Response> list_of_groups(Call& call) {
  const std::int64_t own = call.actor.agency_id;
  KHIEN_TRY(const auto groups, list_groups(call.db, own));
  KHIEN_TRY(const auto today, agencies_on(call.db, own, today_of(call.hub)));
  Node out = Node::list();
  for (const GroupRow& group : groups) out.push(group_node(group, today));
  return json_response(out);
}

Result<std::vector<std::int64_t>> ids_below(const Call& call, const Database& db,
                                            const GroupRow& group, const char* field) {
  std::vector<std::int64_t> out;
  for (const Node& id : call.body[field].items()) {
    KHIEN_TRY(const AgencyRow agency, agency_below(db, id, group.agency_id, field));
    out.push_back(agency.id);
  }
  return out;
}

Done take_group_fields(const Call& call, const Database& db, GroupRow& group) {
  group.name = squeeze(call.body["name"].text());
  group.kinds.clear();
  for (const std::string& kind : call.body["kinds"].texts()) group.kinds.push_back(squeeze(kind));
  KHIEN_TRY(group.added, ids_below(call, db, group, "agency_ids"));
  KHIEN_TRY(group.taken_out, ids_below(call, db, group, "without_ids"));
  return {};
}

Result<Response> add_one_group(Call& call) {
  KHIEN_TRY(const Node made,
            call.change("group.add", "groups", 0,
                        [&](const Database& db, Act& act) -> Result<Node> {
                          GroupRow group;
                          group.agency_id = call.actor.agency_id;
                          KHIEN_DO(take_group_fields(call, db, group));
                          KHIEN_TRY(group.id, add_group(db, group));
                          act.what_id = group.id;
                          act.detail = call.body;
                          return group_now(call, db, group);
                        }));
  return json_response(made, 201);
}

Result<Response> save_this_group(Call& call) {
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(auto group, find_group(db, call.id()));
    if (!group) return fail(err::hub_not_found, text_id(call.id()));
    KHIEN_DO(take_group_fields(call, db, *group));
    act.detail = call.body;
    KHIEN_DO(save_group(db, *group));
    return group_now(call, db, *group);
  };
  KHIEN_TRY(const Node node, call.change("group.save", "groups", call.id(), change));
  return json_response(node);
}

Result<Response> delete_this_group(Call& call) {
  KHIEN_DO(call.change("group.delete", "groups", call.id(), [&](const Database& db, Act&) {
    return delete_group(db, call.id());
  }));
  return empty_response();
}

Result<Response> agencies_of_this_group(Call& call) {
  KHIEN_TRY(const auto group, find_group(call.db, call.id()));
  if (!group) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_TRY(const auto all, agencies_on(call.db, group->agency_id,
                                        call.query["at"].text(today_of(call.hub))));
  const auto agencies = members_of(*group, all);
  std::vector<Node> items;
  for (const AgencyRow& row : agencies) {
    if (row.id > call.after()) items.push_back(agency_node(row));
  }
  Node page = list_page(std::move(items), call,
                        [](const Node& item) { return item["id"].text(); });
  page.set("total", agencies.size());
  return json_response(page);
}

Result<bool> sees_group(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto group, find_group(db, id));
  if (!group) return false;
  return is_below(db, group->agency_id, actor.agency_id);
}

}  // namespace

Done make_first_groups(const Database& db, const Content& content, std::int64_t agency_id) {
  KHIEN_TRY(const Value there, db.one("select count(*) from agency_group where agency_id = ?1",
                                      {agency_id}));
  if (std::get<std::int64_t>(there) > 0) return {};
  KHIEN_TRY(const Node groups, content.yaml("hub/groups.yaml"));
  for (const Node& one : groups["groups"].items()) {
    GroupRow group;
    group.agency_id = agency_id;
    group.name = one["name"].text();
    group.kinds = one["kinds"].texts();
    KHIEN_TRY([[maybe_unused]] const std::int64_t id, add_group(db, group));
  }
  return {};
}

void add_groups(Handlers& handlers) {
  handlers.add("group_list", list_of_groups);
  handlers.add("group_add", add_one_group);
  handlers.add("group_save", save_this_group);
  handlers.add("group_delete", delete_this_group);
  handlers.add("group_agencies", agencies_of_this_group);
  handlers.object("group", sees_group);
}

}  // namespace khien::hub
