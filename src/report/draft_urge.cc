// Công văn đôn đốc: who is late is the annex, taken from the list as it is written there.
#include <fmt/format.h>

#include "report/draft.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kNamedUnits = 8;  // more are addressed by the annex

std::string order_name(const Ordered& o, const Texts& texts) {
  return full_name(texts, o.dispatch);
}

std::string about_words(const Urge& p, const Texts& texts) {
  if (!has_order(p.ordered)) {
    return texts("draft.urge.about_plain", {{"times", std::int64_t{p.times}}});
  }
  const DispatchRecord& d = p.ordered.dispatch;
  return texts("draft.urge.about",
               {{"dispatch", number_of(texts, d) + dated(texts, d.issued_on)},
                {"times", std::int64_t{p.times}}});
}

std::string days_late(const Urge& p, const LateUnit& unit, const Texts& texts) {
  const auto due = parse_date(unit.due_on);
  const auto now = parse_date(p.as_of);
  if (!due || !now) return "";
  return texts("draft.urge.days", {{"n", to_days(*now) - to_days(*due)}});
}

Cell cell(std::string text) { return {{Runs{{std::move(text)}}}}; }

void add_annex(Draft& out, const Urge& p, const Texts& texts) {
  Document& doc = out.document;
  doc.blocks.push_back(AnnexTitle{texts("draft.urge.annex"), texts("draft.urge.title")});
  doc.blocks.push_back(Paragraph{
      .runs = {{texts("draft.urge.note",
                      {{"symbol", clean(p.sender.agency.symbol)},
                       {"year", std::to_string(local_date(p.sender.at_ms).year)},
                       {"agency", clean(p.sender.agency.name)}}),
                false, true}},
      .align = Align::center, .first_line = 0, .size = 13});
  const auto col = [&](const char* id) { return texts(std::string("draft.urge.column.") + id); };
  Table table{{{12, Align::center, col("order")}, {65, Align::left, col("unit")},
               {38, Align::left, col("state")}, {26, Align::center, col("due")},
               {24, Align::center, col("late")}},
              {}, texts("draft.urge.title")};
  int n = 0;
  for (const LateUnit& u : p.late) {
    const std::string state = clean(u.state);
    table.rows.push_back({cell(std::to_string(++n)), cell(clean(u.unit)),
                          cell(state.empty() ? texts("draft.urge.state_blank") : state),
                          cell(texts.date(u.due_on)), cell(days_late(p, u, texts))});
    out.fields["late_units"].push_back(fmt::format("{}. {}", n, clean(u.unit)));
  }
  doc.blocks.push_back(std::move(table));
}

}  // namespace

Draft draft_urge(const Urge& p, const Texts& texts) {
  const std::string agency =
      p.sender.agency.name.empty() ? texts("report.agency_unnamed") : clean(p.sender.agency.name);
  const bool order = has_order(p.ordered);
  const std::string about = about_words(p, texts);
  Draft out = start_draft(p.sender, {"", about}, about, texts);
  Addressees to{texts("report.to"), {}};
  for (const LateUnit& u : p.late) to.names.push_back(clean(u.unit));
  if (to.names.size() > kNamedUnits) to.names = {texts("draft.urge.listed")};
  out.fields["to"] = to.names;
  out.document.blocks.push_back(std::move(to));
  std::vector<std::string> lines;
  lines.push_back(
      order ? texts("draft.urge.basis", {{"agency", capital(agency)},
                                         {"dispatch", order_name(p.ordered, texts)}})
            : texts("draft.urge.basis_plain", {{"agency", capital(agency)}}));
  std::string finding = texts("draft.urge.finding",
                              {{"date", texts.date(p.as_of)},
                               {"n", static_cast<std::int64_t>(p.late.size())}});
  if (p.times > 1) {
    finding += " " + texts("draft.urge.again", {{"times", std::int64_t{p.times}}});
  }
  lines.push_back(finding);
  lines.push_back(texts("draft.urge.ask", {{"agency", agency}}));
  const std::string when = p.due_on.empty()
                               ? texts("draft.urge.at_once")
                               : texts("draft.urge.before", {{"date", texts.date(p.due_on)}});
  lines.push_back(texts("draft.urge.ask_one", {{"agency", agency}, {"when", when}}));
  lines.push_back(texts("draft.urge.ask_two"));
  if (p.times > 1) lines.push_back(texts("draft.urge.ask_three"));
  for (const std::string& line : lines) add_paragraph(out.document, line);
  const std::string contact = contact_words(p.sender, texts);
  const std::string closing = contact.empty()
                                  ? texts("draft.urge.closing_plain")
                                  : texts("draft.urge.closing", {{"contact", contact}});
  add_paragraph(out.document, closing, true);
  out.fields["order"] = {order ? order_name(p.ordered, texts) : ""};
  out.fields["body"] = lines;
  out.fields["times"] = {std::to_string(p.times)};
  out.fields["due"] = {p.due_on.empty() ? "" : texts.date(p.due_on)};
  out.fields["closing"] = {closing};
  add_signature(out, p.sender, p.ordered, true, texts);
  add_annex(out, p, texts);
  return out;
}

}  // namespace khien::report
