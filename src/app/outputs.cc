#include "app/outputs.h"

#include <CLI/CLI.hpp>

#include "app/errors.h"
#include "base/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

// `inner` is `outer` or lies below it. Compared as paths: what does not exist has no other name.
bool is_at_or_below(const fs::path& inner, const fs::path& outer) {
  const fs::path way = inner.lexically_relative(outer);
  return !way.empty() && *way.begin() != "..";
}

bool would_destroy(const fs::path& out, const fs::path& input) {
  std::error_code ec;
  const fs::file_status read = fs::status(input, ec);
  if (fs::is_regular_file(read) && fs::equivalent(input, out, ec)) return true;  // hard links too
  const fs::path real_out = fs::weakly_canonical(out, ec);
  const fs::path real_input = fs::weakly_canonical(input, ec);
  if (real_out.empty() || real_input.empty()) return false;
  return fs::is_directory(read) ? is_at_or_below(real_out, real_input) : real_out == real_input;
}

Done spare(const fs::path& out, const fs::path& input) {
  if (out.empty() || input.empty() || !would_destroy(out, input)) return {};
  return fail(err::file_is_input, out.string());
}

// A device or a pipe is written into; all else that is no folder is somebody's file.
bool is_taken(const fs::path& path) {
  std::error_code ec;
  const fs::file_type type = fs::symlink_status(path, ec).type();
  return type == fs::file_type::regular || type == fs::file_type::symlink;
}

}  // namespace

CLI::Option* add_output(CLI::App& command, Context& context, const std::string& names,
                        fs::path& target, const std::string& about) {
  CLI::Option* option = command.add_option(names, target, about);
  context.outputs.options.push_back(option);
  return option;
}

Done spare_inputs(const Outputs& outputs, const std::vector<fs::path>& inputs) {
  for (const CLI::Option* option : outputs.options) {
    for (const std::string& out : option->results()) {
      for (const fs::path& input : inputs) KHIEN_DO(spare(out, input));
    }
  }
  return {};
}

Done spare_arguments(const CLI::App& root, const Outputs& outputs) {
  std::vector<fs::path> inputs;
  const auto add = [&](const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
      const auto& out = outputs.options;
      if (std::find(out.begin(), out.end(), option) != out.end()) continue;
      for (const std::string& value : option->results()) {
        std::error_code ec;
        if (fs::exists(value, ec)) inputs.emplace_back(value);
      }
    }
  };
  for (const CLI::App* command = &root; command != nullptr;) {
    add(*command);
    const auto below = command->get_subcommands();
    command = below.empty() ? nullptr : below.front();
  }
  return spare_inputs(outputs, inputs);
}

Done spare_sources(const Outputs& outputs, const Agency& agency) {
  std::vector<fs::path> inputs;
  for (const AgencySource& source : agency.sources) {
    inputs.push_back(source.path);
    for (const char* field : {"password_file", "ca", "words", "rules"}) {
      const std::string name = source.fields.is_map() ? source.text(field) : "";
      if (!name.empty()) inputs.push_back(source.folder / name);
    }
  }
  return spare_inputs(outputs, inputs);
}

Done spare_existing(const Outputs& outputs, const std::vector<fs::path>& files) {
  if (outputs.force) return {};
  for (const fs::path& file : files) {
    if (is_taken(file)) return fail(err::output_there, file.string());
  }
  return {};
}

Done spare_existing(const Outputs& outputs) {
  std::vector<fs::path> files;
  for (const CLI::Option* option : outputs.options) {
    for (const std::string& out : option->results()) files.emplace_back(out);
  }
  return spare_existing(outputs, files);
}

Done save(const Outputs& outputs, const fs::path& path, std::string_view bytes, Access access) {
  KHIEN_DO(spare_existing(outputs, {path}));
  KHIEN_DO(make_folder(path.parent_path(), access));
  std::error_code ec;
  const bool replaced = outputs.force || fs::exists(path, ec);  // or a device, a pipe
  return replaced ? write_file(path, bytes, access) : write_new_file(path, bytes, access);
}

}  // namespace khien::app
