#include "hub/server/api.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/errors.h"
#include "hub/server/schema.h"

namespace khien::hub {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::string_view kMethods[] = {"get", "post", "put", "patch", "delete"};

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    path.remove_prefix(1);  // '/'
    const std::size_t end = std::min(path.find('/'), path.size());
    out.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

bool is_parameter(const std::string& segment) { return segment.starts_with('{'); }
std::string name_of(const std::string& segment) { return segment.substr(1, segment.size() - 2); }

Node path_schema(const std::string& name) {
  if (name == "id" || name == "mid" || name.ends_with("_id")) {
    return Node::map({{"type", "integer"}, {"minimum", 1}});
  }
  return Node::map({{"type", "string"}, {"minLength", 1}, {"maxLength", 100}});
}

tl::unexpected<Error> bad(const std::string& place, const Node& node, const std::string& detail) {
  return fail(err::hub_api_invalid, at_line(place, node), {{"detail", detail}});
}

Node parameter(const std::string& name, const char* in, Node schema, bool required) {
  return Node::map({{"name", name}, {"in", in}, {"required", required},
                    {"schema", std::move(schema)}});
}

// What the words of our own mean, said in OpenAPI's words too.
Node with_parameters(const Operation& op, const Node& node) {
  Node all = Node::list();
  for (const auto& [name, schema] : op.path_schemas.pairs()) {
    all.push(parameter(name, "path", schema, true));
  }
  for (const auto& [name, field] : op.query.pairs()) {
    all.push(parameter(name, "query", field["schema"], field["required"].boolean()));
  }
  if (!op.if_match.empty()) {
    all.push(parameter("If-Match", "header", Node::map({{"type", "string"}}), true));
  }
  Node out = node;
  if (!all.items().empty()) out.set("parameters", std::move(all));
  if (op.body == BodyKind::raw) {
    out.set("requestBody",
            Node::map({{"required", true},
                       {"content", Node::map({{"application/octet-stream", Node::map()}})}}));
  }
  if (op.need == Need::open) out.set("security", Node::list());
  return out;
}

Done read_query(const Node& node, const std::string& place, Operation& op) {
  op.query = Node::map();
  for (const Node& p : node["parameters"].items()) {
    if (p["in"].text() == "path") {
      op.path_schemas.set(p["name"].text(), p["schema"]);
    } else if (p["in"].text() == "query") {
      op.query.set(p["name"].text(), Node::map({{"schema", p["schema"]},
                                                {"required", p["required"].boolean()}}));
    } else {
      return bad(place, p, "in: path | query");
    }
  }
  if (!node["x-list"].boolean()) return {};
  op.query.set("limit", Node::map({{"schema", Node::map({{"type", "integer"}, {"minimum", 1},
                                                         {"maximum", kListMost},
                                                         {"default", kListLimit}})},
                                   {"required", false}}));
  op.query.set("cursor", Node::map({{"schema", Node::map({{"type", "string"},
                                                          {"maxLength", 200}})},
                                    {"required", false}}));
  return {};
}

void read_body(const Node& node, Operation& op) {
  if (node.has("x-raw")) {
    op.body = BodyKind::raw;
    op.body_limit = static_cast<std::uint64_t>(node["x-raw"].integer()) * kMiB;
  } else if (node.has("requestBody")) {
    op.body = BodyKind::json;
    op.body_limit = kJsonBytes;
    op.body_required = node["requestBody"]["required"].boolean();
    op.body_schema = node["requestBody"]["content"]["application/json"]["schema"];
  }
}

Node problem_schema() {
  const auto text = [] { return Node::map({{"type", "string"}}); };
  return Node::map({{"type", "object"},
                    {"required", Node::list_of({"type", "title", "status", "code"})},
                    {"additionalProperties", true},
                    {"properties", Node::map({{"type", text()}, {"title", text()},
                                              {"status", Node::map({{"type", "integer"}})},
                                              {"detail", text()}, {"code", text()},
                                              {"place", text()}})}});
}

Node empty_document(const std::string& version) {
  const Node cookie = Node::map({{"type", "apiKey"}, {"in", "cookie"}, {"name", "khien"}});
  const Node bearer = Node::map({{"type", "http"}, {"scheme", "bearer"}});
  return Node::map(
      {{"openapi", "3.1.0"},
       {"info", Node::map({{"title", "Khiên"}, {"version", version}})},
       {"servers", Node::list({Node::map({{"url", std::string(kApiRoot)}})})},
       {"security", Node::list({Node::map({{"cookie", Node::list()}}),
                                Node::map({{"bearer", Node::list()}})})},
       {"paths", Node::map()},
       {"components",
        Node::map({{"schemas", Node::map({{"Problem", problem_schema()}})},
                   {"securitySchemes", Node::map({{"cookie", cookie}, {"bearer", bearer}})}})}});
}

Done check_schemas(const Operation& op, const Node& schemas, const std::string& place) {
  KHIEN_DO(check_schema(op.body_schema, schemas, place));
  for (const auto& [name, field] : op.query.pairs()) {
    KHIEN_DO(check_schema(field["schema"], schemas, place));
  }
  for (const auto& [status, schema] : op.responses.pairs()) {
    KHIEN_DO(check_schema(schema, schemas, place));
  }
  return {};
}

}  // namespace

Done Api::add_operation(const std::string& path, const std::string& method, const Node& node,
                        const std::string& place) {
  Operation op;
  op.id = node["operationId"].text();
  op.method = ascii_upper(method);
  op.path = path;
  op.segments = split(path);
  const auto need = parse_need(node["x-need"].text());
  if (op.id.empty() || !need) return bad(place, node, "operationId, x-need of " + path);
  if (find(op.id) != nullptr) return bad(place, node, "operationId twice: " + op.id);
  op.need = *need;
  op.object = node["x-object"].text();
  op.if_match = node["x-if-match"].text();
  op.path_schemas = Node::map();
  bool named = false;
  for (const std::string& segment : op.segments) {
    if (!is_parameter(segment)) continue;
    named = true;
    op.path_schemas.set(name_of(segment), path_schema(name_of(segment)));
  }
  if (named == op.object.empty()) return bad(place, node, "x-object of " + op.id);
  KHIEN_DO(read_query(node, place, op));
  read_body(node, op);
  op.responses = Node::map();
  for (const auto& [status, response] : node["responses"].pairs()) {
    op.responses.set(status, response["content"]["application/json"]["schema"]);
  }
  if (op.responses.pairs().empty()) return bad(place, node, "responses of " + op.id);
  Node paths = document_["paths"];
  Node at = paths[path];
  Node full = with_parameters(op, node);
  Node responses = full["responses"];
  const Node ref = Node::map({{"$ref", "#/components/schemas/Problem"}});
  responses.set("default", Node::map({{"description", "problem"},
                                      {"content", Node::map({{"application/problem+json",
                                                              Node::map({{"schema", ref}})}})}}));
  full.set("responses", std::move(responses));
  at.set(method, std::move(full));
  paths.set(path, std::move(at));
  document_.set("paths", std::move(paths));
  operations_.push_back(std::move(op));
  return {};
}

Result<Api> Api::load(const Content& content, const std::string& version) {
  Api out;
  out.document_ = empty_document(version);
  for (const std::string& file : content.list("api/", ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(file));
    Node components = out.document_["components"];
    Node schemas = components["schemas"];
    for (const auto& [name, schema] : node["components"]["schemas"].pairs()) {
      if (schemas.has(name)) return bad(file, schema, "schema twice: " + name);
      schemas.set(name, schema);
    }
    components.set("schemas", std::move(schemas));
    out.document_.set("components", std::move(components));
    for (const auto& [path, methods] : node["paths"].pairs()) {
      for (const auto& [method, operation] : methods.pairs()) {
        if (std::find(std::begin(kMethods), std::end(kMethods), method) == std::end(kMethods)) {
          return bad(file, operation, "method " + method);
        }
        KHIEN_DO(out.add_operation(path, method, operation, file));
      }
    }
  }
  for (const auto& [name, schema] : out.schemas().pairs()) {
    KHIEN_DO(check_schema(schema, out.schemas(), "schema " + name));
  }
  for (const Operation& op : out.operations_) {
    KHIEN_DO(check_schemas(op, out.schemas(), op.id));
    const Operation* get = op.if_match.empty() ? &op : out.find(op.if_match);
    if (get == nullptr) return bad(op.id, Node(), "x-if-match " + op.if_match);
  }
  return out;
}

const Operation* Api::find(const std::string& id) const {
  for (const Operation& op : operations_) {
    if (op.id == id) return &op;
  }
  return nullptr;
}

Route Api::route(const std::string& method, const std::string& path) const {
  Route out;
  if (!path.starts_with(kApiRoot)) return out;
  const std::vector<std::string> parts = split(std::string_view(path).substr(kApiRoot.size()));
  std::size_t best = 0;  // a word of the path counts more than a parameter
  for (const Operation& op : operations_) {
    if (op.segments.size() != parts.size()) continue;
    std::map<std::string, std::string> parameters;
    std::size_t words = 1;
    bool fits = true;
    for (std::size_t i = 0; fits && i < parts.size(); ++i) {
      const bool free = is_parameter(op.segments[i]);
      fits = free ? !parts[i].empty() : op.segments[i] == parts[i];
      if (free) parameters[name_of(op.segments[i])] = parts[i];
      words += free ? 0 : 1;
    }
    if (!fits) continue;
    if (op.method != method) {
      out.allowed += (out.allowed.empty() ? "" : ", ") + op.method;
    } else if (words > best) {
      best = words;
      out.operation = &op;
      out.parameters = std::move(parameters);
    }
  }
  return out;
}

}  // namespace khien::hub
