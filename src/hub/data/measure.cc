#include "hub/data/measure.h"

#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kMeasureColumns =
    "id, dispatch_id, position, doc_id, cite, text, span_from, span_to, obligation, actor, mine,"
    " mine_stated, title, due_on, kinds, unsure, state, coalesce(origin_id, 0)";

MeasureRow measure_row(const Statement& s) {
  MeasureRow out;
  out.id = s.integer(0), out.dispatch_id = s.integer(1), out.position = s.integer(2);
  out.doc_id = s.text(3), out.cite = s.text(4), out.text = s.text(5);
  if (!s.is_null(6)) out.span_from = s.integer(6), out.span_to = s.integer(7);
  out.obligation = s.text(8), out.actor = s.text(9);
  out.mine = s.integer(10) != 0, out.mine_stated = s.integer(11) != 0;
  out.title = s.integer(12) != 0, out.due_on = s.text(13);
  out.kinds = tree_of(s.text(14)), out.unsure = s.text(15), out.state = s.text(16);
  out.origin_id = s.integer(17);
  return out;
}

Statement& bind_measure(Statement& s, const MeasureRow& row) {
  const bool spanned = row.span_from >= 0;
  return s.bind(1, row.dispatch_id).bind(2, row.position).bind(3, row.doc_id).bind(4, row.cite)
      .bind(5, row.text).bind(6, integer_or_null(row.span_from, spanned))
      .bind(7, integer_or_null(row.span_to, spanned)).bind(8, row.obligation)
      .bind(9, text_or_null(row.actor)).bind(10, std::int64_t{row.mine})
      .bind(11, std::int64_t{row.mine_stated}).bind(12, std::int64_t{row.title})
      .bind(13, text_or_null(row.due_on)).bind(14, to_json(row.kinds)).bind(15, row.unsure)
      .bind(16, row.state);
}

}  // namespace

Result<std::vector<MeasureRow>> measures_of(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kMeasureColumns) + " from measure"
                                    " where dispatch_id = ?1 order by position, id"));
  s.bind(1, dispatch_id);
  return rows_of<MeasureRow>(s, measure_row);
}

Result<std::optional<MeasureRow>> find_measure(const Database& db, std::int64_t dispatch_id,
                                               std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kMeasureColumns) + " from measure"
                                    " where dispatch_id = ?1 and id = ?2"));
  s.bind(1, dispatch_id).bind(2, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(measure_row(s)) : std::nullopt;
}

Result<std::int64_t> add_measure(const Database& db, const MeasureRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into measure(dispatch_id, position, doc_id, cite, text, span_from,"
                       " span_to, obligation, actor, mine, mine_stated, title, due_on, kinds,"
                       " unsure, state) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                       " ?13, ?14, ?15, ?16)"));
  KHIEN_DO(bind_measure(s, row).run());
  return db.last_rowid();
}

Done save_measure(const Database& db, const MeasureRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update measure set dispatch_id = ?1, position = ?2, doc_id = ?3,"
                       " cite = ?4, text = ?5, span_from = ?6, span_to = ?7, obligation = ?8,"
                       " actor = ?9, mine = ?10, mine_stated = ?11, title = ?12, due_on = ?13,"
                       " kinds = ?14, unsure = ?15, state = ?16 where id = ?17"));
  return bind_measure(s, row).bind(17, row.id).run();
}

Done delete_measures(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s, db.prepare("delete from measure where dispatch_id = ?1"));
  return s.bind(1, dispatch_id).run();
}

}  // namespace khien::hub
