// content/registers/*.yaml to values; a slip in one of them names file and line.
#include <algorithm>

#include "base/near.h"
#include "base/node.h"
#include "base/text.h"
#include "collect/register/errors.h"
#include "collect/register/list.h"
#include "collect/register/register.h"

namespace khien {
namespace {

tl::unexpected<Error> invalid(const std::string& place, const std::string& detail) {
  return fail(err::register_invalid, place, {{"detail", detail}});
}

Result<RegisterColumn> column_from(const Node& node, const std::string& path) {
  KHIEN_DO(allow_keys(node, {"field", "vi", "en", "synonyms", "type", "choices", "required",
                             "exact", "ends", "keep", "example", "help_vi", "help_en"}, path));
  const std::string place = at_line(path, node);
  RegisterColumn c;
  KHIEN_TRY(c.field, need_text(node, "field", path));
  KHIEN_TRY(c.vi, need_text(node, "vi", path));
  KHIEN_TRY(c.en, need_text(node, "en", path));
  KHIEN_TRY(c.type, need_text(node, "type", path));
  KHIEN_DO(need_one_of(c.type, {"text", "integer", "flag", "date", "datetime", "choice"}, "type",
                       place));
  c.synonyms = node["synonyms"].texts();
  c.required = node["required"].boolean();
  c.exact = node["exact"].boolean();
  c.ends = node["ends"].boolean();
  c.keep = node["keep"].boolean();
  c.example = node["example"].text();
  c.help_vi = node["help_vi"].text();
  c.help_en = node["help_en"].text();
  if (c.help_vi.empty() != c.help_en.empty()) return invalid(place, "help in one language");
  for (const auto& [stored, words] : node["choices"].pairs()) {
    c.choices.push_back({stored, words.texts()});
    if (words.texts().size() < 2) return invalid(place, "a choice needs both languages");
  }
  if ((c.type == "choice") == c.choices.empty()) return invalid(place, "choices");
  return c;
}

Result<Register> register_from(const Node& node, const std::string& path,
                               const std::string& folder) {
  KHIEN_DO(allow_keys(node, {"register", "name_vi", "table", "vi", "en", "help_vi", "help_en",
                             "fixed", "columns"}, path));
  Register r;
  KHIEN_TRY(r.name, need_text(node, "register", path));
  KHIEN_TRY(r.name_vi, need_text(node, "name_vi", path));
  KHIEN_TRY(r.table, need_text(node, "table", path));
  KHIEN_TRY(r.vi, need_text(node, "vi", path));
  KHIEN_TRY(r.en, need_text(node, "en", path));
  KHIEN_TRY(r.help_vi, need_text(node, "help_vi", path));
  KHIEN_TRY(r.help_en, need_text(node, "help_en", path));
  if (path != folder + r.name + ".yaml") return invalid(path, "name and path differ");
  for (const auto& [field, value] : node["fixed"].pairs()) r.fixed[field] = value.text();
  std::set<std::string> headings;
  bool needed = false;
  for (const Node& item : node["columns"].items()) {
    KHIEN_TRY(RegisterColumn c, column_from(item, path));
    needed = needed || c.required;
    for (const std::string& word : {c.vi, c.en, c.field}) {
      if (!headings.insert(fold(word)).second) {
        if (fold(c.vi) == fold(c.en) || fold(c.en) == c.field) continue;  // the same word twice
        return invalid(at_line(path, item), "heading twice: " + word);
      }
    }
    r.columns.push_back(std::move(c));
  }
  if (!needed) return invalid(path, "no required column");
  return r;
}

}  // namespace

namespace {

Result<std::vector<Register>> definitions(const Content& content, const std::string& folder) {
  std::vector<Register> out;
  for (const std::string& path : content.list(folder, ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(path));
    KHIEN_TRY(Register r, register_from(node, path, folder));
    out.push_back(std::move(r));
  }
  return out;
}

// By either name, the Vietnamese one with or without its marks.
const Register* of_name(const std::vector<Register>& all, std::string_view name) {
  std::string key = skeleton(squeeze(name));
  std::replace(key.begin(), key.end(), ' ', '-');
  for (const Register& r : all) {
    if (r.name == name || r.name_vi == key) return &r;
  }
  return nullptr;
}

}  // namespace

Result<Registers> Registers::load(const Content& content) {
  Registers out;
  KHIEN_TRY(out.all_, definitions(content, "registers/"));
  return out;
}

Result<std::vector<Register>> blank_lists(const Content& content) {
  return definitions(content, "templates/");
}

const Register* Registers::find(std::string_view name) const { return of_name(all_, name); }

Result<std::optional<Register>> find_list(const Content& content, std::string_view name) {
  KHIEN_TRY(const auto all, definitions(content, "lists/"));
  const Register* found = of_name(all, name);
  return found == nullptr ? std::optional<Register>{} : std::optional(*found);
}

Result<const Register*> Registers::need(const std::string& name, const std::string& place) const {
  if (const Register* found = find(name)) return found;
  std::vector<std::string> names;
  std::string allowed;
  std::string allowed_vi;
  for (const Register& r : all_) {
    names.push_back(r.name_vi);
    names.push_back(r.name);
    allowed += (allowed.empty() ? "" : ", ") + r.name;
    allowed_vi += (allowed_vi.empty() ? "" : ", ") + r.name_vi;
  }
  const std::string near = nearest(skeleton(name), names);
  return fail(err::register_unknown, place,
              {{"name", name}, {"allowed", allowed}, {"allowed_vi", allowed_vi},
               {"near", near.empty() ? "none" : near}});
}

}  // namespace khien
