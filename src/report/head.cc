// Shared by the answer and the outgoing papers, so that all of an agency's papers look alike.
#include "report/head.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "report/words.h"

namespace khien::report {
namespace {

// Lines of about the same length, each short enough for the narrow column of the head, so that no
// word stands alone: "SỞ CÔNG THƯƠNG" / "TỈNH MẪU".
std::vector<std::string> balanced(const std::string& text, std::size_t most) {
  std::vector<std::string> words;
  std::string_view rest = text;
  constexpr std::string_view kCouncil = "ỦY BAN NHÂN DÂN";  // never broken
  while (!rest.empty()) {
    const std::size_t from = rest.starts_with(kCouncil) ? kCouncil.size() : 0;
    const std::size_t space = rest.find(' ', from);
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

}  // namespace

std::string letters_of(const AgencyRecord& agency) {
  const std::string symbol = clean(agency.symbol);
  return symbol.substr(0, symbol.find('-'));
}

NoteHead note_head(const AgencyRecord& agency, std::int64_t at_ms, std::string number,
                   const Texts& texts) {
  const auto year = std::to_string(local_date(at_ms).year);
  NoteHead head;
  head.parent = balanced(caps(clean(agency.parent)), 22);
  head.agency = agency.name.empty() ? std::vector{texts("report.agency_blank")}
                                    : balanced(caps(clean(agency.name)), 20);
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
