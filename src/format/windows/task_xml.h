// What a scheduled task runs, from its definition (Task Scheduler schema 1.0-1.4). The text comes
// from the machine being looked at and is not trusted: no entity but the five of XML is replaced,
// nothing is nested, a cut text gives what was whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::host_windows {

struct TaskAction {
  std::string command, arguments;  // a COM handler: "" and the class
  std::string handler;
};
struct TaskDefinition {
  std::vector<TaskAction> actions;
  std::string user;      // UserId or GroupId: a SID or a name
  std::string triggers;  // their kinds: "LogonTrigger, CalendarTrigger"
};

inline constexpr std::size_t kTaskXmlBytes = std::size_t{256} << 10;
inline constexpr std::size_t kTaskActions = 32;

[[nodiscard]] TaskDefinition parse_task(std::string_view xml);

}  // namespace khien::host_windows
