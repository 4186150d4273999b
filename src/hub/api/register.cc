// /registers, /templates: tables the office fills in the browser or in Excel. A child checks every
// cell before anything is saved.
#include "hub/api/handlers.h"

#include <map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/api/tables.h"
#include "hub/api/words.h"
#include "hub/data/office_files.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/office_folder.h"
#include "hub/server/problem.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kCheckMs = 60'000;
constexpr std::size_t kCheckBytes = std::size_t{4} << 20;

Result<Response> list_registers(Call& call) {
  KHIEN_TRY(const auto kept, all_registers(call.db, call.actor.agency_id));
  Node out = Node::list();
  for (const std::string& name : register_names(call.hub.content)) {
    KHIEN_TRY(const Node definition, register_definition(call.hub.content, name));
    Node updated;
    std::size_t rows = 0;
    for (const RegisterRows& r : kept) {
      if (r.name == name) rows = r.cells.items().size(), updated = Node(r.updated_at);
    }
    out.push(Node::map({{"name", name}, {"title", definition[call.texts.lang()]},
                        {"rows", rows}, {"updated_at", std::move(updated)}}));
  }
  return json_response(out);
}

Node choices_of(const Texts& texts, const Node& column) {
  const std::size_t language = texts.lang() == "en" ? 1 : 0;
  if (column["type"].text() == "flag") {
    return Node::list({texts("register.yes"), texts("register.no")});
  }
  if (!column["choices"].is_map()) return {};
  Node out = Node::list();
  for (const auto& [stored, words] : column["choices"].pairs()) {
    const auto all = words.texts();
    out.push(all.size() > language ? all[language] : stored);
  }
  return out;
}

Node register_node(const Texts& texts, const Node& definition, const RegisterRows& rows) {
  Node columns = Node::list();
  for (const Node& c : definition["columns"].items()) {
    columns.push(Node::map({{"id", c["field"]},
                            {"title", c[texts.lang()]},
                            {"type", c["type"]},
                            {"required", c["required"].boolean()},
                            {"choices", choices_of(texts, c)},
                            {"example", node_of_text(c["example"].text())}}));
  }
  return Node::map({{"name", rows.name},
                    {"title", definition[texts.lang()]},
                    {"about", definition["help_" + texts.lang()].text()},
                    {"columns", std::move(columns)},
                    {"rows", rows.cells}});
}

Result<Response> read_register(Call& call) {
  const std::string name = call.path["name"].text();
  KHIEN_TRY(const Node definition, register_definition(call.hub.content, name));
  KHIEN_TRY(const RegisterRows rows, find_register(call.db, call.actor.agency_id, name));
  return json_response(register_node(call.texts, definition, rows));
}

std::vector<std::string> headings_of_register(const Node& definition) {
  std::vector<std::string> out;
  for (const Node& c : definition["columns"].items()) out.push_back(c["vi"].text());
  return out;
}

// Rows without a word are none; every row has a cell a column.
Node tidy(const Node& rows, std::size_t width) {
  Node out = Node::list();
  for (const Node& row : rows.items()) {
    std::vector<std::string> cells = row.texts();
    bool any = false;
    for (std::string& cell : cells) {
      cell = std::string(trim(nfc(cell)));
      any = any || !cell.empty();
    }
    if (!any) continue;
    cells.resize(width);
    out.push(Node::list_of(cells));
  }
  return out;
}

// What is wrong with which cell: [{row, column, text}], rows of the table from 1.
Result<Node> bad_cells(const Call& call, const Node& definition, const std::string& name,
                       const std::string& csv) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const fs::path file = folder.path() / (name + ".csv");
  KHIEN_DO(write_file(file, csv, Access::owner));
  KHIEN_TRY(const ChildResult child,
            call.hub.runner.child({"--lang", call.texts.lang(), "register", "check", "--json",
                                   name, file.string()},
                                  folder.path(), kCheckMs,
                                  [&] { return call.hub.runner.stopping(); }));
  KHIEN_TRY(const std::string text, read_file(child.out, kCheckBytes));
  const auto answer = parse_json(text, "khien");
  if (!answer) {
    const auto why = read_head(child.err, 500);
    return fail(err::hub_child_failed, name, {{"exit", fmt::format("{}", child.exit_code)},
                                              {"detail", why.value_or("")}});
  }
  if ((*answer)["error"].is_map()) return pass_on(error_in((*answer)["error"]));
  std::map<std::string, std::string> ids;
  for (const Node& c : definition["columns"].items()) ids[c["vi"].text()] = c["field"].text();
  Node out = Node::list();
  for (const Node& cell : (*answer)["cells"].items()) {
    const std::int64_t row = id_of(cell["row"]) - 1;  // of the file; the page has no headings row
    Node problem = cell;
    Node args = cell["args"];
    if (args.has("row")) args.set("row", fmt::format("{}", row));
    problem.set("args", std::move(args));
    out.push(Node::map({{"row", row}, {"column", ids[cell["column"].text()]},
                        {"text", problem_words(call.texts, problem)}}));
  }
  return out;
}

Done keep_register(const Call& call, const RegisterRows& rows, const std::string& csv) {
  const fs::path file =
      office_of(call.hub.data.folder(), call.actor.agency_id) / register_path(rows.name);
  if (rows.cells.items().empty()) {
    std::error_code ec;
    fs::remove(file, ec);
    return {};
  }
  KHIEN_DO(make_folder(file.parent_path(), Access::owner));
  return write_file(file, csv, Access::owner);
}

Result<Response> write_register(Call& call) {
  const std::string name = call.path["name"].text();
  KHIEN_TRY(const Node definition, register_definition(call.hub.content, name));
  const auto headings = headings_of_register(definition);
  RegisterRows rows{name, tidy(call.body["rows"], headings.size()),
                    call.hub.data.clock().now_ms()};
  const std::string csv = csv_of(headings, rows.cells);
  if (!rows.cells.items().empty()) {
    KHIEN_TRY(const Node bad, bad_cells(call, definition, name, csv));
    if (!bad.items().empty()) {
      const Error error{err::office_cells, "rows",
                        {{"count", fmt::format("{}", bad.items().size())}}};
      return problem_response(error, call.texts, Node::map({{"problems", bad}}));
    }
  }
  const auto keep = [&](const Database& db, Act& act) -> Done {
    act.detail.set("name", name);
    act.detail.set("rows", rows.cells.items().size());
    KHIEN_DO(save_register(db, call.actor.agency_id, rows));
    return keep_register(call, rows, csv);
  };
  const Done changed = call.change("register.save", "registers", 0, keep);
  KHIEN_DO(changed);
  return json_response(register_node(call.texts, definition, rows));
}

Result<Response> give_template(Call& call) {
  const std::string name = call.path["register"].text();
  KHIEN_TRY(const Node definition, template_definition(call.hub.content, name));
  const std::string format = call.query["format"].text("xlsx");
  if (format == "csv") {
    return download("\xEF\xBB\xBF" + csv_of(headings_of_register(definition), Node::list()),
                    "text/csv; charset=utf-8", name + ".csv");
  }
  KHIEN_TRY(std::string bytes,
            made_by_child(call.hub, {"--lang", call.texts.lang(), "register", "template", name,
                                     "--out", "{out}"}, "mau.xlsx"));
  return download(std::move(bytes),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  name + ".xlsx");
}

}  // namespace

void add_registers(Handlers& handlers) {
  handlers.add("register_list", list_registers);
  handlers.add("register_read", read_register);
  handlers.add("register_save", write_register);
  handlers.add("register_template", give_template);
}

}  // namespace khien::hub
