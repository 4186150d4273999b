// khien compile FILE|FOLDER...: dispatch -> measures, as a list to read or NDJSON, one object a
// file; several files side by side, together as one dispatch, or two compared.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/compile_explain.h"
#include "app/compile_files.h"
#include "app/compile_pages.h"
#include "app/compile_reading.h"
#include "app/confirmation.h"
#include "app/context.h"
#include "app/errors.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/programme.h"
#include "judge/orders.h"

namespace khien::app {
namespace {

struct Options {
  std::vector<std::filesystem::path> files;
  std::vector<std::filesystem::path> annexes;
  std::filesystem::path corrections;
  std::filesystem::path agency;
  std::filesystem::path out;
  std::filesystem::path pages;
  std::string by;
  bool explain = false;
  bool together = false;
  bool diff = false;
  std::optional<Agency> us;  // who reads it
};

std::string parameters_of(const Context& context, const KindMatch& kind) {
  std::string out;
  for (const auto& [name, value] : kind.parameters.pairs()) {
    if (name == "as_written") continue;
    const std::string text = value_words(context, value);
    const std::string id = "parameter." + name;
    const std::string label = context.texts.has(id) ? context.say(id) : name;
    out += (out.empty() ? "" : "; ") + label + ": " + text;
  }
  return out;
}

std::string because(const Context& context, const KindMatch& k) {
  if (k.phrase.empty()) return context.say("app.compile.because_open");
  return context.say("app.compile.because",
                     {{"phrase", k.phrase},
                      {"percent", std::int64_t(k.confidence * 100 + 0.5)}});
}

// What the head says, as far as it says it, and how much is asked: titles ask nothing.
std::string head_line(const Context& context, const Order& order) {
  const Dispatch& d = order.dispatch;
  std::string number = d.number;
  if (number.empty() && !d.symbol.empty()) number = "…/" + d.symbol;
  if (number.empty()) number = context.say("app.compile.no_number");
  std::vector<std::string> parts = {number};
  if (!d.issuer.empty()) parts.push_back(d.issuer);
  std::string when = d.place;
  if (!d.issued_on.empty()) when += (when.empty() ? "" : ", ") + context.texts.date(d.issued_on);
  if (!when.empty()) parts.push_back(when);
  const auto rules = AddresseeRules::load(context.content);
  const auto asked = std::count_if(order.measures.begin(), order.measures.end(),
                                   [&](const Measure& m) {
                                     return !rules || !rules->is_title(order, m);
                                   });
  return context.say("app.compile.head", {{"head", fmt::format("{}", fmt::join(parts, " · "))},
                                          {"count", static_cast<std::int64_t>(asked)}});
}

// The warnings of a paper as sentences.
std::vector<std::string> reasons_of(const Context& context, const Order& order) {
  std::vector<std::string> out;
  const auto rules = AddresseeRules::load(context.content);
  for (const Warning& w : rules ? rules->warnings(order) : order.warnings) {
    out.push_back(warning_words(context, order, w));
  }
  return out;
}

void show(const Context& context, const Vocabulary& vocabulary, const std::filesystem::path& file,
          const Order& order, bool explain) {
  Nearest nearest(explain ? load_examples(context.content, vocabulary).value_or(
                                std::vector<Example>{})
                          : std::vector<Example>{});
  const Dispatch& d = order.dispatch;
  print(visible(file.string()));
  print_hanging("", "", head_line(context, order));
  if (!d.subject_line.empty()) print_hanging("", "", d.subject_line);
  for (const Measure& m : order.measures) {
    print_hanging("\n  ", "  ", fmt::format("{}: {}", cite_words(context, m),
                                           shorten(squeeze(m.text), explain ? 400 : 110)));
    for (const KindMatch& k : m.kinds) {
      const std::string parameters = parameters_of(context, k);
      print_hanging("      - ", "        ",
                    context.say("kind." + k.kind) +
                        (parameters.empty() ? "" : " (" + parameters + ")"));
      if (explain) {
        print("        " + because(context, k));
        explain_by_example(context, vocabulary, nearest, m, k);
      }
    }
    for (const DueFor& due : m.deadlines) {
      const std::string date = context.texts.date(due.due_on);
      print("      " + (due.actor.empty() ? context.say("app.compile.due", {{"date", date}})
                                          : context.say("app.compile.due_for",
                                                        {{"actor", due.actor}, {"date", date}})));
    }
    if (!m.due_on.empty() && m.deadlines.empty()) {
      print("      " + context.say("app.compile.due", {{"date", context.texts.date(m.due_on)}}));
    }
  }
  if (!order.sentences.empty()) print_hanging("\n  ", "  ", sentence_summary(context, order));
  for (const WatchWindow& w : order.watch_windows) {
    print_hanging("\n  ", "  ", context.say("app.compile.window",
                                           {{"from", context.texts.date(w.from)},
                                            {"to", context.texts.date(w.to)},
                                            {"why", context.say(w.why)}}));
  }
  for (const std::string& text : reasons_of(context, order)) {
    print_hanging("\n  ", "  ", context.say("app.compile.warning", {{"text", text}}));
  }
  if (explain) explain_sentences(context, order);
}

Result<Order> read_parts(Context& context, const Vocabulary& vocabulary,
                         const std::vector<std::filesystem::path>& parts, const Options& o,
                         Document* read = nullptr) {
  const bool beside = parts.size() == 1 && o.corrections.empty();
  KHIEN_TRY(Order order, beside ? order_from_document(context, vocabulary, parts.front(), read)
                                : order_from_documents(context, vocabulary, parts, read));
  for (const std::filesystem::path& annex : o.annexes) {
    KHIEN_TRY(Order more, order_from_document(context, vocabulary, annex));
    const std::string name = annex.filename().string();
    for (Measure& m : more.measures) {
      m.id = "phu_luc." + m.id;
      m.cite_vi += ", " + context.say("app.compile.annex_name", {{"file", name}});
      m.span_from = m.span_to = -1;  // spans count in the annex, not in the dispatch
      order.measures.push_back(std::move(m));
    }
    std::erase_if(order.warnings, [](const Warning& w) { return w.code == "annex_missing"; });
  }
  if (!o.corrections.empty()) {
    KHIEN_TRY(const std::string text, read_file(o.corrections, limits::yaml_file_bytes));
    const Order before = order;
    KHIEN_DO(apply_corrections(order, text, o.corrections.string(), o.by, vocabulary));
    KHIEN_DO(keep_corrections(context, before, order));
  }
  return order;
}

void compile_one(Context& context, const Vocabulary& vocabulary,
                 const std::vector<std::filesystem::path>& parts, const Options& o) {
  Document document;
  const auto order = read_parts(context, vocabulary, parts, o, &document);
  Node pages;
  if (order && !o.pages.empty()) {
    auto drawn = write_page_pictures(context, document, o.pages);
    if (drawn) pages = std::move(*drawn);
    else context.report(drawn.error());
  }
  if (context.json) {
    Node line = Node::map({{"path", parts.front().string()}});
    if (order) {
      const Node body = to_node(*order, &context.texts);
      for (const auto& [key, value] : body.pairs()) line.set(key, value);
      if (o.explain) line.set("reading", reading_node(context, *order, o.us ? &*o.us : nullptr));
      if (!pages.is_null()) line.set("pages", std::move(pages));
    } else {
      Node args = Node::map();
      for (const auto& [name, value] : order.error().args) args.set(name, value);
      line.set("error", Node::map({{"code", order.error().code},
                                   {"text", context.texts.error(order.error())},
                                   {"args", std::move(args)}}));
    }
    print(to_json(line));
  } else if (order) {
    show(context, vocabulary, parts.front(), *order, o.explain);
  }
  if (!order) context.report(order.error());
  if (order && order->measures.empty()) context.raise(not_all_good);
  if (order && !o.out.empty()) {
    if (auto done = save(context.outputs, o.out, write_programme(*order, context.texts)); !done) {
      context.report(done.error());
    }
  }
}

void compare(Context& context, const Vocabulary& vocabulary, const Options& o) {
  if (o.files.size() != 2) return context.report({err::diff_needs_two, "--diff", {}}, usage);
  const auto before = read_parts(context, vocabulary, {o.files[0]}, {});
  if (!before) return context.report(before.error());
  const auto after = read_parts(context, vocabulary, {o.files[1]}, {});
  if (!after) return context.report(after.error());
  show_diff(context, vocabulary, *before, *after);
  for (const Order* order : {&*before, &*after}) {  // a paper without orders never ends quietly
    if (!order->measures.empty()) continue;
    for (const std::string& why : reasons_of(context, *order))
      note(order->dispatch.source + ": " + why);
    context.raise(not_all_good);
  }
}

void run(Context& context, Options& o) {
  if (!o.corrections.empty() && o.by.empty()) {
    return context.report({err::confirm_needs_name, "--confirm", {}}, usage);
  }
  if (!o.agency.empty()) {
    auto agency = load_agency(o.agency);
    if (!agency) return context.report(agency.error(), usage);
    o.us = std::move(*agency);
  }
  const auto vocabulary = Vocabulary::load(context.content);
  if (!vocabulary) return context.report(vocabulary.error());
  if (o.diff) return compare(context, *vocabulary, o);
  const auto chosen = choose_files(o.files);
  if (!chosen) return context.report(chosen.error());
  for (const std::filesystem::path& file : chosen->skipped)
    note(context.say("app.compile.skipped", {{"file", file.string()}}));
  const auto& files = chosen->files;
  if (files.size() > 1 && !o.pages.empty())
    return context.report({err::out_needs_one, "--pages", {}}, usage);
  if (files.size() == 1 || o.together) return compile_one(context, *vocabulary, files, o);
  if (!o.out.empty()) return context.report({err::out_needs_one, "--out", {}}, usage);
  if (!o.corrections.empty())
    return context.report({err::confirm_needs_one, "--confirm", {}}, usage);
  compile_side_by_side(context, files, [&](const std::filesystem::path& file) {
    compile_one(context, *vocabulary, {file}, o);
  });
}

}  // namespace

void add_compile(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("compile", context.say("app.compile.about"));
  auto o = std::make_shared<Options>();
  command->add_option("files", o->files, context.say("app.compile.files"))->required();
  command->add_flag("--together", o->together, context.say("app.compile.together"));
  command->add_flag("--diff", o->diff, context.say("app.compile.diff.about"));
  command->add_option("--annex", o->annexes, context.say("app.compile.annex"));
  command->add_flag("--explain", o->explain, context.say("app.compile.explain"));
  command->add_option("--confirm", o->corrections, context.say("app.compile.confirm"));
  command->add_option("--by", o->by, context.say("app.compile.by"));
  command->add_option("--agency", o->agency, context.say("app.compile.agency"));
  add_output(*command, context, "--out", o->out, context.say("app.compile.out"));
  add_output(*command, context, "--pages", o->pages, context.say("app.compile.pages"));
  context.json_commands.push_back(command);
  command->callback([o, &context] { run(context, *o); });
}

}  // namespace khien::app
