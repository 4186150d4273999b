// One call as a handler sees it, and the table of handlers.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/content.h"
#include "base/texts.h"
#include "hub/access/actor.h"
#include "hub/access/authority.h"
#include "hub/access/certificate.h"
#include "hub/access/password.h"
#include "hub/access/sign_in.h"
#include "hub/access/throttle.h"
#include "hub/data/data.h"
#include "hub/data/rollup_cache.h"
#include "hub/jobs/runner.h"
#include "hub/server/api.h"
#include "hub/server/message.h"

namespace khien::hub {

enum class Mode { office, centre };

// What all handlers share; lives as long as the server.
struct Hub {
  Data& data;
  Runner& runner;
  Passwords& passwords;
  Throttle& throttle;
  RateLimit& rate;
  const Content& content;
  const Texts& vi;
  const Texts& en;
  const Api& api;
  const Authority& authority;  // of agents
  Mode mode = Mode::office;
  SessionRules sessions;
  std::string version;
  const ServedCertificate& certificate;
  RollupCache& rollups;
};

struct Call {
  Hub& hub;
  Request& request;
  const Operation& operation;
  const Actor& actor;
  const Database& db;        // for reading; changes go through hub.data.change()
  const Texts& texts;        // in the asked language
  Node path;                 // parameters of the path, checked: path["id"].integer()
  Node query;                // checked and typed; absent ones are null, or their default
  Node body;                 // checked JSON, or null

  [[nodiscard]] std::int64_t id(std::string_view name = "id") const { return path[name].integer(); }
  [[nodiscard]] std::int64_t limit() const { return query["limit"].integer(kListLimit); }
  [[nodiscard]] std::string cursor() const { return query["cursor"].text(); }
  // Of a cursor that is the id of the last row shown; 0 without one.
  [[nodiscard]] std::int64_t after() const { return query["cursor"].integer(0); }
  // One audited transaction: f(db, act) -> Result<T>. `action` is "users.add", `what` "users".
  template <class F>
  auto change(std::string action, std::string what, std::int64_t what_id, F&& f) {
    return hub.data.change(act_of(actor, std::move(action), std::move(what), what_id),
                           std::forward<F>(f));
  }
};

using Handler = std::function<Result<Response>(Call&)>;
// May this actor see the object of this id? False gives 404, as for one that is not there.
using Sight = std::function<Result<bool>(const Database& db, const Actor& actor, std::int64_t id)>;

struct Handlers {
  std::map<std::string, Handler> by_operation;  // operationId
  std::map<std::string, Sight> objects;         // x-object
  void add(const std::string& operation, Handler handler) {
    by_operation[operation] = std::move(handler);
  }
  void object(const std::string& name, Sight sight) { objects[name] = std::move(sight); }
};

// Every operation has its handler and every handler its operation, every x-object its sight. K1320.
[[nodiscard]] Done check_handlers(const Api& api, const Handlers& handlers);

// {items, next}: `items` may hold one more than the limit; then it goes and `next` is `cursor_of`
// the last one shown.
[[nodiscard]] Node list_page(std::vector<Node> items, const Call& call,
                             const std::function<std::string(const Node&)>& cursor_of);
[[nodiscard]] std::string text_id(std::int64_t id);  // public ids are texts

}  // namespace khien::hub
