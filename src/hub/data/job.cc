#include "hub/data/job.h"

#include "hub/data/agency.h"

namespace khien::hub {
namespace {

constexpr std::string_view kJobColumns =
    "id, kind, state, phase, done, total, user_id, agency_id, args, result, problem, cancel,"
    " attempts, created_at, started_at, ended_at";

Node tree(const std::string& json) {
  if (json.empty()) return {};
  auto node = parse_json(json, "job");
  return node ? std::move(*node) : Node{};
}

Job read_job(const Statement& s) {
  Job out{s.integer(0), s.text(1), s.text(2), s.text(3), s.integer(4), s.integer(5), s.integer(6),
          s.integer(7), tree(s.text(8)), tree(s.text(9)), {}, s.integer(11) != 0, s.integer(12),
          s.integer(13), s.integer(14), s.integer(15)};
  if (s.is_null(10)) return out;
  const Node problem = tree(s.text(10));
  Error error{problem["code"].text(), problem["place"].text(), {}};
  for (const auto& [name, value] : problem["args"].pairs()) error.args[name] = value.text();
  out.problem = std::move(error);
  return out;
}

Value problem_json(const std::optional<Error>& problem) {
  if (!problem) return Null{};
  Node args = Node::map();
  for (const auto& [name, value] : problem->args) args.set(name, value);
  return to_json(Node::map({{"code", problem->code}, {"place", problem->place}, {"args", args}}));
}

}  // namespace

Result<std::int64_t> add_job(const Database& db, const std::string& kind, const Node& args,
                             std::int64_t user_id, std::int64_t agency_id, std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("insert into job(kind, state, args, user_id, agency_id,"
                                    " created_at) values(?1, 'queued', ?2, ?3, ?4, ?5)"));
  KHIEN_DO(s.bind(1, kind).bind(2, to_json(args))
               .bind(3, user_id == 0 ? Value{Null{}} : Value{user_id})
               .bind(4, agency_id).bind(5, now).run());
  return db.last_rowid();
}

Result<std::optional<Job>> find_job(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s,
            db.prepare("select " + std::string(kJobColumns) + " from job where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read_job(s)) : std::nullopt;
}

Result<std::vector<Job>> list_jobs(const Database& db, std::int64_t agency_id,
                                   std::int64_t before, std::int64_t limit) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + "select " + std::string(kJobColumns) +
                       " from job where agency_id in subtree and (?2 = 0 or id < ?2)"
                       " order by id desc limit ?3"));
  s.bind(1, agency_id).bind(2, before).bind(3, limit);
  std::vector<Job> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.push_back(read_job(s));
  }
}

Result<std::optional<Job>> take_job(const Database& db, std::int64_t now) {
  KHIEN_TRY(Statement s,
            db.prepare("update job set state = 'running', started_at = ?1, attempts = attempts + 1,"
                       " phase = '', done = 0, total = 0 where id = (select min(id) from job q"
                       " where state = 'queued' and not exists(select 1 from job r where r.state ="
                       " 'running' and r.kind = q.kind and r.agency_id = q.agency_id))"
                       " returning " + std::string(kJobColumns)));
  s.bind(1, now);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read_job(s)) : std::nullopt;
}

Done advance_job(const Database& db, std::int64_t id, const std::string& phase, std::int64_t done,
                 std::int64_t total) {
  KHIEN_TRY(Statement s,
            db.prepare("update job set phase = ?2, done = ?3, total = ?4 where id = ?1"));
  return s.bind(1, id).bind(2, phase).bind(3, done).bind(4, total).run();
}

Done end_job(const Database& db, std::int64_t id, const std::string& state, const Node& result,
             const std::optional<Error>& problem, std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update job set state = ?2, result = ?3, problem = ?4,"
                                    " ended_at = ?5 where id = ?1 and state = 'running'"));
  return s.bind(1, id).bind(2, state)
      .bind(3, result.is_null() ? Value{Null{}} : Value{to_json(result)})
      .bind(4, problem_json(problem)).bind(5, now).run();
}

Done cancel_job(const Database& db, std::int64_t id, std::int64_t now) {
  KHIEN_TRY(Statement s,
            db.prepare("update job set cancel = 1, ended_at = iif(state = 'queued', ?2, ended_at),"
                       " state = iif(state = 'queued', 'cancelled', state)"
                       " where id = ?1 and state in ('queued', 'running')"));
  return s.bind(1, id).bind(2, now).run();
}

Done give_back_job(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("update job set state = iif(cancel, 'cancelled', 'queued'),"
                                    " attempts = max(attempts - 1, 0)"
                                    " where id = ?1 and state = 'running'"));
  return s.bind(1, id).run();
}

Done requeue_jobs(const Database& db) {
  return db.execute("update job set state = iif(cancel, 'cancelled', 'queued')"
                    " where state = 'running'");
}

}  // namespace khien::hub
