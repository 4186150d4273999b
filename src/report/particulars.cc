// A few selects; a table the file lacks (an older program, a file to share) gives nothing.
#include "report/particulars.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "base/texts.h"
#include "store/seal.h"

namespace khien::report {
namespace {

constexpr std::int64_t kHolders = 20'000;  // findings whose holder is looked up
constexpr std::int64_t kRows = 200;        // of each register that a paper quotes

// Texts that name a control, by what stands before and after its id.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kCalled = {
    {{"paper.", ".noun"}, {"control.", ".title"}}};

// The person of the staff list before what the account itself says.
constexpr const char* kHolderSql =
    "select f.id, coalesce(s.name, a.display_name), coalesce(s.unit, a.unit),"
    " case when a.scope = 'host' then a.host else coalesce(a.app, '') end, a.login"
    " from finding f join account a on a.fact_id = f.fact"
    " left join (select staff_key, min(full_name) as name, min(unit) as unit from staff"
    "  where coalesce(staff_key, '') <> '' group by staff_key) s on s.staff_key = a.staff_key"
    " where f.fact_table = 'account' and f.fact <> 0 and f.result = 'fail' order by f.id limit ?1";
constexpr const char* kMachineSql =
    "select f.id, max(m.unit) from finding f join machine m on m.host = f.subject"
    " where f.result = 'fail' group by f.id order by f.id limit ?1";
// An account of a machine, whose holder nobody knows, is of the unit that keeps the machine.
constexpr const char* kKeeperSql =
    "select f.id, max(m.unit) from finding f join account a on a.fact_id = f.fact"
    " join machine m on m.host = a.host where f.fact_table = 'account' and f.result = 'fail'"
    " and a.scope = 'host' group by f.id order by f.id limit ?1";

template <class Row>
Done each(const Database& db, const char* table, const char* sql, std::int64_t limit,
          const Row& row) {
  if (!db.has_table(table)) return {};
  KHIEN_TRY(Statement s, db.prepare(sql));
  if (limit > 0) s.bind(1, limit);
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return {};
    row(s);
  }
}

Result<Node> particulars_of_file(const JobInput& in) {
  KHIEN_TRY(const Sealed sealed, open_sealed(in.bytes, in.name));
  if (!sealed.intact) return Node::map({});
  KHIEN_TRY(const Database db, Database::from_bytes(std::string(sealed.database)));
  KHIEN_TRY(const Particulars p, particulars_of(db));
  return to_node(p);
}

}  // namespace

Done name_controls(Particulars& particulars, const Content& content) {
  if (particulars.remedies.empty()) return {};
  std::map<std::string, std::string> controls;  // by what it is called
  for (const char* lang : {"vi", "en"}) {
    KHIEN_TRY(const Texts texts, Texts::load(content, lang));
    for (const auto& [id, words] : texts.patterns()) {
      for (const auto& [before, after] : kCalled) {
        if (!id.starts_with(before) || !id.ends_with(after)) continue;
        const std::size_t rest = before.size() + after.size();
        if (id.size() > rest) {
          controls.emplace(skeleton(words), id.substr(before.size(), id.size() - rest));
        }
      }
    }
  }
  for (Remedy& r : particulars.remedies) {
    const auto at = controls.find(skeleton(squeeze(r.content)));
    r.control = at == controls.end() ? "" : at->second;
  }
  return {};
}

const Remedy* remedy_for(const Particulars& particulars, std::string_view control) {
  const auto at = std::find_if(particulars.remedies.begin(), particulars.remedies.end(),
                               [&](const Remedy& r) { return r.control == control; });
  return at == particulars.remedies.end() ? nullptr : &*at;
}

bool speaks_here(const Remedy& remedy, const std::vector<const RunRecord*>& runs) {
  return remedy.control.empty() || std::any_of(runs.begin(), runs.end(), [&](const auto* run) {
    return run->control == remedy.control;
  });
}

Result<Particulars> particulars_of(const Database& db) {
  Particulars p;
  if (db.has_table("staff") && db.has_table("finding")) {
    KHIEN_DO(each(db, "account", kHolderSql, kHolders, [&](const Statement& s) {
      p.holders[s.integer(0)] = {s.text(1), s.text(2), s.text(3), s.text(4)};
    }));
  }
  if (db.has_table("finding")) {
    KHIEN_DO(each(db, "machine", kMachineSql, kHolders, [&](const Statement& s) {
      p.holders[s.integer(0)].unit = s.text(1);
    }));
    if (db.has_table("account")) {
      KHIEN_DO(each(db, "machine", kKeeperSql, kHolders, [&](const Statement& s) {
        std::string& unit = p.holders[s.integer(0)].unit;
        if (unit.empty()) unit = s.text(1);
      }));
    }
  }
  KHIEN_DO(each(db, "assignment",
                "select role, person, title, scope, decision, decided_on from assignment"
                " order by fact_id limit ?1", kRows, [&](const Statement& s) {
    p.assigned.push_back({s.text(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5)});
  }));
  KHIEN_DO(each(db, "awareness_session",
                "select kind, topic, held_on, invited_count, reached_count from awareness_session"
                " order by held_on desc limit ?1", kRows, [&](const Statement& s) {
    p.sessions.push_back({s.text(0), s.text(1), s.text(2), s.integer(3), s.integer(4)});
  }));
  KHIEN_DO(each(db, "remedy",
                "select content, person, due_on, cause, proposal from remedy"
                " order by fact_id limit ?1", kRows, [&](const Statement& s) {
    p.remedies.push_back({s.text(0), s.text(1), s.text(2), s.text(3), s.text(4), ""});
  }));
  const auto count = [&](const char* table, const char* sql, std::int64_t& out) {
    return each(db, table, sql, 0, [&](const Statement& s) { out = s.integer(0); });
  };
  KHIEN_DO(count("account", "select count(*) from account where scope <> 'host'", p.accounts));
  // A machine that is only in the register is a row of `host` too (app/machines_listed.h).
  KHIEN_DO(count("host", "select count(distinct h.host) from host h join collection c"
                         " on c.collection_id = h.collection_id where c.collector <> 'register'",
                 p.machines));
  KHIEN_DO(count("machine", "select count(distinct host) from machine", p.machines_listed));
  if (p.machines_listed == 0) {  // by number alone: "1/52", of agency.yaml
    KHIEN_DO(count("collection_table",
                   "select cast(substr(detail, instr(detail, '/') + 1) as integer)"
                   " from collection_table where table_name = 'host'"
                   " and reason = 'reason.machines_not_collected'", p.machines_listed));
  }
  return p;
}

Node to_node(const Particulars& p) {
  Node holders = Node::list();
  for (const auto& [id, h] : p.holders) {
    holders.push(Node::map({{"id", id}, {"name", h.name}, {"unit", h.unit}, {"app", h.app},
                            {"login", h.login}}));
  }
  Node assigned = Node::list();
  for (const Assigned& a : p.assigned) {
    assigned.push(Node::map({{"role", a.role}, {"person", a.person}, {"title", a.title},
                             {"scope", a.scope}, {"decision", a.decision},
                             {"decided_on", a.decided_on}}));
  }
  Node sessions = Node::list();
  for (const Session& s : p.sessions) {
    sessions.push(Node::map({{"kind", s.kind}, {"topic", s.topic}, {"held_on", s.held_on},
                             {"invited", s.invited}, {"reached", s.reached}}));
  }
  Node remedies = Node::list();
  for (const Remedy& r : p.remedies) {
    remedies.push(Node::map({{"content", r.content}, {"person", r.person}, {"due_on", r.due_on},
                             {"cause", r.cause}, {"proposal", r.proposal}}));
  }
  Node out = Node::map({{"accounts", p.accounts}, {"machines", p.machines},
                        {"machines_listed", p.machines_listed}});
  out.set("holders", std::move(holders));
  out.set("assigned", std::move(assigned));
  out.set("sessions", std::move(sessions));
  out.set("remedies", std::move(remedies));
  return out;
}

Particulars particulars_from(const Node& node) {
  Particulars p;
  for (const Node& h : node["holders"].items()) {
    p.holders[h["id"].integer()] = {h["name"].text(), h["unit"].text(), h["app"].text(),
                                    h["login"].text()};
  }
  for (const Node& a : node["assigned"].items()) {
    p.assigned.push_back({a["role"].text(), a["person"].text(), a["title"].text(),
                          a["scope"].text(), a["decision"].text(), a["decided_on"].text()});
  }
  for (const Node& s : node["sessions"].items()) {
    p.sessions.push_back({s["kind"].text(), s["topic"].text(), s["held_on"].text(),
                          s["invited"].integer(), s["reached"].integer()});
  }
  for (const Node& r : node["remedies"].items()) {
    p.remedies.push_back({r["content"].text(), r["person"].text(), r["due_on"].text(),
                          r["cause"].text(), r["proposal"].text(), ""});
  }
  p.accounts = node["accounts"].integer();
  p.machines = node["machines"].integer();
  p.machines_listed = node["machines_listed"].integer();
  return p;
}

Job particulars_job() { return {"report.particulars", limits::facts_file_bytes,
                                  particulars_of_file}; }

}  // namespace khien::report
