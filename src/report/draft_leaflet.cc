// The leaflet: one A4 page to pin up. Numbers are the order's; without them the rule is general.
#include <algorithm>

#include <fmt/format.h>

#include "report/draft.h"
#include "report/draft_words.h"
#include "report/leaflet_picture.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr double kLeafletPt = 13;

std::string tip(const Texts& texts, const char* id) {
  return texts(std::string("draft.leaflet.") + id);
}

std::vector<Cell> row(std::string rule, std::string how) {
  return {{{Runs{{std::move(rule), true, false}}}}, {{Runs{{std::move(how)}}}}};
}

// At most three examples the order itself gives, never anything an account may hold.
std::string examples_words(const Ordered& o) {
  std::vector<std::string> out;
  for (const std::string& e :
       stated(o, "account.weak_or_default_password", "forbidden_examples").texts()) {
    if (out.size() < 3) out.push_back(excerpt(e, 20));
  }
  return fmt::format("{}", fmt::join(out, ", "));
}

Table rules(const Leaflet& p, const Texts& texts) {
  const Ordered& o = p.ordered;
  Table out{{{58, Align::left, tip(texts, "column_rule")}, {107, Align::left,
             tip(texts, "column_how")}}, {}, tip(texts, "account")};
  const std::int64_t length = stated_length(o);
  const std::string classes = classes_words(o, texts);
  const std::string examples = examples_words(o);
  std::string how = tip(texts, "guess");
  if (!examples.empty()) {
    how = texts("draft.leaflet.examples", {{"examples", examples}}) + " " + how;
  }
  if (!classes.empty()) how = texts("draft.leaflet.classes", {{"classes", classes}}) + " " + how;
  out.rows.push_back(row(length > 0 ? texts("draft.leaflet.length", {{"n", length}})
                                    : tip(texts, "length_any"),
                         how));
  const std::string age = rotation_words(o, texts);
  out.rows.push_back(row(age.empty() ? tip(texts, "rotation_any")
                                     : texts("draft.leaflet.rotation", {{"period", age}}),
                         tip(texts, "on_issue")));
  out.rows.push_back(row(tip(texts, "share"), tip(texts, "share_more")));
  out.rows.push_back(row(tip(texts, "browser"), tip(texts, "browser_more")));
  out.rows.push_back(row(tip(texts, "mail"), tip(texts, "mail_more")));
  return out;
}

}  // namespace

Draft draft_leaflet(const Leaflet& p, const Texts& texts) {
  Draft out = start_draft(p.sender, {"", ""}, tip(texts, "title"), texts);
  Document& doc = out.document;
  doc.blocks.clear();
  const auto line = [&](std::string text, bool bold = false) {
    doc.blocks.push_back(Paragraph{.runs = {{std::move(text), bold, false}}, .first_line = 0,
                                   .size = kLeafletPt, .before = 3});
  };
  if (!p.sender.agency.name.empty()) {
    doc.blocks.push_back(Paragraph{.runs = {{caps(clean(p.sender.agency.name)), true, false}},
                                   .align = Align::center, .first_line = 0, .size = kLeafletPt});
  }
  doc.blocks.push_back(Title{tip(texts, "kind"), tip(texts, "about")});
  doc.blocks.push_back(leaflet_picture(texts));
  line(tip(texts, "account"), true);
  Table table = rules(p, texts);
  for (const auto& r : table.rows) {
    out.fields["rules"].push_back(r[0].paragraphs[0][0].text + ": " + r[1].paragraphs[0][0].text);
  }
  doc.blocks.push_back(std::move(table));
  line(tip(texts, "phishing"), true);
  for (const char* id : {"sign_sender", "sign_hurry", "sign_link", "sign_file"}) {
    out.fields["signs"].push_back("- " + tip(texts, id));
    line("- " + tip(texts, id));
  }
  line(tip(texts, "sign_do"), true);
  line(tip(texts, "act"), true);
  const std::string contact = contact_words(p.sender, texts);
  const std::string call = contact.empty()
                               ? tip(texts, "act_three_plain")
                               : texts("draft.leaflet.act_three", {{"contact", contact}});
  for (const std::string& text : {tip(texts, "act_one"), tip(texts, "act_two"), call}) {
    out.fields["acts"].push_back(text);
    line(text);
  }
  std::string by;
  if (has_order(p.ordered)) {
    DispatchRecord d = p.ordered.dispatch;
    d.subject_line.clear();  // one line is enough here
    by = texts("draft.leaflet.by", {{"dispatch", full_name(texts, d)}});
    doc.blocks.push_back(Paragraph{.runs = {{by, false, true}}, .align = Align::right,
                                   .first_line = 0, .size = 11, .before = 6});
  }
  out.fields["order"] = {by};
  return out;
}

}  // namespace khien::report
