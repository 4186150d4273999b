// khien confirm DISPATCH: a person goes through the reading, unsure parts first; what was answered
// is kept beside the dispatch and counts wherever it is read.
#include <CLI/CLI.hpp>

#include "app/ask.h"
#include "app/assess_steps.h"
#include "app/confirm_walk.h"
#include "app/confirmation.h"
#include "app/errors.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "base/text.h"
#include "dispatch/measures.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct Options {
  fs::path dispatch;
  fs::path agency;
  std::string by;
  bool accept = false;
};

Done keep(Context& context, const Options& o, const Order& before, const Order& after,
          const std::string& by) {
  const fs::path file = confirmation_file(o.dispatch);
  KHIEN_DO(save(context.outputs, file, confirmation_text(context, before, after, by)));
  if (!context.overlay.empty()) KHIEN_DO(keep_corrections(context, before, after));
  print("\n" + context.say("confirm.kept", {{"file", file.string()}, {"by", by}}));
  print(context.say("confirm.next", {{"dispatch", o.dispatch.string()}}));
  return {};
}

// Everything that is asked, and the name of who answered: nothing when it ended before.
std::optional<std::string> ask_all(Context& context, const Options& o, const Vocabulary& vocabulary,
                                   const AddresseeRules& rules, const Agency* agency,
                                   Order& order) {
  ConfirmWalk w{context, vocabulary, rules, agency, order};
  const Walked walked = o.accept ? Walked::done : walk(w);
  if (walked == Walked::stopped) note(context.say("confirm.stopped"));
  if (walked == Walked::nobody) {
    context.report({err::confirm_no_terminal, o.dispatch.string(), {}}, usage);
  }
  if (walked != Walked::done) return std::nullopt;
  if (!trim(o.by).empty()) return o.by;
  const auto by = ask("\n" + context.say("confirm.by"));
  if (by && !by->empty()) return by;
  context.report({err::confirm_needs_name, "--by", {}}, usage);
  return std::nullopt;
}

Done confirm(Context& context, const Options& o) {
  KHIEN_DO(spare_existing(context.outputs, {confirmation_file(o.dispatch)}));
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const AddresseeRules rules, AddresseeRules::load(context.content));
  Agency agency;
  if (!o.agency.empty()) {
    KHIEN_TRY(agency, load_agency(o.agency));
  }
  KHIEN_TRY(const Order before, order_from_documents(context, vocabulary, {o.dispatch}));
  Order after = before;
  const Dispatch& d = before.dispatch;
  print(context.say("confirm.head",
                    {{"number", d.number.empty() ? context.say("app.compile.no_number") : d.number},
                     {"issuer", d.issuer.empty() ? "none" : d.issuer},
                     {"count", static_cast<std::int64_t>(before.measures.size())}}));
  print(before.dispatch.subject_line);
  const auto by = ask_all(context, o, vocabulary, rules, o.agency.empty() ? nullptr : &agency,
                          after);
  if (!by) {
    context.raise(not_all_good);
    return {};
  }
  return keep(context, o, before, after, *by);
}

}  // namespace

void add_confirm(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("confirm", context.say("confirm.about"));
  auto o = std::make_shared<Options>();
  command->add_option("dispatch", o->dispatch, context.say("confirm.dispatch"))->required();
  command->add_option("--agency", o->agency, context.say("confirm.agency"));
  command->add_option("--by", o->by, context.say("app.compile.by"));
  command->add_flag("--accept", o->accept, context.say("confirm.accept"));
  command->callback([o, &context] {
    if (const auto done = confirm(context, *o); !done) {
      context.report(done.error(), exit_for(done.error()));
    }
  });
}

}  // namespace khien::app
