// Shared by the answer and the outgoing papers, so that all of an agency's papers look alike.
#include "report/head.h"

#include <string_view>

#include "report/lines.h"
#include "report/words.h"

namespace khien::report {

std::string letters_of(const AgencyRecord& agency) {
  const std::string symbol = clean(agency.symbol);
  return symbol.substr(0, symbol.find('-'));
}

namespace {

// "UBND XÃ HÒA MẪU" in full, as the head of a paper has it.
std::string in_full(std::string name, const Texts& texts) {
  constexpr std::string_view kShort = "UBND";
  const bool council = name == kShort || name.starts_with(std::string(kShort) + " ");
  if (!council || texts.lang() != "vi") return name;
  return texts("report.names.council") + name.substr(kShort.size());
}

}  // namespace

NoteHead note_head(const AgencyRecord& agency, std::int64_t at_ms, std::string number,
                   const Texts& texts) {
  const auto year = std::to_string(local_date(at_ms).year);
  NoteHead head;
  const Breaks breaks = breaks_of(texts);
  head.parent = balanced(in_full(caps(clean(agency.parent)), texts), 22, breaks);
  head.agency = balanced(in_full(caps(clean(agency.name)), texts), 20, breaks);
  if (head.agency.empty()) head.agency = {texts("report.agency_blank")};
  head.rule = rule_under(head.agency.back(), kCapsWide);
  head.number = std::move(number);
  head.motto = texts("report.motto");
  head.slogan = texts("report.slogan");
  head.place_date =
      agency.place.empty()
          ? texts("report.date_only", {{"year", year}})
          : texts("report.place_date", {{"place", clean(agency.place)}, {"year", year}});
  return head;
}

std::string filed_line(const AgencyRecord& agency, const Texts& texts) {
  const std::string symbol = clean(agency.symbol);
  const std::size_t dash = symbol.find('-');
  return "- " + (dash == symbol.npos ? texts("report.recipients.filed")
                                     : texts("report.recipients.filed_unit",
                                             {{"unit", symbol.substr(dash + 1)}}));
}

SignatureBlock signature_of(const AgencyRecord& agency, const Texts& texts) {
  SignatureBlock block;
  block.recipients_label = texts("report.recipients.label");
  std::string_view rest = agency.signer_title;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    block.signer_title.push_back(caps(clean(rest.substr(0, end))));
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
  }
  if (block.signer_title.empty()) block.signer_title.push_back(texts("report.head.signer"));
  block.signer_name = clean(agency.signer_name);
  return block;
}

}  // namespace khien::report
