// khien content coverage: what answers each demand of the founding dispatches, on the terminal, as
// JSON, and as the page docs/vi/doi-chieu-yeu-cau.md, which is always Vietnamese.
#include "app/command/coverage.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/assess_steps.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "judge/coverage.h"

namespace khien::app {
namespace {

using Demands = std::vector<CoveredDemand>;

std::string state_name(const Texts& texts, CoverageState state) {
  return texts("coverage.state." + std::string(to_string(state)));
}

std::string command_of(const std::string& programme) {
  return "khien assess --programme " + programme + " --agency agency.yaml";
}

std::string control_file(const Control& control, std::string_view suffix) {
  std::string path = "content/controls/" + control.id + std::string(suffix);
  std::replace(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(path.find('.')) + 1, '.',
               '/');
  return path;
}

Args totals(const Demands& demands) {
  return {{"total", static_cast<std::int64_t>(demands.size())},
          {"automatic", count(demands, CoverageState::automatic)},
          {"attested", count(demands, CoverageState::attested)},
          {"none", count(demands, CoverageState::none)}};
}

std::string total_line(const Texts& texts, const Demands& demands) {
  return texts("coverage.totals", totals(demands));
}

// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string kind_cell(const Texts& texts, const CoveredKind& kind) {
  std::string out = cell(texts("kind." + kind.kind)) + " (`" + kind.kind + "`): ";
  if (kind.controls.empty()) return out + texts("coverage.page.no_control");
  bool first = true;
  for (const Control* control : kind.controls) {
    out += fmt::format("{}[{}](../../{}) ([{}](../../{}))", first ? "" : "; ", control->id,
                       control_file(*control, ".yaml"), texts("coverage.page.test"),
                       control_file(*control, ".test.yaml"));
    if (!control->sufficient) out += ", " + texts("coverage.page.necessary");
    first = false;
  }
  return out;
}

std::string demand_row(const Texts& texts, const CoveredDemand& demand) {
  std::string checks;
  for (const CoveredKind& kind : demand.kinds) {
    checks += (checks.empty() ? "" : "<br>") + kind_cell(texts, kind);
  }
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", demand.id, cell(demand.vi),
                     cell(demand.cite_vi), checks, cell(demand.source),
                     state_name(texts, demand.state));
}

std::string summary(const Texts& texts, const Demands& demands) {
  std::string out = fmt::format("# {}\n\n{}\n\n**{}**\n\n| {} | {} |\n|---|---:|\n",
                                texts("coverage.page.title"), texts("coverage.page.intro"),
                                total_line(texts, demands), texts("coverage.page.state"),
                                texts("coverage.page.number"));
  std::string meaning;
  for (const auto state :
       {CoverageState::automatic, CoverageState::attested, CoverageState::none}) {
    out += fmt::format("| {} | {} |\n", state_name(texts, state), count(demands, state));
    meaning += fmt::format("- **{}**: {}\n", state_name(texts, state),
                           texts("coverage.page." + std::string(to_string(state))));
  }
  out += fmt::format("| {} | {} |\n", texts("coverage.page.total"), demands.size());
  return out + fmt::format("\n## {}\n{}\n{}\n", texts("coverage.page.states"), meaning,
                           texts("coverage.page.weakest"));
}

Result<std::string> page(Context& context, const Vocabulary& vocabulary, const Demands& demands) {
  KHIEN_TRY(const Texts texts, Texts::load(context.content, "vi"));
  std::string out = summary(texts, demands);
  std::string programme;
  for (const CoveredDemand& demand : demands) {
    if (demand.programme != programme) {
      programme = demand.programme;
      KHIEN_TRY(const Order order, order_from_programme(context, vocabulary, programme));
      const Dispatch& d = order.dispatch;
      out += fmt::format("\n## {}\n{} `{}`\n\n| {} | {} | {} | {} | {} | {} |\n"
                         "|---|---|---|---|---|---|\n",
                         texts("coverage.page.order", {{"place", d.place},
                                                       {"issued", texts.date(d.issued_on)},
                                                       {"subject", d.subject_line}}),
                         texts("coverage.page.command"), command_of(programme),
                         texts("coverage.page.id"), texts("coverage.page.demand"),
                         texts("coverage.page.clause"), texts("coverage.page.checks"),
                         texts("coverage.page.source"), texts("coverage.page.state"));
    }
    out += demand_row(texts, demand);
  }
  return out;
}

Node to_json_node(const Demands& demands) {
  Node list = Node::list();
  for (const CoveredDemand& d : demands) {
    Node kinds = Node::list();
    for (const CoveredKind& k : d.kinds) {
      Node controls = Node::list();
      for (const Control* c : k.controls) {
        controls.push(Node::map({{"control", c->id},
                                 {"sufficient", c->sufficient},
                                 {"test", control_file(*c, ".test.yaml")}}));
      }
      kinds.push(Node::map({{"kind", k.kind}, {"state", to_string(k.state)},
                            {"controls", std::move(controls)}}));
    }
    list.push(Node::map({{"id", d.id}, {"demand", d.vi}, {"programme", d.programme},
                         {"measure", d.measure}, {"cite_vi", d.cite_vi},
                         {"kinds", std::move(kinds)}, {"command", command_of(d.programme)},
                         {"source", d.source}, {"state", to_string(d.state)}}));
  }
  return Node::map({{"demands", std::move(list)},
                    {"counts", Node::map({{"total", demands.size()},
                                          {"automatic", count(demands, CoverageState::automatic)},
                                          {"attested", count(demands, CoverageState::attested)},
                                          {"none", count(demands, CoverageState::none)}})}});
}

void print_table(Context& context, const Demands& demands) {
  for (const CoveredDemand& d : demands) {
    print(fmt::format("{:<6} {}", d.id, d.vi));
    std::string controls;
    for (const CoveredKind& k : d.kinds) {
      for (const Control* c : k.controls) controls += " " + c->id;
    }
    print(fmt::format("       {} · {} · {}{}", state_name(context.texts, d.state), d.programme,
                      d.cite_vi, controls.empty() ? "" : " ·" + controls));
  }
  print(total_line(context.texts, demands));
}

Done coverage(Context& context, const std::filesystem::path& out) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const Demands demands, cover_demands(context.content, catalog, vocabulary));
  if (!out.empty()) {
    KHIEN_TRY(const std::string text, page(context, vocabulary, demands));
    KHIEN_DO(save(context.outputs, out, text));
    note(context.say("coverage.written", {{"file", out.string()}}));
  }
  if (context.json) {
    print(to_json(to_json_node(demands)));
  } else if (out.empty()) {
    print_table(context, demands);
  } else {
    print(total_line(context.texts, demands));
  }
  if (count(demands, CoverageState::none) > 0) context.raise(not_all_good);
  return {};
}

}  // namespace

void add_coverage(CLI::App& content_command, Context& context) {
  auto out = std::make_shared<std::filesystem::path>();
  auto* command = content_command.add_subcommand("coverage", context.say("coverage.about"));
  add_output(*command, context, "--write", *out, context.say("coverage.write"));
  context.json_commands.push_back(command);
  command->callback([out, &context] {
    if (const auto done = coverage(context, *out); !done)
      context.report(done.error(), exit_for(done.error()));
  });
}

}  // namespace khien::app
