// khien doctor: what protects this run on this machine, and which outside programs are there.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "base/environment.h"
#include "base/worker.h"

namespace khien::app {
namespace {

struct Tool {
  const char* path;
  const char* id;  // text of what is lost without it
};

constexpr Tool kTools[] = {{"/usr/bin/pdftotext", "app.doctor.tool.pdftotext"},
                           {"/usr/bin/tesseract", "app.doctor.tool.tesseract"},
                           {"/usr/share/tesseract-ocr/5/tessdata/vie.traineddata",
                            "app.doctor.tool.tesseract_vie"},
                           {"/usr/share/fonts/truetype/liberation2", "app.doctor.tool.fonts"}};

void run(Context& context) {
  Node lines = Node::list();
  bool all = true;
  for (const Protection& p : probe_protections()) {
    all = all && p.holds;
    lines.push(Node::map({{"id", p.id}, {"holds", p.holds}, {"detail", p.detail}}));
    if (context.json) continue;
    print(fmt::format("{:<3} {}{}", p.holds ? "OK" : "!!", context.say("protection." + p.id),
                      p.holds || p.detail.empty() ? "" : " (" + p.detail + ")"));
  }
  for (const Tool& tool : kTools) {
    std::error_code ec;
    const bool there = std::filesystem::exists(tool.path, ec);
    lines.push(Node::map({{"id", tool.path}, {"holds", there}, {"detail", ""}}));
    if (!context.json) {
      print(fmt::format("{:<3} {}: {}", there ? "OK" : "--", tool.path, context.say(tool.id)));
    }
  }
  if (context.json) print(to_json(lines));
  else print(context.say("app.doctor.state", {{"folder", state_folder().string()}}));
  if (!all) context.raise(not_all_good);
}

}  // namespace

void add_doctor(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("doctor", context.say("app.doctor.about"));
  context.json_commands.push_back(command);
  command->callback([&context] { run(context); });
}

}  // namespace khien::app
