// khien share X.khien: a second sealed file without subjects and personal data, fit to go up.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "app/share_rules.h"
#include "base/environment.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

Done share(Context& context, const fs::path& file, const fs::path& out) {
  KHIEN_DO(spare_input(file, out));
  KHIEN_DO(check_own_key());
  KHIEN_TRY(const ShareRules rules, share_rules());
  KHIEN_TRY(const OpenedAssessment opened, open_assessment(context, file));
  if (!opened.intact || !opened.signature_ok) return fail(err::seal_broken, file.string());
  note_unknown_key(context, file, opened.public_key);
  const Assessment shared = shared_copy(opened.assessment, opened.sha256, rules);
  KHIEN_TRY(const Database db, new_assessment_database(FactSchema{}));
  KHIEN_DO(write_assessment(db, shared));
  KHIEN_TRY(std::string bytes, db.bytes());
  KHIEN_TRY(KeyPair key, own_key(state_folder()));
  KHIEN_TRY(const std::string sealed, seal(std::move(bytes), key));
  wipe(key.secret_key);
  return save(context.outputs, out, sealed);
}

}  // namespace

void add_share(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("share", context.say("app.share.about"));
  auto file = std::make_shared<fs::path>();
  auto out = std::make_shared<fs::path>();
  command->add_option("file", *file, context.say("app.share.file"))->required();
  add_output(*command, context, "--out", *out, context.say("app.share.out"));
  command->callback([file, out, &context] {
    fs::path target = *out;
    if (target.empty()) target = fs::path(*file).replace_extension(".chia-se.khien");
    if (const auto done = share(context, *file, target); !done) {
      return context.report(done.error());
    }
    print(context.say("app.share.written", {{"file", target.string()}}));
  });
}

}  // namespace khien::app
