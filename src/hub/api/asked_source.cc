#include "hub/api/asked_source.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "hub/api/handlers.h"
#include "hub/api/tables.h"
#include "hub/data/office_files.h"
#include "hub/data/setting.h"
#include "hub/errors.h"
#include "hub/server/schema.h"

namespace khien::hub {
namespace {

constexpr std::size_t kLineChars = 1000;  // longer ones are typed as several lines

// How a field is typed: "secret" and "lines" are kept in confidence or are whole files.
std::string input_of(const std::string& name, const Node& schema, const Node& kept) {
  if (!kept.has(name)) return "line";
  const auto most = static_cast<std::size_t>(schema["maxLength"].integer());
  return most > kLineChars ? "lines" : "secret";
}

Node field_node(const std::string& name, const Node& schema, const Node& definition,
                const std::string& title) {
  const auto needed = definition["schema"]["required"].texts();
  return Node::map({{"name", name},
                    {"title", title},
                    {"type", schema["type"]},
                    {"input", input_of(name, schema, definition["kept"])},
                    {"required", std::find(needed.begin(), needed.end(), name) != needed.end()},
                    {"minimum", schema["minimum"]},
                    {"maximum", schema["maximum"]},
                    {"example", schema["examples"].items().empty()
                                    ? Node()
                                    : schema["examples"].items().front()}});
}

// "https://so-mau.test": what people know it by; of this machine the name of its type.
std::string name_of(const Call& call, const Node& definition, const std::string& type) {
  const std::string field = definition["name"].text();
  if (!field.empty()) return call.body["settings"][field].text();
  return call.texts("hub.source.type." + type);
}

// The entry of agency.yaml: of what is kept in confidence the file's name alone.
Node entry_of(const Node& definition, const SourceRow& row, const std::string& type,
              const Node& settings) {
  Node out = Node::map({{"type", type}});
  for (const auto& [name, value] : settings.pairs()) {
    if (value.is_null() || (value.is_scalar() && value.text().empty())) continue;
    const Node& kept = definition["kept"][name];
    if (kept.is_null()) out.set(name, value);
    else out.set(kept.text(), row.kept_path() + "/" + kept.text());
  }
  return out;
}

Done keep_in_confidence(const Call& call, const Node& definition, const SourceRow& row) {
  const std::filesystem::path folder = 
      office_of(call.hub.data.folder(), row.agency_id) / row.kept_path();
  for (const auto& [name, kept] : definition["kept"].pairs()) {
    const std::string text = call.body["settings"][name].text();
    if (text.empty()) continue;
    KHIEN_DO(make_folder(folder, Access::owner));
    KHIEN_DO(write_file(folder / kept.text(), text, Access::owner));
  }
  return {};
}

// A path is one of this machine, from its root on.
Done check_path_field(const Call& call, const Node& definition) {
  const std::string field = definition["path"].text();
  if (field.empty()) return {};
  if (std::filesystem::path(call.body["settings"][field].text()).is_absolute()) return {};
  return fail(err::hub_request_invalid, "body.settings." + field,
              {{"field", field}, {"wanted", "/…"}});
}

}  // namespace

std::vector<std::string> asked_types(const Content& content) {
  std::vector<std::string> out;
  for (const std::string& path : content.list("sources/", ".yaml")) {
    out.push_back(std::filesystem::path(path).stem().string());
  }
  return out;
}

Result<Node> asked_definition(const Content& content, const std::string& type) {
  const auto known = asked_types(content);
  if (std::find(known.begin(), known.end(), type) == known.end()) {
    return fail(err::hub_request_invalid, "type", {{"field", "type"}, {"wanted", "/source-types"}});
  }
  return content.yaml("sources/" + type + ".yaml");
}

Node asked_node(const Node& definition, const Texts& texts, const std::string& type,
                bool allowed) {
  Node fields = Node::list();
  const Node& schema = definition["schema"];
  for (const auto& [name, value] : schema["properties"].pairs()) {
    fields.push(field_node(name, value, definition,
                           texts("hub.source.field." + type + "." + name)));
  }
  return Node::map({{"reach", definition["reach"]},
                    {"allowed", allowed},
                    {"fields", std::move(fields)}});
}

Done asked_allowed(const Call& call, const Database& db, const Node& definition) {
  if (definition["reach"].text() == "machine") {
    if (call.hub.mode == Mode::office) return {};
    return fail(err::office_not_here, "type");
  }
  KHIEN_TRY(const Settings settings, read_settings(db));
  if (settings.network) return {};
  return fail(err::office_network, "type");
}

Result<Response> add_asked_source(Call& call) {
  const std::string type = call.body["type"].text();
  KHIEN_TRY(const Node definition, asked_definition(call.hub.content, type));
  KHIEN_DO(check_value(call.body["settings"], definition["schema"], call.hub.api.schemas(),
                       "body.settings"));
  KHIEN_DO(check_path_field(call, definition));
  KHIEN_DO(asked_allowed(call, call.db, definition));
  SourceRow row;
  row.agency_id = call.actor.agency_id;
  row.name = name_of(call, definition, type);
  row.received_at = call.hub.data.clock().now_ms();
  row.reach = definition["reach"].text();
  row.stated = true;
  std::int64_t job = 0;
  const auto add = [&](const Database& db, Act& act) -> Result<std::int64_t> {
    KHIEN_TRY(row.id, add_source(db, row));
    row.entries = Node::list({entry_of(definition, row, type, call.body["settings"])});
    KHIEN_DO(keep_in_confidence(call, definition, row));
    KHIEN_DO(save_source(db, row));
    act.what_id = row.id;
    act.detail.set("type", type);
    KHIEN_TRY(job, call.hub.runner.add(db, call.actor, "recognise",
                                       Node::map({{"source_id", row.id}})));
    return row.id;
  };
  KHIEN_TRY(const std::int64_t id, call.change("source.add", "sources", 0, add));
  call.hub.runner.wake();
  return taken_source(call, id, job);
}

}  // namespace khien::hub
