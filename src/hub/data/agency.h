// Agencies: a tree. The root of the hub has no parent here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

// Begins a select over the agencies at and below ?1: "... where agency_id in subtree".
inline constexpr std::string_view kSubtree =
    "with recursive subtree(id) as (values(?1) union select a.id from agency a"
    " join subtree s on a.parent_id = s.id) ";

struct AgencyName {
  std::int64_t id = 0;
  std::string name;
  std::string parent_name;  // "" for the root
};

struct AgencyRow {
  std::int64_t id = 0, parent_id = 0;  // 0: the root
  std::string code, name, kind;        // kind: "Sở", "UBND xã", "Doanh nghiệp"
  std::string valid_from, valid_to;    // ISO days, both counted; "" = open
  std::int64_t successor_id = 0;       // who took over what a dissolved one did
  std::string contact_name, contact_phone, contact_mail;  // the phone is that of who is on duty
  std::int64_t children = 0;           // directly below
  [[nodiscard]] bool holds_on(const std::string& day) const;
};

struct AgencySearch {
  std::int64_t top = 0;      // its subtree, itself too
  std::int64_t parent = 0;   // those directly below it; 0: all
  std::string q;             // in names, also earlier ones, and codes; without diacritics
  std::string kind;          // without diacritics; "" = any
  std::string at;            // ISO day they exist on; "" = whenever
  std::int64_t after = 0, limit = 50;  // by id
};

[[nodiscard]] Result<std::optional<AgencyName>> find_agency_name(const Database& db,
                                                                 std::int64_t id);
// The root; made, without a name, when there is none (within a transaction).
[[nodiscard]] Result<std::int64_t> root_agency(const Database& db);
// `id` is `top` or below it.
[[nodiscard]] Result<bool> is_below(const Database& db, std::int64_t id, std::int64_t top);

// By the name each had on the day asked for, if there is one.
[[nodiscard]] Result<std::vector<AgencyRow>> list_agencies(const Database& db,
                                                           const AgencySearch& search);
[[nodiscard]] Result<std::optional<AgencyRow>> find_agency(const Database& db, std::int64_t id);
[[nodiscard]] Result<std::int64_t> agency_of_code(const Database& db, const std::string& code);
[[nodiscard]] Result<std::int64_t> add_agency(const Database& db, const AgencyRow& row);
// All but the name, which has its dates.
[[nodiscard]] Done save_agency(const Database& db, const AgencyRow& row);
// An enterprise that provides services: it has no users here and answers by a link.
[[nodiscard]] bool is_enterprise(const std::string& kind);

struct DatedName {
  std::string valid_from, name;  // "" = since it is known
};
[[nodiscard]] Result<std::vector<DatedName>> names_of(const Database& db, std::int64_t id);
// Called so from that day on; with "" the name it has is put right instead. `today` decides which
// one is its name now.
[[nodiscard]] Done rename_agency(const Database& db, std::int64_t id, const DatedName& name,
                                 const std::string& today);
// A name it has since `from` it has since `to`.
[[nodiscard]] Done move_name(const Database& db, std::int64_t id, const std::string& from,
                             const std::string& to, const std::string& today);
// Names whose day has come.
[[nodiscard]] Done settle_names(const Database& db, const std::string& today);

}  // namespace khien::hub
