// APT's configuration, apt.conf(5): "A::B "value";" and the same in blocks, comments of three
// kinds, #clear. Names are compared in lower case; the last value of a name counts.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace khien::host {

class AptConf {
 public:
  void take(std::string_view text);  // one more file, in the order APT reads them
  [[nodiscard]] std::string value(std::string_view name) const;  // "" when it is not set
  // A period or switch that is on: set, and not 0.
  [[nodiscard]] bool on(std::string_view name) const;

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace khien::host
