// The frame of the answer: head, title, addressees, legal basis; then body and annexes.
#include "report/answer.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/head.h"
#include "report/words.h"

namespace khien::report {
namespace {

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
    for (const Cited& b : d.legal_basis) {
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
  const std::string letters = letters_of(a.agency);
  const std::string kind =
      letters.empty() ? std::string("BC") : texts("report.letters", {{"symbol", letters}});
  doc.blocks.push_back(
      note_head(a.agency, a.created_at, texts("report.number", {{"letters", kind}}), texts));
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
