// khien init [FOLDER]: the files of an agency, asked for in the terminal or by options. What is
// there already stays as it is.
#include <CLI/CLI.hpp>

#include "app/ask.h"
#include "app/new_agency.h"
#include "app/outputs.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kApplications = 200;

struct Options : AgencyAnswers {
  fs::path folder = "co-quan";
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t end = std::min(line.find_first_of(",;", from), line.size());
    const std::string word = squeeze(line.substr(from, end - from));
    if (!word.empty() && out.size() < kApplications) out.push_back(word);
    from = end + 1;
  }
  return out;
}

// Enter leaves a question open; the end of the input leaves all that are left.
void ask_all(const Context& context, AgencyAnswers& a) {
  print(context.say("init.ask.head"));
  const auto one = [&](const char* id) {
    return ask(context.say(std::string("init.ask.") + id)).value_or("");
  };
  a.name = one("name");
  a.parent = one("parent");
  a.place = one("place");
  a.signer = one("signer");
  a.officer = one("officer");
  a.applications = split(one("applications"));
  for (;;) {
    const std::string count = one("machines");
    const bool number = count.size() <= 6 && count.find_first_not_of("0123456789") == count.npos;
    if (number) a.machines = count.empty() ? 0 : std::stoi(count);
    if (number) return;
    print(context.say("init.ask.number"));
  }
}

// An application that agency.yaml does not name yet: its line is told, the file is not touched.
void tell_new_entries(const Context& context, const Options& o) {
  const auto text = read_file(o.folder / "agency.yaml", limits::yaml_file_bytes);
  if (!text) return;
  std::string entries;
  for (const std::string& application : o.applications) {
    if (text->find(accounts_file(context, application)) != text->npos) continue;
    entries += accounts_entry(context, application);
  }
  if (!entries.empty()) print(context.say("init.add_entry") + "\n" + entries);
}

Done make(Context& context, const Options& o) {
  KHIEN_TRY(const auto files, new_agency_files(context, o));
  std::int64_t made = 0;
  std::int64_t kept = 0;
  for (const NewFile& file : files) {
    std::error_code ec;
    const fs::path path = o.folder / file.path;
    if (fs::exists(fs::symlink_status(path, ec))) {
      ++kept;
      continue;
    }
    KHIEN_DO(make_folder(path.parent_path()));
    KHIEN_DO(write_new_file(path, file.bytes));
    ++made;
  }
  print(context.say("init.made", {{"folder", o.folder.string()}, {"made", made}, {"kept", kept}}));
  if (kept > 0) tell_new_entries(context, o);
  print(context.say("init.next", {{"folder", o.folder.string()}}));
  return {};
}

}  // namespace

void add_init(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("init", context.say("init.about"));
  auto o = std::make_shared<Options>();
  command->add_option("folder", o->folder, context.say("init.folder"));
  const auto text = [&](const char* name, std::string& target, const char* id) {
    command->add_option(name, target, context.say(std::string("init.option.") + id));
  };
  text("--name", o->name, "name");
  text("--parent", o->parent, "parent");
  text("--place", o->place, "place");
  text("--signer", o->signer, "signer");
  text("--officer", o->officer, "officer");
  command->add_option("--application", o->applications, context.say("init.option.application"));
  command->add_option("--machines", o->machines, context.say("init.option.machines"))
      ->check(CLI::Range(0, 999'999));
  command->callback([command, o, &context] {
    const bool told = command->count_all() > 1 + command->count("folder");
    std::error_code ec;
    const bool begun = fs::exists(o->folder / "agency.yaml", ec);
    if (!told && !begun && somebody_there()) ask_all(context, *o);
    if (const auto done = make(context, *o); !done) context.report(done.error());
  });
}

}  // namespace khien::app
