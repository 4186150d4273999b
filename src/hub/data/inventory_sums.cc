// What machines and accounts fail, and how machines compare with the result before.
#include "hub/data/inventory.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

// Findings of stricter demands (measure 0) are shown and counted nowhere.
constexpr std::string_view kCounted = "f.assessment_id = ?1 and f.measure <> 0";

Done run_on(const Database& db, const std::string& sql, std::vector<Value> binds) {
  KHIEN_TRY(Statement s, db.prepare(sql));
  for (std::size_t i = 0; i < binds.size(); ++i) s.bind(static_cast<int>(i) + 1, binds[i]);
  return s.run();
}

Done count_faults(const Database& db, std::int64_t id, const std::string& table,
                  const std::string& column) {
  const std::string of = " from finding f where " + std::string(kCounted) + " and f." + column +
                         " = " + table + ".number";
  return run_on(db, "update " + table + " set (fails, unknowns, worst, faults)"
                " = (select count(distinct case when f.result = 'fail' then f.control end),"
                " count(distinct case when f.result in ('unknown', 'error') then f.control end),"
                " coalesce(max(case when f.result = 'fail' then case f.severity when 'critical'"
                " then 5 when 'high' then 4 when 'medium' then 3 when 'low' then 2 else 1 end end),"
                " 0), coalesce(',' || group_concat(distinct case when f.result = 'fail' then"
                " f.control end) || ',', '')" + of + ") where assessment_id = ?1", {id});
}

// The agency's newest other result that is no later than this one; 0: none.
Result<std::int64_t> result_before(const Database& db, std::int64_t id) {
  KHIEN_TRY(const Value found,
            db.one("select b.id from assessment a join assessment b on b.agency_id = a.agency_id"
                   " and b.id <> a.id and b.as_of <= a.as_of where a.id = ?1 and b.refused is null"
                   " and b.inventory is not null and b.partial = 0"
                   " order by b.as_of desc, b.id desc limit 1", {id}));
  const auto* before = std::get_if<std::int64_t>(&found);
  return before == nullptr ? 0 : *before;
}

// Worse: fails what was asked before and not failed. Better: nothing of that, and something that
// failed is asked again and passes; what became unknown is no better. Compared are controls that
// both results ran on facts that were there.
Done compare_machines(const Database& db, std::int64_t id, std::int64_t before) {
  constexpr std::string_view kChange =
      "with told as (select assessment_id, control from assessed_run where measure <> 0 and"
      " (outcome in ('pass', 'fail') or reason = 'reason.rows_unknown')),"
      " ran as (select control from told where assessment_id = ?1 intersect"
      " select control from told where assessment_id = ?2)"
      " update assessed_machine as m set change = case"
      " when b.state is null or b.state = 'not_seen' then iif(m.state = 'seen', 'new', null)"
      " when m.state = 'not_seen' then 'gone'"
      " when exists (select 1 from finding f where f.assessment_id = ?1 and f.machine = m.number"
      "  and f.measure <> 0 and f.result = 'fail' and f.control in ran and not exists (select 1"
      "  from finding p where p.assessment_id = ?2 and p.machine = b.number and p.control ="
      "  f.control and p.measure <> 0 and p.result = 'fail')) then 'worse'"
      " when exists (select 1 from finding p where p.assessment_id = ?2 and p.machine = b.number"
      "  and p.measure <> 0 and p.result = 'fail' and p.control in ran and not exists (select 1"
      "  from finding f where f.assessment_id = ?1 and f.machine = m.number and f.control ="
      "  p.control and f.measure <> 0)) then 'better'"
      " else 'same' end"
      " from (select key as of_key, number, state from assessed_machine where assessment_id = ?2"
      "  union all select key, null, null from assessed_machine where assessment_id = ?1 and key"
      "  not in (select key from assessed_machine where assessment_id = ?2)) b"
      " where m.assessment_id = ?1 and b.of_key = m.key";
  KHIEN_DO(run_on(db, std::string(kChange), {id, before}));
  // Machines the result before had seen, and this one knows nothing of: as they were then.
  return run_on(db, "insert into assessed_machine(assessment_id, number, key, host, state, change,"
                " words, detail) select ?1, row_number() over (order by b.number) + (select"
                " coalesce(max(number), 0) from assessed_machine where assessment_id = ?1), b.key,"
                " b.host, 'not_seen', 'gone', b.words, b.detail from assessed_machine b where"
                " b.assessment_id = ?2 and b.state = 'seen' and b.key not in (select key from"
                " assessed_machine where assessment_id = ?1)", {id, before});
}

// Rows of a select with a name and a number.
Result<Node> pairs_of(const Database& db, std::int64_t id, const std::string& sql,
                      const char* name) {
  KHIEN_TRY(Statement s, db.prepare(sql));
  s.bind(1, id);
  KHIEN_TRY(auto rows, rows_of<Node>(s, [&](const Statement& r) {
    return Node::map({{name, r.text(0)}, {"n", r.integer(1)}});
  }));
  return Node::list(std::move(rows));
}

Result<Node> faults_of(const Database& db, std::int64_t id, const std::string& column) {
  return pairs_of(db, id, "select f.control, count(distinct f." + column + ") as n from finding f"
                  " where " + std::string(kCounted) + " and f.result = 'fail' and f." + column +
                  " is not null group by f.control order by n desc, f.control", "control");
}

Result<Node> sums_of(const Database& db, std::int64_t id, const std::string& table,
                     const std::vector<std::pair<const char*, const char*>>& sums) {
  std::string sql = "select ";
  for (const auto& [name, what] : sums) {
    sql += (sql.size() > 7 ? ", coalesce(sum(" : "coalesce(sum(") + std::string(what) + "), 0)";
  }
  KHIEN_TRY(Statement s, db.prepare(sql + " from " + table + " where assessment_id = ?1"));
  s.bind(1, id);
  KHIEN_TRY([[maybe_unused]] const bool row, s.step());
  Node out = Node::map();
  int column = 0;
  for (const auto& [name, what] : sums) out.set(name, s.integer(column++));
  return out;
}

}  // namespace

Done sum_up_inventory(const Database& db, std::int64_t id) {
  KHIEN_DO(count_faults(db, id, "assessed_machine", "machine"));
  KHIEN_DO(count_faults(db, id, "assessed_account", "account"));
  KHIEN_TRY(const std::int64_t before, result_before(db, id));
  if (before != 0) KHIEN_DO(compare_machines(db, id, before));
  Node out = Node::map({{"before", before == 0 ? Node() : Node(before)}});
  KHIEN_TRY(Node machines,
            sums_of(db, id, "assessed_machine",
                    {{"all", "1"}, {"seen", "state = 'seen'"}, {"not_seen", "state = 'not_seen'"},
                     {"faulty", "fails > 0"}, {"new", "change = 'new'"},
                     {"gone", "change = 'gone'"}, {"better", "change = 'better'"},
                     {"worse", "change = 'worse'"}}));
  out.set("machines", std::move(machines));
  KHIEN_TRY(Node accounts,
            sums_of(db, id, "assessed_account",
                    {{"all", "1"}, {"faulty", "fails > 0"}, {"privileged", "privileged"},
                     {"left", "holder = 'left'"}, {"nobody", "holder = 'nobody'"},
                     {"several", "holder = 'several'"}}));
  out.set("accounts", std::move(accounts));
  KHIEN_TRY(Node places, pairs_of(db, id, "select place, count(*) as n from assessed_account where"
                                  " assessment_id = ?1 group by place order by n desc, place",
                                  "name"));
  out.set("places", std::move(places));
  KHIEN_TRY(Node machine_faults, faults_of(db, id, "machine"));
  out.set("machine_faults", std::move(machine_faults));
  KHIEN_TRY(Node account_faults, faults_of(db, id, "account"));
  out.set("account_faults", std::move(account_faults));
  return run_on(db, "update assessment set inventory = ?2 where id = ?1", {id, to_json(out)});
}

}  // namespace khien::hub
