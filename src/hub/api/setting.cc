// /settings: what an administrator sets for the whole hub.
#include "hub/api/handlers.h"

#include "hub/data/setting.h"

namespace khien::hub {
namespace {

Node settings_node(const Settings& settings) {
  return Node::map({{"password_months", settings.password_months},
                    {"idle_minutes", settings.idle_minutes},
                    {"two_factor", settings.two_factor}});
}

Result<Response> read_all_settings(Call& call) {
  KHIEN_TRY(const Settings settings, read_settings(call.db));
  return json_response(settings_node(settings));
}

Result<Response> save_all_settings(Call& call) {
  const Settings settings{call.body["password_months"].integer(),
                          call.body["idle_minutes"].integer(), call.body["two_factor"].boolean()};
  KHIEN_DO(call.change("settings.save", "settings", 0, [&](const Database& db, Act& act) {
    act.detail = settings_node(settings);
    return save_settings(db, settings);
  }));
  return json_response(settings_node(settings));
}

}  // namespace

void add_settings(Handlers& handlers) {
  handlers.add("setting_read", read_all_settings);
  handlers.add("setting_save", save_all_settings);
}

}  // namespace khien::hub
