// What all outgoing papers share: the head, who may be asked, Nơi nhận, and the fields an agency's
// own template can name.
#include "report/draft.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/head.h"
#include "report/words.h"

namespace khien::report {

bool has_order(const Ordered& o) {
  const DispatchRecord& d = o.dispatch;
  return !(d.number.empty() && d.symbol.empty() && d.issuer.empty() && d.subject_line.empty());
}

bool asks(const Ordered& o, std::string_view kind) {
  return std::any_of(o.measures.begin(), o.measures.end(), [&](const MeasureRecord& m) {
    return std::any_of(m.kinds.begin(), m.kinds.end(),
                       [&](const KindRecord& k) { return k.kind == kind; });
  });
}

const Node& stated(const Ordered& o, std::string_view kind, std::string_view parameter) {
  static const Node none;
  for (const MeasureRecord& m : o.measures) {
    for (const KindRecord& k : m.kinds) {
      if (k.kind == kind && k.parameters.has(parameter)) return k.parameters[parameter];
    }
  }
  return none;
}

void add_paragraph(Document& doc, std::string text, bool keep_next) {
  doc.blocks.push_back(Paragraph{.runs = {{std::move(text)}}, .keep_next = keep_next});
}

Draft start_draft(const Sender& sender, const LetterHead& head, const std::string& title,
                  const Texts& texts) {
  const AgencyRecord& agency = sender.agency;
  const std::string letters = letters_of(agency);
  std::string number;
  if (head.letters.empty()) {  // a công văn carries the agency's whole symbol, no kind letters
    number = texts("report.number", {{"letters", clean(agency.symbol)}});
  } else {
    const std::string kind = letters.empty() ? head.letters : head.letters + "-" + letters;
    number = texts("report.number", {{"letters", kind}});
  }
  Draft out;
  Document& doc = out.document;
  doc.lang = texts.lang();
  doc.breaks = breaks_of(texts);
  doc.title = title;
  doc.author = clean(agency.name);
  doc.created_at = sender.at_ms;
  if (agency.sample) doc.sample_mark = texts("report.sample_mark");
  NoteHead note = note_head(agency, sender.at_ms, number, texts);
  note.about = head.about;
  out.fields = {
      {"agency", {agency.name.empty() ? texts("report.agency_blank") : clean(agency.name)}},
      {"agency_caps", {agency.name.empty() ? texts("report.agency_blank")
                                           : caps(clean(agency.name))}},
      {"parent", {caps(clean(agency.parent))}},
      {"number", {number}},
      {"place_date", {note.place_date}},
      {"place", {clean(agency.place)}},
      {"year", {std::to_string(local_date(sender.at_ms).year)}},
      {"subject", {head.about.empty() ? title : head.about}},
      {"contact", {contact_words(sender, texts)}},
      {"sample_mark", {doc.sample_mark}},
  };
  doc.blocks.push_back(std::move(note));
  return out;
}

std::string contact_words(const Sender& sender, const Texts& texts) {
  const std::string name = clean(sender.agency.officer_name);
  if (name.empty()) return "";
  std::vector<std::string> parts = {texts("draft.contact.person", {{"name", name}})};
  if (const std::string title = clean(sender.agency.officer_title); !title.empty()) {
    parts.push_back(title);
  }
  if (const std::string phone = clean(sender.phone); !phone.empty()) {
    parts.push_back(texts("draft.contact.phone", {{"phone", phone}}));
  }
  if (const std::string mail = clean(sender.mail); !mail.empty()) {
    parts.push_back(texts("draft.contact.mail", {{"mail", mail}}));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

void add_signature(Draft& draft, const Sender& sender, const Ordered& ordered, bool above,
                   const Texts& texts) {
  SignatureBlock block = signature_of(sender.agency, texts);
  if (above) block.recipients.push_back("- " + texts("report.recipients.above"));
  const std::string issuer = clean(ordered.dispatch.issuer);
  const std::string superior = issuer.empty() ? clean(sender.agency.parent) : issuer;
  if (!superior.empty()) {
    block.recipients.push_back(
        "- " + texts("report.recipients.superior", {{"name", in_sentence(texts, superior)}}));
  }
  block.recipients.push_back("- " + texts("draft.recipients.leaders"));
  block.recipients.push_back(filed_line(sender.agency, texts));
  draft.fields["copies"] = block.recipients;
  draft.fields["signer_title"] = block.signer_title;
  draft.fields["signer_name"] = {block.signer_name};
  draft.document.blocks.push_back(std::move(block));
}

}  // namespace khien::report
