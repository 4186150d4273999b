#include "hub/data/answer.h"

#include "hub/data/rows.h"

namespace khien::hub {

Result<AnswerRow> answer_of(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s, db.prepare("select id, dispatch_id, state, number, dated_on, signed_by,"
                                    " sent_on, sent_to, file_name, file_sha256, file_bytes"
                                    " from answer where dispatch_id = ?1"));
  s.bind(1, dispatch_id);
  KHIEN_TRY(const bool row, s.step());
  AnswerRow out;
  out.dispatch_id = dispatch_id;
  if (!row) return out;
  out.id = s.integer(0), out.state = s.text(2), out.number = s.text(3);
  out.dated_on = s.text(4), out.signed_by = s.text(5), out.sent_on = s.text(6);
  out.sent_to = s.text(7), out.file_name = s.text(8), out.file_sha256 = s.text(9);
  out.file_bytes = s.integer(10);
  return out;
}

Result<std::int64_t> save_answer(const Database& db, const AnswerRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into answer(dispatch_id, state, number, dated_on, signed_by,"
                       " sent_on, sent_to, file_name, file_sha256, file_bytes) values(?1, ?2, ?3,"
                       " ?4, ?5, ?6, ?7, ?8, ?9, ?10) on conflict(dispatch_id) do update set"
                       " state = ?2, number = ?3, dated_on = ?4, signed_by = ?5, sent_on = ?6,"
                       " sent_to = ?7, file_name = ?8, file_sha256 = ?9, file_bytes = ?10"
                       " returning id"));
  s.bind(1, row.dispatch_id).bind(2, row.state).bind(3, text_or_null(row.number))
      .bind(4, text_or_null(row.dated_on)).bind(5, text_or_null(row.signed_by))
      .bind(6, text_or_null(row.sent_on)).bind(7, text_or_null(row.sent_to))
      .bind(8, text_or_null(row.file_name)).bind(9, text_or_null(row.file_sha256))
      .bind(10, integer_or_null(row.file_bytes, !row.file_sha256.empty()));
  KHIEN_TRY([[maybe_unused]] const bool there, s.step());
  const std::int64_t id = s.integer(0);
  KHIEN_TRY([[maybe_unused]] const bool more, s.step());
  return id;
}

Done add_answer_step(const Database& db, std::int64_t answer_id, const AnswerStep& step) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into answer_step(answer_id, position, state, at, by_name, note)"
                       " values(?1, (select count(*) + 1 from answer_step where answer_id = ?1),"
                       " ?2, ?3, ?4, ?5)"));
  return s.bind(1, answer_id).bind(2, step.state).bind(3, step.at).bind(4, step.by_name)
      .bind(5, text_or_null(step.note)).run();
}

Result<std::vector<AnswerStep>> answer_steps(const Database& db, std::int64_t answer_id) {
  KHIEN_TRY(Statement s, db.prepare("select state, by_name, note, at from answer_step where"
                                    " answer_id = ?1 order by position"));
  s.bind(1, answer_id);
  return rows_of<AnswerStep>(s, [](const Statement& r) {
    return AnswerStep{r.text(0), r.text(1), r.text(2), r.integer(3)};
  });
}

}  // namespace khien::hub
