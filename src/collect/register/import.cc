// One pass over the rows under the headings; each cell that cannot be read is a problem of its own.
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "collect/register/errors.h"
#include "collect/register/office_time.h"
#include "collect/register/register.h"
#include "format/errors.h"
#include "format/heading/heading_words.h"

namespace khien {
namespace {

constexpr const char* kRegisterVersion = "0.1";
constexpr std::size_t kHeaderRows = 30;  // titles and notes above the headings
constexpr std::size_t kNamedProblems = 5;
constexpr std::string_view kRowNumber = "#row";  // as a fixed value: the number of the row

bool is_one_of(std::string_view cell, std::initializer_list<std::string_view> words) {
  const std::string key = skeleton(cell);
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return key == w; });
}

bool is_number_heading(std::string_view heading) {
  return is_one_of(heading, {"tt", "stt", "so tt", "so thu tu", "no.", "no", "#"});
}

class RegisterReader {
 public:
  RegisterReader(const Register& definition, const Table& table, const std::string& source,
                 const Lexicon& lexicon, const std::map<std::string, std::string>& stated)
      : r_(definition), table_(table), source_(source), lexicon_(lexicon) {
    for (const RegisterColumn& c : r_.columns) {
      std::vector<std::string> words = {c.vi, c.en, c.field};
      words.insert(words.end(), c.synonyms.begin(), c.synonyms.end());
      // Of two columns that claim a word the first has it; definitions are checked for that.
      for (const std::string& word : words) static_cast<void>(headings_.add(word, c.field));
    }
    for (const auto& [heading, field] : stated) headings_.state(heading, field);
  }

  Result<RegisterImport> run() {
    if (table_.rows.empty()) return fail(err::table_empty, source_);
    KHIEN_TRY(const std::size_t header, find_header());
    KHIEN_DO(read_header(table_.rows[header]));
    out_.collection.collector = "register";
    out_.collection.collector_version = kRegisterVersion;
    out_.collection.source = source_;
    for (std::size_t i = header + 1; i < table_.rows.size(); ++i) read_row(table_.rows[i]);
    finish();
    return std::move(out_);
  }

 private:
  const RegisterColumn* column_of(std::string_view heading) const {
    const std::string_view field = headings_.find(heading);
    const auto it = std::find_if(r_.columns.begin(), r_.columns.end(),
                                 [&](const RegisterColumn& c) { return c.field == field; });
    return it == r_.columns.end() ? nullptr : &*it;
  }

  // The first row that names most of what a row may name.
  Result<std::size_t> find_header() const {
    std::size_t best = table_.rows.size();
    std::size_t most = 0;
    for (std::size_t i = 0; i < std::min(table_.rows.size(), kHeaderRows); ++i) {
      std::size_t known = 0;
      for (const std::string& cell : table_.rows[i].cells) known += column_of(cell) != nullptr;
      if (known > most) {
        most = known;
        best = i;
      }
    }
    if (most >= std::min<std::size_t>(2, r_.columns.size())) return best;
    std::string wanted;
    for (const RegisterColumn& c : r_.columns) {
      if (c.required) wanted += (wanted.empty() ? "" : ", ") + c.vi;
    }
    return fail(err::register_header, source_, {{"wanted", wanted}});
  }

  Done read_header(const TableRow& row) {
    const std::string number = std::to_string(row.number);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string& cell = row.cells[i];
      if (cell.empty()) continue;
      if (is_number_heading(cell)) {
        number_column_ = static_cast<int>(i);
        continue;
      }
      const RegisterColumn* c = column_of(cell);
      if (c == nullptr) {
        std::string allowed;
        for (const RegisterColumn& one : r_.columns) {
          allowed += (allowed.empty() ? "" : ", ") + one.vi;
        }
        return fail(err::register_column, source_,
                    {{"row", number}, {"column", cell}, {"allowed", allowed}});
      }
      if (!at_.emplace(c, i).second) {
        return fail(err::register_twice, source_, {{"row", number}, {"column", cell}});
      }
      out_.mapping.push_back({static_cast<int>(i) + 1, cell, c->field, "exact"});
    }
    for (const RegisterColumn& c : r_.columns) {
      if (at_.contains(&c)) continue;
      if (c.required) {
        return fail(err::register_lacks, source_, {{"row", number}, {"column", c.vi}});
      }
      out_.collection.tables[r_.table].gaps[c.field] = "reason.register.no_column";
    }
    return {};
  }

  std::string cell_of(const TableRow& row, const RegisterColumn& c) const {
    const auto it = at_.find(&c);
    if (it == at_.end() || it->second >= row.cells.size()) return "";
    const std::string& cell = row.cells[it->second];
    return lexicon_.is(cell, "nothing") ? "" : cell;
  }

  // What stands beyond the headings belongs to no column: a note of the officer, not data.
  bool is_data(const TableRow& row) {
    const auto at = static_cast<std::size_t>(number_column_);
    if (number_column_ >= 0 && at < row.cells.size() &&
        is_one_of(row.cells[at], {"vi du", "vd", "example", "mau"})) {
      return false;
    }
    std::size_t filled = 0;
    std::string only;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].empty() || static_cast<int>(i) == number_column_) continue;
      ++filled;
      only = row.cells[i];
    }
    if (filled == 1 && is_one_of(only, {"khong phat sinh", "khong co", "none"})) {
      nothing_ = true;
      return false;
    }
    return std::any_of(r_.columns.begin(), r_.columns.end(), [&](const RegisterColumn& c) {
      return !cell_of(row, c).empty();
    });
  }

  void problem(Code code, const TableRow& row, const RegisterColumn& c, const std::string& value,
               const std::string& allowed = "") {
    bad_.insert(c.field);
    if (++out_.problem_count > kRegisterProblems) return;
    std::map<std::string, std::string> args = {{"row", std::to_string(row.number)},
                                               {"column", c.vi}};
    if (code != err::register_empty) args["value"] = shorten(value, 60);
    if (!allowed.empty()) args["allowed"] = allowed;
    out_.problems.push_back(Error{code, source_, std::move(args)});
  }

  void read_row(const TableRow& row) {
    if (!is_data(row)) return;
    Row values;
    bool whole = true;
    for (const RegisterColumn& c : r_.columns) {
      const std::string cell = cell_of(row, c);
      const bool good = cell.empty() || read_cell(row, c, cell, values);
      if (cell.empty() && c.required) problem(err::register_empty, row, c, "");
      whole = whole && (!c.required || c.keep || (good && !cell.empty()));
    }
    if (!whole) {
      ++out_.left_out;
      return;
    }
    for (const auto& [field, value] : r_.fixed) {
      values[field] = value == kRowNumber ? std::to_string(row.number) : value;
    }
    out_.collection.tables[r_.table].rows.push_back(std::move(values));
  }

  bool read_cell(const TableRow& row, const RegisterColumn& c, const std::string& cell,
                 Row& values) {
    if (c.type == "text") {
      values[c.field] = cell;
      return true;
    }
    if (c.type == "integer") return read_integer(row, c, cell, values);
    if (c.type == "flag") return read_flag(row, c, cell, values);
    if (c.type == "choice") return read_choice(row, c, cell, values);
    const auto moment = parse_office_moment(cell, c.ends);
    if (!moment) {
      problem(err::register_date, row, c, cell);
      return false;
    }
    if (c.field.ends_with("_at")) {
      values[c.field] = moment->at_ms;
      values[c.field + "_precision"] =
          std::string(moment->day_only && !c.exact ? "day" : "ms");
    } else {
      values[c.field] = to_iso(moment->day);
    }
    return true;
  }

  bool read_integer(const TableRow& row, const RegisterColumn& c, const std::string& cell,
                    Row& values) {
    std::string digits = cell;
    std::erase(digits, ' ');
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number < 0 || number > 1'000'000'000'000) {
      problem(err::register_number, row, c, cell);
      return false;
    }
    values[c.field] = number;
    return true;
  }

  bool read_flag(const TableRow& row, const RegisterColumn& c, const std::string& cell,
                 Row& values) {
    const bool yes = lexicon_.is(cell, "yes") || is_one_of(cell, {"co", "yes", "x", "true"});
    const bool no = lexicon_.is(cell, "no") || is_one_of(cell, {"khong", "chua", "no", "false"});
    if (yes == no) {
      problem(err::register_word, row, c, cell, "Có, Không");
      return false;
    }
    values[c.field] = std::int64_t{yes};
    return true;
  }

  bool read_choice(const TableRow& row, const RegisterColumn& c, const std::string& cell,
                   Row& values) {
    const std::string key = skeleton(squeeze(cell));
    std::string allowed;
    for (const RegisterChoice& choice : c.choices) {
      allowed += (allowed.empty() ? "" : ", ") + choice.words.front();
      bool same = key == choice.stored;
      for (const std::string& word : choice.words) same = same || key == skeleton(word);
      if (!same) continue;
      values[c.field] = choice.stored;
      return true;
    }
    problem(err::register_word, row, c, cell, allowed);
    return false;
  }

  void finish() {
    TableFacts& facts = out_.collection.tables[r_.table];
    for (const std::string& field : bad_) facts.gaps[field] = "reason.register.bad_cells";
    const auto partial = [&](const char* reason) {
      facts.status = TableFacts::Status::partial;
      facts.reason = reason;
    };
    if (table_.uncounted > 0) {
      partial("reason.register.formula_without_value");
      ++out_.problem_count;
      out_.problems.push_back(Error{err::register_formula, source_,
                                    {{"count", std::to_string(table_.uncounted)}}});
    }
    if (out_.problem_count > 0 && table_.uncounted == 0) partial("reason.register.bad_cells");
    if (out_.left_out > 0) partial("reason.register.rows_left_out");
    if (facts.rows.empty() && out_.left_out == 0 && !nothing_) partial("reason.register.no_rows");
    if (nothing_ && !facts.rows.empty()) partial("reason.register.nothing_and_rows");
    if (out_.problem_count == 0) return;
    facts.detail = fmt::format("{} bad cells, {} rows left out: ", out_.problem_count,
                               out_.left_out);
    for (std::size_t i = 0; i < std::min(kNamedProblems, out_.problems.size()); ++i) {
      const auto& args = out_.problems[i].args;
      if (!args.contains("row")) continue;
      facts.detail += fmt::format("{}{} '{}'", i == 0 ? "" : "; ", args.at("row"),
                                  args.at("column"));
    }
  }

  const Register& r_;
  const Table& table_;
  const std::string& source_;
  const Lexicon& lexicon_;
  HeadingWords headings_;
  std::map<const RegisterColumn*, std::size_t> at_;
  std::set<std::string> bad_;
  int number_column_ = -1;
  bool nothing_ = false;
  RegisterImport out_;
};

}  // namespace

Result<RegisterImport> import_register(const Register& definition, const Table& table,
                                       const std::string& source, const Lexicon& lexicon,
                                       const std::map<std::string, std::string>& stated) {
  return RegisterReader(definition, table, source, lexicon, stated).run();
}

Result<Table> register_table_from_yaml(std::string_view text, const std::string& place) {
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  const Node& rows = root.is_map() ? root["rows"] : root;
  if (!rows.is_list()) return fail(err::table_empty, place);
  Table out;
  out.format = "yaml";
  std::vector<std::string> keys;
  for (const Node& item : rows.items()) {
    for (const auto& pair : item.pairs()) {
      if (std::find(keys.begin(), keys.end(), pair.first) == keys.end()) {
        keys.push_back(pair.first);
      }
    }
  }
  TableBuilder builder(out, place);
  const int first = rows.items().empty() ? 1 : rows.items().front().line();
  for (std::size_t i = 0; i < keys.size(); ++i) KHIEN_DO(builder.cell(first - 1, i, keys[i]));
  int last = first - 1;
  for (const Node& item : rows.items()) {
    last = std::max(last + 1, item.line());  // two on one line are still two rows
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Node& value = item[keys[i]];
      const std::string cell = value.type() == Node::Type::boolean
                                   ? std::string(value.boolean() ? "TRUE" : "FALSE")
                                   : value.text();
      KHIEN_DO(builder.cell(last, i, cell));
    }
  }
  builder.finish();
  return out;
}

}  // namespace khien
