// The tree of commands: what --help, the manual pages and the completion of a shell are all made
// from.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/context.h"

namespace khien::app {

// Every command under `root`, with the help's own words in the user's language.
void add_commands(CLI::App& root, Context& context);

// The command the line came to ("khien register list"), its options' names and those of its
// subcommands; hidden ones left out.
[[nodiscard]] const CLI::App& reached(const CLI::App& root);
[[nodiscard]] std::string path_of(const CLI::App& command);
[[nodiscard]] std::vector<std::string> words_of(const CLI::App& command);
[[nodiscard]] std::vector<const CLI::App*> parts_of(const CLI::App& command);

// What an option takes, in one word of the user's language: "TỆP", "NGÀY"; "" for a flag.
[[nodiscard]] std::string value_word(const Context& context, const CLI::Option& option);

// What is wrong with a command line, in the user's language, with the word that was meant.
[[nodiscard]] std::string mistake(const CLI::App& root, const CLI::ParseError& error,
                                  const Context& context);

}  // namespace khien::app
