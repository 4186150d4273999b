#include "hub/server/call.h"

#include <fmt/format.h>

#include "hub/errors.h"

namespace khien::hub {
namespace {

bool is_known_object(const Handlers& handlers, const std::string& object) {
  return object.empty() || object == "none" || object == "actor" ||
         handlers.objects.contains(object);
}

}  // namespace

Done check_handlers(const Api& api, const Handlers& handlers) {
  for (const Operation& op : api.operations()) {
    if (!handlers.by_operation.contains(op.id)) {
      return fail(err::hub_api_invalid, op.path, {{"detail", "no handler of " + op.id}});
    }
    if (!is_known_object(handlers, op.object)) {
      return fail(err::hub_api_invalid, op.path, {{"detail", "x-object " + op.object}});
    }
  }
  for (const auto& [id, handler] : handlers.by_operation) {
    if (api.find(id) == nullptr) {
      return fail(err::hub_api_invalid, id, {{"detail", "a handler without an operation"}});
    }
  }
  return {};
}

Node list_page(std::vector<Node> items, const Call& call,
               const std::function<std::string(const Node&)>& cursor_of) {
  Node next;
  const auto limit = static_cast<std::size_t>(call.limit());
  if (items.size() > limit) {
    items.resize(limit);
    next = Node(cursor_of(items.back()));
  }
  return Node::map({{"items", Node::list(std::move(items))}, {"next", std::move(next)}});
}

std::string text_id(std::int64_t id) { return fmt::format("{}", id); }

}  // namespace khien::hub
