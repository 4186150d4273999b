// The frame of the answer: head, title, addressees, legal basis; then body and annexes.
#include "report/answer.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/words.h"

namespace khien::report {
namespace {

std::string letters_of(const AgencyRecord& agency) {  // "SCT-VP" -> "SCT"
  const std::string symbol = clean(agency.symbol);
  return symbol.substr(0, symbol.find('-'));
}

// Lines of about the same length, each short enough for the narrow column of the head, so that no
// word stands alone: "SỞ CÔNG THƯƠNG" / "TỈNH MẪU".
std::vector<std::string> balanced(const std::string& text, std::size_t most) {
  std::vector<std::string> words;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    words.emplace_back(rest.substr(0, space));
    rest = space == rest.npos ? std::string_view{} : rest.substr(space + 1);
  }
  const std::size_t length = code_points(text);
  const std::size_t count = std::max<std::size_t>(1, (length + most - 1) / most);
  const std::size_t target = (length + count - 1) / count;
  std::vector<std::string> lines;
  for (const std::string& word : words) {
    const std::size_t used = lines.empty() ? 0 : code_points(lines.back());
    const std::size_t with = used + 1 + code_points(word);
    // A word joins the line when that ends nearer to the target than without it.
    const bool joins = !lines.empty() && with <= most &&
                       (with <= target || with - target <= target - std::min(used, target));
    if (joins) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

NoteHead note_head(const Assessment& a, const Texts& texts) {
  const std::string letters = letters_of(a.agency);
  const std::string kind =
      letters.empty() ? std::string("BC") : texts("report.letters", {{"symbol", letters}});
  const auto year = std::to_string(local_date(a.created_at).year);
  NoteHead head;
  head.parent = balanced(caps(clean(a.agency.parent)), 22);
  head.agency = a.agency.name.empty() ? std::vector{texts("report.agency_blank")}
                                      : balanced(caps(clean(a.agency.name)), 20);
  head.number = texts("report.number", {{"letters", kind}});
  head.motto = texts("report.motto");
  head.slogan = texts("report.slogan");
  head.place_date =
      a.agency.place.empty()
          ? texts("report.date_only", {{"year", year}})
          : texts("report.place_date", {{"place", clean(a.agency.place)}, {"year", year}});
  return head;
}

Title title_of(const Assessment& a, const Texts& texts) {
  Title title{texts("report.kind"), {}};
  if (a.dispatches.empty()) {
    title.about = texts("report.title.none");
  } else if (a.dispatches.size() == 1) {
    title.about = texts("report.title.one", {{"dispatch", full_name(texts, a.dispatches[0])}});
  } else {
    title.about = texts("report.title.many",
                        {{"n", static_cast<std::int64_t>(a.dispatches.size())}});
  }
  return title;
}

Paragraph basis_line(std::string text) {
  return Paragraph{.runs = {{std::move(text), false, true}}};
}

void add_basis(Document& doc, const Assessment& a, const Texts& texts) {
  for (const NormRecord& n : a.norms) {
    if (!n.verified) continue;  // an unverified norm is never a legal basis
    doc.blocks.push_back(
        basis_line(texts("report.basis.norm", {{"title", norm_words(texts, a, n.id)}})));
  }
  for (const DispatchRecord& d : a.dispatches) {
    std::vector<std::string> cited;
    for (const BasisRecord& b : d.legal_basis) {
      cited.push_back(clean(b.number) + dated(texts, b.issued_on));
    }
    doc.blocks.push_back(basis_line(
        cited.empty()
            ? texts("report.basis.dispatch", {{"dispatch", full_name(texts, d)}})
            : texts("report.basis.dispatch_cites",
                    {{"dispatch", full_name(texts, d)},
                     {"cited", fmt::format("{}", fmt::join(cited, "; "))}})));
  }
  doc.blocks.push_back(Paragraph{
      .runs = {{texts("report.basis.closing",
                      {{"agency", capital(agency_words(texts, a))},
                       {"date", day_words(a.as_of)}})}}});
}

}  // namespace

void add_head(Document& doc, const View& view, const Texts& texts) {
  const Assessment& a = *view.assessment;
  doc.blocks.push_back(note_head(a, texts));
  doc.blocks.push_back(title_of(a, texts));
  Addressees to{texts("report.to"), {}};
  for (const DispatchRecord& d : a.dispatches) {
    const std::string issuer = clean(d.issuer);
    if (issuer.empty()) continue;
    if (std::find(to.names.begin(), to.names.end(), issuer) == to.names.end()) {
      to.names.push_back(issuer);
    }
  }
  if (!to.names.empty()) doc.blocks.push_back(std::move(to));
  add_basis(doc, a, texts);
}

Document answer(const View& view, const Texts& texts, const Seal& seal) {
  const Assessment& a = *view.assessment;
  Document doc;
  doc.lang = texts.lang();
  doc.author = clean(a.agency.name);
  doc.created_at = a.created_at;
  if (a.agency.sample) doc.sample_mark = texts("report.sample_mark");
  add_head(doc, view, texts);
  doc.title = texts("report.kind") + ": " + std::get<Title>(doc.blocks[1]).about;
  add_body(doc, view, texts);
  add_annexes(doc, view, texts, seal);
  return doc;
}

}  // namespace khien::report
