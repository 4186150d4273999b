// POST /agencies/import: a list of agencies, read by a child. A code that is known corrects its
// agency, an empty cell leaves what is there; everything or nothing is kept.
#include <map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/api/agency_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/tables.h"
#include "hub/api/words.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kListMs = 2 * 60'000;
constexpr std::size_t kMostProblems = 1'000;

// Which column of the list a field of an agency comes from.
const std::map<std::string, std::string>& columns_of_fields() {
  static const std::map<std::string, std::string> all = {
      {"parent_id", "parent_code"}, {"successor_id", "successor_code"}};
  return all;
}

class AgencyList {
 public:
  AgencyList(Call& call, const Database& db, Node headings)
      : call_(call), db_(db), headings_(std::move(headings)) {}

  Done take(const Node& rows) {
    for (const Node& row : rows.items()) KHIEN_DO(take_row(row));
    for (const Node& row : rows.items()) KHIEN_DO(bind_row(row));
    for (const auto& [code, row] : at_) KHIEN_DO(judge(code, row));
    return {};
  }
  [[nodiscard]] std::int64_t added() const { return added_; }
  [[nodiscard]] std::int64_t changed() const {
    return static_cast<std::int64_t>(changed_.size()) - added_;
  }
  Node problems = Node::list();

 private:
  void problem(std::int64_t row, const std::string& column, const Error& error) {
    if (problems.items().size() >= kMostProblems) return;
    problems.push(Node::map({{"row", row},
                             {"column", headings_[column].text(column)},
                             {"text", problem_words(call_.texts, problem_of(error))}}));
  }

  // The agency of a row by its code, without those it names: they may stand further down.
  Done take_row(const Node& row) {
    const std::string code = row["code"].text();
    const std::int64_t number = id_of(row["row"]);
    if (!at_.emplace(code, number).second) {
      problem(number, "code", {err::hub_conflict, "", {{"what", code}}});
      return {};
    }
    KHIEN_TRY(const std::int64_t id, agency_of_code(db_, code));
    KHIEN_TRY(const bool ours, is_below(db_, id, call_.actor.agency_id));
    if (id == call_.actor.agency_id && !call_.actor.at_root) {
      problem(number, "code", {err::hub_not_allowed, "", {}});  // its superior's to say
      return {};
    }
    if (id != 0 && !ours) {
      problem(number, "code", {err::hub_conflict, "", {{"what", code}}});
      return {};
    }
    KHIEN_TRY(auto known, find_agency(db_, id));
    AgencyRow agency = known.value_or(AgencyRow{});
    const bool changes = fill(row, agency);
    if (id == 0) {
      agency.code = code, agency.name = row["name"].text();
      agency.parent_id = call_.actor.agency_id;
      KHIEN_TRY(agency.id, add_agency(db_, agency));
      ++added_;
      changed_.insert(agency.id);
    } else if (changes) {
      KHIEN_DO(save_agency(db_, agency));
      changed_.insert(id);
    }
    return id == 0 ? Done{} : take_name(agency, row);  // a new one has had no other
  }

  // Another name has its day, that of the import where the list tells none; one that differs in
  // capitals or spaces alone puts the old one right. A day told for the name it has moves it.
  Done take_name(const AgencyRow& agency, const Node& row) {
    DatedName name{row["named_from"].text(), row["name"].text()};
    KHIEN_TRY(const auto known, names_of(db_, agency.id));
    for (const DatedName& one : known) {
      if (one.name == name.name && one.valid_from == name.valid_from) return {};
    }
    const std::string today = today_of(call_.hub);
    if (name.name == agency.name) {
      const bool dated = known.size() > 1 && known.back().name == name.name;
      if (!dated || name.valid_from.empty()) return {};
      changed_.insert(agency.id);
      return move_name(db_, agency.id, known.back().valid_from, name.valid_from, today);
    }
    changed_.insert(agency.id);
    const auto letters = [](const std::string& text) { return fold(squeeze(nfc(text))); };
    const bool mends = letters(name.name) == letters(agency.name);
    if (mends) name.valid_from.clear();
    else if (name.valid_from.empty()) name.valid_from = today;
    return rename_agency(db_, agency.id, name, today);
  }

  static bool fill(const Node& row, AgencyRow& agency) {
    bool changes = false;
    for (const auto& [field, value] :
         {std::pair{"kind", &agency.kind}, {"valid_from", &agency.valid_from},
          {"valid_to", &agency.valid_to}, {"contact_name", &agency.contact_name},
          {"contact_phone", &agency.contact_phone}, {"contact_mail", &agency.contact_mail}}) {
      const std::string told = row[field].text();
      if (told.empty() || told == *value) continue;
      *value = told;
      changes = true;
    }
    return changes;
  }

  // The agency a cell names by its code; 0 with a problem when there is none.
  Result<std::int64_t> named(const Node& row, const char* column) {
    const std::string code = row[column].text();
    KHIEN_TRY(const std::int64_t id, agency_of_code(db_, code));
    KHIEN_TRY(const bool ours, is_below(db_, id, call_.actor.agency_id));
    if (ours) return id;
    problem(id_of(row["row"]), column, {err::list_agency, "", {{"code", code}}});
    return 0;
  }

  Done bind_row(const Node& row) {
    KHIEN_TRY(const std::int64_t id, agency_of_code(db_, row["code"].text()));
    KHIEN_TRY(auto agency, find_agency(db_, id));
    if (!agency) return {};
    std::int64_t parent = agency->parent_id;
    std::int64_t successor = agency->successor_id;
    const bool moves = !row["parent_code"].text().empty() && id != call_.actor.agency_id;
    if (moves) {
      KHIEN_TRY(parent, named(row, "parent_code"));
    }
    if (!row["successor_code"].text().empty()) {
      KHIEN_TRY(successor, named(row, "successor_code"));
    }
    if (parent == agency->parent_id && successor == agency->successor_id) return {};
    changed_.insert(id);
    // One that is under itself is told of, and stays where it was.
    KHIEN_TRY(const bool circle, is_below(db_, parent, id));
    if (circle) {
      problem(id_of(row["row"]), "parent_code",
              {err::agency_under_itself, "", {{"name", agency->name}}});
      parent = agency->parent_id;
    }
    agency->parent_id = parent, agency->successor_id = successor;
    return save_agency(db_, *agency);
  }

  Done judge(const std::string& code, std::int64_t number) {
    KHIEN_TRY(const std::int64_t id, agency_of_code(db_, code));
    KHIEN_TRY(const auto agency, find_agency(db_, id));
    if (!agency) return {};
    const Done good = check_agency(call_.texts, db_, *agency);
    if (good) return {};
    const auto column = columns_of_fields().find(good.error().place);
    problem(number, column == columns_of_fields().end() ? good.error().place : column->second,
            good.error());
    return {};
  }

  Call& call_;
  const Database& db_;
  Node headings_;                          // column -> as the list calls it
  std::map<std::string, std::int64_t> at_;  // code -> row
  std::set<std::int64_t> changed_;          // added ones too
  std::int64_t added_ = 0;
};

Result<Node> list_headings(const Call& call) {
  KHIEN_TRY(const Node definition, template_definition(call.hub.content, "agencies"));
  Node out = Node::map();
  for (const Node& c : definition["columns"].items()) {
    out.set(c["field"].text(), c[call.texts.lang()]);
  }
  return out;
}

// The child's {values, cells}, or its {error}.
Result<Node> read_list(const Call& call) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  KHIEN_TRY(const ChildResult child,
            call.hub.runner.child({"--lang", call.texts.lang(), "register", "check", "--json",
                                   "agencies", call.request.upload.path.string()},
                                  folder.path(), kListMs,
                                  [&] { return call.hub.runner.stopping(); }));
  return child_json(child);
}

Node cells_not_read(const Call& call, const Node& read) {
  Node out = Node::list();
  if (read["error"].is_map()) {
    out.push(Node::map({{"row", 1}, {"column", ""},
                        {"text", problem_words(call.texts, read["error"])}}));
  }
  for (const Node& cell : read["cells"].items()) {
    out.push(Node::map({{"row", id_of(cell["row"])}, {"column", cell["column"]},
                        {"text", problem_words(call.texts, cell)}}));
  }
  return out;
}

Result<Response> import_agencies(Call& call) {
  KHIEN_TRY(const Node read, read_list(call));
  KHIEN_TRY(Node headings, list_headings(call));
  Node out = Node::map({{"rows", read["values"].items().size()}, {"added", 0}, {"changed", 0},
                        {"problems", cells_not_read(call, read)}});
  bool kept = false;
  const auto take = [&](const Database& db, Act& act) -> Done {
    AgencyList list(call, db, std::move(headings));
    KHIEN_DO(list.take(read["values"]));
    for (const Node& cell : out["problems"].items()) list.problems.push(cell);
    out.set("added", list.added());
    out.set("changed", list.changed());
    out.set("problems", std::move(list.problems));
    kept = out["problems"].items().empty() && !call.query["dry_run"].boolean();
    if (!kept) return fail(err::hub_cancelled, "");  // rolls back
    KHIEN_DO(make_first_groups(db, call.hub.content, call.actor.agency_id));
    act.detail.set("added", out["added"]);
    act.detail.set("changed", out["changed"]);
    return {};
  };
  const Done done = call.change("agency.import", "agencies", 0, take);
  if (!done && (kept || done.error().code != err::hub_cancelled)) return pass_on(done.error());
  return json_response(out);
}

}  // namespace

void add_agency_import(Handlers& handlers) { handlers.add("agency_import", import_agencies); }

}  // namespace khien::hub
