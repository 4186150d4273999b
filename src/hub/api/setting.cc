// /settings: what an administrator sets for the whole hub.
#include "hub/api/handlers.h"

#include "hub/access/ldap_bind.h"
#include "hub/access/openid.h"
#include "hub/access/x509.h"
#include "hub/data/setting.h"
#include "hub/errors.h"
#include "hub/notify/notify.h"

namespace khien::hub {
namespace {

Result<Node> settings_node(const Database& db) {
  KHIEN_TRY(const Settings settings, read_settings(db));
  KHIEN_TRY(const Node reminders, read_setting(db, "reminders"));
  KHIEN_TRY(const Node mail, read_setting(db, "mail"));
  KHIEN_TRY(const Node webhook, read_setting(db, "webhook"));
  KHIEN_TRY(const Node directory, read_setting(db, "directory"));
  KHIEN_TRY(const Node openid, read_setting(db, "openid"));
  return Node::map({{"password_months", settings.password_months},
                    {"idle_minutes", settings.idle_minutes},
                    {"two_factor", settings.two_factor},
                    {"network", settings.network},
                    {"reminders", rules_node(rules_from(reminders))},
                    {"mail", mail_server_node(mail_server_from(mail))},
                    {"webhook", Node::map({{"url", webhook["url"].text()}})},
                    {"directory", directory_server_node(directory_server_from(directory))},
                    {"openid", openid_provider_node(openid_provider_from(openid))}});
}

// With what nobody sets: the certificate that browsers are shown.
Node shown_node(const Call& call, Node settings) {
  const auto shown = call.hub.certificate.get();
  settings.set("certificate", Node());
  if (!shown) return settings;
  settings.set("certificate",
               Node::map({{"days_left", shown->days_left(call.hub.data.clock().now_ms())},
                          {"ends_at", shown->not_after_ms},
                          {"own", shown->own},
                          {"fingerprint", shown->sha256}}));
  return settings;
}

Result<Response> read_all_settings(Call& call) {
  KHIEN_TRY(const Node settings, settings_node(call.db));
  return json_response(shown_node(call, settings));
}

Done check_authorities(const Node& body) {
  for (const char* name : {"mail", "directory", "openid"}) {
    if (x509::may_be_authorities(body[name]["authorities"].text())) continue;
    const std::string field = std::string(name) + ".authorities";
    return fail(err::hub_request_invalid, "body." + field,
                {{"field", field}, {"wanted", "PEM (-----BEGIN CERTIFICATE-----)"}});
  }
  return {};
}

// What leaves the hub and who else knows its users; who asks only for the rest leaves it as it is.
Done save_channels(const Database& db, const Node& body) {
  if (const Node& mail = body["mail"]; !mail.is_null()) {
    const std::string sender = mail["sender"].text();
    if (!sender.empty() && !is_mail_address(sender)) {
      return fail(err::mail_settings, "body.mail.sender", {{"detail", sender}});
    }
  }
  KHIEN_DO(check_authorities(body));
  KHIEN_DO(check_directory_server(directory_server_from(body["directory"])));
  KHIEN_DO(check_openid_provider(openid_provider_from(body["openid"])));
  for (const char* name : {"reminders", "mail", "webhook", "directory", "openid"}) {
    if (!body[name].is_null()) KHIEN_DO(save_setting(db, name, body[name]));
  }
  return {};
}

Result<Response> save_all_settings(Call& call) {
  KHIEN_TRY(const Settings before, read_settings(call.db));
  const Settings settings{call.body["password_months"].integer(),
                          call.body["idle_minutes"].integer(), call.body["two_factor"].boolean(),
                          call.body["network"].boolean(before.network)};
  KHIEN_TRY(const Node kept, call.change("settings.save", "settings", 0,
                                         [&](const Database& db, Act& act) -> Result<Node> {
                                           KHIEN_DO(save_settings(db, settings));
                                           KHIEN_DO(save_channels(db, call.body));
                                           KHIEN_TRY(Node all, settings_node(db));
                                           act.detail = all;
                                           return all;
                                         }));
  return json_response(shown_node(call, kept));
}

}  // namespace

void add_settings(Handlers& handlers) {
  handlers.add("setting_read", read_all_settings);
  handlers.add("setting_save", save_all_settings);
}

}  // namespace khien::hub
