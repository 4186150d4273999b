// Lists of objects in JSON, as servers export their accounts: a list is a sheet, the longest the
// first, an object one row; objects one a line are a list. What lies deeper is named by its way:
// "profile.mail". Of a list of objects that say their type each has its own columns:
// "credentials.password.createdDate".
#include <algorithm>
#include <map>

#include "base/limits.h"
#include "base/node.h"
#include "base/text.h"
#include "format/errors.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr int kJsonDepth = 4;      // of the list in the text
constexpr int kJsonValueDepth = 3;    // of a value in its object
constexpr std::string_view kJsonValueMark = "; ";
constexpr const char* kKeyHeading = "key";  // of objects kept by name

struct Objects {
  std::string way;  // "users", "realm.groups"; "" for the whole text
  std::vector<const Node*> objects;
  std::vector<std::string> keys;  // where they are kept by name
};

// What the objects of a list hold are their parts and no lists of the text.
void find_lists(const Node& node, const std::string& way, int depth, std::vector<Objects>& out) {
  if (depth > kJsonDepth) return;
  Objects here{way, {}, {}};
  for (const Node& item : node.items()) {
    if (item.is_map()) here.objects.push_back(&item);
  }
  for (const auto& [key, value] : node.pairs()) {
    if (!value.is_map()) continue;
    here.objects.push_back(&value);
    here.keys.push_back(key);
  }
  const std::size_t all = node.items().size() + node.pairs().size();
  const bool named = here.keys.empty() || all > 1;
  if (!here.objects.empty() && here.objects.size() == all && named) {
    out.push_back(std::move(here));
    return;
  }
  for (const auto& [key, value] : node.pairs()) {
    find_lists(value, way.empty() ? key : way + "." + key, depth + 1, out);
  }
}

class JsonRows {
 public:
  explicit JsonRows(TableBuilder& builder) : builder_(builder) {}

  // The headings stand above the rows, and are known only after the last.
  Done run(const Objects& found) {
    for (std::size_t i = 0; i < found.objects.size(); ++i) {
      row_.clear();
      if (!found.keys.empty()) put(kKeyHeading, found.keys[i]);
      flatten(*found.objects[i], "", 0);
      rows_.push_back(std::move(row_));
    }
    for (const auto& [heading, column] : columns_) KHIEN_DO(builder_.cell(1, column, heading));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (const auto& [column, value] : rows_[i]) {
        KHIEN_DO(builder_.cell(static_cast<int>(i) + 2, column, value));
      }
    }
    return {};
  }

 private:
  void put(const std::string& heading, const std::string& value) {
    if (value.size() > limits::table_cell_bytes) return;
    const auto [at, fresh] = columns_.try_emplace(heading, columns_.size());
    if (fresh && columns_.size() > limits::table_columns) {
      columns_.erase(at);
      return;
    }
    std::string& cell = row_[at->second];
    cell += (cell.empty() || value.empty() ? "" : std::string(kJsonValueMark)) + value;
  }

  void flatten(const Node& node, const std::string& way, int depth) {
    if (node.is_scalar()) return put(way, node.text());
    if (depth >= kJsonValueDepth) return;
    const std::string dot = way.empty() ? "" : way + ".";
    for (const auto& [key, value] : node.pairs()) flatten(value, dot + key, depth + 1);
    for (const Node& item : node.items()) {
      const std::string type = item["type"].text();
      flatten(item, item.is_map() && !type.empty() ? dot + type : way, depth + 1);
    }
  }

  TableBuilder& builder_;
  std::map<std::string, std::size_t> columns_;
  std::map<std::size_t, std::string> row_;
  std::vector<std::map<std::size_t, std::string>> rows_;
};

// One object a line, as logs and databases export them.
std::string as_one_list(std::string_view text) {
  std::string out = "[";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!line.starts_with('{') || !line.ends_with('}')) return "";
    out += (out.size() == 1 ? "" : ",") + std::string(line);
  }
  return out + "]";
}

Result<Node> parse_lists(std::string_view text, const std::string& place) {
  auto root = parse_json(text, place);
  if (root) return root;
  const std::string lines = as_one_list(text);
  auto list = lines.empty() ? Result<Node>(pass_on(root.error())) : parse_json(lines, place);
  return list ? list : root;  // what is wrong with the text as it stands
}

}  // namespace

bool begins_as_json(std::string_view text) {
  const std::string_view start = trim(text.substr(0, limits::kMiB));
  if (start.starts_with('{')) {
    const std::string_view inner = trim(start.substr(1));
    return inner.starts_with('"');
  }
  return start.starts_with('[') && trim(start.substr(1)).starts_with('{');
}

Result<std::optional<Table>> read_json_table(std::string_view text, const std::string& place,
                                             const std::string& sheet) {
  if (!begins_as_json(text)) return std::optional<Table>();
  KHIEN_TRY(const Node root, parse_lists(text, place));
  std::vector<Objects> lists;
  find_lists(root, "", 0, lists);
  std::stable_sort(lists.begin(), lists.end(), [](const Objects& a, const Objects& b) {
    return a.objects.size() > b.objects.size();
  });
  if (lists.empty()) return fail(err::table_unknown, place, {{"detail", "JSON"}});
  std::string names;
  for (const Objects& list : lists) names += (names.empty() ? "" : ", ") + list.way;
  const auto taken = sheet.empty() ? lists.begin()
                                   : std::find_if(lists.begin(), lists.end(), [&](const auto& l) {
                                       return l.way == sheet;
                                     });
  if (taken == lists.end()) {
    return fail(err::sheet_unknown, place, {{"sheet", sheet}, {"sheets", names}});
  }
  Table out;
  out.format = "json";
  out.sheet = taken->way;
  for (auto list = lists.begin(); sheet.empty() && ++list != lists.end();) {
    out.others.push_back(list->way);
  }
  TableBuilder builder(out, place);
  KHIEN_DO(JsonRows(builder).run(*taken));
  builder.finish();
  return std::optional(std::move(out));
}

}  // namespace khien
