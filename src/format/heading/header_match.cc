// Which row is the header, and which of its columns mean what. Matching is by whole cells, never by
// parts: "Ngày cấp" must not be found in "Ngày cấp CCCD".
#include <algorithm>

#include "base/text.h"
#include "format/errors.h"
#include "format/heading/lexicon.h"

namespace khien {
namespace {

std::size_t distinct_fields(const std::vector<MappedColumn>& columns) {
  std::size_t out = 0;
  for (auto c = columns.begin(); c != columns.end(); ++c) {
    out += std::none_of(columns.begin(), c,
                        [&](const MappedColumn& before) { return before.field == c->field; });
  }
  return out;
}

// "Họ đệm" and "Tên" are one name, where no column has the whole. What is left of the parts is of
// no more use.
void join_names(Header& header, const char* field) {
  const MappedColumn* last = header.find("last_name");
  const MappedColumn* first = header.find("first_name");
  if (last != nullptr && first != nullptr && header.find(field) == nullptr) {
    MappedColumn name = *last;
    name.field = field;
    if (const MappedColumn* middle = header.find("middle_name")) {
      name.joined.push_back(middle->column);
      name.header += " + " + middle->header;
    }
    name.joined.push_back(first->column);
    name.header += " + " + first->header;
    header.columns.push_back(std::move(name));
  }
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

// A service has a name and a state too; only an account can be disabled or has a password.
bool is_of_accounts(const Header& header) {
  return std::any_of(header.columns.begin(), header.columns.end(), [](const MappedColumn& c) {
    const bool enabled = c.field == "enabled" && HeadingWords::key(c.header) == "enabled";
    return enabled || c.field == "disabled" || c.field == "last_login_at" || c.field == "mfa" ||
           c.field == "administrator" || c.field.starts_with("password_");
  });
}

}  // namespace

const MappedColumn* Header::find(std::string_view field) const {
  for (const MappedColumn& c : columns) {
    if (c.field == field) return &c;
  }
  return nullptr;
}

// "Name" beside "DisplayName": the heading that says less is let go.
void Lexicon::drop_lesser(const Kind& kind, Header& header) {
  const std::vector<MappedColumn> all = header.columns;
  std::erase_if(header.columns, [&](const MappedColumn& column) {
    const auto lesser = kind.gives_way.find(HeadingWords::key(column.header));
    if (lesser == kind.gives_way.end() || column.how == "stated") return false;
    return std::any_of(all.begin(), all.end(), [&](const MappedColumn& other) {
      return other.field == column.field &&
             lesser->second.contains(HeadingWords::key(other.header));
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

// "Name" is the log-in where "FullName" holds the name, and in a list that only accounts have where
// its cells are log-ins.
void Lexicon::stand_in(const Kind& kind, const Headings& headings, Header& header) {
  for (const auto& [field, names] : kind.stands_in) {
    if (header.find(field) != nullptr) continue;
    for (MappedColumn& column : header.columns) {
      const bool other = std::any_of(header.columns.begin(), header.columns.end(),
                                     [&](const MappedColumn& c) {
                                       return &c != &column && c.field == column.field;
                                     });
      const bool log_ins = headings.log_ins.contains(static_cast<std::size_t>(column.column) - 1) &&
                           is_of_accounts(header);
      if ((!other && !log_ins) || !names.contains(HeadingWords::key(column.header))) continue;
      column.field = field;
      break;
    }
  }
}

// The id that a program counts its users by ("uid") is no log-in where another column holds those.
// What else such a column may hold, its heading says: under "login" the time of the last one.
void Lexicon::let_numbers_go(const Kind& kind, const Headings& headings, Header& header) {
  const auto number = [&](const MappedColumn& column) {
    return column.field == "login" && column.how != "stated" &&
           headings.numbers.contains(static_cast<std::size_t>(column.column) - 1);
  };
  if (std::none_of(header.columns.begin(), header.columns.end(), number)) return;
  const auto names = kind.stands_in.find("login");
  MappedColumn* better = nullptr;
  for (MappedColumn& column : header.columns) {
    const bool of_its_own = column.field == "login" && !number(column);
    const bool name = names != kind.stands_in.end() && column.how != "stated" &&
                      names->second.contains(HeadingWords::key(column.header)) &&
                      headings.log_ins.contains(static_cast<std::size_t>(column.column) - 1);
    if (of_its_own || (name && better == nullptr)) better = &column;
  }
  if (better == nullptr) return;
  for (MappedColumn& column : header.columns) {
    if (!number(column)) continue;
    const auto other = kind.as_number.find(HeadingWords::key(column.header));
    const bool free = other != kind.as_number.end() && header.find(other->second) == nullptr;
    column.field = free ? other->second : "";
  }
  better->field = "login";
  std::erase_if(header.columns, [](const MappedColumn& column) { return column.field.empty(); });
}

// Several columns of one field that are no contradiction: groups of two kinds, one heading over
// the two parts of a name, telephones.
void Lexicon::join_columns(const Kind& kind, Header& header) {
  std::vector<MappedColumn> out;
  for (MappedColumn& column : header.columns) {
    const auto first = std::find_if(out.begin(), out.end(), [&](const MappedColumn& c) {
      return c.field == column.field;
    });
    const bool name = column.field == "full_name" || column.field == "display_name";
    const bool merged = first != out.end() && name && column.header == first->header &&
                        column.column == first->column + 1;
    if (first != out.end() && (merged || kind.joins.contains(column.field))) {
      first->joined.push_back(column.column);
    } else if (first == out.end() || !kind.first_wins.contains(column.field)) {
      out.push_back(std::move(column));
    }
  }
  header.columns = std::move(out);
}

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
    const HeadingWords::Found found = kind.headings.find_key(key);
    return {std::string(found.meaning), found.bare ? "no_marks" : "exact"};
  };
  for (const Headings::Cell& cell : cells) {
    for (const auto& [key, written] : cell.keys) {
      auto [field, how] = find(key);
      if (field.empty()) continue;
      const auto flag = kind.as_flag.find(key);
      const bool said = headings.flags.contains(cell.column) && flag != kind.as_flag.end();
      if (said) field = flag->second;
      out.push_back({static_cast<int>(cell.column) + 1, written, std::move(field), how});
      break;
    }
  }
  return out;
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
  const std::size_t least = headings.names_alone ? 1 : 2;
  for (std::size_t i = 0; i < headings.rows.size(); ++i) {
    const Headings::Row& row = headings.rows[i];
    if (row.skipped) continue;
    std::vector<MappedColumn> columns = match(kind, row.alone, headings);
    const std::size_t score = distinct_fields(columns);
    // A merged heading fills the row below too: then the lower one is the last header row.
    const bool better = score > best || (score == best && i == out.row + 1);
    if (score >= least && better) {
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
  let_numbers_go(kind, headings, out);
  stand_in(kind, headings, out);
  drop_lesser(kind, out);
  join_columns(kind, out);
  if (kind_name == "staff") join_names(out, "full_name");
  if (kind_name != "account") return out;
  join_names(out, "display_name");
  log_in_by_mail(out);
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

}  // namespace khien
