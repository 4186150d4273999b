// Strict, like agency.yaml: a word we do not know is a slip of the person who typed it.
#include "collect/account_folder/folder_map.h"

#include <algorithm>

#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/node.h"
#include "collect/account_folder/table_kind.h"
#include "collect/source/errors.h"

namespace khien {
namespace {

Result<Columns> stated_columns(const Node& node, const std::vector<std::string>& fields,
                           const std::string& place) {
  Columns out;
  const Node& columns = node["columns"];
  if (columns.is_null()) return out;
  if (!columns.is_map()) {
    return fail(err::field_type, at_line(place, columns),
                {{"field", "columns"}, {"wanted", "map"}});
  }
  std::string allowed;
  for (const std::string& field : fields) allowed += (allowed.empty() ? "" : ", ") + field;
  for (const auto& [heading, field] : columns.pairs()) {
    if (std::find(fields.begin(), fields.end(), field.text()) == fields.end()) {
      return fail(err::column_field, at_line(place, field),
                  {{"field", field.text()}, {"allowed", allowed}});
    }
    out[heading] = field.text();
  }
  return out;
}

std::vector<std::string> all_fields(const Lexicon& lexicon) {
  std::vector<std::string> out;
  for (const std::string& kind : table_kinds()) {
    for (const std::string& field : lexicon.fields(kind)) {
      if (std::find(out.begin(), out.end(), field) == out.end()) out.push_back(field);
    }
  }
  return out;
}

Result<StatedFile> file_of(const Node& node, const Lexicon& lexicon, const std::string& place) {
  KHIEN_DO(allow_keys(node, {"kind", "app", "agency", "sheet", "columns"}, place));
  StatedFile out;
  out.place = at_line(place, node);
  for (const auto& [key, into] : {std::pair{"kind", &StatedFile::kind},
                                  {"app", &StatedFile::app},
                                  {"agency", &StatedFile::agency},
                                  {"sheet", &StatedFile::sheet}}) {
    const Node& value = node[key];
    if (value.is_list() || value.is_map()) {
      return fail(err::field_type, at_line(place, value), {{"field", key}, {"wanted", "text"}});
    }
    out.*into = value.text();
  }
  std::vector<std::string> kinds = table_kinds();
  for (const char* more : {"directory", "password_store", "word_list", "leaked_list",
                           "password_policy", "none"}) {
    kinds.emplace_back(more);
  }
  if (node.has("kind")) {
    KHIEN_DO(need_one_of(out.kind, kinds, "kind", at_line(place, node["kind"])));
  }
  const bool table = !type_of_kind(out.kind).empty();
  const auto fields = table ? lexicon.fields(out.kind) : all_fields(lexicon);
  KHIEN_TRY(out.columns, stated_columns(node, fields, place));
  return out;
}

}  // namespace

Result<FolderMap> parse_folder_map(std::string_view text, const std::string& place,
                                   const Lexicon& lexicon) {
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  KHIEN_DO(allow_keys(root, {"columns", "files"}, place));
  FolderMap out;
  KHIEN_TRY(out.columns, stated_columns(root, all_fields(lexicon), place));
  const Node& files = root["files"];
  if (!files.is_null() && !files.is_map()) {
    return fail(err::field_type, at_line(place, files), {{"field", "files"}, {"wanted", "map"}});
  }
  for (const auto& [path, node] : files.pairs()) {
    const std::string normal = std::filesystem::path(path).lexically_normal().generic_string();
    KHIEN_TRY(out.files[normal], file_of(node, lexicon, place));
  }
  return out;
}

Result<FolderMap> load_folder_map(const std::filesystem::path& path, const Lexicon& lexicon) {
  KHIEN_TRY(const std::string text, read_file(path, limits::yaml_file_bytes));
  return parse_folder_map(text, path.string(), lexicon);
}

Columns columns_for(const FolderMap& map, const StatedFile* file, const std::string& kind,
                    const Lexicon& lexicon) {
  Columns out;
  const std::vector<std::string> fields = lexicon.fields(kind);
  const auto add = [&](const Columns& columns) {
    for (const auto& [heading, field] : columns) {
      if (std::find(fields.begin(), fields.end(), field) != fields.end()) out[heading] = field;
    }
  };
  add(map.columns);
  if (file == nullptr) return out;
  for (const auto& [heading, field] : file->columns) out[heading] = field;
  return out;
}

}  // namespace khien
