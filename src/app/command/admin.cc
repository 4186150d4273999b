// khien admin: what an administrator does to a hub's data folder from a terminal.
#include <CLI/CLI.hpp>

#include <iostream>

#include "app/context.h"
#include "base/environment.h"
#include "hub/access/password.h"
#include "hub/data/agency.h"
#include "hub/data/audit.h"
#include "hub/data/user.h"
#include "hub/errors.h"
#include "hub/service/upkeep.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct AdminOptions {
  fs::path data, to, from;
  std::string login, name, role = "admin", head;
  std::int64_t agency = 0;
  [[nodiscard]] fs::path folder() const { return data.empty() ? state_folder() / "hub" : data; }
};

Result<std::string> create_user(Context& context, const AdminOptions& given,
                                const std::string& password) {
  KHIEN_TRY(const auto passwords, hub::Passwords::load(context.content));
  KHIEN_DO(passwords->check(password, given.login));
  KHIEN_TRY(const std::string encoded, passwords->hash(password));
  KHIEN_TRY(const auto data, hub::Data::open(given.folder(), context.content, context.clock,
                                             hub::Data::Lock::shared));
  hub::Act act;
  act.action = "users.add";
  act.what = "users";
  act.detail.set("login", given.login);
  act.detail.set("role", given.role);
  return data->change(act, [&](const Database& db, hub::Act& row) -> Result<std::string> {
    KHIEN_TRY(const auto same, hub::find_login(db, given.login));
    if (same) return fail(err::hub_conflict, "login", {{"what", given.login}});
    hub::User user;
    KHIEN_TRY(user.agency_id, hub::root_agency(db));
    if (given.agency != 0) user.agency_id = given.agency;
    KHIEN_TRY(const auto agency, hub::find_agency_name(db, user.agency_id));
    if (!agency) return fail(err::hub_not_found, "--agency");
    user.login = given.login;
    user.name = given.name.empty() ? given.login : given.name;
    user.role = given.role;
    user.password = encoded;
    user.must_change = true;
    user.created_at = user.password_at = context.clock.now_ms();
    KHIEN_TRY(row.what_id, hub::add_user(db, user));
    return given.login;
  });
}

void run_create(Context& context, const AdminOptions& given) {
  note(context.say("app.admin.ask_password"));
  std::string password;
  std::getline(std::cin, password);
  const auto made = create_user(context, given, password);
  if (!made) return context.report(made.error(), usage);
  print(context.say("app.admin.created", {{"login", *made}}));
}

void run_backup(Context& context, const AdminOptions& given) {
  const auto made = hub::back_up(given.folder(), given.to, context.content, context.clock);
  if (!made) return context.report(made.error());
  print(context.say("app.admin.backed_up", {{"folder", made->string()}}));
}

void run_restore(Context& context, const AdminOptions& given) {
  const auto replaced = hub::restore(given.folder(), given.from, context.content, context.clock);
  if (!replaced) return context.report(replaced.error());
  print(context.say("app.admin.restored", {{"folder", replaced->string()}}));
}

void run_check(Context& context, const AdminOptions& given) {
  const auto lines = hub::check_folder(given.folder(), context.content, context.clock);
  if (!lines) return context.report(lines.error());
  for (const hub::CheckLine& line : *lines) {
    print(context.say("app.admin.check." + line.id, {{"count", line.count},
                                                     {"good", line.good ? "yes" : "no"},
                                                     {"detail", line.detail}}));
    if (!line.good) context.raise(not_all_good);
  }
}

Result<hub::AuditVerdict> audit_of(Context& context, const AdminOptions& given) {
  KHIEN_TRY(const auto data, hub::Data::open(given.folder(), context.content, context.clock,
                                             hub::Data::Lock::shared));
  KHIEN_TRY(const hub::Data::Reading db, data->read());
  return hub::verify_audit(*db, given.head);
}

void run_verify(Context& context, const AdminOptions& given) {
  const auto verdict = audit_of(context, given);
  if (!verdict) return context.report(verdict.error());
  if (verdict->broken_id != 0) {
    print(context.say("app.admin.audit_broken", {{"row", verdict->broken_id}}));
    return context.raise(not_all_good);
  }
  if (!verdict->holds(given.head)) {
    print(context.say("app.admin.audit_cut", {{"head", given.head}}));
    return context.raise(not_all_good);
  }
  print(context.say("app.admin.audit_whole", {{"rows", verdict->rows}, {"head", verdict->head}}));
}

}  // namespace

void add_admin(CLI::App& root, Context& context) {
  auto* admin = root.add_subcommand("admin", context.say("app.admin.about"));
  admin->require_subcommand(1);
  auto given = std::make_shared<AdminOptions>();
  const auto add = [&](const char* name, const char* about, auto run) {
    auto* command = admin->add_subcommand(name, context.say(about));
    command->add_option("--data", given->data, context.say("app.serve.data"));
    command->callback([given, &context, run] { run(context, *given); });
    return command;
  };
  auto* create = add("create-user", "app.admin.create", run_create);
  create->add_option("login", given->login, context.say("app.admin.login"))->required();
  create->add_option("--name", given->name, context.say("app.admin.name"));
  create->add_option("--role", given->role, context.say("app.admin.role"))
      ->check(CLI::IsMember({"clerk", "officer", "leader", "admin", "duty", "auditor"}));
  create->add_option("--agency", given->agency, context.say("app.admin.agency"));
  auto* backup = add("backup", "app.admin.backup", run_backup);
  backup->add_option("--to", given->to, context.say("app.admin.to"));
  auto* restore = add("restore", "app.admin.restore", run_restore);
  restore->add_option("--from", given->from, context.say("app.admin.from"))->required();
  add("check", "app.admin.check_about", run_check);
  auto* verify = add("verify-audit", "app.admin.verify", run_verify);
  verify->add_option("--head", given->head, context.say("app.admin.head"));
}

}  // namespace khien::app
