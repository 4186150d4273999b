// /assessments/{id}/inventory, /machines, /accounts: what a result knows of each machine and
// account. Whoever may see its findings may see them.
#include <charconv>
#include <set>

#include "base/text.h"
#include "hub/api/finding_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/inventory.h"
#include "hub/data/rows.h"
#include "hub/errors.h"
#include "report/words.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kFindings = 500;  // of one machine or account
constexpr const char* kSeverities[] = {nullptr, "info", "low", "medium", "high", "critical"};

Result<AssessmentRow> particular_result(const Call& call) {
  KHIEN_TRY(auto row, find_assessment(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_DO(check_particulars(*row, call.actor));
  return std::move(*row);
}

// Fields of the extract as they are.
void take(Node& out, const Node& from, std::initializer_list<const char*> fields) {
  for (const char* name : fields) out.set(name, from[name]);
}

void take_counts(Node& out, const InventoryRow& row) {
  out.set("fails", row.fails);
  out.set("unknowns", row.unknowns);
  const bool some = row.worst > 0 && row.worst < std::int64_t{std::size(kSeverities)};
  out.set("worst", some ? Node(kSeverities[row.worst]) : Node());
}

// "3-17": faults and number of the last one shown. False for what is no cursor.
bool read_cursor(const std::string& text, InventorySearch& search) {
  if (text.empty()) return true;
  const char* end = text.data() + text.size();
  const auto fails = std::from_chars(text.data(), end, search.after_fails);
  if (fails.ec != std::errc() || fails.ptr == end || *fails.ptr != '-') return false;
  const auto number = std::from_chars(fails.ptr + 1, end, search.after_number);
  return number.ec == std::errc() && number.ptr == end && search.after_fails >= 0;
}

Result<InventorySearch> asked_search(const Call& call) {
  InventorySearch out;
  out.assessment = call.id();
  out.q = call.query["q"].text(), out.state = call.query["state"].text();
  out.fault = call.query["fault"].text(), out.place = call.query["application"].text();
  out.limit = call.limit() + 1;
  if (!read_cursor(call.cursor(), out)) {
    return fail(err::hub_request_invalid, "cursor", {{"field", "cursor"}, {"wanted", "cursor"}});
  }
  return out;
}

Node paged(std::vector<Node> items, const Call& call, std::int64_t total) {
  Node out = list_page(std::move(items), call, [](const Node& item) {
    return item["fails"].text() + "-" + item["id"].text();
  });
  out.set("total", total);
  return out;
}

// How facts of a machine came: in a sealed bundle, by an agent of this hub, in a list, or read on
// the machine itself.
const char* way_of(const Node& source, bool agent) {
  if (!source["sealed_by"].is_null()) return agent ? "agent" : "bundle";
  return source["collector"].text().starts_with("host_") ? "here" : "list";
}

using Agents = std::set<std::string>;  // folded names of machines that have one

Result<Agents> agents_among(const Database& db, std::int64_t agency_id,
                            const std::vector<InventoryRow>& rows) {
  Node names = Node::list();
  for (const InventoryRow& row : rows) names.push(row.detail["host"].text());
  KHIEN_TRY(Statement s, db.prepare("select name from agent where agency_id = ?1 and disabled_at"
                                    " is null and lower(name) in (select lower(value) from"
                                    " json_each(?2))"));
  s.bind(1, agency_id).bind(2, to_json(names));
  KHIEN_TRY(const auto found, rows_of<std::string>(s, [](const Statement& r) {
    return fold(r.text(0));
  }));
  return Agents(found.begin(), found.end());
}

Node os_words(const Node& m) {
  std::string out = m["os_name"].text();
  const std::string version = m["os_version"].text();
  if (out.empty()) out = m["os_id"].text();
  if (!version.empty() && out.find(version) == std::string::npos) out += " " + version;
  return node_of_text(out);
}

Node machine_brief(const InventoryRow& row, const Agents& agents) {
  const Node& m = row.detail;
  Node out = Node::map({{"id", text_id(row.number)}, {"host", m["host"].text()},
                        {"state", row.state}, {"change", node_of_text(row.change)},
                        {"os", os_words(m)}});
  take(out, m, {"listed", "unit", "person", "kind", "patched_on", "missed_update_on",
                "pending_security_updates", "os_support_ends_on"});
  Node guards = Node::list();
  for (const Node& one : m["antivirus"].items()) {
    guards.push(Node::map({{"product", one["product"].text()}, {"active", one["active"]}}));
  }
  out.set("antivirus", std::move(guards));
  out.set("antivirus_read", m["antivirus_read"].boolean());
  const auto& sources = m["sources"].items();
  const bool told = !sources.empty();
  const bool agent = agents.contains(fold(m["host"].text()));
  out.set("seen_at", told ? sources[0]["at"] : Node());
  out.set("way", told ? Node(way_of(sources[0], agent)) : Node());
  take_counts(out, row);
  return out;
}

Result<Response> list_of_machines(Call& call) {
  KHIEN_TRY(const AssessmentRow of, particular_result(call));
  KHIEN_TRY(const InventorySearch search, asked_search(call));
  KHIEN_TRY(const auto rows, list_machines(call.db, search));
  KHIEN_TRY(const Agents agents, agents_among(call.db, of.agency_id, rows));
  KHIEN_TRY(const std::int64_t total, count_machines(call.db, search));
  std::vector<Node> items;
  for (const InventoryRow& row : rows) items.push_back(machine_brief(row, agents));
  return json_response(paged(std::move(items), call, total));
}

Result<Node> findings_node(const Call& call, const AssessmentRow& of, std::int64_t machine,
                           std::int64_t account) {
  KHIEN_TRY(const auto rows, findings_about(call.db, of.id, machine, account, kFindings));
  KHIEN_TRY(const auto excepted, exceptions_on(call.db, of.agency_id, of.as_of));
  Node out = Node::list();
  for (const FindingRow& row : rows) out.push(finding_node(call.texts, row, excepted));
  return out;
}

// The same machine in the result before, if that one was kept with its machines.
Result<Node> before_node(const Database& db, const AssessmentRow& of, const InventoryRow& row) {
  KHIEN_TRY(const Node totals, inventory_totals(db, of.id));
  const std::int64_t before = totals["before"].integer();
  if (before == 0) return Node();
  KHIEN_TRY(const Value number,
            db.one("select number from assessed_machine where assessment_id = ?1 and key = ?2",
                   {Value{before}, Value{fold(row.detail["host"].text())}}));
  const auto* found = std::get_if<std::int64_t>(&number);
  if (found == nullptr) return Node();
  return Node::map({{"assessment_id", text_id(before)}, {"id", text_id(*found)}});
}

Result<Response> read_machine(Call& call) {
  KHIEN_TRY(const AssessmentRow of, particular_result(call));
  const std::int64_t number = call.id("machine_id");
  KHIEN_TRY(const auto row, find_machine(call.db, of.id, number));
  if (!row) return fail(err::hub_not_found, text_id(number));
  KHIEN_TRY(const Agents agents, agents_among(call.db, of.agency_id, {*row}));
  const Node& m = row->detail;
  Node out = machine_brief(*row, agents);
  take(out, m, {"inventory", "role", "os_extended_support_ends_on", "booted_at",
                "reboot_required", "package_lists_at", "update_source", "updates_resume_on", "kb",
                "firewall", "encrypted", "accounts"});
  Node guards = Node::list();
  for (const Node& one : m["antivirus"].items()) {
    Node guard = Node::map({{"product", one["product"].text()}});
    take(guard, one, {"active", "realtime", "signatures_at", "licence_ends_on"});
    guards.push(std::move(guard));
  }
  out.set("antivirus", std::move(guards));
  const bool agent = agents.contains(fold(m["host"].text()));
  Node sources = Node::list();
  for (const Node& one : m["sources"].items()) {
    Node source = Node::map({{"way", way_of(one, agent)}, {"name", one["source"].text()}});
    take(source, one, {"at", "state", "key_known"});
    sources.push(std::move(source));
  }
  out.set("sources", std::move(sources));
  KHIEN_TRY(Node before, before_node(call.db, of, *row));
  out.set("before", std::move(before));
  const bool there = row->state == "seen" || m["listed"].boolean();
  KHIEN_TRY(Node findings, there ? findings_node(call, of, number, 0) : Result<Node>(Node::list()));
  out.set("findings", std::move(findings));
  return json_response(out);
}

// Whether it can be used, as far as its source says.
Node usable_node(const Node& a) {
  const bool shut = a["locked"].boolean() ||
                    (!a["enabled"].is_null() && !a["enabled"].boolean()) ||
                    (!a["login_allowed"].is_null() && !a["login_allowed"].boolean());
  if (shut) return false;
  return a["enabled"].is_null() && a["locked"].is_null() ? Node() : Node(true);
}

Node account_brief(const InventoryRow& row) {
  const Node& a = row.detail;
  const Node& holder = a["holder"];
  const bool joined = !holder["full_name"].is_null();
  const bool placed = !holder["unit"].is_null();
  const bool several = a["shared_declared"].boolean() || a["generic_name"].boolean() ||
                       a["several_people"].boolean();
  Node out = Node::map({{"id", text_id(row.number)}, {"login", a["login"].text()},
                        {"place", row.place},
                        {"name", joined ? holder["full_name"] : a["display_name"]},
                        {"unit", placed ? holder["unit"] : a["unit"]},
                        {"holder", node_of_text(row.holder)}, {"privileged", a["privileged"]},
                        {"shared", several}, {"usable", usable_node(a)}});
  take(out, a, {"scope", "last_login_at", "never_logged_in", "password_changed_at"});
  take_counts(out, row);
  return out;
}

Result<Response> list_of_accounts(Call& call) {
  KHIEN_TRY(const AssessmentRow of, particular_result(call));
  KHIEN_TRY(const InventorySearch search, asked_search(call));
  KHIEN_TRY(const auto rows, list_accounts(call.db, search));
  KHIEN_TRY(const std::int64_t total, count_accounts(call.db, search));
  std::vector<Node> items;
  for (const InventoryRow& row : rows) items.push_back(account_brief(row));
  return json_response(paged(std::move(items), call, total));
}

Result<Response> read_account(Call& call) {
  KHIEN_TRY(const AssessmentRow of, particular_result(call));
  const std::int64_t number = call.id("account_id");
  KHIEN_TRY(const auto row, find_account(call.db, of.id, number));
  if (!row) return fail(err::hub_not_found, text_id(number));
  const Node& a = row->detail;
  Node out = account_brief(*row);
  take(out, a, {"display_name", "role", "created_at", "issued_at", "enabled", "locked",
                "password_must_change", "password_never_expires", "password_not_required", "mfa",
                "join_basis", "source", "at"});
  Node person;
  if (!a["holder"].is_null()) {
    take(person, a["holder"], {"full_name", "unit", "title", "status", "status_on"});
  }
  out.set("person", std::move(person));
  KHIEN_TRY(Node findings, findings_node(call, of, 0, number));
  out.set("findings", std::move(findings));
  return json_response(out);
}

Node faults_node(const Texts& texts, const Node& faults) {
  Node out = Node::list();
  for (const Node& one : faults.items()) {
    out.push(Node::map({{"control", one["control"].text()},
                        {"title", report::control_words(texts, one["control"].text())},
                        {"n", one["n"]}}));
  }
  return out;
}

Result<Response> read_totals(Call& call) {
  KHIEN_TRY(const AssessmentRow of, particular_result(call));
  KHIEN_TRY(const Node totals, inventory_totals(call.db, of.id));
  Node out = Node::map({{"kept", !totals.is_null()}, {"as_of", of.as_of}, {"made_at", of.made_at},
                        {"expected", of.coverage["machines"]["total"]}});
  const std::int64_t before = totals["before"].integer();
  out.set("before", before == 0 ? Node() : Node(text_id(before)));
  out.set("machines", totals["machines"]);
  out.set("accounts", totals["accounts"]);
  out.set("places", totals.is_null() ? Node::list() : totals["places"]);
  out.set("machine_faults", faults_node(call.texts, totals["machine_faults"]));
  out.set("account_faults", faults_node(call.texts, totals["account_faults"]));
  return json_response(out);
}

}  // namespace

void add_inventory(Handlers& handlers) {
  handlers.add("inventory_read", read_totals);
  handlers.add("machine_list", list_of_machines);
  handlers.add("machine_read", read_machine);
  handlers.add("account_list", list_of_accounts);
  handlers.add("account_read", read_account);
}

}  // namespace khien::hub
