#include "hub/api/recipients.h"

#include "base/file.h"
#include "hub/api/agency_nodes.h"
#include "hub/api/words.h"
#include "hub/data/group.h"
#include "hub/data/measure.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kConcernsMs = 2 * 60'000;

// Where a chain of mergers has come to by today.
Result<std::optional<AgencyRow>> heir_of(const Database& db, const AgencyRow& gone,
                                         const std::string& today) {
  std::set<std::int64_t> seen = {gone.id};
  std::int64_t next = gone.successor_id;
  while (next != 0 && seen.insert(next).second) {
    KHIEN_TRY(const auto row, find_agency(db, next));
    if (!row) break;
    if (row->holds_on(today)) return row;
    next = row->successor_id;
  }
  return std::optional<AgencyRow>{};
}

// One that does not exist today: not yet, or no more.
Result<RefusedRecipient> dissolved(const Call& call, const AgencyRow& gone,
                                   const std::string& today) {
  RefusedRecipient out{gone.id, gone.name, 0, "", {}};
  if (gone.valid_from > today) {
    out.why = {err::agency_not_yet, "agency_ids",
               {{"name", gone.name}, {"day", call.texts.date(gone.valid_from)}}};
    return out;
  }
  KHIEN_TRY(const auto heir, heir_of(call.db, gone, today));
  if (heir) out.successor_id = heir->id, out.successor = heir->name;
  out.why = {err::agency_dissolved, "agency_ids",
             {{"name", gone.name}, {"day", call.texts.date(gone.valid_to)},
              {"successor", heir ? heir->name : std::string("none")}}};
  return out;
}

Result<std::vector<AgencyRow>> named_agencies(const Call& call, std::int64_t issuer,
                                              const std::string& today) {
  std::vector<AgencyRow> out;
  KHIEN_TRY(const auto all, agencies_on(call.db, issuer, today));
  for (const Node& id : call.body["group_ids"].items()) {
    KHIEN_TRY(const auto group, find_group(call.db, id_of(id)));
    if (!group || group->agency_id != issuer) return fail(err::hub_not_found, "group_ids");
    auto members = members_of(*group, all);
    std::move(members.begin(), members.end(), std::back_inserter(out));
  }
  for (const Node& id : call.body["agency_ids"].items()) {
    KHIEN_TRY(AgencyRow row, agency_below(call.db, id, call.actor.agency_id, "agency_ids"));
    out.push_back(std::move(row));
  }
  return out;
}

Result<Node> asked_agencies(const Call& call, std::int64_t issuer,
                            const std::vector<AgencyRow>& agencies) {
  std::map<std::int64_t, std::vector<std::string>> roles;
  KHIEN_TRY(const auto groups, list_groups(call.db, issuer));
  KHIEN_TRY(const auto all, agencies_on(call.db, issuer, today_of(call.hub)));
  for (const GroupRow& group : groups) {
    for (const AgencyRow& member : members_of(group, all)) roles[member.id].push_back(group.name);
  }
  Node out = Node::list();
  for (const AgencyRow& agency : agencies) {
    std::vector<std::string> names = {agency.name};
    KHIEN_TRY(const auto dated, names_of(call.db, agency.id));
    for (const DatedName& name : dated) {
      if (name.name != agency.name) names.push_back(name.name);
    }
    if (!agency.kind.empty()) roles[agency.id].push_back(agency.kind);
    out.push(Node::map({{"id", text_id(agency.id)},
                        {"names", Node::list_of(names)},
                        {"roles", Node::list_of(roles[agency.id])},
                        {"enterprise", is_enterprise(agency.kind)}}));
  }
  return out;
}

}  // namespace

Result<Chosen> chosen_recipients(const Call& call, std::int64_t issuer) {
  const std::string today = today_of(call.hub);
  KHIEN_TRY(const auto named, named_agencies(call, issuer, today));
  Chosen out;
  std::set<std::int64_t> seen;
  for (const AgencyRow& agency : named) {
    if (!seen.insert(agency.id).second) continue;
    KHIEN_TRY(const bool below, is_below(call.db, agency.id, issuer));
    if (!below || agency.id == issuer) {
      out.refused.push_back({agency.id, agency.name, 0, "",
                             {err::issue_not_below, "agency_ids", {{"name", agency.name}}}});
    } else if (!agency.holds_on(today)) {
      KHIEN_TRY(RefusedRecipient refused, dissolved(call, agency, today));
      out.refused.push_back(std::move(refused));
    } else {
      out.agencies.push_back(agency);
    }
  }
  return out;
}

Result<Concerns> concerns_of(const Call& call, const DispatchRow& dispatch,
                             const std::vector<AgencyRow>& agencies) {
  KHIEN_TRY(const auto measures, measures_of(call.db, dispatch.id));
  Node actors = Node::list();
  for (const MeasureRow& m : measures) {
    if (m.counts()) actors.push(Node::map({{"id", text_id(m.id)}, {"actor", m.actor}}));
  }
  if (agencies.empty() || actors.items().empty()) return Concerns{};
  KHIEN_TRY(Node asked, asked_agencies(call, dispatch.agency_id, agencies));
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const auto file = folder.path() / "giao.json";
  const Node question = Node::map({{"measures", std::move(actors)},
                                   {"agencies", std::move(asked)}});
  KHIEN_DO(write_file(file, to_json(question), Access::owner));
  KHIEN_TRY(const ChildResult child,
            call.hub.runner.child({"programme", "addressed", "--json", file.string()},
                                  folder.path(), kConcernsMs,
                                  [&] { return call.hub.runner.stopping(); }));
  KHIEN_TRY(const Node answer, child_json(child));
  Concerns out;
  for (const Node& agency : answer["agencies"].items()) {
    auto& own = out[id_of(agency["id"])];
    for (const Node& id : agency["measures"].items()) own.push_back(id_of(id));
  }
  return out;
}

Node refused_node(const Call& call, const RefusedRecipient& refused) {
  Node successor;
  if (refused.successor_id != 0) {
    successor = agency_name_node(refused.successor_id, refused.successor);
  }
  return Node::map({{"agency", agency_name_node(refused.agency_id, refused.name)},
                    {"successor", std::move(successor)},
                    {"text", problem_words(call.texts, problem_of(refused.why))}});
}

}  // namespace khien::hub
