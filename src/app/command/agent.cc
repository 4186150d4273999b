// khien agent enrol | run: this machine sends its facts to a hub, known by a certificate of the
// hub.
#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <thread>

#include "app/context.h"
#include "app/own_facts.h"
#include "app/version.h"
#include "base/environment.h"
#include "base/file.h"
#include "base/text.h"
#include "collect/host_linux/host_linux.h"
#include "hub/client/agent_client.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kLongestWait = 900;  // seconds between tries while the hub is away
constexpr std::size_t kIdBytes = 200;

struct AgentOptions {
  std::string hub, fingerprint, name;
  fs::path authority;
  bool once = false;
};

fs::path agent_folder() { return state_folder() / "agent"; }

std::string machine_id() {
  const auto text = read_head("/etc/machine-id", kIdBytes);
  return text ? std::string(trim(*text)) : "";
}

Done enrol(const Context& context, const AgentOptions& o) {
  note(context.say("app.agent.ask_secret"));
  std::string secret;
  std::getline(std::cin, secret);
  const std::string name = o.name.empty() ? this_host_name() : o.name;
  KHIEN_DO(hub::AgentClient::enrol(agent_folder(), o.hub, o.authority, o.fingerprint,
                                   std::string(trim(secret)), {name, machine_id(), kVersion}));
  print(context.say("app.agent.enrolled", {{"hub", o.hub}, {"name", name}}));
  return {};
}

class Agent {
 public:
  Agent(Context& context, const FactSchema& schema, hub::AgentClient client)
      : context_(context), schema_(schema), client_(std::move(client)) {}

  // Facts when they are due, whatever waits, a sign of life. An error is told and tried again.
  [[nodiscard]] Done turn() {
    const std::int64_t now = context_.clock.now_ms();
    if (now - collected_at_ >= wanted_.facts_seconds * kSecondMs) {
      KHIEN_TRY(const OwnFacts facts, own_facts(context_, schema_, true));
      KHIEN_DO(client_.put(facts.sealed));
      collected_at_ = now;
    }
    const bool waits = client_.waits();
    KHIEN_DO(client_.send());
    if (waits) note(context_.say("app.agent.sent", {{"hub", client_.hub()}}));
    KHIEN_DO(client_.renew_in_time(now));
    KHIEN_TRY(wanted_, client_.beat(kVersion));
    return {};
  }

  void go_on() {
    std::int64_t wait = wanted_.beat_seconds;
    for (;;) {
      const Done done = turn();
      if (!done) context_.report(done.error());
      wait = done ? wanted_.beat_seconds : std::min(kLongestWait, wait * 2);
      std::this_thread::sleep_for(std::chrono::seconds(wait));
    }
  }

 private:
  Context& context_;
  const FactSchema& schema_;
  hub::AgentClient client_;
  hub::AgentClient::Wanted wanted_;
  std::int64_t collected_at_ = 0;
};

Done run(Context& context, const AgentOptions& o) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(hub::AgentClient client, hub::AgentClient::open(agent_folder()));
  Agent agent(context, schema, std::move(client));
  if (o.once) return agent.turn();
  agent.go_on();
  return {};
}

}  // namespace

void add_agent(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("agent", context.say("app.agent.about"));
  command->require_subcommand(1);
  auto o = std::make_shared<AgentOptions>();
  auto* first = command->add_subcommand("enrol", context.say("app.agent.enrol"));
  first->add_option("--hub", o->hub, context.say("app.agent.hub"))->required();
  auto* print = first->add_option("--fingerprint", o->fingerprint,
                                  context.say("app.agent.fingerprint"));
  auto* authority = first->add_option("--ca", o->authority, context.say("app.agent.ca"));
  print->excludes(authority);
  first->add_option("--name", o->name, context.say("app.agent.name"));
  first->callback([o, print, authority, &context] {
    if (print->count() + authority->count() == 0) {
      throw CLI::RequiredError("--fingerprint");
    }
    if (const Done done = enrol(context, *o); !done) context.report(done.error());
  });
  auto* going = command->add_subcommand("run", context.say("app.agent.run"));
  going->add_flag("--once", o->once, context.say("app.agent.once"));
  going->callback([o, &context] {
    if (const Done done = run(context, *o); !done) context.report(done.error());
  });
}

}  // namespace khien::app
