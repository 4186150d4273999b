#include "hub/data/office.h"

#include "hub/data/rows.h"

namespace khien::hub {
namespace {

Node empty_profile() {
  const Node nobody = Node::map({{"name", Node{}}, {"phone", Node{}}, {"mail", Node{}}});
  return Node::map({{"name", ""}, {"parent_name", Node{}}, {"place", Node{}},
                    {"symbol", Node{}}, {"officer", nobody},
                    {"signer", Node::map({{"capacity", Node{}}, {"title", Node{}},
                                          {"name", Node{}}})},
                    {"kind", Node{}}, {"groups", Node::list()},
                    {"applications", Node::list()}, {"machines_total", Node{}}});
}

}  // namespace

Result<Node> office_profile(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(const Value profile, db.one("select profile from office where agency_id = ?1",
                                        {agency_id}));
  Node out = empty_profile();
  const Node kept = tree_of(to_text(profile));
  for (const auto& [name, value] : kept.pairs()) out.set(name, value);
  KHIEN_TRY(const Value name, db.one("select name from agency where id = ?1", {agency_id}));
  out.set("name", to_text(name));
  return out;
}

Done save_office(const Database& db, std::int64_t agency_id, const Node& profile) {
  KHIEN_TRY(Statement save, db.prepare("insert into office(agency_id, profile) values(?1, ?2)"
                                       " on conflict(agency_id) do update set profile = ?2"));
  KHIEN_DO(save.bind(1, agency_id).bind(2, to_json(profile)).run());
  const Node& officer = profile["officer"];
  KHIEN_TRY(Statement name,
            db.prepare("update agency set name = ?2, kind = ?3, contact_name = ?4,"
                       " contact_phone = ?5, contact_mail = ?6 where id = ?1"));
  return name.bind(1, agency_id).bind(2, profile["name"].text())
      .bind(3, profile["kind"].text())
      .bind(4, text_or_null(officer["name"].text()))
      .bind(5, text_or_null(officer["phone"].text()))
      .bind(6, text_or_null(officer["mail"].text())).run();
}

}  // namespace khien::hub
