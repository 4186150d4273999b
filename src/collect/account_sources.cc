// A row each; everything else lies in the folders.
#include "collect/account_sources.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/account_file/login_log.h"
#include "collect/browser_files/browser_files.h"
#include "collect/errors.h"
#include "collect/external_list/external_list.h"
#include "format/heading/cells.h"
#include "people/people.h"

namespace khien {
namespace {

Result<Collection> decide(const AgencySource& source, const Lexicon& lexicon, WorkerPool& pool,
                          JoinDecisions& decisions, std::vector<SourceNote>& notes) {
  KHIEN_TRY(const std::string bytes, read_file(source.path, limits::table_file_bytes));
  KHIEN_TRY(const Table table, read_table(pool, bytes, source.written, source.sheet));
  KHIEN_TRY(Header header,
            lexicon.find_header(table, "decision", source.columns, source.written));
  notes.push_back(note_of(table, std::move(header), source.written, "decision"));
  KHIEN_TRY(JoinDecisions more,
            read_join_decisions(table, source.written, lexicon, source.columns));
  decisions.merge(more);
  Collection out;
  out.collector = "account_file";
  out.collector_version = "0.2";
  out.source = source.written;
  out.source_sha256 = sha256_hex(bytes);
  return out;
}

}  // namespace

bool is_account_source(std::string_view type) {
  return type == "external_list" || type == "browser_stores" || type == "join_decisions" ||
         type == "login_log";
}

std::vector<std::string> account_source_tables(std::string_view type) {
  if (type == "external_list") return {"external_registration"};
  if (type == "browser_stores") return {"browser_credential"};
  if (type == "login_log") return {"login_use"};
  return {};
}

Result<JoinDecisions> read_join_decisions(const Table& table, const std::string& place,
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

Result<Collection> collect_account_source(const AgencySource& source, const Agency& agency,
                                          const Lexicon& lexicon, WorkerPool& pool,
                                          JoinDecisions& decisions,
                                          std::vector<SourceNote>& notes) {
  if (source.type == "external_list") return collect_external_list(source, lexicon, pool, notes);
  if (source.type == "browser_stores") {
    return collect_browser_files(source.path, source.written, agency.domains, pool);
  }
  if (source.type == "login_log") return collect_login_log(source, lexicon, pool, notes);
  return decide(source, lexicon, pool, decisions, notes);
}

}  // namespace khien
