// Passwords of users: Argon2id (RFC 9106), and what a new one must be.
#pragma once

#include <memory>
#include <mutex>
#include <semaphore>
#include <set>
#include <string>
#include <string_view>

#include "base/content.h"

namespace khien::hub {

class Passwords {
 public:
  // The words of content/words/passwords.yaml are common ones. K0030.
  [[nodiscard]] static Result<std::unique_ptr<Passwords>> load(const Content& content);

  // 9 characters and three of four kinds at least, without the login, no common one, at most 128.
  // K1316.
  [[nodiscard]] Done check(std::string_view password, std::string_view login) const;
  // Encoded "$argon2id$..."; 32 MiB and three passes. Two at a time, others wait.
  [[nodiscard]] Result<std::string> hash(std::string_view password);
  // False for "", too, in the same time: nobody learns whether a login is there.
  [[nodiscard]] bool verify(const std::string& encoded, std::string_view password);
  // One that passes check(), for a person to be told once.
  [[nodiscard]] Result<std::string> make() const;

 private:
  std::counting_semaphore<2> room_{2};
  std::set<std::string> common_;
  std::string nobody_;  // a hash no password has
};

}  // namespace khien::hub
