#include "collect/host_windows/user_hives.h"

namespace khien::host_windows {

RegistryKey UserHives::read(const std::string& key) const {
  RegistryKey live = live_.read(key);
  if (live.problem != Problem::absent || !key.starts_with("HKU\\")) return live;
  const std::string_view rest = std::string_view(key).substr(4);
  const std::string sid(rest.substr(0, rest.find('\\')));
  const auto folder = folders_.find(sid);
  if (folder == folders_.end() || live_.read("HKU\\" + sid).ok()) return live;
  if (sid_ != sid) {
    sid_ = sid;
    hive_.reset();
    FileBytes file = files_.read(folder->second + "\\NTUSER.DAT", kHiveBytes);
    problem_ = file.problem;
    if (file.ok()) {
      hive_ = Hive::open(std::move(file.bytes));
      if (!hive_) problem_ = Problem::broken;
    }
  }
  if (hive_) return hive_->read(rest.substr(std::min(rest.size(), sid.size() + 1)));
  live.problem = problem_;
  return live;
}

}  // namespace khien::host_windows
