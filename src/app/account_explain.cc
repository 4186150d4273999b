// One line a file or sheet, one a column; the same words as the error texts use.
#include "app/account_explain.h"

#include <algorithm>

#include "report/words.h"

namespace khien::app {
namespace {

// Headings and names come from outside: one line, no control characters.
std::string shown(const std::string& text) { return report::excerpt(text, 80); }

std::string file_line(const Teller& context, const Recognised& file) {
  const std::string what = file.link            ? "link"
                           : file.hidden        ? "hidden"
                           : !file.type.empty() ? file.type
                           : file.error         ? "unread"
                                                : "unknown";
  std::string line = context.say("app.account.file",
                                 {{"file", file.path},
                                  {"what", context.say("app.account.type." + what)}});
  for (const auto& [id, value] : {std::pair{"sheet", file.sheet}, {"app", file.app},
                                  {"agency", file.agency}, {"host", file.host}}) {
    if (value.empty()) continue;
    line += "; " + context.say(std::string("app.account.explained.") + id, {{id, shown(value)}});
  }
  return line;
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
