// Papers of a centre, drafted by a child: the report of a subtree, công văn đôn đốc.
#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "hub/api/handlers.h"
#include "hub/api/rollup.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/dispatch.h"
#include "hub/data/reminder.h"
#include "hub/data/rollup_form.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

Node row_node(const std::string& name) { return Node::map({{"name", name}}); }

struct RowSum {
  std::int64_t ordered = 0, late = 0, days = 0, covered = 0;
  VerdictCounts verdicts;  // cells
  double coverage = 0;
  void add(const RollupCell& cell) {
    if (cell.dispatch_id == 0) return;
    ++ordered;
    late += cell.days_late > 0;
    days = std::max(days, cell.days_late);
    if (!cell.judged()) return;
    verdicts.add(cell.verdict(), 1);
    coverage += cell.coverage();
    ++covered;
  }
  void put(Node& out) const {
    for (const auto& [name, n] : {std::pair{"ordered", ordered}, {"late", late}, {"days", days}}) {
      out.set(name, n);
    }
    const Node counts = counts_node(verdicts);
    for (const auto& [name, n] : counts.pairs()) out.set(name, n);
    out.set("coverage", covered == 0 ? Node() : Node(coverage / static_cast<double>(covered)));
  }
};

// What `khien draft rollup` takes.
Node figures_node(const Rollup& r) {
  const RollupFacts facts = facts_of(r);
  Node out = Node::map({{"as_of", r.day}, {"due", facts.due}, {"all_met", facts.all_met},
                        {"undetermined", facts.undetermined}, {"silent", facts.silent}});
  std::vector<RowSum> columns(r.dispatches.size());
  Node agencies = Node::list();
  for (std::size_t i = 0; i < r.agencies.size(); ++i) {
    RowSum sum;
    for (std::size_t j = 0; j < r.dispatches.size(); ++j) {
      sum.add(r.at(i, j));
      columns[j].add(r.at(i, j));
    }
    Node row = row_node(r.agencies[i].name);
    row.set("as_of", r.agencies[i].last_day);
    sum.put(row);
    agencies.push(std::move(row));
  }
  Node dispatches = Node::list();
  for (std::size_t j = 0; j < r.dispatches.size(); ++j) {
    const RollupDispatch& d = r.dispatches[j];
    Node row = row_node(d.subject.empty() ? d.number : d.number + " (" + d.subject + ")");
    columns[j].put(row);
    dispatches.push(std::move(row));
  }
  out.set("dispatches", std::move(dispatches));
  out.set("agencies", std::move(agencies));
  return out;
}

struct Desk {  // a private folder with what a child reads
  TempFolder folder;
  fs::path agency;
};
Result<Desk> sit_down(const Call& call) {
  KHIEN_TRY(TempFolder folder, TempFolder::make());
  KHIEN_TRY(const fs::path agency,
            write_sender(call.db, call.actor.agency_id, folder.path()));
  return Desk{std::move(folder), agency};
}

// One paper of the figures; `form` is the office's own DOCX, or empty.
Result<std::string> drafted_report(const Call& call, const Node& figures,
                                   const std::string& format, const fs::path& form) {
  KHIEN_TRY(const Desk desk, sit_down(call));
  const fs::path file = desk.folder.path() / "so-lieu.json";
  KHIEN_DO(write_file(file, to_json(figures), Access::owner));
  std::vector<std::string> words = {"--lang", "vi", "draft", "rollup", file.string(), "--agency",
                                    desk.agency.string()};
  if (format == "pdf") {
    const fs::path beside = desk.folder.path() / "bao-cao.docx";
    words.insert(words.end(), {"--out", beside.string(), "--pdf", "{out}"});
  } else {
    words.insert(words.end(), {"--out", "{out}"});
  }
  if (!form.empty()) words.insert(words.end(), {"--template", form.string()});
  return made_by_child(call.hub, std::move(words), "bao-cao-tong-hop." + format);
}

Result<Response> report_rollup(Call& call) {
  const std::string format = call.query["format"].text("docx");
  fs::path form;
  if (call.query["form"].text() == "own") {
    KHIEN_TRY(const auto own, rollup_form(call.db, call.actor.agency_id));
    if (!own || format != "docx") return fail(err::hub_not_found, "form");
    form = kept_path(call.hub.data.folder(), own->sha256);
  }
  KHIEN_TRY(const RollupCache::Kept rollup, asked_rollup(call));
  KHIEN_TRY(std::string bytes, drafted_report(call, figures_node(*rollup), format, form));
  return download(std::move(bytes), format == "pdf" ? "application/pdf" : kDocx,
                  "bao-cao-tong-hop-" + rollup->day + "." + format);
}

Result<Response> read_form(Call& call) {
  KHIEN_TRY(const auto form, rollup_form(call.db, call.actor.agency_id));
  if (!form) return json_response(Node());
  return json_response(
      Node::map({{"name", form->name}, {"bytes", form->bytes}, {"at", form->at}}));
}

// A form is kept when it can be filled.
Result<Response> keep_form(Call& call) {
  KHIEN_DO(keep_upload(call.hub.data.folder(), call.request.upload));
  const fs::path kept = kept_path(call.hub.data.folder(), call.request.upload.sha256);
  KHIEN_TRY(const RollupCache::Kept rollup, asked_rollup(call));
  KHIEN_TRY([[maybe_unused]] const std::string filled,
            drafted_report(call, figures_node(*rollup), "docx", kept));
  KHIEN_DO(call.change("rollup.form", "settings", call.actor.agency_id,
                       [&](const Database& db, Act& act) {
                         act.detail.set("sha256", call.request.upload.sha256);
                         return save_rollup_form(db, call.actor.agency_id,
                                                 call.query["name"].text(), call.request.upload,
                                                 call.hub.data.clock().now_ms());
                       }));
  return json_response(Node::map({{"name", call.query["name"]},
                                  {"bytes", static_cast<std::int64_t>(
                                                call.request.upload.bytes)}}));
}

const char* state_words(const std::string& progress) {  // content/headers/units.yaml
  if (progress == "doing") return "Đang thực hiện";
  if (progress == "returned") return "Trả lại";
  return "Chưa thực hiện";
}

struct LateUnits {
  Node cells = Node::list();
  std::vector<RollupCell> late;
  std::vector<std::int64_t> agencies;
};

LateUnits late_units_of(const Rollup& r, const std::vector<std::int64_t>& wanted) {
  LateUnits out;
  for (std::size_t i = 0; i < r.agencies.size() && !r.dispatches.empty(); ++i) {
    const RollupCell& cell = r.at(i, 0);
    const std::int64_t id = r.agencies[i].id;
    const bool asked = std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    if (cell.days_late == 0 || !asked) continue;
    out.cells.push(Node::list({r.agencies[i].name, state_words(cell.progress), cell.due_on}));
    out.late.push_back(cell);
    out.agencies.push_back(id);
  }
  return out;
}

Result<std::string> drafted_urge(const Call& call, const LateUnits& late, std::int64_t times) {
  KHIEN_TRY(const Desk desk, sit_down(call));
  KHIEN_TRY(const auto row, find_dispatch(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_TRY(const auto measures, measures_of(call.db, row->id));
  const fs::path programme = desk.folder.path() / "van-ban.yaml";
  Node order = programme_node(*row, measures);
  if (order["measures"].items().empty()) {  // all of it is ordered of those below
    const std::string text = row->subject.empty() ? row->file_name : row->subject;
    order.set("measures", Node::list({Node::map({{"id", "1"}, {"text", text},
                                                 {"kinds", Node::list()}})}));
  }
  KHIEN_DO(write_file(programme, to_json(order, 1), Access::owner));
  const fs::path units = desk.folder.path() / "don-vi.csv";
  KHIEN_DO(write_file(units, csv_of({"Đơn vị", "Tình trạng", "Hạn"}, late.cells), Access::owner));
  std::vector<std::string> words = {
      "--lang", "vi", "draft", "urge", "--agency", desk.agency.string(), "--programme",
      programme.string(), "--units", units.string(), "--times", text_id(times), "--as-of",
      today_of(call.hub), "--out", "{out}"};
  if (const std::string due = call.body["due_on"].text(); !due.empty()) {
    words.insert(words.end(), {"--due", due});
  }
  return made_by_child(call.hub, std::move(words), "don-doc.docx");
}

// The paper first: when it cannot be drafted nobody was urged.
Result<Response> urge_agencies(Call& call) {
  const std::string today = today_of(call.hub);
  std::vector<std::int64_t> wanted;
  for (const Node& id : call.body["agency_ids"].items()) wanted.push_back(id_of(id));
  KHIEN_TRY(const Rollup rollup, roll_up(call.db, {call.actor.agency_id, today, call.id()}));
  const LateUnits late = late_units_of(rollup, wanted);
  if (late.late.empty()) return fail(err::urge_nobody, text_id(call.id()));
  KHIEN_TRY(const std::int64_t before, times_urged(call.db, call.id()));
  KHIEN_TRY(std::string bytes, drafted_urge(call, late, before + 1));
  const auto keep = [&](const Database& db, Act& act) -> Done {
    act.detail.set("agencies", static_cast<std::int64_t>(late.late.size()));
    for (std::size_t i = 0; i < late.late.size(); ++i) {
      ReminderRow row;
      row.agency_id = late.agencies[i], row.dispatch_id = late.late[i].dispatch_id;
      row.kind = "urge", row.step = before + 1, row.due_on = late.late[i].due_on;
      row.made_at = call.hub.data.clock().now_ms(), row.made_by = call.actor.name;
      KHIEN_DO(add_reminder(db, row));
    }
    return {};
  };
  KHIEN_DO(call.change("dispatches.urge", "reminders", call.id(), keep));
  return download(std::move(bytes), kDocx,
                  fmt::format("don-doc-lan-{}-{}.docx", before + 1, today));
}

}  // namespace

void add_centre_papers(Handlers& handlers) {
  handlers.add("rollup_report", report_rollup);
  handlers.add("rollup_form_read", read_form);
  handlers.add("rollup_form_keep", keep_form);
  handlers.add("dispatch_urge", urge_agencies);
}

}  // namespace khien::hub
