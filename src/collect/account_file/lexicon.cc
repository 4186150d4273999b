// Matching is by whole cells, never by parts: "Ngày cấp" must not be found in "Ngày cấp CCCD".
#include "collect/account_file/lexicon.h"

#include "base/text.h"
#include "collect/errors.h"

namespace khien {
namespace {

constexpr std::size_t kHeaderRows = 40;  // how far down a header may stand
constexpr std::size_t kRemembered = 4096;  // folded cells: states and roles repeat
constexpr std::size_t kSlack = 8;        // bytes an upper-case form may be longer than its word
constexpr const char* kFile = "headers/account.yaml";

// "Ngày cấp (dd/mm/yyyy) *:" -> "ngày cấp"
std::string heading_key(std::string_view heading) {
  std::string out;
  int depth = 0;
  for (const char c : heading) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0 && c != '*' && c != ':') out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return fold(squeeze(out));
}

bool contains_word(const std::string& folded, const std::string& part) {
  return folded.find(part) != std::string::npos;
}

std::size_t distinct_fields(const std::vector<MappedColumn>& columns) {
  std::set<std::string> fields;
  for (const MappedColumn& c : columns) fields.insert(c.field);
  return fields.size();
}

// In lists of mail servers the address is the log-in. A staff list has addresses too: something
// only accounts have must stand beside it.
void log_in_by_mail(Header& header) {
  const MappedColumn* mail = header.find("mail");
  if (mail == nullptr || header.find("login") != nullptr) return;
  for (const char* field : {"password_changed_at", "last_login_at", "role", "mfa"}) {
    if (header.find(field) == nullptr) continue;
    MappedColumn login = *mail;
    login.field = "login";
    header.columns.push_back(std::move(login));
    return;
  }
}

// * at the end only, ? anywhere: all that log-ins need, without folding both sides again.
bool fits(std::string_view glob, std::string_view text) {
  const bool open = glob.ends_with('*');
  if (open) glob.remove_suffix(1);
  if (open ? text.size() < glob.size() : text.size() != glob.size()) return false;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] != '?' && glob[i] != text[i]) return false;
  }
  return true;
}

}  // namespace

std::string Lexicon::folded(std::string_view cell) const {
  std::string out(cell);
  const bool ascii = std::all_of(out.begin(), out.end(), [](unsigned char c) { return c < 0x80; });
  if (ascii) {
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  }
  if (folded_.size() >= kRemembered) folded_.clear();
  const auto [at, fresh] = folded_.try_emplace(std::move(out));
  if (fresh) at->second = fold(cell);
  return at->second;
}

const MappedColumn* Header::find(std::string_view field) const {
  for (const MappedColumn& c : columns) {
    if (c.field == field) return &c;
  }
  return nullptr;
}

Result<Lexicon> Lexicon::load(const Content& content) {
  KHIEN_TRY(const Node root, content.yaml(kFile));
  const std::vector<std::string> kinds = {"account", "staff", "password_rule", "decision",
                                          "external"};
  KHIEN_DO(allow_keys(root, {"account", "staff", "password_rule", "decision", "external", "words",
                             "parts"}, kFile));
  Lexicon out;
  for (const std::string& name : kinds) {
    const Node& node = root[name];
    Kind& kind = out.kinds_[name];
    kind.needs = node["needs"].texts();
    for (const auto& [heading, better] : node["gives_way"].pairs()) {
      const std::vector<std::string> names = better.texts();
      kind.gives_way[heading].insert(names.begin(), names.end());
    }
    for (const auto& [field, headings] : node["fields"].pairs()) {
      kind.fields.push_back(field);
      for (const std::string& heading : headings.texts()) {
        const std::string key = heading_key(heading);
        const auto [at, fresh] = kind.exact.try_emplace(key, field);
        if (!fresh && at->second != field) {
          return fail(err::headers_invalid, at_line(kFile, headings), {{"detail", heading}});
        }
        kind.no_marks.try_emplace(skeleton(key), field);
      }
    }
    for (const std::string& need : kind.needs) {
      if (!node["fields"].has(need)) {
        return fail(err::headers_invalid, kFile, {{"detail", need}});
      }
    }
  }
  for (const auto& [list, words] : root["words"].pairs()) {
    for (const std::string& word : words.texts()) {
      out.words_[list].exact[fold(word)] = true;
      out.words_[list].longest = std::max(out.words_[list].longest, word.size());
      out.words_[list].no_marks[skeleton(fold(word))] = true;
    }
  }
  for (const std::string& part : root["parts"]["privileged"].texts()) {
    out.privileged_.push_back(fold(part));
  }
  out.generic_ = root["parts"]["generic"].texts();
  for (const Node& item : root["parts"]["functions"].items()) {
    auto& words = out.functions_.emplace_back(item["function"].text(), std::vector<std::string>());
    for (const std::string& word : item["words"].texts()) words.second.push_back(fold(word));
  }
  return out;
}

// "Name" beside "DisplayName": the heading that says less is let go.
void Lexicon::drop_lesser(const Kind& kind, Header& header) {
  const std::vector<MappedColumn> all = header.columns;
  std::erase_if(header.columns, [&](const MappedColumn& column) {
    const auto lesser = kind.gives_way.find(heading_key(column.header));
    if (lesser == kind.gives_way.end() || column.how == "stated") return false;
    return std::any_of(all.begin(), all.end(), [&](const MappedColumn& other) {
      return other.field == column.field && lesser->second.contains(heading_key(other.header));
    });
  });
}

MappedColumn Lexicon::match(const Kind& kind, const std::string& header,
                            const std::map<std::string, std::string>& stated) const {
  const std::string key = heading_key(header);
  for (const auto& [heading, field] : stated) {
    if (heading_key(heading) == key) return {0, header, field, "stated"};
  }
  if (const auto at = kind.exact.find(key); at != kind.exact.end()) {
    return {0, header, at->second, "exact"};
  }
  // Only text that lost its marks altogether may match without them.
  const auto at = kind.no_marks.find(key);
  if (at != kind.no_marks.end()) return {0, header, at->second, "no_marks"};
  return {};
}

std::vector<MappedColumn> Lexicon::match_row(
    const Kind& kind, const TableRow& row, const std::map<std::string, std::string>& stated) const {
  std::vector<MappedColumn> out;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].empty() || row.cells[i].size() > 200) continue;
    MappedColumn column = match(kind, row.cells[i], stated);
    if (column.field.empty()) continue;
    column.column = static_cast<int>(i) + 1;
    out.push_back(std::move(column));
  }
  return out;
}

std::vector<MappedColumn> Lexicon::match_rows(
    const Kind& kind, const TableRow& upper, const TableRow& lower,
    const std::map<std::string, std::string>& stated) const {
  std::vector<MappedColumn> out;
  std::string parent;
  const auto cell = [](const TableRow& row, std::size_t i) {
    return i < row.cells.size() && row.cells[i].size() <= 200 ? row.cells[i] : std::string();
  };
  for (std::size_t i = 0; i < std::max(upper.cells.size(), lower.cells.size()); ++i) {
    const std::string child = cell(lower, i);
    // A heading over several columns stands in the first of them only when it comes from text.
    const std::string above = cell(upper, i);
    if (!above.empty() || child.empty()) parent = above;
    MappedColumn column;
    const bool both = !child.empty() && !parent.empty() && child != parent;
    if (both) column = match(kind, child + " " + parent, stated);
    if (both && column.field.empty()) column = match(kind, parent + " " + child, stated);
    if (both && !column.field.empty()) column.header = parent + " / " + child;
    if (column.field.empty()) column = match(kind, child.empty() ? parent : child, stated);
    if (column.field.empty()) continue;
    column.column = static_cast<int>(i) + 1;
    out.push_back(std::move(column));
  }
  return out;
}

Result<Header> Lexicon::find_header(const Table& table, const std::string& kind_name,
                                    const std::map<std::string, std::string>& stated,
                                    const std::string& place) const {
  if (table.rows.empty()) return fail(err::table_empty, place);
  const Kind& kind = kinds_.at(kind_name);
  Header out;
  std::size_t best = 0;
  for (std::size_t i = 0; i < std::min(table.rows.size(), kHeaderRows); ++i) {
    if (table.rows[i].cells.front().starts_with("#TYPE")) continue;  // Export-Csv of PowerShell
    std::vector<MappedColumn> columns = match_row(kind, table.rows[i], stated);
    const std::size_t score = distinct_fields(columns);
    // A merged heading fills the row below too: then the lower one is the last header row.
    const bool better = score > best || (score == best && i == out.row + 1);
    if (score >= 2 && better) {
      best = score;
      out = {i, std::move(columns)};
    }
    if (i == 0 || table.rows[i].number != table.rows[i - 1].number + 1) continue;
    columns = match_rows(kind, table.rows[i - 1], table.rows[i], stated);
    const std::size_t together = distinct_fields(columns);
    // Data under a header adds nothing to it.
    if (together < 2 || together <= best) continue;
    best = together;
    out = {i, std::move(columns)};
  }
  drop_lesser(kind, out);
  if (kind_name == "account") log_in_by_mail(out);
  std::string wanted;
  for (const std::string& need : kind.needs) wanted += (wanted.empty() ? "" : ", ") + need;
  if (best == 0) return fail(err::header_unknown, place, {{"wanted", wanted}});
  const std::string row = std::to_string(table.rows[out.row].number);
  for (const std::string& need : kind.needs) {
    if (out.find(need) == nullptr) {
      return fail(err::header_lacks, place, {{"field", need}, {"row", row}});
    }
  }
  for (std::size_t i = 0; i < out.columns.size(); ++i) {
    const MappedColumn* first = out.find(out.columns[i].field);
    if (first == &out.columns[i]) continue;
    return fail(err::header_twice, place + ":" + row,
                {{"field", first->field},
                 {"first", first->header},
                 {"second", out.columns[i].header}});
  }
  return out;
}

std::vector<std::string> Lexicon::fields(const std::string& kind) const {
  return kinds_.at(kind).fields;
}

bool Lexicon::is(std::string_view cell, const std::string& list) const {
  const auto words = words_.find(list);
  if (words == words_.end()) return false;
  if (cell.size() > words->second.longest + kSlack) return false;
  const std::string key = folded(cell);
  if (words->second.exact.contains(key)) return true;
  return words->second.no_marks.contains(key);
}

bool Lexicon::is_privileged(std::string_view role) const {
  const std::string key = folded(role);
  return std::any_of(privileged_.begin(), privileged_.end(),
                     [&](const std::string& part) { return contains_word(key, part); });
}

bool Lexicon::is_generic(std::string_view login) const {
  const std::string key = skeleton(folded(login.substr(0, login.find('@'))));
  return std::any_of(generic_.begin(), generic_.end(),
                     [&](const std::string& glob) { return fits(glob, key); });
}

std::string Lexicon::function_of(std::string_view title) const {
  const std::string key = fold(title);
  for (const auto& [function, words] : functions_) {
    for (const std::string& word : words) {
      if (contains_word(key, word)) return function;
    }
  }
  return "khac";
}

}  // namespace khien
