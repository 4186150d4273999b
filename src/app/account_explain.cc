// One line a file or sheet, one a column; the same words as the error texts use.
#include "app/account_explain.h"

#include <algorithm>
#include <set>

#include "collect/account_folder/table_kind.h"
#include "report/words.h"

namespace khien::app {
namespace {

// Headings and names come from outside: one line, no control characters.
std::string shown(const std::string& text) { return report::excerpt(text, 80); }

constexpr std::size_t kFilesTold = 60;

std::string what_of(const Recognised& file) {
  return file.link            ? "link"
         : !file.type.empty() ? file.type
         : file.error         ? "unread"
         : file.hidden        ? "hidden"
                              : "unknown";
}

std::string sure_words(const Teller& context, const Grounds& grounds) {
  std::string why = context.say("app.account.why." + grounds.by,
                                {{"fields", grounds.fields}, {"headings", grounds.headings}});
  if (!grounds.rival.empty() && grounds.sure != Sure::certain) {
    why += "; " + context.say("app.account.why.rival",
                              {{"rival", context.say("app.account.type." + grounds.rival)},
                               {"fields", grounds.rival_fields}});
  }
  return context.say(std::string("app.account.sure.") + name_of(grounds.sure)) + " (" + why + ")";
}

std::string file_line(const Teller& context, const Recognised& file) {
  std::string line = context.say("app.account.file",
                                 {{"file", file.path},
                                  {"what", context.say("app.account.type." + what_of(file))}});
  if (!file.type.empty()) line += "; " + sure_words(context, file.grounds);
  for (const auto& [id, value] : {std::pair{"sheet", file.sheet}, {"app", file.app},
                                  {"agency", file.agency}, {"host", file.host}}) {
    if (value.empty()) continue;
    line += "; " + context.say(std::string("app.account.explained.") + id, {{id, shown(value)}});
  }
  return line;
}

Node file_node(const Recognised& file) {
  Node out = Node::map({{"file", file.path}, {"taken_for", what_of(file)}});
  for (const auto& [key, value] : {std::pair{"sheet", file.sheet}, {"app", file.app},
                                   {"agency", file.agency}, {"host", file.host}}) {
    if (!value.empty()) out.set(key, value);
  }
  if (file.error) out.set("error", file.error->code);
  if (file.type.empty()) return out;
  const Grounds& g = file.grounds;
  out.set("certainty", name_of(g.sure));
  out.set("why", g.by);
  if (g.headings > 0) {
    out.set("columns_understood", g.fields);
    out.set("columns", g.headings);
  }
  if (!g.rival.empty()) {
    out.set("rival", g.rival);
    out.set("rival_columns", g.rival_fields);
  }
  return out;
}

std::string table_line(const Teller& context, const SourceNote& note) {
  std::string line = context.say("app.account.explained.table",
                                 {{"format", note.format},
                                  {"rows", static_cast<std::int64_t>(note.rows)}});
  if (!note.encoding.empty()) {
    line += "; " + context.say("app.account.explained.encoding", {{"encoding", note.encoding}});
  }
  return line;
}

bool holds_dates(const MappedColumn& column) {
  return column.field.ends_with("_at") || column.field.ends_with("_on");
}

std::string column_line(const Teller& context, const MappedColumn& column) {
  const Args args = {{"column", static_cast<std::int64_t>(column.column)},
                     {"heading", shown(column.header)},
                     {"field", column.field}};
  if (column.field.empty()) return context.say("app.account.explained.unused", args);
  const std::string order = column.order == DayOrder::dmy     ? "dmy"
                            : column.order == DayOrder::mdy   ? "mdy"
                            : column.order == DayOrder::mixed ? "mixed"
                                                              : "unclear";
  Args more = args;
  more["how"] = context.say("app.account.explained.how." + column.how);
  std::string line = context.say("app.account.explained.column", more);
  if (holds_dates(column) && column.has_order)
    line += "; " + context.say("app.account.explained.order." + order);
  return line;
}

}  // namespace

void tell_files(const Teller& context, const std::vector<Recognised>& files) {
  const bool all = files.size() <= kFilesTold;
  std::int64_t left = 0;
  for (const Recognised& file : files) {
    if (context.json) {
      print(to_json(file_node(file)));
    } else if (all || file.grounds.sure != Sure::certain) {
      app::note("  " + file_line(context, file));
    } else {
      ++left;
    }
  }
  if (left > 0) app::note("  " + context.say("app.account.certain_left", {{"n", left}}));
}

void tell_doubtful(const Teller& context, const std::vector<SourceNote>& notes) {
  for (const SourceNote& table : notes) {
    const auto& columns = table.mapping;
    const bool stated = std::any_of(columns.begin(), columns.end(), [](const MappedColumn& c) {
      return c.how == "stated";
    });
    std::set<std::string> fields;
    for (const MappedColumn& column : columns) fields.insert(column.field);
    const auto known = static_cast<int>(fields.size());
    const auto all = static_cast<int>(columns.size() + table.unused.size());
    const std::string type = type_of_kind(table.table);
    if (stated || type.empty() || are_many(known, all)) continue;
    app::note("  " + context.say("app.account.file",
                                 {{"file", shown(table.source)},
                                  {"what", context.say("app.account.type." + type)}}) +
              "; " + sure_words(context, {Sure::likely, "columns", known, all, "", 0}));
  }
}

void explain_folder(const Teller& context, const std::vector<Recognised>& files,
                    const std::vector<SourceNote>& notes) {
  for (const Recognised& file : files) {
    app::note(file_line(context, file));
    for (const SourceNote& table : notes) {
      if (table.source != file.path || table.sheet != file.sheet) continue;
      app::note("  " + table_line(context, table));
      std::vector<MappedColumn> columns = table.mapping;
      columns.insert(columns.end(), table.unused.begin(), table.unused.end());
      std::stable_sort(columns.begin(), columns.end(),
                       [](const MappedColumn& a, const MappedColumn& b) {
                         return a.column < b.column;
                       });
      for (const MappedColumn& column : columns) {
        app::note("  " + column_line(context, column));
      }
    }
  }
}

}  // namespace khien::app
