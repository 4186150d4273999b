// Công văn triển khai. The clauses are restated in the order's own words, so that the paper, read
// again as an order, asks the same; only the preamble and the closing are the agency's.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "report/draft.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kClauseLength = 20'000;  // code points of one clause on paper

bool only_kinds(const MeasureRecord& m, std::initializer_list<std::string_view> kinds) {
  return std::all_of(m.kinds.begin(), m.kinds.end(), [&](const KindRecord& k) {
    return std::find(kinds.begin(), kinds.end(), k.kind) != kinds.end();
  });
}

bool loose(const MeasureRecord& m) { return !m.doc_id.empty() && m.doc_id.front() == 'p'; }

bool is_bullet(const MeasureRecord& m) { return fold(m.cite_vi).starts_with(fold("gạch đầu")); }

// Typed by hand for the order's preamble or closing (whom to ask): no clause to restate.
bool is_frame(const MeasureRecord& m) {
  if (m.span_from >= 0) return false;
  if (is_bullet(m)) return only_kinds(m, {"support.contact", "support.request"});
  return loose(m) &&
         (only_kinds(m, {"directive.comply_reference"}) ||
          only_kinds(m, {"support.contact", "support.request", "incident.report_coordination"}));
}

bool is_paragraph(const MeasureRecord& m) {
  return loose(m) || fold(m.cite_vi).starts_with(fold("đoạn"));
}

std::string last_part(const std::string& id) {
  const std::size_t dot = id.rfind('.');
  return dot == id.npos ? id : id.substr(dot + 1);
}

// The clause's own mark: "2. ", "a) ", "- ", "Điều 3. ", or none.
std::string mark_of(const MeasureRecord& m, const std::string& id) {
  if (is_paragraph(m)) return "";
  if (is_bullet(m)) return "- ";
  const std::string last = last_part(id);
  if (fold(m.cite_vi).starts_with(fold("điều"))) return "Điều " + last + ". ";
  const bool digits = !last.empty() && last.find_first_not_of("0123456789") == last.npos;
  const bool capital = !last.empty() && last[0] >= 'A' && last[0] <= 'Z';
  if (digits && fold(m.cite_vi).starts_with(fold("khoản"))) return last + ". ";
  if (digits) return (id.find_first_not_of("0123456789.") == id.npos ? id : last) + ". ";
  return capital ? last + ". " : last + ") ";
}

std::string finished(std::string text) {
  if (text.empty() || std::string_view(".;:,!?").find(text.back()) == std::string_view::npos) {
    text += ".";
  }
  return text;
}

// The text opens with, or says, the first two words of the actor: "Văn phòng", "Thủ trưởng".
bool names_actor(const std::string& text, const std::string& actor) {
  const std::string whole = fold(actor);
  const std::size_t first = whole.find(' ');
  const std::size_t second = first == whole.npos ? whole.npos : whole.find(' ', first + 1);
  return fold(text).find(whole.substr(0, second)) != std::string::npos;
}

// The clause with its actor and date where its words leave them out.
std::string clause_words(const Texts& texts, const MeasureRecord& m) {
  std::string text = measure_words(texts, m, kClauseLength);
  if (trim(m.text).ends_with(":") && !text.empty()) text += ":";  // what follows stands below it
  if (text.ends_with("./.")) text.resize(text.size() - 2);
  const std::string actor = clean(m.actor);
  if (m.span_from < 0 && !actor.empty() && !text.empty() && !names_actor(text, actor)) {
    text = texts("draft.cascade.actor", {{"actor", capital(actor)}, {"text", text}});
  }
  const bool dated_already = m.span_from >= 0 || m.due_on.empty();
  if (!dated_already) {
    while (!text.empty() && std::string_view(".;,").find(text.back()) != std::string_view::npos) {
      text.pop_back();
    }
    text = texts("draft.cascade.by", {{"text", text}, {"date", texts.date(m.due_on)}});
  }
  return finished(std::move(text));
}

std::string about_words(const Ordered& o, const Texts& texts) {
  const DispatchRecord& d = o.dispatch;
  const std::string subject = subject_of(d);
  if (d.number.empty() && !subject.empty()) {
    return texts("draft.about.subject", {{"subject", subject}});
  }
  std::string name = number_of(texts, d) + dated(texts, d.issued_on);
  if (!d.issuer.empty()) {
    name += " " + texts("report.dispatch.of", {{"issuer", clean(d.issuer)}});
  }
  return texts("draft.cascade.about", {{"dispatch", name}});
}

std::string basis_words(const Cascade& p, const Texts& texts) {
  const DispatchRecord& d = p.ordered.dispatch;
  std::vector<std::string> cited;
  for (const Cited& b : d.legal_basis) {
    if (!b.number.empty()) cited.push_back(clean(b.number) + dated(texts, b.issued_on));
  }
  const std::string agency =
      p.sender.agency.name.empty() ? texts("report.agency_unnamed") : clean(p.sender.agency.name);
  const std::string id = cited.empty() ? "draft.cascade.basis" : "draft.cascade.basis_cites";
  return texts(id, {{"dispatch", full_name(texts, d)}, {"agency", capital(agency)},
                    {"cited", fmt::format("{}", fmt::join(cited, "; "))}});
}

std::string closing_words(const Cascade& p, const Texts& texts) {
  const std::string agency =
      p.sender.agency.name.empty() ? texts("report.agency_unnamed") : clean(p.sender.agency.name);
  const std::string contact = contact_words(p.sender, texts);
  if (contact.empty()) return texts("draft.cascade.closing_plain", {{"agency", agency}});
  return texts("draft.cascade.closing", {{"agency", agency}, {"contact", contact}});
}

}  // namespace

// Numbers of the first level run on when some are not addressed; a container stays when something
// below it does.
std::vector<Restated> restated(const std::vector<MeasureRecord>& all) {
  const auto stays = [&](const MeasureRecord& m) {
    if (is_frame(m)) return false;
    if (m.addressed) return true;
    return std::any_of(all.begin(), all.end(), [&](const MeasureRecord& below) {
      return below.addressed && below.doc_id.starts_with(m.doc_id + ".");
    });
  };
  const bool whole = std::all_of(all.begin(), all.end(), [&](const MeasureRecord& m) {
    return is_frame(m) || stays(m);
  });
  std::vector<Restated> out;
  std::map<std::string, std::string> renamed;  // of the first level
  int number = 0;
  for (const MeasureRecord& m : all) {
    if (!stays(m)) continue;
    std::string id = m.doc_id;
    const std::string top = id.substr(0, id.find('.'));
    const bool numeric = top.find_first_not_of("0123456789") == top.npos;
    if (!whole && numeric) {
      if (!renamed.contains(top)) renamed[top] = std::to_string(++number);
      id = renamed[top] + id.substr(top.size());
    }
    out.push_back({&m, std::move(id)});
  }
  return out;
}

Draft draft_cascade(const Cascade& p, const Texts& texts) {
  const std::string about = about_words(p.ordered, texts);
  Draft out = start_draft(p.sender, {"", about}, about, texts);
  Document& doc = out.document;
  Addressees to{texts("report.to"), {}};
  for (const std::string& unit : p.units) to.names.push_back(clean(unit));
  if (to.names.empty()) to.names.push_back(texts("draft.units"));
  out.fields["to"] = to.names;
  doc.blocks.push_back(std::move(to));
  const std::string basis = basis_words(p, texts);
  add_paragraph(doc, basis, true);
  std::vector<std::string> lines;
  for (const Restated& r : restated(p.ordered.measures)) {
    lines.push_back(mark_of(*r.measure, r.id) + clause_words(texts, *r.measure));
  }
  for (const std::string& line : lines) add_paragraph(doc, line);
  std::string report;
  if (!p.due_on.empty()) {
    const std::string issuer = clean(p.ordered.dispatch.issuer);
    report = texts(issuer.empty() ? "draft.cascade.report" : "draft.cascade.report_up",
                   {{"agency", clean(p.sender.agency.name)}, {"issuer", issuer},
                    {"date", texts.date(p.due_on)}});
    add_paragraph(doc, report);
  }
  const std::string closing = closing_words(p, texts);
  add_paragraph(doc, closing, true);
  out.fields["order"] = {full_name(texts, p.ordered.dispatch)};
  out.fields["basis"] = {basis};
  out.fields["measures"] = lines;
  out.fields["due"] = {p.due_on.empty() ? "" : texts.date(p.due_on)};
  out.fields["report_back"] = {report};
  out.fields["closing"] = {closing};
  add_signature(out, p.sender, p.ordered, true, texts);
  return out;
}

}  // namespace khien::report
