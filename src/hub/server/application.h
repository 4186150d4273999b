// From a request to its answer: route, who asks, may he, is what he sends right, the handler, and
// what went wrong in the asked language. Paths outside /api/v1 (pages, texts, health) are given to
// `outside`.
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "hub/server/call.h"
#include "hub/server/message.h"

namespace khien::hub {

struct ApplicationOptions {
  // Names a request may call this server by in Host ("127.0.0.1:8765"); empty: any. Keeps a page of
  // elsewhere whose name was turned to 127.0.0.1 out.
  std::vector<std::string> hosts;
  // Answers are checked against content/api too: tests.
  bool check_answers = false;
};

class HubApplication final : public Application {
 public:
  using Outside = std::function<std::optional<Response>(const Request&, const Hub&)>;
  HubApplication(Hub& hub, Handlers handlers, Outside outside, ApplicationOptions options)
      : hub_(hub), handlers_(std::move(handlers)), outside_(std::move(outside)),
        options_(std::move(options)) {}

  // Before anything is served; see ApplicationOptions::hosts.
  void set_hosts(std::vector<std::string> hosts) { options_.hosts = std::move(hosts); }
  [[nodiscard]] Reception expect(const Request& head) const override;
  [[nodiscard]] std::optional<Response> refuse(const Request& head) override;
  [[nodiscard]] Response answer(Request& request) override;
  [[nodiscard]] Response problem(const Request& head, const Error& error) const override;

 private:
  struct Admitted {
    Route route;
    Actor actor;
    Node path;
  };
  [[nodiscard]] const Texts& texts_for(const Request& request) const;
  [[nodiscard]] Done check_origin(const Request& head) const;
  [[nodiscard]] Result<Actor> who(const Request& head, const Database& db);
  [[nodiscard]] Result<Admitted> admit(const Request& head, const Database& db);
  [[nodiscard]] Done check_actor(const Request& head, const Operation& op,
                                 const Actor& actor) const;
  [[nodiscard]] Result<Response> serve(Request& request);
  [[nodiscard]] Result<Response> call(Request& request, const Database& db, Admitted& admitted);
  [[nodiscard]] Done match(Call& call);
  [[nodiscard]] Done check_answer(const Operation& op, const Response& response) const;

  Hub& hub_;
  Handlers handlers_;
  Outside outside_;
  ApplicationOptions options_;
};

}  // namespace khien::hub
