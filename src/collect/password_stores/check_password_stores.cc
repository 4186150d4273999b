// What agency.yaml says of hash stores and the lists they are tested with.
#include "collect/password_stores/password_stores.h"
#include "collect/source/fields.h"

namespace khien {

Result<std::string> check_password_stores(const Node& map, const std::string& place) {
  KHIEN_TRY(std::string path, check_file_source(map, place, {"type", "path", "app", "host",
                                                             "scope", "budget_seconds"}));
  KHIEN_DO(check_choice(map, "scope", {"application", "directory", "host"}, place));
  KHIEN_DO(count_field(map, "budget_seconds", place));
  if (map["app"].text().empty() && map["host"].text().empty()) {
    return fail(err::field_missing, at_line(place, map), {{"field", "app"}});
  }
  return path;
}

Result<std::string> check_password_list(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "name"});
}

}  // namespace khien
