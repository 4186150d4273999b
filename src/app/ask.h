// Questions in the terminal: one line asked, one line read. Scripts answer by standard input.
#pragma once

#include <optional>
#include <string>

#include "app/context.h"

namespace khien::app {

// Somebody may answer: standard input is a terminal.
[[nodiscard]] bool somebody_there();

// Prints the question and reads one line: NFC, without control characters, at most 2,000 bytes of
// it; nothing once standard input has ended.
[[nodiscard]] std::optional<std::string> ask(const std::string& question);

}  // namespace khien::app
