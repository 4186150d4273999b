// The API as data: content/api/<resource>.yaml are parts of one OpenAPI 3.1 document (`paths`,
// `components.schemas`). Besides OpenAPI's own words an operation has
//   x-need: public | signed_in | read | write | decide | audit | admin | root |
//           agent | screen    (required)
//   x-object: user     what {id} of the path names; the server looks whether the actor may see it
//                      (`none` where the path names nothing of anybody's, `actor` where the handler
//                      gives only the actor's own)
//   x-list: true       takes the query parameters limit and cursor
//   x-if-match: user_read   needs If-Match with the ETag that this GET, of the same parameters,
//                      gave; compared before the handler, no other change comes between
//   x-raw: 64          takes a body of any kind, streamed to disk, of at most that many MiB
// Path parameters need not be declared: `id` and `..._id`, `mid` are integers, others text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/node.h"
#include "hub/access/actor.h"
#include "hub/server/message.h"

namespace khien::hub {

inline constexpr std::string_view kApiRoot = "/api/v1";
inline constexpr std::int64_t kListLimit = 50;
inline constexpr std::int64_t kListMost = 200;

struct Operation {
  std::string id;                     // operationId: what handlers are found by
  std::string method;                 // "GET"
  std::string path;                   // "/users/{id}", below kApiRoot
  std::vector<std::string> segments;  // "users", "{id}"
  Need need = Need::admin;
  std::string object;                 // x-object; "" when the path has no parameter
  BodyKind body = BodyKind::none;
  std::uint64_t body_limit = 0;
  bool body_required = false;
  Node body_schema;
  Node query;                         // name -> {schema, required}
  Node path_schemas;                  // name -> schema
  Node responses;                     // "200" -> schema, or null
  std::string if_match;               // operationId of a GET, or ""
};

struct Route {
  const Operation* operation = nullptr;            // null: no such path, or not this method
  std::map<std::string, std::string> parameters;   // of the path, as text
  std::string allowed;                             // methods of a path that lacks this one
};

class Api {
 public:
  // K1320 with file and line.
  [[nodiscard]] static Result<Api> load(const Content& content, const std::string& version);
  [[nodiscard]] Route route(const std::string& method, const std::string& path) const;
  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }
  [[nodiscard]] const Operation* find(const std::string& id) const;
  [[nodiscard]] const Node& document() const { return document_; }  // openapi.json
  [[nodiscard]] const Node& schemas() const { return document_["components"]["schemas"]; }

 private:
  Done add_operation(const std::string& path, const std::string& method, const Node& node,
                     const std::string& place);
  std::vector<Operation> operations_;
  Node document_;
};

}  // namespace khien::hub
