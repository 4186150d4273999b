#include "hub/data/dispatch.h"

#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kDispatchSelect =
    "select d.id, d.agency_id, d.file_name, d.sha256, d.bytes, d.state, d.problem, d.number,"
    " d.symbol, d.subject, d.issuer, d.issued_on, d.received_no, d.received_on, d.due_on,"
    " coalesce(p.head, d.head), coalesce(p.warnings, d.warnings), coalesce(p.windows, d.windows),"
    " d.job_id, d.created_at, d.confirmed_by, coalesce(d.origin_id, 0), coalesce(d.paper_id, 0)"
    " from dispatch d left join dispatch p on p.id = d.paper_id ";

DispatchRow dispatch_row(const Statement& s) {
  DispatchRow out;
  out.id = s.integer(0), out.agency_id = s.integer(1);
  out.file_name = s.text(2), out.sha256 = s.text(3), out.bytes = s.integer(4);
  out.state = s.text(5), out.problem = tree_of(s.text(6));
  out.number = s.text(7), out.symbol = s.text(8), out.subject = s.text(9);
  out.issuer = s.text(10), out.issued_on = s.text(11);
  out.received_no = s.text(12), out.received_on = s.text(13), out.due_on = s.text(14);
  out.head = tree_of(s.text(15)), out.warnings = tree_of(s.text(16));
  out.windows = tree_of(s.text(17));
  out.job_id = s.integer(18), out.created_at = s.integer(19), out.confirmed_by = s.text(20);
  out.origin_id = s.integer(21), out.paper_id = s.integer(22);
  return out;
}

bool matches(const DispatchRow& row, const std::string& words) {
  if (words.empty()) return true;
  const std::string all = row.number + " " + row.subject + " " + row.issuer + " " +
                          row.received_no + " " + row.file_name;
  return skeleton(all).find(words) != std::string::npos;
}

// A select of ids. Copies that were issued below say nothing new to who issued them; those that
// came from beyond the subtree do, and beyond the root is nothing.
Result<std::string> wanted_dispatches(const Database& db, const DispatchSearch& search) {
  std::string out = "select id from dispatch where agency_id = ?1";
  if (search.own) return out;
  out += " union select id from dispatch where origin_id is null and agency_id in subtree";
  KHIEN_TRY(const Value parent, db.one("select parent_id from agency where id = ?1",
                                       {search.agency_id}));
  if (std::holds_alternative<Null>(parent)) return out;
  return out + " union select r.id from dispatch r join dispatch o on o.id = r.origin_id"
               " where r.agency_id in subtree and o.agency_id not in subtree";
}

}  // namespace

Result<std::int64_t> add_dispatch(const Database& db, const DispatchRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into dispatch(agency_id, file_name, sha256, bytes, state,"
                       " received_on, created_at) values(?1, ?2, ?3, ?4, 'reading', ?5, ?6)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.file_name).bind(3, row.sha256)
               .bind(4, row.bytes).bind(5, text_or_null(row.received_on))
               .bind(6, row.created_at).run());
  return db.last_rowid();
}

Result<std::optional<DispatchRow>> find_dispatch(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kDispatchSelect) + "where d.id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(dispatch_row(s)) : std::nullopt;
}

Result<std::vector<DispatchRow>> list_dispatches(const Database& db, const DispatchSearch& search) {
  KHIEN_TRY(const std::string wanted, wanted_dispatches(db, search));
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kDispatchSelect) + "where d.id in (" +
                       wanted + ") and (?2 = 0 or d.id < ?2)"
                       " and (?3 = '' or d.state = ?3) and (?4 = '' or"
                       " substr(coalesce(d.issued_on, d.received_on, ''), 1, 4) = ?4)"
                       " order by d.id desc"));
  s.bind(1, search.agency_id).bind(2, search.before).bind(3, search.state).bind(4, search.year);
  const std::string words = skeleton(squeeze(search.q));
  std::vector<DispatchRow> out;
  while (static_cast<std::int64_t>(out.size()) < search.limit) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    DispatchRow row = dispatch_row(s);
    if (matches(row, words)) out.push_back(std::move(row));
  }
  return out;
}

Result<DispatchCounts> count_measures(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s,
            db.prepare("select count(*), coalesce(sum(unsure <> '' and mine), 0),"
                       " coalesce(sum(mine), 0) from measure where dispatch_id = ?1"
                       " and state <> 'dropped' and not title"));
  s.bind(1, id);
  KHIEN_TRY([[maybe_unused]] const bool row, s.step());
  return DispatchCounts{s.integer(0), s.integer(1), s.integer(2)};
}

Done set_dispatch_job(const Database& db, std::int64_t id, std::int64_t job_id) {
  KHIEN_TRY(Statement s, db.prepare("update dispatch set job_id = ?2 where id = ?1"));
  return s.bind(1, id).bind(2, job_id).run();
}

Done set_dispatch_state(const Database& db, std::int64_t id, const std::string& state,
                        const Node& problem) {
  KHIEN_TRY(Statement s,
            db.prepare("update dispatch set state = ?2, problem = ?3 where id = ?1"));
  return s.bind(1, id).bind(2, state).bind(3, json_or_null(problem)).run();
}

Done confirm_dispatch(const Database& db, std::int64_t id, const std::string& by,
                      std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update dispatch set state = 'confirmed', confirmed_by = ?2,"
                                    " confirmed_at = ?3 where id = ?1"));
  return s.bind(1, id).bind(2, by).bind(3, now).run();
}

Done save_dispatch_head(const Database& db, const DispatchRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update dispatch set number = ?2, symbol = ?3, subject = ?4, issuer = ?5,"
                       " issued_on = ?6, received_no = ?7, received_on = ?8, due_on = ?9,"
                       " head = case when paper_id is null then ?10 else head end,"
                       " warnings = case when paper_id is null then ?11 else warnings end,"
                       " windows = case when paper_id is null then ?12 else windows end"
                       " where id = ?1"));
  KHIEN_DO(s.bind(1, row.id).bind(2, text_or_null(row.number)).bind(3, text_or_null(row.symbol))
               .bind(4, text_or_null(row.subject)).bind(5, text_or_null(row.issuer))
               .bind(6, text_or_null(row.issued_on)).bind(7, text_or_null(row.received_no))
               .bind(8, text_or_null(row.received_on)).bind(9, text_or_null(row.due_on))
               .bind(10, to_json(row.head)).bind(11, to_json(row.warnings))
               .bind(12, to_json(row.windows)).run());
  KHIEN_TRY(Statement copies,
            db.prepare("update dispatch set number = ?2, symbol = ?3, subject = ?4, issuer = ?5,"
                       " issued_on = ?6 where paper_id = ?1"));
  return copies.bind(1, row.id).bind(2, text_or_null(row.number))
      .bind(3, text_or_null(row.symbol)).bind(4, text_or_null(row.subject))
      .bind(5, text_or_null(row.issuer)).bind(6, text_or_null(row.issued_on)).run();
}

Done delete_dispatch(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from dispatch where id = ?1"));
  return s.bind(1, id).run();
}

Done save_dispatch_text(const Database& db, std::int64_t id, const DispatchText& text) {
  KHIEN_TRY(Statement s, db.prepare("update dispatch set body = ?2, sentences = ?3, counts = ?4"
                                    " where id = ?1"));
  return s.bind(1, id).bind(2, text.body).bind(3, to_json(text.sentences))
      .bind(4, to_json(text.counts)).run();
}

Result<DispatchText> dispatch_text(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s,
            db.prepare("select body, sentences, counts from dispatch where id ="
                       " (select coalesce(paper_id, id) from dispatch where id = ?1)"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return DispatchText{};
  return DispatchText{s.text(0), tree_of(s.text(1)), tree_of(s.text(2))};
}

Result<std::int64_t> dispatch_of_number(const Database& db, std::int64_t agency_id,
                                        const std::string& number) {
  KHIEN_TRY(const Value id,
            db.one(std::string(kSubtree) + "select max(id) from dispatch where number = ?2 and"
                   " (agency_id = ?1 or (origin_id is null and agency_id in subtree))",
                   {agency_id, number}));
  const auto* found = std::get_if<std::int64_t>(&id);
  return found == nullptr ? 0 : *found;
}

}  // namespace khien::hub
