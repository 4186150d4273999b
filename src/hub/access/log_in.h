// Signing in with login, password (of this hub, or of the directory) and, where set, a second
// factor: a one-time code, a recovery code or a security key.
#pragma once

#include <optional>
#include <string>

#include "hub/access/passkey.h"
#include "hub/access/password.h"
#include "hub/access/throttle.h"
#include "hub/data/data.h"
#include "hub/data/user.h"

namespace khien::hub {

struct Credentials {
  std::string login, password;
  std::string otp;      // six digits or a recovery code; "" when none was given
  std::string remote;
  std::string device;   // the device cookie, "" without one
  std::optional<KeyAnswer> key = {};  // in place of the code
  PageAddress page = {};
};

class LogIn {
 public:
  LogIn(Data& data, Passwords& passwords, Throttle& throttle)
      : data_(data), passwords_(passwords), throttle_(throttle) {}

  // K1314 wrong (which of the three is not said), K1330 right but for the second factor that is
  // missing, K1336, K1337 for a key, K1309 try later. Each refusal is audited.
  [[nodiscard]] Result<User> check(const Credentials& given);
  // The password of one who is signed in; K1314, K1309, K1351.
  [[nodiscard]] Done confirm(const User& user, const std::string& password,
                             const std::string& remote);
  // Sets a new one and ends all other sessions of the user. K1316; K1354 when it is kept elsewhere.
  [[nodiscard]] Done set_password(const User& user, const std::string& password, Act act,
                                  const std::string& kept_session);
  // The cookie that tells a browser that has signed in here before.
  [[nodiscard]] Result<std::string> device_of(const User& user);

 private:
  // Here, or in the directory that is set. K1351.
  [[nodiscard]] Result<bool> shows(const User* user, const std::string& password);
  [[nodiscard]] bool is_device(const Credentials& given, const User* user);
  [[nodiscard]] Done second_step(const Credentials& given, const User& user);
  [[nodiscard]] Result<bool> take_code(const User& user, const std::string& code);
  [[nodiscard]] Done refused(const Credentials& given, const User* user, const char* why);
  Data& data_;
  Passwords& passwords_;
  Throttle& throttle_;
};

}  // namespace khien::hub
