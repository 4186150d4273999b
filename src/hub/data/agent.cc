#include "hub/data/agent.h"

#include "hub/data/agency.h"

namespace khien::hub {
namespace {

constexpr std::string_view kEnrolment =
    "select id, agency_id, hash, name, made_by, left_uses, expires_at, made_at from enrolment ";
constexpr std::string_view kAgent =
    "select id, agency_id, name, machine_id, print, next_print, version, ends_at, enrolled_at,"
    " seen_at, waiting, facts_at, source_id, disabled_at from agent ";

EnrolmentRow read_enrolment(const Statement& s) {
  return {s.integer(0), s.integer(1), s.text(2),    s.text(3),
          s.text(4),    s.integer(5), s.integer(6), s.integer(7)};
}

AgentRow read_agent(const Statement& s) {
  return {s.integer(0), s.integer(1),  s.text(2),     s.text(3),     s.text(4),
          s.text(5),    s.text(6),     s.integer(7),  s.integer(8),  s.integer(9),
          s.integer(10), s.integer(11), s.integer(12), s.integer(13)};
}

template <class Row, class Read>
Result<std::vector<Row>> all(Statement& s, Read read) {
  std::vector<Row> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.push_back(read(s));
  }
}
template <class Row, class Read>
Result<std::optional<Row>> one(Statement& s, Read read) {
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read(s)) : std::nullopt;
}

Value or_null(std::int64_t number) { return number == 0 ? Value{Null{}} : Value{number}; }
Value or_null(const std::string& text) { return text.empty() ? Value{Null{}} : Value{text}; }

void bind_agent(Statement& s, const AgentRow& row) {
  s.bind(":agency_id", row.agency_id).bind(":name", row.name).bind(":machine_id", row.machine_id);
  s.bind(":print", row.print).bind(":next_print", or_null(row.next_print));
  s.bind(":version", row.version).bind(":ends_at", row.ends_at);
  s.bind(":enrolled_at", row.enrolled_at).bind(":seen_at", row.seen_at);
  s.bind(":waiting", row.waiting).bind(":facts_at", or_null(row.facts_at));
  s.bind(":source_id", or_null(row.source_id)).bind(":disabled_at", or_null(row.disabled_at));
}

}  // namespace

Result<std::int64_t> add_enrolment(const Database& db, const EnrolmentRow& row) {
  KHIEN_TRY(Statement s, db.prepare("insert into enrolment(hash, agency_id, name, left_uses,"
                                    " expires_at, made_at, made_by)"
                                    " values(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.hash).bind(2, row.agency_id).bind(3, row.name).bind(4, row.left_uses)
               .bind(5, row.expires_at).bind(6, row.made_at).bind(7, row.made_by).run());
  return db.last_rowid();
}

Result<std::optional<EnrolmentRow>> find_enrolment(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kEnrolment) + "where id = ?1"));
  s.bind(1, id);
  return one<EnrolmentRow>(s, read_enrolment);
}

Result<std::vector<EnrolmentRow>> list_enrolments(const Database& db, std::int64_t agency_id,
                                                  std::int64_t before, std::int64_t limit) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + std::string(kEnrolment) +
                                    "where agency_id in subtree and (?2 = 0 or id < ?2)"
                                    " order by id desc limit ?3"));
  s.bind(1, agency_id).bind(2, before).bind(3, limit);
  return all<EnrolmentRow>(s, read_enrolment);
}

Done drop_enrolment(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from enrolment where id = ?1"));
  return s.bind(1, id).run();
}

Result<std::optional<EnrolmentRow>> use_enrolment(const Database& db, const std::string& hash,
                                                  std::int64_t now) {
  std::optional<EnrolmentRow> row;
  {
    KHIEN_TRY(Statement s, db.prepare(std::string(kEnrolment) + "where hash = ?1"
                                      " and left_uses > 0 and expires_at > ?2"));
    s.bind(1, hash).bind(2, now);
    KHIEN_TRY(row, one<EnrolmentRow>(s, read_enrolment));
  }
  if (!row) return row;
  KHIEN_TRY(Statement s, db.prepare("update enrolment set left_uses = left_uses - 1"
                                    " where id = ?1"));
  KHIEN_DO(s.bind(1, row->id).run());
  return row;
}

Result<std::int64_t> add_agent(const Database& db, const AgentRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into agent(agency_id, name, machine_id, print, next_print, ends_at,"
                       " version, enrolled_at, seen_at, waiting, facts_at, source_id, disabled_at)"
                       " values(:agency_id, :name, :machine_id, :print, :next_print, :ends_at,"
                       " :version, :enrolled_at, :seen_at, :waiting, :facts_at, :source_id,"
                       " :disabled_at)"));
  bind_agent(s, row);
  KHIEN_DO(s.run());
  return db.last_rowid();
}

Done save_agent(const Database& db, const AgentRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update agent set name = :name, print = :print, next_print = :next_print,"
                       " ends_at = :ends_at, version = :version, seen_at = :seen_at,"
                       " waiting = :waiting, facts_at = :facts_at, source_id = :source_id,"
                       " disabled_at = :disabled_at where id = :id"));
  bind_agent(s, row);
  return s.bind(":id", row.id).run();
}

Result<std::optional<AgentRow>> find_agent(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kAgent) + "where id = ?1"));
  s.bind(1, id);
  return one<AgentRow>(s, read_agent);
}

Result<std::optional<AgentRow>> find_agent_print(const Database& db, const std::string& print) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kAgent) + "where print = ?1 or next_print = ?1"));
  s.bind(1, print);
  return one<AgentRow>(s, read_agent);
}

Result<std::vector<AgentRow>> list_agents(const Database& db, std::int64_t agency_id,
                                          std::int64_t after, std::int64_t limit) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + std::string(kAgent) +
                                    "where agency_id in subtree and id > ?2 order by id"
                                    " limit ?3"));
  s.bind(1, agency_id).bind(2, after).bind(3, limit);
  return all<AgentRow>(s, read_agent);
}

}  // namespace khien::hub
