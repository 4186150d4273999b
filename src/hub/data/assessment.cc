#include "hub/data/assessment.h"

#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kAssessmentColumns =
    "id, agency_id, made_at, as_of, sha256, dispatches, note, coverage, made_by, seal, sealed_by,"
    " shared, open, partial, file_name, received_by, refused, met, partly_met, not_met,"
    " undetermined";

AssessmentRow assessment_row(const Statement& s) {
  AssessmentRow out;
  out.id = s.integer(0), out.agency_id = s.integer(1), out.made_at = s.integer(2);
  out.as_of = s.text(3), out.sha256 = s.text(4), out.dispatches = s.integer(5);
  out.note = s.text(6), out.coverage = tree_of(s.text(7)), out.made_by = s.text(8);
  out.seal = s.text(9), out.sealed_by = s.text(10), out.shared = s.integer(11) != 0;
  out.open = s.integer(12) != 0, out.partial = s.integer(13) != 0;
  out.file_name = s.text(14), out.received_by = s.text(15), out.refused = tree_of(s.text(16));
  out.verdicts = {s.integer(17), s.integer(18), s.integer(19), s.integer(20)};
  return out;
}

constexpr std::string_view kFindingColumns =
    "id, measure, control, subject, observed, result, reason, severity, fact,"
    " coalesce(machine, 0), coalesce(account, 0)";

FindingRow finding_row(const Statement& r) {
  return {r.integer(0), r.integer(1), r.text(2), r.text(3), r.text(4),    r.text(5),
          r.text(6),    r.text(7),    r.integer(8), r.integer(9), r.integer(10)};
}

std::int64_t whole_number(const Value& value) {
  const auto* found = std::get_if<std::int64_t>(&value);
  return found == nullptr ? 0 : *found;
}

}  // namespace

void VerdictCounts::add(const std::string& verdict, std::int64_t n) {
  if (verdict == "met") met += n;
  if (verdict == "partly_met") partly_met += n;
  if (verdict == "not_met") not_met += n;
  if (verdict == "undetermined") undetermined += n;
}

Node counts_node(const VerdictCounts& c) {
  return Node::map({{"met", c.met}, {"partly_met", c.partly_met}, {"not_met", c.not_met},
                    {"undetermined", c.undetermined}});
}

Result<std::int64_t> add_assessment(const Database& db, const AssessmentRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into assessment(agency_id, made_at, as_of, sha256, dispatches,"
                       " note, coverage, made_by, seal, sealed_by, shared, open, partial,"
                       " file_name, received_by, refused) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                       " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.made_at).bind(3, row.as_of).bind(4, row.sha256)
               .bind(5, row.dispatches).bind(6, text_or_null(row.note))
               .bind(7, to_json(row.coverage)).bind(8, row.made_by).bind(9, row.seal)
               .bind(10, text_or_null(row.sealed_by)).bind(11, std::int64_t{row.shared})
               .bind(12, std::int64_t{row.open}).bind(13, std::int64_t{row.partial})
               .bind(14, text_or_null(row.file_name)).bind(15, text_or_null(row.received_by))
               .bind(16, json_or_null(row.refused)).run());
  return db.last_rowid();
}

Done add_assessed(const Database& db, std::int64_t id, const AssessedDispatch& row) {
  KHIEN_TRY(Statement s, db.prepare("insert into assessed_dispatch(assessment_id, position,"
                                    " dispatch_id, number, subject) values(?1, ?2, ?3, ?4, ?5)"));
  return s.bind(1, id).bind(2, row.position)
      .bind(3, integer_or_null(row.dispatch_id, row.dispatch_id != 0)).bind(4, row.number)
      .bind(5, text_or_null(row.subject)).run();
}

Done add_assessed(const Database& db, std::int64_t id, const AssessedMeasure& row) {
  KHIEN_TRY(Statement s, db.prepare("insert into assessed_measure values(?1, ?2, ?3, ?4, ?5, ?6,"
                                    " ?7, ?8, ?9, ?10, ?11)"));
  return s.bind(1, id).bind(2, row.position).bind(3, row.dispatch).bind(4, row.doc_id)
      .bind(5, row.cite).bind(6, row.text).bind(7, text_or_null(row.due_on))
      .bind(8, text_or_null(row.verdict)).bind(9, row.sentence_vi).bind(10, row.sentence_en)
      .bind(11, to_json(row.kinds)).run();
}

Done add_assessed(const Database& db, std::int64_t id, const AssessedRun& row) {
  KHIEN_TRY(Statement s, db.prepare("insert into assessed_run values(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                    " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"));
  return s.bind(1, id).bind(2, row.position).bind(3, row.measure).bind(4, row.control)
      .bind(5, row.kind).bind(6, row.outcome).bind(7, row.severity).bind(8, row.passed)
      .bind(9, row.failed).bind(10, row.unknown).bind(11, text_or_null(row.reason))
      .bind(12, row.state_vi).bind(13, row.state_en).bind(14, row.task_vi)
      .bind(15, row.task_en).run();
}

Result<Statement> finding_insert(const Database& db) {
  return db.prepare("insert into finding(assessment_id, measure, control, subject, observed,"
                    " result, reason, severity, fact, words, machine, account) values(?1, ?2, ?3,"
                    " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
}

Done add_finding(Statement& insert, std::int64_t id, const FindingRow& row) {
  return insert.bind(1, id).bind(2, row.measure).bind(3, row.control).bind(4, row.subject)
      .bind(5, row.observed).bind(6, row.result).bind(7, row.reason).bind(8, row.severity)
      .bind(9, row.fact).bind(10, skeleton(row.subject))
      .bind(11, integer_or_null(row.machine, row.machine != 0))
      .bind(12, integer_or_null(row.account, row.account != 0)).run();
}

Result<std::optional<AssessmentRow>> find_assessment(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kAssessmentColumns) +
                                    " from assessment where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(assessment_row(s)) : std::nullopt;
}

Result<std::vector<AssessmentRow>> list_assessments(const Database& db, std::int64_t agency_id,
                                                    std::int64_t before, std::int64_t limit) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + "select " +
                                    std::string(kAssessmentColumns) + " from assessment where"
                                    " agency_id in subtree and (?2 = 0 or id < ?2)"
                                    " order by id desc limit ?3"));
  s.bind(1, agency_id).bind(2, before).bind(3, limit);
  return rows_of<AssessmentRow>(s, assessment_row);
}

Result<std::int64_t> latest_assessment(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(const Value id,
            db.one("select id from assessment where agency_id = ?1 and refused is null"
                   " order by as_of desc, id desc limit 1", {agency_id}));
  return whole_number(id);
}

Result<std::int64_t> latest_assessment_of(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const Value id,
            db.one("select a.id from assessed_dispatch d join assessment a on a.id ="
                   " d.assessment_id where d.dispatch_id = ?1 and a.refused is null"
                   " order by a.as_of desc, a.id desc limit 1", {dispatch_id}));
  return whole_number(id);
}

Result<std::optional<AssessmentRow>> find_received(const Database& db, std::int64_t agency_id,
                                                   const std::string& sha256) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kAssessmentColumns) +
                                    " from assessment where agency_id = ?1 and sha256 = ?2"
                                    " order by id limit 1"));
  s.bind(1, agency_id).bind(2, sha256);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(assessment_row(s)) : std::nullopt;
}

Done delete_assessment(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from assessment where id = ?1"));
  return s.bind(1, id).run();
}

Result<std::string> newest_day(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(const Value day, db.one("select max(as_of) from assessment where agency_id = ?1"
                                    " and refused is null", {agency_id}));
  return to_text(day);
}

Done sum_up_assessment(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement each,
            db.prepare("update assessed_dispatch set (met, partly_met, not_met, undetermined,"
                       " by_controls) ="
                       " (select coalesce(sum(m.verdict = 'met'), 0),"
                       " coalesce(sum(m.verdict = 'partly_met'), 0),"
                       " coalesce(sum(m.verdict = 'not_met'), 0),"
                       " coalesce(sum(m.verdict = 'undetermined'), 0), coalesce(sum(" +
                       std::string(kByControls) + "), 0) from assessed_measure m"
                       " where m.assessment_id = ?1 and m.dispatch = assessed_dispatch.position)"
                       " where assessment_id = ?1"));
  KHIEN_DO(each.bind(1, id).run());
  KHIEN_TRY(Statement whole,
            db.prepare("update assessment set (met, partly_met, not_met, undetermined) ="
                       " (select coalesce(sum(d.met), 0), coalesce(sum(d.partly_met), 0),"
                       " coalesce(sum(d.not_met), 0), coalesce(sum(d.undetermined), 0) from"
                       " assessed_dispatch d where d.assessment_id = ?1) where id = ?1"));
  return whole.bind(1, id).run();
}

Result<std::vector<AssessedDispatch>> assessed_dispatches(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select position, dispatch_id, number, subject, met,"
                                    " partly_met, not_met, undetermined from assessed_dispatch"
                                    " where assessment_id = ?1 order by position"));
  s.bind(1, id);
  return rows_of<AssessedDispatch>(s, [](const Statement& r) {
    return AssessedDispatch{r.integer(0), r.integer(1), r.text(2), r.text(3),
                            {r.integer(4), r.integer(5), r.integer(6), r.integer(7)}};
  });
}

Result<std::vector<AssessedMeasure>> assessed_measures(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s,
            db.prepare("select position, dispatch, doc_id, cite, text, due_on, verdict,"
                       " sentence_vi, sentence_en, kinds from assessed_measure"
                       " where assessment_id = ?1 order by position"));
  s.bind(1, id);
  return rows_of<AssessedMeasure>(s, [](const Statement& r) {
    return AssessedMeasure{r.integer(0), r.integer(1), r.text(2), r.text(3), r.text(4),
                           r.text(5), r.text(6), r.text(7), r.text(8), tree_of(r.text(9))};
  });
}

Result<std::map<std::string, std::string>> verdicts_of_dispatch(const Database& db,
                                                                std::int64_t id,
                                                                std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s,
            db.prepare("select m.doc_id, m.verdict from assessed_dispatch d join assessed_measure m"
                       " on m.assessment_id = d.assessment_id and m.dispatch = d.position"
                       " where d.assessment_id = ?1 and d.dispatch_id = ?2"));
  s.bind(1, id).bind(2, dispatch_id);
  std::map<std::string, std::string> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out[s.text(0)] = s.text(1);
  }
}

Result<std::vector<AssessedRun>> assessed_runs(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s,
            db.prepare("select position, measure, control, kind, outcome, severity, passed,"
                       " failed, unknown, reason, state_vi, state_en, task_vi, task_en from"
                       " assessed_run where assessment_id = ?1 order by position"));
  s.bind(1, id);
  return rows_of<AssessedRun>(s, [](const Statement& r) {
    return AssessedRun{r.integer(0), r.integer(1), r.text(2), r.text(3), r.text(4), r.text(5),
                       r.integer(6), r.integer(7), r.integer(8), r.text(9), r.text(10),
                       r.text(11), r.text(12), r.text(13)};
  });
}

Result<VerdictCounts> verdict_counts(const Database& db, std::int64_t id, std::int64_t dispatch) {
  KHIEN_TRY(Statement s,
            db.prepare("select verdict, count(*) from assessed_measure where assessment_id = ?1"
                       " and (?2 = 0 or dispatch = ?2) and verdict is not null group by verdict"));
  s.bind(1, id).bind(2, dispatch);
  VerdictCounts out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.add(s.text(0), s.integer(1));
  }
}

Result<std::vector<FindingRow>> list_findings(const Database& db, const FindingSearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare("select " + std::string(kFindingColumns) +
                       " from finding where assessment_id = ?1 and id > ?2 and (?3 = '' or"
                       " result = ?3) and (?4 = '' or control = ?4) and (?5 = 0 or measure = ?5)"
                       " and (?6 = '' or instr(words, ?6) > 0) order by id limit ?7"));
  s.bind(1, search.assessment).bind(2, search.after).bind(3, search.result)
      .bind(4, search.control).bind(5, search.measure).bind(6, skeleton(squeeze(search.q)))
      .bind(7, search.limit);
  return rows_of<FindingRow>(s, finding_row);
}

Result<std::vector<FindingRow>> findings_about(const Database& db, std::int64_t assessment,
                                               std::int64_t machine, std::int64_t account,
                                               std::int64_t limit) {
  const std::string column = machine != 0 ? "machine" : "account";
  KHIEN_TRY(Statement s,
            db.prepare("select min(id), max(measure), control, subject, observed, result, reason,"
                       " severity, fact, coalesce(machine, 0), coalesce(account, 0) from finding"
                       " where assessment_id = ?1 and " + column + " = ?2 group by control,"
                       " subject, observed, result, reason, severity order by result <> 'fail',"
                       " instr('critical,high,medium,low,info', severity), 1 limit ?3"));
  s.bind(1, assessment).bind(2, machine != 0 ? machine : account).bind(3, limit);
  return rows_of<FindingRow>(s, finding_row);
}

Result<OutcomeCounts> control_counts(const Database& db, std::int64_t id,
                                     const std::string& control) {
  KHIEN_TRY(Statement s,
            db.prepare("select coalesce(max(failed), 0), coalesce(max(unknown), 0),"
                       " coalesce(max(passed), 0) from assessed_run where assessment_id = ?1"
                       " and control = ?2 and measure <> 0"));
  s.bind(1, id).bind(2, control);
  KHIEN_TRY([[maybe_unused]] const bool row, s.step());
  return OutcomeCounts{s.integer(0), s.integer(1), s.integer(2)};
}

}  // namespace khien::hub
