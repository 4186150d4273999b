#include "format/heading/lexicon.h"

#include "base/text.h"
#include "format/errors.h"

namespace khien {
namespace {

constexpr std::size_t kHeaderRows = 25;  // how far down a header may stand
constexpr std::size_t kRemembered = 4096;  // folded cells: states and roles repeat
constexpr std::size_t kSlack = 8;        // bytes an upper-case form may be longer than its word
constexpr const char* kFile = "headers/account.yaml";

bool contains_word(const std::string& folded, const std::string& part) {
  return folded.find(part) != std::string::npos;
}

std::string first_word(const std::string& key) { return key.substr(0, key.find(' ')); }

// Words alone, so that a part is found only as whole words: "ds_nghi-huu, 2025" -> " ds nghi huu ".
std::string title_words(std::string_view title) {
  std::string out = " ";
  for (const char c : fold(title)) {
    const bool part = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
    if (part) out += c;
    else if (out.back() != ' ') out += ' ';
  }
  return out.back() == ' ' ? out : out + ' ';
}

void read_habits(const Node& node, std::map<std::string, std::set<std::string>>& gives_way,
                 std::map<std::string, std::set<std::string>>& stands_in,
                 std::set<std::string>& first_wins, std::set<std::string>& joins) {
  const auto read = [&](const char* name, std::map<std::string, std::set<std::string>>& out) {
    const bool headings = std::string_view(name) == "gives_way";  // else fields
    for (const auto& [key, list] : node[name].pairs()) {
      auto& into = out[headings ? HeadingWords::key(key) : key];
      for (const std::string& heading : list.texts()) into.insert(HeadingWords::key(heading));
    }
  };
  read("gives_way", gives_way);
  for (const Node& group : node["prefers"].items()) {
    for (const std::string& lesser : group["lesser"].texts()) {
      auto& into = gives_way[HeadingWords::key(lesser)];
      for (const std::string& better : group["better"].texts()) {
        into.insert(HeadingWords::key(better));
      }
    }
  }
  read("stands_in", stands_in);
  for (const std::string& field : node["first_wins"].texts()) first_wins.insert(field);
  for (const std::string& field : node["joins"].texts()) joins.insert(field);
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

// "an.nv", "SOTHU\\an", "NT SERVICE\\MSSQL": names of people have spaces or marks.
bool like_a_log_in(std::string_view cell) {
  const std::string_view name = cell.substr(cell.rfind('\\') + 1);  // npos + 1 = 0
  constexpr std::string_view marks = "._-@$#";
  bool letters = false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    letters = letters || letter;
    if (!letter && !(c >= '0' && c <= '9') && marks.find(c) == std::string_view::npos) return false;
  }
  return letters;
}

bool is_number(std::string_view cell) {
  return cell.find_first_not_of("0123456789") == std::string_view::npos;
}

// So many tenths of the cells of the column are of that kind, or more.
template <class Like>
bool most_below(const Table& table, std::size_t row, std::size_t column, std::size_t tenths,
                Like like) {
  std::size_t filled = 0;
  std::size_t good = 0;
  for (std::size_t i = row + 1; i < table.rows.size(); ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    if (column >= cells.size() || cells[column].empty()) continue;
    ++filled;
    good += like(cells[column]);
  }
  return filled > 0 && good * 10 >= filled * tenths;
}

// Rules and counts of rows stand among the log-ins.
bool has_log_ins_below(const Table& table, std::size_t row, std::size_t column) {
  constexpr std::size_t tenths = 6;
  return most_below(table, row, column, tenths, like_a_log_in);
}

bool has_numbers_below(const Table& table, std::size_t row, std::size_t column) {
  constexpr std::size_t tenths = 10;
  return most_below(table, row, column, tenths, is_number);
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

void Lexicon::load_words(const Node& root) {
  for (const auto& [list, words] : root["words"].pairs()) {
    for (const std::string& word : words.texts()) {
      words_[list].exact.insert(fold(word));
      words_[list].longest = std::max(words_[list].longest, word.size());
      words_[list].no_marks.insert(skeleton(fold(word)));
    }
  }
  for (const auto& [list, beginnings] : root["starts"].pairs()) {
    for (const std::string& text : beginnings.texts()) {
      starts_.emplace_back(fold(text), list);
      starts_.emplace_back(skeleton(fold(text)), list);
    }
  }
  for (const std::string& part : root["parts"]["privileged"].texts()) {
    privileged_.push_back(fold(part));
  }
  generic_ = root["parts"]["generic"].texts();
  for (const std::string& form : root["parts"]["forms_of_address"].texts()) {
    forms_of_address_.insert(fold(form));
  }
  for (const auto& [name, into] : {std::pair{"left_titles", &Lexicon::left_titles_},
                                   {"here_titles", &Lexicon::here_titles_},
                                   {"unsure_titles", &Lexicon::unsure_titles_}}) {
    for (const std::string& part : root["parts"][name].texts()) {
      (this->*into).push_back(title_words(part));
      (this->*into).push_back(title_words(skeleton(part)));
    }
  }
  for (const Node& item : root["parts"]["functions"].items()) {
    auto& words = functions_.emplace_back(item["function"].text(), std::vector<std::string>());
    for (const std::string& word : item["words"].texts()) words.second.push_back(fold(word));
  }
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
    read_habits(node, kind.gives_way, kind.stands_in, kind.first_wins, kind.joins);
    for (const auto& [heading, field] : node["as_number"].pairs()) {
      kind.as_number[heading] = field.text();
    }
    for (const auto& [heading, field] : node["as_flag"].pairs()) {
      kind.as_flag[heading] = field.text();
    }
    for (const auto& [field, headings] : node["fields"].pairs()) {
      kind.fields.push_back(field);
      for (const std::string& heading : headings.texts()) {
        if (!kind.headings.add(heading, field)) {
          return fail(err::headers_invalid, at_line(kFile, headings), {{"detail", heading}});
        }
      }
    }
    for (std::string& known : kind.headings.keys()) {
      out.first_words_.insert(first_word(known));
      out.longest_ = std::max(out.longest_, known.size());
      out.known_.insert(std::move(known));
    }
    for (const std::string& need : kind.needs) {
      if (!node["fields"].has(need)) {
        return fail(err::headers_invalid, kFile, {{"detail", need}});
      }
    }
  }
  out.load_words(root);
  return out;
}

void Lexicon::add_known(Headings::Cell& cell, std::string key, std::string_view written,
                        const Headings& headings) const {
  if (key.empty() || (!known_.contains(key) && !headings.stated.contains(key))) return;
  cell.keys.emplace_back(std::move(key), written);
}

bool Lexicon::may_stand_in(const std::string& key) const {
  const auto account = kinds_.find("account");
  if (account == kinds_.end()) return false;
  const auto names = account->second.stands_in.find("login");
  return names != account->second.stands_in.end() && names->second.contains(key);
}

// What stands in a column says what its heading means, where that could be several things.
void Lexicon::look_below(const Table& table, std::size_t row, std::size_t column,
                         const std::string& key, Headings& out) const {
  const auto account = kinds_.find("account");
  if (account == kinds_.end() || key.empty()) return;
  const Kind& kind = account->second;
  if (may_stand_in(key) && has_log_ins_below(table, row, column)) out.log_ins.insert(column);
  if (kind.headings.find_key(key).meaning == "login" && has_numbers_below(table, row, column)) {
    out.numbers.insert(column);
  }
  constexpr std::size_t all = 10;
  const auto flag = [&](std::string_view cell) { return is(cell, "yes") || is(cell, "no"); };
  if (kind.as_flag.contains(key) && most_below(table, row, column, all, flag)) {
    out.flags.insert(column);
  }
}

Headings Lexicon::headings(const Table& table,
                           const std::map<std::string, std::string>& stated) const {
  Headings out;
  for (const auto& [heading, field] : stated) out.stated[HeadingWords::key(heading)] = field;
  out.names_alone = table.format == "names";
  std::vector<std::string> above;  // keys of the row before
  for (std::size_t i = 0; i < std::min(table.rows.size(), kHeaderRows); ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    Headings::Row row;
    row.number = table.rows[i].number;
    row.skipped = cells.front().starts_with("#TYPE");  // Export-Csv of PowerShell
    row.follows = i > 0 && row.number == table.rows[i - 1].number + 1;
    std::vector<std::string> keys;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      keys.push_back(HeadingWords::key(cells[c]));
      look_below(table, i, c, keys.back(), out);
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

std::string Lexicon::name_of_person(std::string_view written) const {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '(' || c == '[') ++depth;
    const bool dash = written.substr(i).starts_with(" - ") ||
                      written.substr(i).starts_with(" \u2013 ") ||
                      written.substr(i).starts_with(" / ");
    if (depth == 0 && !trim(out).empty() && (c == '_' || c == '|' || dash)) break;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  std::string_view rest = trim(out);
  for (;;) {
    const std::size_t end = rest.find(' ');
    if (end == std::string_view::npos) break;
    std::string word = fold(rest.substr(0, end));
    while (word.ends_with('.') || word.ends_with(':')) word.pop_back();
    if (!forms_of_address_.contains(word)) break;
    rest = trim(rest.substr(end));
  }
  return squeeze(rest);
}

std::string Lexicon::status_of_title(std::string_view title) const {
  const std::string key = title_words(title);
  const auto any = [&](const std::vector<std::string>& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return contains_word(key, part); });
  };
  if (any(unsure_titles_)) return "";
  const bool left = any(left_titles_);
  const bool here = any(here_titles_);
  return left == here ? "" : left ? "left" : "working";
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
