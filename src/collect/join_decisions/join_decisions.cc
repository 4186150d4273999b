#include "collect/join_decisions/join_decisions.h"

#include "base/text.h"
#include "collect/join_decisions/errors.h"
#include "collect/source/fields.h"
#include "format/heading/cells.h"

namespace khien {

Result<JoinDecisions> join_decisions_of(const Table& table, const std::string& place,
                                        const Lexicon& lexicon, const Columns& columns) {
  KHIEN_TRY(const Header header, lexicon.find_header(table, "decision", columns, place));
  JoinDecisions out;
  Problems problems;
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const Cells cells(header, table.rows[i], lexicon, problems);
    const std::string login = fold(cells.text("login"));
    const std::string decided = cells.text("decided");
    if (login.empty() || decided.empty()) continue;  // not decided yet
    const bool nobody = lexicon.is(decided, "no");
    const bool shared = lexicon.is(decided, "shared");
    const std::string where = place + ":" + std::to_string(table.rows[i].number);
    JoinDecision decision{"", where, JoinDecision::Who::nobody};
    if (shared) decision.who = JoinDecision::Who::several;
    if (!nobody && !shared) decision = {fold(decided), where, JoinDecision::Who::person};
    const auto [at, fresh] = out.try_emplace(fold(cells.text("app")) + "|" + login, decision);
    if (!fresh && (at->second.who != decision.who || at->second.staff != decision.staff)) {
      return fail(err::decision_contradicts, where, {{"first", at->second.place}});
    }
  }
  return out;
}

Result<std::string> check_join_decisions(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "sheet", "columns"});
}

Collections read_join_decisions(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const SourceTable read, source_table(source, reading.pool));
  const Columns columns = columns_of(source.fields);
  KHIEN_TRY(Header header,
            reading.lexicon.find_header(read.table, "decision", columns, source.written));
  reading.notes.push_back(note_of(read.table, std::move(header), source.written, "decision"));
  KHIEN_TRY(JoinDecisions more,
            join_decisions_of(read.table, source.written, reading.lexicon, columns));
  reading.decisions.merge(more);
  Collection out;
  out.collector = "account_file";
  out.collector_version = "0.2";
  out.source = source.written;
  out.source_sha256 = read.sha256;
  return one(std::move(out));
}

}  // namespace khien
