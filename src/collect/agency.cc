// Strict reading: a field we do not know is a slip of the person who typed it, and is named.
#include "collect/agency.h"

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/node.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"
#include "collect/source/names.h"
#include "collect/sources.h"

namespace khien {
namespace {

constexpr std::size_t kSources = 5'000;
constexpr double kOldestFactsDays = 3660;  // as the vocabulary allows an order

namespace fs = std::filesystem;

// K0016, or K0413 that names the type a slip of the keys is nearest to.
Result<const SourceType*> type_of(const Node& node, const std::string& place) {
  KHIEN_TRY(const std::string name, need_text(node, "type", place));
  if (const SourceType* type = find_source_type(name)) return type;
  std::vector<std::string> known;
  for (const SourceType& type : source_types()) known.emplace_back(type.name);
  const Done unknown = need_one_of(name, known, "type", at_line(place, node));
  const SourceType* near = near_source_type(name);
  if (near == nullptr) return pass_on(unknown.error());
  return fail(err::source_type_near, at_line(place, node),
              {{"value", name}, {"near", near->name},
               {"allowed", unknown.error().args.at("allowed")}});
}

Result<AgencySource> source_from(const Node& node, const std::string& place,
                                 const fs::path& folder) {
  KHIEN_TRY(const SourceType* type, type_of(node, place));
  AgencySource out;
  out.type = type->name;
  out.place = at_line(place, node);
  out.folder = folder;
  KHIEN_TRY(out.written, type->check(node, place));
  if (node.has("path")) out.path = folder / out.written;
  out.fields = node;
  return out;
}

Done read_people(const Node& root, const std::string& place, Agency& out) {
  const Node& signer = root["signer"];
  if (!signer.is_null()) {
    KHIEN_DO(allow_keys(signer, {"title", "name"}, place));
    if (signer["title"].is_list()) {  // TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH
      KHIEN_TRY(const std::vector<std::string> lines, list_field(signer, "title", place));
      for (const std::string& line : lines) {
        out.record.signer_title += (out.record.signer_title.empty() ? "" : "\n") + line;
      }
    } else {
      KHIEN_TRY(out.record.signer_title, text_field(signer, "title", place));
    }
    KHIEN_TRY(out.record.signer_name, text_field(signer, "name", place));
  }
  const Node& officer = root["officer"];
  if (!officer.is_null()) {
    KHIEN_DO(allow_keys(officer, {"name", "title", "phone", "mail"}, place));
    KHIEN_TRY(out.record.officer_name, text_field(officer, "name", place));
    KHIEN_TRY(out.record.officer_title, text_field(officer, "title", place));
    KHIEN_TRY(out.officer_phone, text_field(officer, "phone", place));
    KHIEN_TRY(out.officer_mail, text_field(officer, "mail", place));
  }
  return {};
}

Result<Agency> agency_from(const Node& root, const fs::path& path) {
  const std::string place = path.string();
  KHIEN_DO(allow_keys(root, {"name", "parent", "place", "symbol", "aliases", "actor", "enterprise",
                             "machines", "applications", "facts_max_age",
                             "signer", "officer", "sample", "domains", "sources"}, place));
  Agency out;
  KHIEN_TRY(out.record.name, need_text(root, "name", place));
  KHIEN_TRY(out.record.parent, text_field(root, "parent", place));
  KHIEN_TRY(out.record.place, text_field(root, "place", place));
  KHIEN_TRY(out.record.symbol, text_field(root, "symbol", place));
  KHIEN_TRY(out.record.sample, flag_field(root, "sample", place));
  KHIEN_TRY(out.enterprise, flag_field(root, "enterprise", place));
  KHIEN_TRY(out.machines, count_field(root, "machines", place));
  out.applications = root["applications"].texts();
  KHIEN_TRY(out.aliases, list_field(root, "aliases", place));
  KHIEN_TRY(out.actor, list_field(root, "actor", place));
  KHIEN_TRY(out.domains, list_field(root, "domains", place));
  KHIEN_TRY(out.record.facts_max_age, text_field(root, "facts_max_age", place));
  if (!out.record.facts_max_age.empty()) {
    const auto period = parse_period(out.record.facts_max_age);
    const double days = period ? approximate_days(*period) : 0;
    if (days < 1 || days > kOldestFactsDays) {
      return fail(err::field_type, at_line(place, root["facts_max_age"]),
                  {{"field", "facts_max_age"}, {"wanted", "period"}});
    }
  }
  KHIEN_DO(read_people(root, place, out));
  const Node& sources = root["sources"];
  if (!sources.is_null() && !sources.is_list()) {
    return fail(err::field_type, at_line(place, sources),
                {{"field", "sources"}, {"wanted", "list"}});
  }
  if (sources.items().size() > kSources) {
    return fail(err::too_many_sources, at_line(place, sources),
                {{"limit", std::to_string(kSources)}});
  }
  for (const Node& node : sources.items()) {
    KHIEN_TRY(AgencySource source, source_from(node, place, path.parent_path()));
    out.sources.push_back(std::move(source));
  }
  return out;
}

}  // namespace

Result<Agency> parse_agency(std::string_view text, const fs::path& path) {
  KHIEN_TRY(const Node root, parse_yaml(text, path.string()));
  auto agency = agency_from(agency_in_known_names(root), path);
  if (!agency) return pass_on(with_both_names(agency.error()));
  return agency;
}

Result<Agency> load_agency(const fs::path& path) {
  KHIEN_TRY(const std::string text, read_file(path, limits::yaml_file_bytes));
  return parse_agency(text, path);
}

Agency this_host() {
  Agency out;
  AgencySource host;
  host.type = "host";
  out.sources.push_back(std::move(host));
  return out;
}

}  // namespace khien
