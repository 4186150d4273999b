// /sources, /source-types: files given as evidence.
#include "hub/api/handlers.h"

#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/api/asked_source.h"
#include "hub/api/tables.h"
#include "hub/api/words.h"
#include "hub/data/file_store.h"
#include "hub/data/office_files.h"
#include "hub/data/setting.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

// "register:duty": a register is known by its name too.
std::string public_type(const SourceRow& row) {
  if (row.is_archive()) return kArchive;
  if (row.type() != "register") return row.type();
  return "register:" + row.entries.items().front()["name"].text();
}

Node why_words(const Texts& texts, const Node& why) {
  if (why.is_null()) return {};
  const std::string id = "app.recognise.why." + why["why"].text();
  const std::string own = "hub.source.why." + why["why"].text();
  return Node(texts(texts.has(own) ? own : id,
                    {{"known", why["known"].integer()}, {"columns", why["columns"].integer()}}));
}

// Of one that is no file, what a person said of it; never what is kept in confidence.
Result<Node> settings_of(const Call& call, const SourceRow& row) {
  if (!row.is_asked() || row.entries.items().empty()) return Node{};
  KHIEN_TRY(const Node definition, asked_definition(call.hub.content, row.type()));
  std::set<std::string> hidden = {"type"};
  for (const auto& [field, named] : definition["kept"].pairs()) hidden.insert(named.text());
  Node out = Node::map();
  for (const auto& [name, value] : row.entries.items().front().pairs()) {
    if (!hidden.contains(name)) out.set(name, value);
  }
  return out;
}

// One that asks the network is of no use while the hub may not, whatever it gave before.
Result<SourceRow> as_allowed(const Database& db, SourceRow row) {
  if (!row.asks_network() || row.state == "waiting") return row;
  KHIEN_TRY(const Settings settings, read_settings(db));
  if (settings.network) return row;
  row.state = "unread";
  row.problem = problem_of(Error{err::office_network, row.name, {}});
  return row;
}

Result<Node> source_node(const Call& call, const SourceRow& kept) {
  KHIEN_TRY(const SourceRow row, as_allowed(call.db, kept));
  const std::string type = public_type(row);
  std::map<std::string, std::string> names;
  Node type_name;
  if (type == kArchive) {
    type_name = Node(call.texts("hub.source.type.archive"));
  } else if (!type.empty()) {
    KHIEN_TRY(const auto fields, table_fields(call.hub.content, call.texts, type));
    for (const TableField& f : fields) names[f.field] = f.name;
    KHIEN_TRY(const std::string name, table_type_name(call.hub.content, call.texts, type));
    type_name = Node(name);
  }
  KHIEN_TRY(Node settings, settings_of(call, row));
  Node columns = Node::list();
  for (const Node& c : row.columns.items()) {
    const std::string field = c["field"].text();
    const auto name = names.find(field);
    columns.push(Node::map(
        {{"heading", c["heading"]},
         {"meaning", node_of_text(field)},
         {"meaning_name", name == names.end() ? node_of_text(field) : Node(name->second)},
         {"examples_hidden", true}}));
  }
  return Node::map({{"id", text_id(row.id)},
                    {"parent_id", row.parent_id == 0 ? Node() : Node(text_id(row.parent_id))},
                    {"settings", std::move(settings)},
                    {"name", row.name},
                    {"bytes", row.bytes},
                    {"received_at", row.received_at},
                    {"state", row.state},
                    {"type", node_of_text(type)},
                    {"type_name", std::move(type_name)},
                    {"certainty", node_of_text(row.certainty)},
                    {"why", why_words(call.texts, row.why)},
                    {"rows", row.rows < 0 ? Node() : Node(row.rows)},
                    {"application", node_of_text(row.application())},
                    {"problem", problem_words(call.texts, row.problem)},
                    {"columns", std::move(columns)}});
}

Result<Response> list_files(Call& call) {
  KHIEN_TRY(const auto rows, list_sources(call.db, call.actor.agency_id, call.query["q"].text(),
                                          call.after(), call.limit() + 1));
  std::vector<Node> items;
  for (const SourceRow& row : rows) {
    KHIEN_TRY(Node item, source_node(call, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Node> source_now(const Call& call, std::int64_t id) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_source(*db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  return source_node(call, *row);
}

fs::path file_of_source(const Call& call, const SourceRow& row) {
  return office_of(call.hub.data.folder(), row.agency_id) / row.path;
}

Result<Response> take_file(Call& call) {
  const Upload& upload = call.request.upload;
  SourceRow row;
  row.agency_id = call.actor.agency_id;
  row.name = safe_name(call.query["name"].text());
  row.bytes = static_cast<std::int64_t>(upload.bytes);
  row.sha256 = upload.sha256;
  row.received_at = call.hub.data.clock().now_ms();
  std::int64_t job = 0;
  KHIEN_TRY(const std::int64_t id,
            call.change("source.add", "sources", 0,
                        [&](const Database& db, Act& act) -> Result<std::int64_t> {
                          KHIEN_TRY(row.id, add_source(db, row));
                          // Under the name people know: it tells of which application it is.
                          row.path = fmt::format("{}/{}/{}", kSources, row.id, row.name);
                          KHIEN_DO(save_source(db, row));
                          KHIEN_DO(move_upload(upload, file_of_source(call, row)));
                          act.what_id = row.id;
                          act.detail.set("sha256", row.sha256);
                          KHIEN_TRY(job, call.hub.runner.add(
                                             db, call.actor, "recognise",
                                             Node::map({{"source_id", row.id}})));
                          return row.id;
                        }));
  call.hub.runner.wake();
  return taken_source(call, id, job);
}

Result<Node> entry_from(const Call& call, const SourceRow& row) {
  const std::string type = call.body.has("type") ? call.body["type"].text() : public_type(row);
  if (type.empty()) return Node{};
  if (row.is_asked()) return row.entries.items().empty() ? Node{} : row.entries.items().front();
  KHIEN_TRY(const auto known, table_types(call.hub.content));
  if (std::find(known.begin(), known.end(), type) == known.end()) {
    return fail(err::hub_request_invalid, "type", {{"field", "type"}, {"wanted", "/source-types"}});
  }
  const bool same = type == public_type(row);
  Node out = same ? row.entries.items().front() : Node::map();
  const std::size_t colon = type.find(':');
  out.set("type", type.substr(0, colon));
  if (colon != std::string::npos) out.set("name", type.substr(colon + 1));
  const bool of_application = type == "accounts" || type == "login_log";
  const std::string app = call.body.has("application") ? call.body["application"].text()
                                                       : row.application();
  if (!app.empty() || of_application) {
    out.set("app", app.empty() ? fs::path(row.name).stem().string() : app);
  }
  Node columns = Node::map();
  for (const Node& c : call.body["columns"].items()) {
    const std::string heading = c["heading"].text();
    if (!c["meaning"].is_null() && !heading.empty()) columns.set(heading, c["meaning"]);
  }
  if (!columns.pairs().empty()) out.set("columns", std::move(columns));
  return out;
}

bool says_the_same(const SourceRow& row, const Node& body, const Node& entry) {
  for (const Node& c : body["columns"].items()) {
    for (const Node& known : row.columns.items()) {
      if (known["heading"].text() == c["heading"].text() &&
          known["field"].text() != c["meaning"].text()) {
        return false;
      }
    }
  }
  const Node& before = row.entries.items().empty() ? Node() : row.entries.items().front();
  return before["type"].text() == entry["type"].text() &&
         before["name"].text() == entry["name"].text() &&
         before["app"].text() == entry["app"].text();
}

bool confirms_archive(const SourceRow& row, const Node& body) {
  return row.is_archive() && (!body.has("type") || body["type"].text() == kArchive);
}

Result<Response> change_source(Call& call) {
  bool again = false;
  const Done changed = call.change("source.change", "sources", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(auto row, find_source(db, call.id()));
                         if (!row) return fail(err::hub_not_found, text_id(call.id()));
                         if (confirms_archive(*row, call.body)) return {};
                         KHIEN_TRY(const Node entry, entry_from(call, *row));
                         act.detail.set("type", entry["type"]);
                         row->stated = true;
                         if (entry.is_null()) {  // of no use, a person says
                           row->entries = Node::list();
                           row->state = "unread", row->certainty.clear(), row->rows = -1;
                           return save_source(db, *row);
                         }
                         again = row->is_asked() || !says_the_same(*row, call.body, entry);
                         row->certainty = "sure";
                         row->why = Node::map({{"why", "stated"}});
                         if (again) {
                           row->entries = Node::list({entry});
                           row->state = "waiting";
                           KHIEN_TRY([[maybe_unused]] const std::int64_t job,
                                     call.hub.runner.add(db, call.actor, "recognise",
                                                         Node::map({{"source_id", row->id}})));
                         }
                         return save_source(db, *row);
                       });
  KHIEN_DO(changed);
  if (again) call.hub.runner.wake();
  KHIEN_TRY(const Node node, source_now(call, call.id()));
  return json_response(node);
}

Result<Response> remove_source(Call& call) {
  std::optional<SourceRow> row;
  const Done changed = call.change("source.delete", "sources", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(row, find_source(db, call.id()));
                         if (!row) return fail(err::hub_not_found, text_id(call.id()));
                         act.detail.set("sha256", row->sha256);
                         return delete_source(db, row->id);  // with those that lay in it
                       });
  KHIEN_DO(changed);
  std::error_code ec;
  if (row->is_asked()) {
    fs::remove_all(office_of(call.hub.data.folder(), row->agency_id) / row->kept_path(), ec);
    return empty_response();
  }
  const fs::path file = file_of_source(call, *row);
  if (row->parent_id != 0) {
    fs::remove(file, ec);
  } else {  // its folders have the id, which no other file gets
    fs::remove_all(file.parent_path(), ec);
    fs::remove_all(office_of(call.hub.data.folder(), row->agency_id) / row->unpacked_path(), ec);
  }
  return empty_response();
}

Result<Response> list_types(Call& call) {
  const Content& content = call.hub.content;
  KHIEN_TRY(const auto types, table_types(content));
  Node items = Node::list();
  for (const std::string& type : types) {
    KHIEN_TRY(const std::string name, table_type_name(content, call.texts, type));
    KHIEN_TRY(const auto fields, table_fields(content, call.texts, type));
    Node meanings = Node::list();
    for (const TableField& f : fields) {
      meanings.push(Node::map({{"meaning", f.field}, {"name", f.name}}));
    }
    items.push(Node::map({{"type", type}, {"name", name}, {"asked", Node()},
                          {"meanings", std::move(meanings)}}));
  }
  for (const std::string& type : asked_types(content)) {
    KHIEN_TRY(const Node definition, asked_definition(content, type));
    const std::string own = "hub.source.asked." + type;  // where a file may be of that type too
    KHIEN_TRY(std::string name, table_type_name(content, call.texts, type));
    if (call.texts.has(own)) name = call.texts(own);
    const bool allowed = asked_allowed(call, call.db, definition).has_value();
    items.push(Node::map({{"type", type}, {"name", name},
                          {"asked", asked_node(definition, call.texts, type, allowed)},
                          {"meanings", Node::list()}}));
  }
  return json_response(Node::map({{"items", std::move(items)}}));
}

Result<bool> sees_source(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_source(db, id));
  return row && row->agency_id == actor.agency_id;  // nor those above it
}

}  // namespace

Result<Response> taken_source(Call& call, std::int64_t id, std::int64_t job) {
  KHIEN_TRY(Node source, source_now(call, id));
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto queued, find_job(*db, job));
  const Node node = job_node(*queued, call.texts, call.hub.data.clock().now_ms());
  return json_response(Node::map({{"source", std::move(source)}, {"job", node}}), 202);
}

void add_sources(Handlers& handlers) {
  handlers.add("source_list", list_files);
  handlers.add("source_add", take_file);
  handlers.add("source_ask", add_asked_source);
  handlers.add("source_change", change_source);
  handlers.add("source_delete", remove_source);
  handlers.add("source_type_list", list_types);
  handlers.object("source", sees_source);
}

}  // namespace khien::hub
