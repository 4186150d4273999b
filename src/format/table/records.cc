// Text of records, one property a line, as programs list objects: Format-List of PowerShell
// ("Name : value"), `ipa user-find`, `net user NAME` (no mark, values in one column), `wmic
// /format:list` ("Name=value"), \G of MySQL, \x of psql ("name | value"), `pdbedit -v`,
// `synouser --get`. And the list of `net user`, which has names alone.
//
// A record begins where the first property of the text stands again. Properties become headings in
// the order in which they come; of a property several times in a record the values are joined.
#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/limits.h"
#include "base/text.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kRecordSample = 400;          // lines that show what the text is
constexpr std::size_t kLongestKey = 60;       // bytes
constexpr std::size_t kKeysOfOne = 6;         // a single record needs as many to be one
constexpr std::size_t kNetUserColumn = 29;    // where `net user NAME` puts its values
constexpr std::size_t kNetUserNames = 25;     // width of a name in the list of `net user`
constexpr std::size_t kNetUserRule = 70;      // dashes of its rule, at least
constexpr std::string_view kSeveralMark = "; ";

std::vector<std::string_view> record_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_record_rule(std::string_view line) {
  line = trim(line);
  return line.starts_with("-[ RECORD ") || line.starts_with("***") ||
         line.find_first_not_of("-=+*_ ") == std::string_view::npos;
}

// "[an.lt]": Samba and Synology put values in brackets.
std::string_view without_mark(std::string_view value) {
  const bool both = value.size() >= 2 && value.front() == '[' && value.back() == ']';
  return both && value.find('[', 1) == std::string_view::npos
             ? trim(value.substr(1, value.size() - 2))
             : value;
}

struct Property {
  std::string_view key, value;
  std::size_t mark = 0;  // where the mark or the value stands
};

// "Name : value", "Name: value", "Name=value", "name | value".
std::optional<Property> marked(std::string_view line, char mark) {
  const std::size_t at = line.find(mark);
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  const std::string_view key = trim(line.substr(0, at));
  const std::string_view rest = line.substr(at + 1);
  if (key.empty() || key.size() > kLongestKey) return std::nullopt;
  if (mark != '=' && !rest.empty() && rest.front() != ' ') return std::nullopt;  // 10:15, C:\x
  if (key.find_first_of("\"{}<>|;,\t") != std::string_view::npos) return std::nullopt;
  return Property{key, trim(rest), at};
}

// A label and, from one column on, its value; the label alone where there is none.
std::optional<Property> in_column(std::string_view line) {
  if (line.empty() || line.front() == ' ' || line.find('\t') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::u32string text = to_u32(line);
  const std::size_t gap = text.find(U"  ");
  if (gap == std::u32string::npos) {
    if (text.size() >= kNetUserColumn) return std::nullopt;
    return Property{line, {}, 0};
  }
  const std::size_t from = text.find_first_not_of(U' ', gap);
  if (from != kNetUserColumn && from != std::u32string::npos) return std::nullopt;
  const std::size_t bytes = to_utf8(text.substr(0, gap)).size();
  return Property{line.substr(0, bytes), trim(line.substr(bytes)), from};
}

using Reader = std::optional<Property> (*)(std::string_view);

struct Form {
  Reader read = nullptr;
  std::size_t opening = 0;  // line of the first property
};

// The form that fits nearly all lines from its first property on.
bool fits(const std::vector<std::string_view>& lines, Reader read, bool columns, Form& out) {
  std::unordered_map<std::string_view, std::size_t> seen;
  std::size_t good = 0, all = 0, empty = 0, aligned = 0;
  std::string_view first;
  std::size_t mark = 0;
  for (std::size_t i = 0; i < std::min(lines.size(), kRecordSample); ++i) {
    if (trim(lines[i]).empty() || is_record_rule(lines[i])) continue;
    const auto property = read(lines[i]);
    if (first.empty()) {
      if (!property || property->value.empty()) continue;  // what stands above the records
      first = property->key;
      mark = property->mark;
      out.opening = i;
    }
    ++all;
    const bool continued = !property && lines[i].starts_with("      ");
    good += property.has_value() || continued;
    if (!property) continue;
    ++seen[property->key];
    empty += property->value.empty();
    aligned += property->mark == mark || (columns && property->value.empty());
  }
  if (first.empty() || all == 0 || good * 10 < all * 8) return false;
  const std::size_t records = seen[first];
  out.read = read;
  // Lists of settings have each name once: one record only where its form is told by columns.
  const bool one = seen.size() >= kKeysOfOne && aligned * 10 >= good * 9 && mark > 0;
  const bool spaced = lines[out.opening].find(" : ") != std::string_view::npos;
  if (records >= 2) return seen.size() >= 2 && (!columns || seen.size() >= kKeysOfOne);
  return one && (columns ? empty >= 2 : spaced);
}

std::optional<Property> by_colon(std::string_view line) { return marked(line, ':'); }
std::optional<Property> by_equals(std::string_view line) {
  return line.starts_with(' ') ? std::nullopt : marked(line, '=');
}
std::optional<Property> by_bar(std::string_view line) { return marked(line, '|'); }

bool find_form(const std::vector<std::string_view>& lines, Form& out) {
  const bool expanded = std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(
                                        std::min(lines.size(), kRecordSample)),
                                    [](std::string_view line) {
                                      return line.starts_with("-[ RECORD ");
                                    });
  if (expanded) return fits(lines, by_bar, false, out);
  return fits(lines, by_colon, false, out) || fits(lines, by_equals, false, out) ||
         fits(lines, in_column, true, out);
}

class Records {
 public:
  explicit Records(TableBuilder& builder) : builder_(builder) {}

  Done headings(const std::vector<std::string_view>& lines, const Form& form) {
    for (std::size_t i = form.opening; i < lines.size(); ++i) {
      const auto property = is_record_rule(lines[i]) ? std::nullopt : form.read(lines[i]);
      if (!property || columns_.contains(property->key)) continue;
      if (columns_.size() >= limits::table_columns) break;
      columns_[property->key] = columns_.size();
      KHIEN_DO(builder_.cell(static_cast<int>(form.opening) + 1, columns_.size() - 1,
                             property->key));
    }
    return {};
  }

  Done rows(const std::vector<std::string_view>& lines, const Form& form) {
    const std::string_view opening = form.read(lines[form.opening])->key;
    std::size_t last = SIZE_MAX;
    for (std::size_t i = form.opening; i < lines.size(); ++i) {
      if (trim(lines[i]).empty() || is_record_rule(lines[i])) {
        last = SIZE_MAX;
        continue;
      }
      const auto property = form.read(lines[i]);
      if (!property) {  // a long value goes on in the next line
        const bool goes_on = last != SIZE_MAX && lines[i].starts_with("      ");
        if (goes_on) record_[last] += " " + std::string(trim(lines[i]));
        continue;
      }
      const auto at = columns_.find(property->key);
      if (at == columns_.end()) continue;
      if (property->key == opening) KHIEN_DO(flush());
      if (record_.empty()) row_ = static_cast<int>(i) + 2;  // below the heading
      last = at->second;
      std::string& value = record_[last];
      if (!value.empty() && !property->value.empty()) value += kSeveralMark;
      value += without_mark(property->value);
    }
    return flush();
  }

 private:
  Done flush() {
    for (const auto& [column, value] : record_) KHIEN_DO(builder_.cell(row_, column, value));
    record_.clear();
    return {};
  }

  TableBuilder& builder_;
  std::unordered_map<std::string_view, std::size_t> columns_;
  std::map<std::size_t, std::string> record_;
  int row_ = 0;
};

// Names in columns of 25 under a rule, a sentence below them.
std::optional<std::vector<std::pair<int, std::string>>> net_user_names(
    const std::vector<std::string_view>& lines) {
  std::size_t rule = 0;
  while (rule < lines.size() && (lines[rule].size() < kNetUserRule ||
                                 lines[rule].find_first_not_of('-') != std::string_view::npos)) {
    ++rule;
  }
  const bool server = std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(rule),
                                  [](std::string_view line) {
                                    return line.find("\\\\") != std::string_view::npos;
                                  });
  if (rule >= lines.size() || !server) return std::nullopt;
  std::vector<std::pair<int, std::string>> out;
  for (std::size_t i = rule + 1; i < lines.size() && !trim(lines[i]).empty(); ++i) {
    const std::u32string line = to_u32(lines[i]);
    const bool padded = line.size() % kNetUserNames == 0 || line.size() < kNetUserNames;
    if (!padded || line.find(U'.') + 1 == line.size()) break;  // the closing sentence
    for (std::size_t at = 0; at < line.size(); at += kNetUserNames) {
      const std::string name(trim(to_utf8(line.substr(at, kNetUserNames))));
      if (!name.empty()) out.emplace_back(static_cast<int>(i) + 1, name);
    }
  }
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

Result<std::optional<Table>> read_records(std::string_view text, const std::string& place) {
  const std::vector<std::string_view> lines = record_lines(text);
  Table out;
  out.format = "records";
  TableBuilder builder(out, place);
  if (const auto names = net_user_names(lines)) {
    out.format = "names";
    int row = names->front().first - 1;
    KHIEN_DO(builder.cell(row, 0, "User name"));
    for (const auto& [line, name] : *names) KHIEN_DO(builder.cell(++row, 0, name));
    return std::optional(std::move(out));
  }
  Form form;
  if (!find_form(lines, form)) return std::optional<Table>();
  Records records(builder);
  KHIEN_DO(records.headings(lines, form));
  KHIEN_DO(records.rows(lines, form));
  builder.finish();
  return std::optional(std::move(out));
}

}  // namespace khien
