#include "hub/data/setting.h"

namespace khien::hub {

Result<Node> read_setting(const Database& db, const std::string& name) {
  KHIEN_TRY(const Value value, db.one("select value from setting where name = ?1", {name}));
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return Node{};
  return parse_json(*text, "setting " + name);
}

Done save_setting(const Database& db, const std::string& name, const Node& value) {
  KHIEN_TRY(Statement s, db.prepare("insert into setting values(?1, ?2) on conflict(name)"
                                    " do update set value = ?2"));
  return s.bind(1, name).bind(2, to_json(value)).run();
}

Result<Settings> read_settings(const Database& db) {
  KHIEN_TRY(const Node node, read_setting(db, "settings"));
  Settings out;
  out.password_months = node["password_months"].integer(out.password_months);
  out.idle_minutes = node["idle_minutes"].integer(out.idle_minutes);
  out.two_factor = node["two_factor"].boolean(out.two_factor);
  out.network = node["network"].boolean(out.network);
  return out;
}

Done save_settings(const Database& db, const Settings& settings) {
  return save_setting(db, "settings", Node::map({{"password_months", settings.password_months},
                                                 {"idle_minutes", settings.idle_minutes},
                                                 {"two_factor", settings.two_factor},
                                                 {"network", settings.network}}));
}

}  // namespace khien::hub
