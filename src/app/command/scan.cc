// khien scan: a file or folder by the ClamAV of this machine and by YARA rules. Files are named
// here and nowhere else; nothing is moved or deleted.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "base/text.h"
#include "base/worker_errors.h"
#include "collect/malware_scan/malware_scan.h"

namespace khien::app {
namespace {

void tell(const Context& context, const malware::Scanned& scanned) {
  for (const malware::Hit& hit : scanned.hits) {
    print(context.say("malware.scan.hit", {{"path", squeeze(nfc(hit.path))},
                                           {"rule", hit.rule},
                                           {"engine", hit.engine == "yara" ? "YARA" : "ClamAV"},
                                           {"severity", hit.severity}}));
  }
  for (const Row& run : scanned.collection.tables.at("scan_run").rows) {
    const std::string result = to_text(run.at("result"));
    print(context.say("malware.scan.run", {{"product", to_text(run.at("product"))},
                                           {"scanned", number_of(run, "scanned_count", -1)},
                                           {"infected", number_of(run, "infected_count", -1)},
                                           {"result", result}}));
  }
}

void scan(Context& context, malware::ScanOptions options) {
  options.source = options.path.string();
  const bool terminal = isatty(STDERR_FILENO) != 0;
  Progress progress(context.clock, terminal && !context.json);
  std::int64_t seen = 0;
  progress.phase(context.say("malware.scan.phase"));
  options.progress = [&](std::int64_t done, std::int64_t total) {
    if (seen == 0) progress.phase(context.say("malware.scan.phase"), total);
    progress.advance(done + 1 - seen);
    seen = done + 1;
  };
  auto scanned = malware::scan(options, context.content, context.workers(), context.clock);
  progress.finish();
  if (!scanned) return context.report(scanned.error());
  for (const Error& problem : scanned->problems) {
    const bool absent = problem.code == err::program_missing;
    if (absent) note(context.say("malware.scan.no_clamav"));
    else context.report(problem);
    if (absent) context.raise(not_all_good);
  }
  if (context.json) {
    for (const malware::Hit& hit : scanned->hits) print(to_json(malware::to_node(hit)));
  } else {
    tell(context, *scanned);
  }
  if (scanned->unread > 0) note(context.say("malware.scan.unread", {{"count", scanned->unread}}));
  for (const Row& run : scanned->collection.tables.at("scan_run").rows) {
    const std::string result = to_text(run.at("result"));
    if (result == "failed") context.raise(broken);
    if (result == "stopped") context.raise(not_all_good);
  }
  const bool bad = std::any_of(scanned->hits.begin(), scanned->hits.end(),
                               [](const malware::Hit& hit) { return hit.severity != "info"; });
  if (bad || scanned->unread > 0) context.raise(not_all_good);
}

}  // namespace

void add_scan(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("scan", context.say("malware.scan.about"));
  auto options = std::make_shared<malware::ScanOptions>();
  auto no_clamav = std::make_shared<bool>(false);
  auto no_yara = std::make_shared<bool>(false);
  command->add_option("path", options->path, context.say("malware.scan.path"))->required();
  command->add_option("--rules", options->rules, context.say("malware.scan.rules"));
  command->add_option("--signatures", options->signatures,
                      context.say("malware.scan.signatures"));
  command->add_flag("--no-clamav", *no_clamav, context.say("malware.scan.without_clamav"));
  command->add_flag("--no-yara", *no_yara, context.say("malware.scan.without_yara"));
  context.json_commands.push_back(command);
  command->callback([options, no_clamav, no_yara, &context] {
    options->clamav = !*no_clamav;
    options->yara = !*no_yara;
    scan(context, *options);
  });
}

}  // namespace khien::app
