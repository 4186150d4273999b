// Any text is a definition with bounded actions.
#include "format/windows/task_xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto task = khien::host_windows::parse_task({reinterpret_cast<const char*>(data), size});
  if (task.actions.size() > khien::host_windows::kTaskActions) __builtin_trap();
  return 0;
}
