// Matching is by whole cells, never by parts: "Ngày cấp" must not be found in "Ngày cấp CCCD".
#include "format/heading/lexicon.h"

#include "base/text.h"
#include "format/errors.h"

namespace khien {
namespace {

constexpr std::size_t kHeaderRows = 25;  // how far down a header may stand
constexpr std::size_t kLongestHeading = 200;  // bytes
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

std::string first_word(const std::string& key) { return key.substr(0, key.find(' ')); }

std::size_t distinct_fields(const std::vector<MappedColumn>& columns) {
  std::size_t out = 0;
  for (auto c = columns.begin(); c != columns.end(); ++c) {
    out += std::none_of(columns.begin(), c,
                        [&](const MappedColumn& before) { return before.field == c->field; });
  }
  return out;
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
  if (ascii) return fold(cell);
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
                                          "external", "login_log"};
  KHIEN_DO(allow_keys(root, {"account", "staff", "password_rule", "decision", "external",
                             "login_log", "words", "starts", "parts"}, kFile));
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
        for (const std::string& known : {key, skeleton(key)}) {
          out.known_.insert(known);
          out.first_words_.insert(first_word(known));
          out.longest_ = std::max(out.longest_, known.size());
        }
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
      out.words_[list].exact.insert(fold(word));
      out.words_[list].longest = std::max(out.words_[list].longest, word.size());
      out.words_[list].no_marks.insert(skeleton(fold(word)));
    }
  }
  for (const auto& [list, beginnings] : root["starts"].pairs()) {
    for (const std::string& text : beginnings.texts()) {
      out.starts_.emplace_back(fold(text), list);
      out.starts_.emplace_back(skeleton(fold(text)), list);
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

// Where the officer named the column of a field, others that claim it are not asked.
void Lexicon::drop_unstated(Header& header) {
  const std::vector<MappedColumn> all = header.columns;
  std::erase_if(header.columns, [&](const MappedColumn& column) {
    return column.how != "stated" &&
           std::any_of(all.begin(), all.end(), [&](const MappedColumn& other) {
             return other.field == column.field && other.how == "stated";
           });
  });
}

// Only text that lost its marks altogether may match without them: a key with marks is in no_marks
// never.
std::vector<MappedColumn> Lexicon::match(const Kind& kind,
                                         const std::vector<Headings::Cell>& cells,
                                         const Headings& headings) {
  std::vector<MappedColumn> out;
  const auto find = [&](const std::string& key) -> std::pair<std::string, const char*> {
    if (const auto at = headings.stated.find(key);
        at != headings.stated.end() &&
        std::find(kind.fields.begin(), kind.fields.end(), at->second) != kind.fields.end()) {
      return {at->second, "stated"};
    }
    if (const auto at = kind.exact.find(key); at != kind.exact.end()) return {at->second, "exact"};
    const auto at = kind.no_marks.find(key);
    if (at != kind.no_marks.end()) return {at->second, "no_marks"};
    return {"", ""};
  };
  for (const Headings::Cell& cell : cells) {
    for (const auto& [key, written] : cell.keys) {
      auto [field, how] = find(key);
      if (field.empty()) continue;
      out.push_back({static_cast<int>(cell.column) + 1, written, std::move(field), how});
      break;
    }
  }
  return out;
}

void Lexicon::add_known(Headings::Cell& cell, std::string key, std::string_view written,
                        const Headings& headings) const {
  if (key.empty() || (!known_.contains(key) && !headings.stated.contains(key))) return;
  cell.keys.emplace_back(std::move(key), written);
}

Headings Lexicon::headings(const Table& table,
                           const std::map<std::string, std::string>& stated) const {
  Headings out;
  for (const auto& [heading, field] : stated) out.stated[heading_key(heading)] = field;
  std::vector<std::string> above;  // keys of the row before
  for (std::size_t i = 0; i < std::min(table.rows.size(), kHeaderRows); ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    Headings::Row row;
    row.number = table.rows[i].number;
    row.skipped = cells.front().starts_with("#TYPE");  // Export-Csv of PowerShell
    row.follows = i > 0 && row.number == table.rows[i - 1].number + 1;
    std::vector<std::string> keys;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      keys.push_back(cells[c].size() > kLongestHeading ? "" : heading_key(cells[c]));
      Headings::Cell cell{c, {}};
      add_known(cell, keys.back(), cells[c], out);
      if (!cell.keys.empty()) row.alone.push_back(std::move(cell));
    }
    if (row.follows) add_below(table.rows[i - 1], table.rows[i], above, keys, out, row);
    above = std::move(keys);
    out.rows.push_back(std::move(row));
  }
  return out;
}

void Lexicon::add_below(const TableRow& upper, const TableRow& lower,
                        const std::vector<std::string>& upper_keys,
                        const std::vector<std::string>& lower_keys, const Headings& headings,
                        Headings::Row& row) const {
  std::string parent;
  std::string parent_written;
  for (std::size_t c = 0; c < std::max(upper_keys.size(), lower_keys.size()); ++c) {
    const std::string child = c < lower_keys.size() ? lower_keys[c] : "";
    const std::string above = c < upper_keys.size() ? upper_keys[c] : "";
    const std::string written = child.empty() ? "" : lower.cells[c];
    // A heading over several columns stands in the first of them only when it comes from text.
    if (!above.empty() || child.empty()) {
      parent = above;
      parent_written = above.empty() ? "" : upper.cells[c];
    }
    Headings::Cell cell{c, {}};
    const bool both = !child.empty() && !parent.empty() && child != parent;
    const bool short_enough = child.size() + 1 + parent.size() <= longest_;
    if (both && short_enough &&
        (first_words_.contains(first_word(child)) || first_words_.contains(first_word(parent)))) {
      const std::string together = parent_written + " / " + written;
      add_known(cell, child + " " + parent, together, headings);
      add_known(cell, parent + " " + child, together, headings);
    }
    add_known(cell, child.empty() ? parent : child, child.empty() ? parent_written : written,
              headings);
    if (!cell.keys.empty()) row.below.push_back(std::move(cell));
  }
}

Result<Header> Lexicon::find_header(const Table& table, const std::string& kind,
                                    const std::map<std::string, std::string>& stated,
                                    const std::string& place) const {
  return find_header(headings(table, stated), kind, place);
}

Header Lexicon::likely_header(const Headings& headings, const std::string& kind_name) const {
  const Kind& kind = kinds_.at(kind_name);
  Header out;
  std::size_t best = 0;
  for (std::size_t i = 0; i < headings.rows.size(); ++i) {
    const Headings::Row& row = headings.rows[i];
    if (row.skipped) continue;
    std::vector<MappedColumn> columns = match(kind, row.alone, headings);
    const std::size_t score = distinct_fields(columns);
    // A merged heading fills the row below too: then the lower one is the last header row.
    const bool better = score > best || (score == best && i == out.row + 1);
    if (score >= 2 && better) {
      best = score;
      out = {i, std::move(columns)};
    }
    if (!row.follows) continue;
    columns = match(kind, row.below, headings);
    const std::size_t together = distinct_fields(columns);
    // Data under a header adds nothing to it.
    if (together < 2 || together <= best) continue;
    best = together;
    out = {i, std::move(columns)};
  }
  drop_unstated(out);
  drop_lesser(kind, out);
  if (kind_name == "account") log_in_by_mail(out);
  return out;
}

Result<Header> Lexicon::find_header(const Headings& headings, const std::string& kind_name,
                                    const std::string& place) const {
  if (headings.rows.empty()) return fail(err::table_empty, place);
  const Kind& kind = kinds_.at(kind_name);
  Header out = likely_header(headings, kind_name);
  std::string wanted;
  for (const std::string& need : kind.needs) wanted += (wanted.empty() ? "" : ", ") + need;
  if (out.columns.empty()) return fail(err::header_unknown, place, {{"wanted", wanted}});
  const std::string row = std::to_string(headings.rows[out.row].number);
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

bool Lexicon::is(std::string_view cell, std::string_view list) const {
  const auto words = words_.find(list);
  if (words == words_.end()) return false;
  if (cell.size() > words->second.longest + kSlack) return false;
  const std::string key = folded(cell);
  if (words->second.exact.contains(key)) return true;
  return words->second.no_marks.contains(key);
}

std::string Lexicon::starts(std::string_view cell) const {
  const std::string key = folded(cell);
  std::size_t longest = 0;
  std::string out;
  for (const auto& [beginning, list] : starts_) {
    if (beginning.size() <= longest || !key.starts_with(beginning)) continue;
    const char next = key.size() == beginning.size() ? ' ' : key[beginning.size()];
    if (next != ' ' && next != ',' && next != ';' && next != ':' && next != '.' && next != '-' &&
        next != '(') {
      continue;
    }
    longest = beginning.size();
    out = list;
  }
  return out;
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
