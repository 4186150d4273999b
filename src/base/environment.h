// The only door to the process environment.
#pragma once

#include <filesystem>
#include <string>

namespace khien {

// Where this installation keeps its key and trusted keys: $KHIEN_STATE, else
// $XDG_STATE_HOME/khien, else ~/.local/state/khien.
[[nodiscard]] std::filesystem::path state_folder();
// $VISUAL or $EDITOR; "" when neither is set.
[[nodiscard]] std::string preferred_editor();
// Standard error is a terminal: progress may be shown.
[[nodiscard]] bool is_terminal();
// Standard output is a terminal and NO_COLOR is not set.
[[nodiscard]] bool shows_colours();
// No core file, no other process of this user that reads our memory: passwords' hashes and the key
// pass through it. Once, at the start.
void keep_memory_private();
// For a child that must not outlive the program of that id which started it: the kernel kills it
// then. "" is nothing to do; it ends at once when that program has gone already.
void end_with_parent(const std::string& parent_id);
// Columns of the terminal on standard output; `fallback` when there is none.
[[nodiscard]] int terminal_width(int fallback);

}  // namespace khien
