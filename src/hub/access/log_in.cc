#include "hub/access/log_in.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "hub/access/challenge.h"
#include "hub/access/key_sign_in.h"
#include "hub/access/ldap_bind.h"
#include "hub/access/otp.h"
#include "hub/data/passkey.h"
#include "hub/data/session.h"
#include "hub/data/setting.h"
#include "hub/errors.h"
#include "hub/notify/notify.h"

namespace khien::hub {
namespace {

constexpr const char* kDeviceKey = "device_key";
constexpr std::size_t kLoginShown = 64;
constexpr std::size_t kCodeChars = 6;

tl::unexpected<Error> later(std::int64_t wait_ms) {
  return fail(err::hub_too_many, "",
              {{"seconds", fmt::format("{}", (wait_ms + 999) / 1000)}});
}

std::string device_text(const std::string& key, const User& user) {
  const std::string id = fmt::format("{}", user.id);
  return id + "." + sha256_hex(key + id + key);
}

}  // namespace

Result<std::string> LogIn::device_of(const User& user) {
  KHIEN_TRY(const std::string key, kept_secret(data_, kDeviceKey));
  return device_text(key, user);
}

bool LogIn::is_device(const Credentials& given, const User* user) {
  if (user == nullptr || given.device.empty()) return false;
  const auto key = kept_secret(data_, kDeviceKey);
  return key && given.device == device_text(*key, *user);
}

Done LogIn::refused(const Credentials& given, const User* user, const char* why) {
  const std::string login = fold(shorten(given.login, kLoginShown));
  throttle_.failed(login, given.remote);
  Act act;
  act.user_id = user == nullptr ? 0 : user->id;
  act.login = shorten(given.login, kLoginShown);
  act.remote = given.remote;
  act.action = "session.refused";
  act.detail.set("why", why);
  return data_.change(act, [](const Database&, Act&) { return Done{}; });
}

Result<bool> LogIn::take_code(const User& user, const std::string& code) {
  return data_.touch([&](const Database& db) -> Result<bool> {
    // Read again: another sign-in may just have used the same code.
    KHIEN_TRY(auto now, find_user(db, user.id));
    if (!now) return false;
    if (code.size() != kCodeChars) {
      return use_recovery_code(db, user.id, recovery_hash(code), data_.clock().now_ms());
    }
    if (now->otp_secret.empty()) return false;  // his second factor is a key
    const auto step = otp_step(now->otp_secret, code, data_.clock().now_ms(), now->otp_step);
    if (!step) return false;
    now->otp_step = *step;
    KHIEN_DO(save_user(db, *now));
    return true;
  });
}

// Who is none of the directory's takes as long as a wrong password here.
Result<bool> LogIn::shows(const User* user, const std::string& password) {
  if (user == nullptr || user->way != "directory") {
    return passwords_.verify(user == nullptr ? "" : user->password, password);
  }
  DirectoryServer server;
  {
    KHIEN_TRY(const Data::Reading db, data_.read());
    KHIEN_TRY(const Node kept, read_setting(*db, "directory"));
    server = directory_server_from(kept);
  }
  if (!server.set()) return false;
  KHIEN_TRY(const std::string reader, read_secret(data_.folder() / kReaderPassword));
  return binds(server, reader, user->login, password);
}

// Whoever has a key of any host of this server needs a second factor under each of its names.
Done LogIn::second_step(const Credentials& given, const User& user) {
  bool needed = !user.otp_secret.empty();
  if (!needed) {
    KHIEN_TRY(const Data::Reading db, data_.read());
    KHIEN_TRY(needed, has_passkeys(*db, user.id));
  }
  if (!needed) return {};
  if (given.key) {
    const auto used = use_key(data_, {"second", user.id, given.page.host}, given.page, *given.key,
                              given.remote);
    if (used) return {};
    throttle_.failed(fold(shorten(given.login, kLoginShown)), given.remote);
    return pass_on(used.error());
  }
  if (given.otp.empty()) return fail(err::hub_code_missing, "otp");
  KHIEN_TRY(const bool taken, take_code(user, given.otp));
  if (taken) return {};
  KHIEN_DO(refused(given, &user, "otp"));
  return fail(err::hub_sign_in_wrong, "");
}

Result<User> LogIn::check(const Credentials& given) {
  std::optional<User> user;
  {
    KHIEN_TRY(const Data::Reading db, data_.read());
    KHIEN_TRY(user, find_login(*db, given.login));
  }
  const User* known = user ? &*user : nullptr;
  const std::string login = fold(shorten(given.login, kLoginShown));
  const std::int64_t wait = throttle_.wait_ms(login, given.remote, is_device(given, known));
  if (wait > 0) return later(wait);
  KHIEN_TRY(const bool right, shows(known, given.password));
  if (!right || known->disabled_at != 0) {
    KHIEN_DO(refused(given, known, !right ? "password" : "disabled"));
    return fail(err::hub_sign_in_wrong, "");
  }
  KHIEN_DO(second_step(given, *known));
  throttle_.passed(login, given.remote);
  return *user;
}

Done LogIn::confirm(const User& user, const std::string& password, const std::string& remote) {
  const std::string login = fold(shorten(user.login, kLoginShown));
  const std::int64_t wait = throttle_.wait_ms(login, remote, true);
  if (wait > 0) return later(wait);
  KHIEN_TRY(const bool right, shows(&user, password));
  if (right) return {};
  KHIEN_DO(refused({user.login, "", "", remote, ""}, &user, "password"));
  return fail(err::hub_sign_in_wrong, "old");
}

Done LogIn::set_password(const User& user, const std::string& password, Act act,
                         const std::string& kept_session) {
  if (user.way != "password") return fail(err::sign_in_elsewhere, user.login);
  KHIEN_DO(passwords_.check(password, user.login));
  if (passwords_.verify(user.password, password)) return fail(err::hub_password_weak, "new");
  KHIEN_TRY(const std::string encoded, passwords_.hash(password));
  act.action = "users.password";
  return data_.change(std::move(act), [&](const Database& db, Act&) -> Done {
    KHIEN_TRY(auto now, find_user(db, user.id));
    if (!now) return fail(err::hub_not_found, user.login);
    now->password = encoded;
    now->password_at = data_.clock().now_ms();
    now->must_change = false;
    KHIEN_DO(save_user(db, *now));
    return end_sessions(db, user.id, kept_session);
  });
}

}  // namespace khien::hub
