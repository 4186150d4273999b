// Manual pages and the completion of bash, made of the same tree of commands as --help.
#pragma once

#include <filesystem>
#include <string>

#include "app/commands.h"

namespace khien::app {

// khien.1 and one page a command (khien-register.1, its subcommands in it), in the user's language,
// into a folder. K0744, K0002.
[[nodiscard]] Done write_manual(const CLI::App& root, const Context& context,
                                const std::filesystem::path& folder);
// A script to source, or to put where bash-completion looks: commands, options, values that are one
// of a few words, programmes, registers; else names of files.
[[nodiscard]] std::string bash_completion(const CLI::App& root, const Context& context);

}  // namespace khien::app
