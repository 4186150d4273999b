// What a command writes, and the one guard of what is the user's: no output is what the command
// reads (an input, or a file in a folder that is read), and none takes the place of a file that is
// there unless --force says so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "base/file.h"
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
// The same of files that are there already: they stay, K0744, unless outputs.force.
[[nodiscard]] Done spare_existing(const Outputs& outputs);
[[nodiscard]] Done spare_existing(const Outputs& outputs,
                                  const std::vector<std::filesystem::path>& files);
// Of what a file of the command line names in turn. K0005.
[[nodiscard]] Done spare_inputs(const Outputs& outputs,
                                const std::vector<std::filesystem::path>& inputs);
// The sources of an agency and the files beside agency.yaml they name.
[[nodiscard]] Done spare_sources(const Outputs& outputs, const Agency& agency);

// Every command writes its files by this: whole or not at all, folders above them made. K0744 when
// something is there and may not be replaced, K0002.
[[nodiscard]] Done save(const Outputs& outputs, const std::filesystem::path& path,
                        std::string_view bytes, Access access = Access::umask);

}  // namespace khien::app
