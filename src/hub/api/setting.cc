// /settings: what an administrator sets for the whole hub.
#include "hub/api/handlers.h"

#include "hub/data/setting.h"

namespace khien::hub {
namespace {

Node settings_node(const Settings& settings) {
  return Node::map({{"password_months", settings.password_months},
                    {"idle_minutes", settings.idle_minutes},
                    {"two_factor", settings.two_factor},
                    {"network", settings.network}});
}

// With what nobody sets: the certificate that browsers are shown.
Node shown_node(const Call& call, const Settings& settings) {
  Node out = settings_node(settings);
  const auto shown = call.hub.certificate.get();
  if (!shown) {
    out.set("certificate", Node());
    return out;
  }
  out.set("certificate",
          Node::map({{"days_left", shown->days_left(call.hub.data.clock().now_ms())},
                     {"ends_at", shown->not_after_ms},
                     {"own", shown->own},
                     {"fingerprint", shown->sha256}}));
  return out;
}

Result<Response> read_all_settings(Call& call) {
  KHIEN_TRY(const Settings settings, read_settings(call.db));
  return json_response(shown_node(call, settings));
}

Result<Response> save_all_settings(Call& call) {
  KHIEN_TRY(const Settings before, read_settings(call.db));
  const Settings settings{call.body["password_months"].integer(),
                          call.body["idle_minutes"].integer(), call.body["two_factor"].boolean(),
                          call.body["network"].boolean(before.network)};
  KHIEN_DO(call.change("settings.save", "settings", 0, [&](const Database& db, Act& act) {
    act.detail = settings_node(settings);
    return save_settings(db, settings);
  }));
  return json_response(shown_node(call, settings));
}

}  // namespace

void add_settings(Handlers& handlers) {
  handlers.add("setting_read", read_all_settings);
  handlers.add("setting_save", save_all_settings);
}

}  // namespace khien::hub
