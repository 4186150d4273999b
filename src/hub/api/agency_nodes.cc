#include "hub/api/agency_nodes.h"

#include <fmt/format.h>

#include "hub/api/words.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Node node_of_id(std::int64_t id) { return id == 0 ? Node() : Node(text_id(id)); }

Done check_successor(const Database& db, const AgencyRow& row) {
  if (row.successor_id == 0) return {};
  KHIEN_TRY(const auto next, find_agency(db, row.successor_id));
  if (!next) return fail(err::hub_not_found, "successor_id");
  const bool gone = !row.valid_to.empty() && !next->valid_to.empty() &&
                    next->valid_to <= row.valid_to;
  if (row.successor_id == row.id || row.valid_to.empty() || gone) {
    return fail(err::agency_successor, "successor_id", {{"name", next->name}});
  }
  return {};
}

}  // namespace

Node agency_node(const AgencyRow& row) {
  return Node::map({{"id", text_id(row.id)},
                    {"code", node_of_text(row.code)},
                    {"name", row.name},
                    {"kind", row.kind},
                    {"parent_id", node_of_id(row.parent_id)},
                    {"valid_from", node_of_text(row.valid_from)},
                    {"valid_to", node_of_text(row.valid_to)},
                    {"successor_id", node_of_id(row.successor_id)},
                    {"contact", Node::map({{"name", node_of_text(row.contact_name)},
                                           {"phone", node_of_text(row.contact_phone)},
                                           {"mail", node_of_text(row.contact_mail)}})},
                    {"children", row.children}});
}

Node agency_name_node(std::int64_t id, const std::string& name) {
  return Node::map({{"id", text_id(id)}, {"name", name}});
}

Done check_agency(const Texts& texts, const Database& db, const AgencyRow& row) {
  KHIEN_DO(check_day(row.valid_from, "valid_from"));
  KHIEN_DO(check_day(row.valid_to, "valid_to"));
  if (!row.valid_from.empty() && !row.valid_to.empty() && row.valid_to < row.valid_from) {
    return fail(err::agency_days, "valid_to",
                {{"from", texts.date(row.valid_from)}, {"to", texts.date(row.valid_to)}});
  }
  KHIEN_TRY(const std::int64_t same, agency_of_code(db, row.code));
  if (same != 0 && same != row.id) return fail(err::hub_conflict, "code", {{"what", row.code}});
  if (row.id != 0 && row.parent_id != 0) {
    KHIEN_TRY(const bool circle, is_below(db, row.parent_id, row.id));
    if (circle) return fail(err::agency_under_itself, "parent_id", {{"name", row.name}});
  }
  KHIEN_DO(check_successor(db, row));
  if (row.id == 0 || row.valid_to.empty()) return {};
  KHIEN_TRY(const Value below,
            db.one("select count(*) from agency where parent_id = ?1 and (valid_to is null or"
                   " valid_to > ?2)", {row.id, row.valid_to}));
  if (const auto count = std::get<std::int64_t>(below); count > 0) {
    return fail(err::agency_has_units, "valid_to", {{"count", fmt::format("{}", count)}});
  }
  return {};
}

Result<AgencyRow> agency_below(const Database& db, const Node& id, std::int64_t top,
                               const char* place) {
  const std::int64_t asked = id_of(id);
  KHIEN_TRY(const bool below, is_below(db, asked, top));
  if (!below) return fail(err::hub_not_found, place);
  KHIEN_TRY(auto row, find_agency(db, asked));
  if (!row) return fail(err::hub_not_found, place);
  return std::move(*row);
}

}  // namespace khien::hub
