#include "app/blank_tables.h"

#include <fmt/format.h>

#include "report/register_template.h"

namespace khien::app {
namespace {

report::RegisterTemplate template_of(const Context& context, const Register& r) {
  report::RegisterTemplate out;
  const bool en = context.texts.lang() == "en";
  out.title = en ? r.en : r.vi;
  out.help = en ? r.help_en : r.help_vi;
  for (const RegisterColumn& c : r.columns) {
    report::TemplateColumn t;
    t.heading = en ? c.en : c.vi;
    t.kind = c.type == "flag" ? "choice" : c.type;
    t.required = c.required;
    t.example = c.example;
    t.help = en ? c.help_en : c.help_vi;
    if (c.type == "flag") t.choices = {context.say("register.yes"), context.say("register.no")};
    for (const RegisterChoice& choice : c.choices) t.choices.push_back(choice.words[en ? 1 : 0]);
    if (!t.choices.empty()) {
      const std::string words = fmt::format("{}", fmt::join(t.choices, " | "));
      t.help += (t.help.empty() ? "" : " ") + words;
    }
    out.columns.push_back(std::move(t));
  }
  return out;
}

}  // namespace

Result<std::string> blank_table(const Context& context, const Register& what, bool example) {
  report::RegisterTemplate blank = template_of(context, what);
  blank.filled = !example;
  return report::register_template(blank, context.texts, context.clock.now_ms());
}

}  // namespace khien::app
