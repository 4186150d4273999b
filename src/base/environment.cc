// Environment and terminal, read once where asked for.
#include "base/environment.h"

#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace khien {
namespace {
std::filesystem::path variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::filesystem::path home() {
  if (auto path = variable("HOME"); !path.empty()) return path;
  const passwd* entry = ::getpwuid(::getuid());
  return entry == nullptr ? "/" : entry->pw_dir;
}
}  // namespace

std::filesystem::path state_folder() {
  if (auto path = variable("KHIEN_STATE"); !path.empty()) return path;
  if (auto path = variable("XDG_STATE_HOME"); !path.empty()) return path / "khien";
  return home() / ".local/state/khien";
}

std::string preferred_editor() {
  if (auto editor = variable("VISUAL"); !editor.empty()) return editor.string();
  return variable("EDITOR").string();
}

bool is_terminal() { return ::isatty(STDERR_FILENO) != 0; }

bool shows_colours() { return ::isatty(STDOUT_FILENO) != 0 && variable("NO_COLOR").empty(); }

void keep_memory_private() {
#ifndef KHIEN_SANITIZED  // the leak checker reads it from outside
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

void end_with_parent(const std::string& parent_id) {
  if (parent_id.empty()) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (std::to_string(::getppid()) != parent_id) std::_Exit(EXIT_FAILURE);
}

int terminal_width(int fallback) {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
    return fallback;
  }
  return size.ws_col >= 40 ? size.ws_col : fallback;
}

}  // namespace khien
