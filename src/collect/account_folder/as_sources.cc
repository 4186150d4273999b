#include "collect/account_folder/as_sources.h"

#include "collect/account_folder/table_kind.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

}  // namespace

void AsSources::add(const Seen& s, Agency& agency) {
  if (s.what.type.empty()) return;
  AgencySource source;
  source.type = s.what.type;
  source.path = s.file.path;
  source.written = s.what.path;
  source.place = s.what.path;
  source.fields = fields_of(s);
  source.kept = s.kept;
  source.unpacked = s.unpacked;
  if (s.shape == "browser") {
    // <source>/<machine>/<user>/file: the source lies two folders above the user's.
    fs::path top = s.file.path.parent_path();
    for (int up = 0; up < 2 && top != folder_; ++up) top = top.parent_path();
    if (!browser_tops_.insert(top.string()).second) return;
    source.path = top;
    source.written = top.lexically_relative(folder_).generic_string();
  }
  const bool own_name = s.file.path.filename() == "passwd";
  if (s.shape == "passwd" && own_name) source.path = s.file.path.parent_path();
  if (s.secrets) {
    AgencySource store = source;
    store.type = "password_stores";
    agency.sources.push_back(std::move(store));
  }
  agency.sources.push_back(std::move(source));
}

Node AsSources::fields_of(const Seen& s) const {
  const bool host = s.shape == "passwd" || s.shape == "shadow";
  const bool directory = s.directory || s.shape == "ldif" || s.shape == "domain_dump";
  Node out = Node::map({{"scope", host        ? "host"
                                  : directory ? "directory"
                                              : "application"}});
  for (const auto& [field, value] : {std::pair{"app", s.what.app}, {"agency", s.what.agency},
                                     {"host", s.what.host}, {"sheet", s.what.asked}}) {
    if (!value.empty()) out.set(field, value);
  }
  const std::string kind = kind_of_type(s.what.type);
  if (s.shape != "table" || kind.empty()) return out;
  Node columns = Node::map();
  for (const auto& [heading, field] : columns_for(map_, s.stated, kind, lexicon_)) {
    columns.set(heading, field);
  }
  out.set("columns", std::move(columns));
  return out;
}

void AsSources::add_unread(const Recognised& what, Agency& agency) {
  AgencySource source;
  source.type = "accounts";
  source.written = source.place = what.path;
  source.unread = what.error;
  agency.sources.push_back(std::move(source));
}

}  // namespace khien
