// Hives of users who are not logged on, in place of what the live registry does not show.
#pragma once

#include "collect/host_windows/machine.h"
#include "format/windows/hive.h"

namespace khien::host_windows {

// The registry of the machine, with the hives of users who are not logged on laid under HKU. One
// hive is held at a time.
class UserHives final : public Registry {
 public:
  UserHives(const Registry& live, const Files& files) : live_(live), files_(files) {}
  void add(const std::string& sid, const std::string& folder) { folders_[sid] = folder; }
  [[nodiscard]] RegistryKey read(const std::string& key) const override;

 private:
  const Registry& live_;
  const Files& files_;
  std::map<std::string, std::string> folders_;
  mutable std::string sid_;  // whose hive is held
  mutable std::optional<Hive> hive_;
  mutable Problem problem_ = Problem::absent;
};

}  // namespace khien::host_windows
