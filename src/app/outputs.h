// What a command will write, and the one guard that keeps it from being what the command reads: an
// input, or a file in a folder that is read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "collect/source/source.h"

namespace CLI {
class App;
class Option;
}

namespace khien::app {

// An option that names a file or folder to write. Every such option is declared by this.
CLI::Option* add_output(CLI::App& command, Context& context, const std::string& names,
                        std::filesystem::path& target, const std::string& about);

// Of the command line, before the command runs: every other value that is a file or folder counts
// as read. K0005.
[[nodiscard]] Done spare_arguments(const CLI::App& root, const Outputs& outputs);
// Of what a file of the command line names in turn. K0005.
[[nodiscard]] Done spare_inputs(const Outputs& outputs,
                                const std::vector<std::filesystem::path>& inputs);
// The sources of an agency and the files beside agency.yaml they name.
[[nodiscard]] Done spare_sources(const Outputs& outputs, const Agency& agency);

}  // namespace khien::app
