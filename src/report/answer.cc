// The frame of the answer: head, title, addressees, legal basis; then body and annexes.
#include "report/answer.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/changes.h"
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

constexpr std::size_t kBasis = 3;  // legal texts a paper is based on, the highest first

Paragraph basis_line(std::string text) {
  return Paragraph{.runs = {{std::move(text), false, true}}, .size = kSignedPt, .before = 2};
}

// A legal text is cited by its number and day, a law by its number; a standard has neither and is
// no legal basis.
bool citable(const std::string& title) {
  if (title.find(" số ") == title.npos && title.find(" No. ") == title.npos) return false;
  return title.find("/QH") != title.npos || title.find(" ngày ") != title.npos ||
         title.find(" of ") != title.npos;
}

void add_basis(Document& doc, const Assessment& a, const Texts& texts) {
  std::vector<std::string> lines;
  for (const NormRecord& n : a.norms) {
    if (!n.verified || !citable(n.title_vi)) continue;  // unverified: never a legal basis
    if (lines.size() == kBasis) break;
    lines.push_back(texts("report.basis.norm", {{"title", norm_words(texts, a, n.id)}}));
  }
  for (const DispatchRecord& d : a.dispatches) {
    lines.push_back(texts("report.basis.dispatch", {{"dispatch", full_name(texts, d)}}));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    doc.blocks.push_back(basis_line(lines[i] + (i + 1 == lines.size() ? "." : ";")));
  }
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
    const std::string issuer = in_sentence(texts, d.issuer);
    if (issuer.empty()) continue;
    if (std::find(to.names.begin(), to.names.end(), issuer) == to.names.end()) {
      to.names.push_back(issuer);
    }
  }
  if (!to.names.empty()) doc.blocks.push_back(std::move(to));
  add_basis(doc, a, texts);
}

Document answer(const View& view, const Texts& texts, const Seal& seal,
                const Particulars& particulars) {
  const Assessment& a = *view.assessment;
  Document doc;
  doc.lang = texts.lang();
  doc.breaks = breaks_of(texts);
  doc.author = clean(a.agency.name);
  doc.created_at = a.created_at;
  if (a.agency.sample) doc.sample_mark = texts("report.sample_mark");
  add_head(doc, view, texts);
  doc.title = texts("report.kind") + ": " + std::get<Title>(doc.blocks[1]).about;
  add_body(doc, view, texts, particulars);
  if (has_annex(texts, view, Annex::lists)) add_lists(doc, view, texts, particulars);
  if (has_annex(texts, view, Annex::gaps)) add_gaps(doc, view, texts);
  add_scope(doc, view, texts, seal, particulars);
  if (has_annex(texts, view, Annex::changes)) {
    add_annex_title(doc, a, texts, Annex::changes, annex_label(texts, view, Annex::changes));
    add_changes(doc, a, texts);
  }
  return doc;
}

}  // namespace khien::report
