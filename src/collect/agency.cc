// Strict reading: a field we do not know is a slip of the person who typed it, and is named.
#include "collect/agency.h"

#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/node.h"
#include "collect/directory/directory.h"
#include "collect/network/source.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

Result<std::string> text_field(const Node& map, const char* field, const std::string& place) {
  const Node& value = map[field];
  if (value.is_list() || value.is_map()) {
    return fail(err::field_type, at_line(place, value), {{"field", field}, {"wanted", "text"}});
  }
  return value.text();
}

Result<std::int64_t> count_field(const Node& node, std::string_view key, const std::string& place) {
  const Node& value = node[key];
  if (value.is_null()) return 0;
  if (value.type() != Node::Type::integer || value.integer() < 0 || value.integer() > 1'000'000) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(key)}, {"wanted", "0..1000000"}});
  }
  return value.integer();
}

Result<bool> flag_field(const Node& map, const char* field, const std::string& place) {
  const Node& value = map[field];
  if (!value.is_null() && value.type() != Node::Type::boolean) {
    return fail(err::field_type, at_line(place, value),
                {{"field", field}, {"wanted", "true, false"}});
  }
  return value.boolean();
}

Result<std::vector<std::string>> list_field(const Node& map, const char* field,
                                            const std::string& place) {
  const Node& value = map[field];
  if (value.is_null()) return std::vector<std::string>();
  if (!value.is_list()) {
    return fail(err::field_type, at_line(place, value), {{"field", field}, {"wanted", "list"}});
  }
  for (const Node& item : value.items()) {
    if (item.is_scalar()) continue;
    return fail(err::field_type, at_line(place, value), {{"field", field}, {"wanted", "text"}});
  }
  return value.texts();
}

Result<std::map<std::string, std::string>> columns_field(const Node& node,
                                                         const std::string& place) {
  std::map<std::string, std::string> out;
  const Node& columns = node["columns"];
  if (columns.is_null()) return out;
  if (!columns.is_map()) {
    return fail(err::field_type, at_line(place, columns),
                {{"field", "columns"}, {"wanted", "map"}});
  }
  for (const auto& [heading, field] : columns.pairs()) out[heading] = field.text();
  return out;
}

// Sources that name a target on the network have fields of their own.
Result<AgencySource> network_from(const Node& node, const std::string& place,
                                  const fs::path& folder) {
  AgencySource out;
  out.type = node["type"].text();
  out.place = at_line(place, node);
  out.path = folder;
  out.network = node;
  KHIEN_TRY(out.written, check_network_source(node, place));
  return out;
}

// A directory server: its own fields, beside those that name an application and an agency.
Result<AgencySource> server_from(const Node& node, const std::string& place,
                                 const fs::path& folder) {
  AgencySource out;
  out.type = "directory";
  out.scope = "directory";
  out.place = at_line(place, node);
  out.path = folder;
  out.network = node;
  KHIEN_TRY(out.written, check_directory_source(node, place));
  KHIEN_TRY(out.app, text_field(node, "app", place));
  KHIEN_TRY(out.agency, text_field(node, "agency", place));
  return out;
}

Result<AgencySource> source_from(const Node& node, const std::string& place,
                                 const fs::path& folder) {
  if (is_network_source(node["type"].text())) return network_from(node, place, folder);
  if (node["type"].text() == "directory" && node.has("url")) {
    return server_from(node, place, folder);
  }
  KHIEN_DO(allow_keys(node, {"type", "name", "path", "app", "scope", "host", "sheet", "columns",
                             "second_place", "offline", "agency", "budget_seconds"},
                      place));
  AgencySource out;
  out.place = at_line(place, node);
  KHIEN_TRY(out.type, need_text(node, "type", place));
  KHIEN_DO(need_one_of(out.type, {"host", "accounts", "staff", "password_rules", "attestations",
                                  "facts", "register", "msrc", "kev", "systeminfo", "hotfix",
                                  "scan_log", "mail_domain", "portal", "line", "mailbox",
                                  "logs", "backups", "signed_documents", "external_list",
                                  "browser_stores", "join_decisions", "directory",
                                  "password_stores", "word_list", "leaked_list",
                                  "password_policy", "malware_scan", "login_log"},
                       "type", out.place));
  KHIEN_TRY(out.name, text_field(node, "name", place));
  KHIEN_TRY(out.app, text_field(node, "app", place));
  KHIEN_TRY(out.scope, text_field(node, "scope", place));
  KHIEN_TRY(out.host, text_field(node, "host", place));
  KHIEN_TRY(out.sheet, text_field(node, "sheet", place));
  KHIEN_TRY(out.columns, columns_field(node, place));
  KHIEN_TRY(out.agency, text_field(node, "agency", place));
  KHIEN_TRY(out.second_place, text_field(node, "second_place", place));
  KHIEN_TRY(out.budget_seconds, count_field(node, "budget_seconds", place));
  if (node.has("offline")) {
    KHIEN_TRY(const bool offline, flag_field(node, "offline", place));
    out.offline = offline ? "true" : "false";
  }
  if (out.type == "scan_log") {
    KHIEN_DO(need_one_of(out.scope, {"", "full", "quick", "folder"}, "scope", out.place));
  } else {
    // A directory's files tell themselves what they are.
    if (out.scope.empty() && out.type != "directory") out.scope = "application";
    KHIEN_DO(need_one_of(out.scope, {"", "application", "directory", "host"}, "scope", out.place));
  }
  if (out.type == "host") return out;
  KHIEN_TRY(out.written, need_text(node, "path", place));
  out.path = folder / out.written;
  if (out.type == "accounts" && out.scope != "host" && out.app.empty()) {
    return fail(err::field_missing, out.place, {{"field", "app"}});
  }
  if (out.type == "login_log" && out.app.empty()) {
    return fail(err::field_missing, out.place, {{"field", "app"}});
  }
  if (out.type == "password_stores" && out.app.empty() && out.host.empty()) {
    return fail(err::field_missing, out.place, {{"field", "app"}});
  }
  if (out.type == "register" && out.name.empty()) {
    return fail(err::field_missing, out.place, {{"field", "name"}});
  }
  return out;
}

Done read_people(const Node& root, const std::string& place, Agency& out) {
  const Node& signer = root["signer"];
  if (!signer.is_null()) {
    KHIEN_DO(allow_keys(signer, {"title", "name"}, place));
    KHIEN_TRY(out.record.signer_title, text_field(signer, "title", place));
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

}  // namespace

Result<Agency> parse_agency(std::string_view text, const fs::path& path) {
  const std::string place = path.string();
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  KHIEN_DO(allow_keys(root, {"name", "parent", "place", "symbol", "aliases", "actor", "enterprise",
                             "machines", "applications",
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
  KHIEN_DO(read_people(root, place, out));
  const Node& sources = root["sources"];
  if (!sources.is_null() && !sources.is_list()) {
    return fail(err::field_type, at_line(place, sources),
                {{"field", "sources"}, {"wanted", "list"}});
  }
  for (const Node& node : sources.items()) {
    KHIEN_TRY(AgencySource source, source_from(node, place, path.parent_path()));
    out.sources.push_back(std::move(source));
  }
  return out;
}

Result<Agency> load_agency(const fs::path& path) {
  KHIEN_TRY(const std::string text, read_file(path, limits::yaml_file_bytes));
  return parse_agency(text, path);
}

Agency this_host() {
  Agency out;
  AgencySource host;
  host.type = "host";
  host.scope = "host";
  out.sources.push_back(std::move(host));
  return out;
}

}  // namespace khien
