#include "hub/data/group.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "base/text.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kGroupSelect = "select id, agency_id, name, kinds from agency_group ";

GroupRow group_row(const Statement& s) {
  return {s.integer(0), s.integer(1), s.text(2), tree_of(s.text(3)).texts(), {}, {}};
}

Done read_members(const Database& db, GroupRow& group) {
  KHIEN_TRY(Statement s, db.prepare("select agency_id, member from group_member where"
                                    " group_id = ?1 order by agency_id"));
  s.bind(1, group.id);
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return {};
    (s.integer(1) != 0 ? group.added : group.taken_out).push_back(s.integer(0));
  }
}

Done write_members(const Database& db, const GroupRow& group) {
  KHIEN_TRY(Statement old, db.prepare("delete from group_member where group_id = ?1"));
  KHIEN_DO(old.bind(1, group.id).run());
  KHIEN_TRY(Statement add, db.prepare("insert or replace into group_member values(?1, ?2, ?3)"));
  for (const std::int64_t id : group.added) {
    KHIEN_DO(add.bind(1, group.id).bind(2, id).bind(3, std::int64_t{1}).run());
  }
  for (const std::int64_t id : group.taken_out) {
    KHIEN_DO(add.bind(1, group.id).bind(2, id).bind(3, std::int64_t{0}).run());
  }
  return {};
}

bool has(const std::vector<std::int64_t>& ids, std::int64_t id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

Result<std::vector<GroupRow>> list_groups(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kGroupSelect) +
                                    "where agency_id = ?1 order by position, id"));
  s.bind(1, agency_id);
  KHIEN_TRY(auto out, rows_of<GroupRow>(s, group_row));
  for (GroupRow& group : out) KHIEN_DO(read_members(db, group));
  return out;
}

Result<std::optional<GroupRow>> find_group(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kGroupSelect) + "where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::optional<GroupRow>{};
  GroupRow out = group_row(s);
  KHIEN_DO(read_members(db, out));
  return std::optional(std::move(out));
}

Result<std::int64_t> add_group(const Database& db, const GroupRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into agency_group(agency_id, position, name, kinds) values(?1,"
                       " (select coalesce(max(position), 0) + 1 from agency_group where"
                       " agency_id = ?1), ?2, ?3)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.name)
               .bind(3, to_json(Node::list_of(row.kinds))).run());
  GroupRow made = row;
  made.id = db.last_rowid();
  KHIEN_DO(write_members(db, made));
  return made.id;
}

Done save_group(const Database& db, const GroupRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update agency_group set name = ?2, kinds = ?3 where id = ?1"));
  KHIEN_DO(s.bind(1, row.id).bind(2, row.name).bind(3, to_json(Node::list_of(row.kinds))).run());
  return write_members(db, row);
}

Done delete_group(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from agency_group where id = ?1"));
  return s.bind(1, id).run();
}

Result<std::vector<AgencyRow>> agencies_on(const Database& db, std::int64_t top,
                                           const std::string& day) {
  AgencySearch below;
  below.top = top;
  below.at = day;
  below.limit = std::numeric_limits<std::int64_t>::max();
  return list_agencies(db, below);
}

std::vector<AgencyRow> members_of(const GroupRow& group, const std::vector<AgencyRow>& all) {
  std::unordered_map<std::string, bool> kinds;  // as written -> belongs
  const auto of_kind = [&](const std::string& kind) {
    const auto [at, made] = kinds.try_emplace(kind, false);
    if (made) {
      at->second = std::any_of(group.kinds.begin(), group.kinds.end(), [&](const auto& wanted) {
        return skeleton(squeeze(wanted)) == skeleton(squeeze(kind));
      });
    }
    return at->second;
  };
  std::vector<AgencyRow> out;
  for (const AgencyRow& a : all) {
    if (a.id == group.agency_id || has(group.taken_out, a.id)) continue;
    if (of_kind(a.kind) || has(group.added, a.id)) out.push_back(a);
  }
  return out;
}

}  // namespace khien::hub
