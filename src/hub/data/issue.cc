#include "hub/data/issue.h"

#include "hub/data/measure.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kIssueColumns =
    "i.id, i.dispatch_id, i.agency_id, i.received_id, i.issued_at, i.issued_by, i.due_on, i.note,"
    " i.opened_at, i.opened_by";
constexpr int kIssueWidth = 10;

IssueRow issue_row(const Statement& s) {
  IssueRow out;
  out.id = s.integer(0), out.dispatch_id = s.integer(1), out.agency_id = s.integer(2);
  out.received_id = s.integer(3), out.issued_at = s.integer(4), out.issued_by = s.text(5);
  out.due_on = s.text(6), out.note = s.text(7);
  out.opened_at = s.integer(8), out.opened_by = s.text(9);
  return out;
}

Result<std::optional<IssueRow>> first_issue(const Database& db, const std::string& where,
                                            std::int64_t first, std::int64_t second = 0) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kIssueColumns) + " from issue i " +
                                    where));
  s.bind(1, first);
  if (second != 0) s.bind(2, second);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(issue_row(s)) : std::nullopt;
}

Result<std::int64_t> add_received(const Database& db, const DispatchRow& from, const IssueRow& to,
                                  const std::string& today) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into dispatch(agency_id, file_name, sha256, bytes, state, number,"
                       " symbol, subject, issuer, issued_on, received_on, due_on, created_at,"
                       " confirmed_at, confirmed_by, origin_id, paper_id) select ?2, file_name,"
                       " sha256, bytes, 'confirmed', number, symbol, subject, issuer, issued_on,"
                       " ?3, coalesce(?4, due_on), ?5, ?5, confirmed_by, id,"
                       " coalesce(paper_id, id) from dispatch where id = ?1"));
  KHIEN_DO(s.bind(1, from.id).bind(2, to.agency_id).bind(3, today)
               .bind(4, text_or_null(to.due_on)).bind(5, to.issued_at).run());
  return db.last_rowid();
}

// They are the recipient's by its issuer's word: nobody asks their actor again.
Done copy_measures(const Database& db, std::int64_t received_id, const std::string& due_on,
                   const std::vector<std::int64_t>& measures) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into measure(dispatch_id, position, doc_id, cite, text, span_from,"
                       " span_to, obligation, actor, mine, mine_stated, title, due_on, kinds,"
                       " unsure, state, origin_id) select ?1, position, doc_id, cite, text,"
                       " span_from, span_to, obligation, actor, 1, 1, 0,"
                       " case when ?2 < due_on then ?2 else due_on end, kinds, '', state, id"
                       " from measure where id in (select value from json_each(?3))"
                       " order by position, id"));
  Node ids = Node::list();
  for (const std::int64_t id : measures) ids.push(Node(id));
  return s.bind(1, received_id).bind(2, text_or_null(due_on)).bind(3, to_json(ids)).run();
}

}  // namespace

Result<std::optional<IssueRow>> find_issue(const Database& db, std::int64_t dispatch_id,
                                           std::int64_t agency_id) {
  return first_issue(db, "where i.dispatch_id = ?1 and i.agency_id = ?2", dispatch_id, agency_id);
}

Result<std::optional<IssueRow>> issue_by_id(const Database& db, std::int64_t id) {
  return first_issue(db, "where i.id = ?1", id);
}

Result<std::optional<IssueRow>> issue_of_received(const Database& db, std::int64_t received_id) {
  return first_issue(db, "where i.received_id = ?1", received_id);
}

Result<std::int64_t> issue_to(const Database& db, const DispatchRow& from, const IssueRow& to,
                              const std::string& today,
                              const std::vector<std::int64_t>& measures) {
  KHIEN_TRY(const std::int64_t received, add_received(db, from, to, today));
  KHIEN_DO(copy_measures(db, received, to.due_on, measures));
  KHIEN_DO(make_tasks(db, received, to.issued_at));
  KHIEN_TRY(Statement s,
            db.prepare("insert into issue(dispatch_id, agency_id, received_id, issued_at,"
                       " issued_by, due_on, note) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  KHIEN_DO(s.bind(1, from.id).bind(2, to.agency_id).bind(3, received).bind(4, to.issued_at)
               .bind(5, to.issued_by).bind(6, text_or_null(to.due_on))
               .bind(7, text_or_null(to.note)).run());
  return db.last_rowid();
}

Result<bool> open_received(const Database& db, std::int64_t received_id, std::int64_t now,
                           const std::string& by) {
  KHIEN_TRY(Statement s, db.prepare("update issue set opened_at = ?2, opened_by = ?3 where"
                                    " received_id = ?1 and opened_at is null returning 1"));
  return s.bind(1, received_id).bind(2, now).bind(3, by).step();
}

Done recall_issue(const Database& db, const IssueRow& issue) {
  KHIEN_TRY(Statement gone, db.prepare("delete from issue where id = ?1"));
  KHIEN_DO(gone.bind(1, issue.id).run());
  KHIEN_DO(delete_dispatch(db, issue.received_id));
  KHIEN_TRY(const std::int64_t left, count_recipients(db, issue.dispatch_id));
  return left > 0 ? Done{} : set_dispatch_state(db, issue.dispatch_id, "confirmed");
}

Result<std::vector<RecipientRow>> list_recipients(const Database& db, std::int64_t dispatch_id,
                                                  const std::string& today, std::int64_t after,
                                                  std::int64_t limit) {
  std::string sums;
  for (const char* progress : kProgress) {
    sums += std::string(", coalesce(sum(t.progress = '") + progress + "'), 0)";
  }
  KHIEN_TRY(Statement s,
            db.prepare("select " + std::string(kIssueColumns) + ", a.name, a.kind" + sums +
                       ", coalesce(max(t.due_on < ?2 and t.progress not in ('done', 'accepted')),"
                       " d.due_on < ?2 and d.state <> 'answered', 0), coalesce((select max(at)"
                       " from reply r where r.issue_id = i.id), 0) from (select * from issue where"
                       " dispatch_id = ?1 and id > ?3 order by id limit ?4) i"
                       " join agency a on a.id = i.agency_id join dispatch d on"
                       " d.id = i.received_id left join task t on t.dispatch_id = d.id"
                       " group by i.id order by i.id"));
  s.bind(1, dispatch_id).bind(2, today).bind(3, after).bind(4, limit);
  return rows_of<RecipientRow>(s, [](const Statement& row) {
    RecipientRow out;
    out.issue = issue_row(row);
    int at = kIssueWidth;
    out.name = row.text(at++), out.kind = row.text(at++);
    for (std::int64_t& count : out.progress) count = row.integer(at++);
    out.late = row.integer(at++) != 0;
    out.replied_at = row.integer(at);
    return out;
  });
}

Result<std::int64_t> count_recipients(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const Value n, db.one("select count(*) from issue where dispatch_id = ?1",
                                  {dispatch_id}));
  return std::get<std::int64_t>(n);
}

}  // namespace khien::hub
