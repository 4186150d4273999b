#include "engine/signature/pdf_signatures.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"
#include "engine/signature/pdf_objects.h"
#include "engine/signature/pdf_ranges.h"

namespace khien::signature {
namespace {

constexpr std::size_t kEvidence = 1000;                           // lists and answers of each kind
constexpr std::size_t kEvidenceBytes = std::size_t{64} << 20;

int two(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' ||
      text[at + 1] > '9') {
    return -1;
  }
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// "20240214093000+07'00'" (ISO 32000-2, 7.9.4); without an offset it is read as +07:00.
std::optional<std::int64_t> pdf_time(std::string_view text) {
  if (text.size() < 14) return std::nullopt;
  int part[7];
  for (std::size_t i = 0; i < 7; ++i) {
    part[i] = two(text, i * 2);
    if (part[i] < 0) return std::nullopt;
  }
  const Date day{part[0] * 100 + part[1], part[2], part[3]};
  if (!is_valid(day) || part[4] > 23 || part[5] > 59 || part[6] > 60) return std::nullopt;
  std::int64_t offset = kVietnamOffsetMs;
  if (text.size() > 14 && text[14] == 'Z') offset = 0;
  if (text.size() >= 17 && (text[14] == '+' || text[14] == '-')) {
    const int hours = two(text, 15);
    const int minutes = text.size() >= 20 ? two(text, 18) : 0;
    offset = (std::max(hours, 0) * 60LL + std::max(minutes, 0)) * 60'000;
    if (text[14] == '-') offset = -offset;
  }
  return to_days(day) * kDayMs + ((part[4] * 60LL + part[5]) * 60 + part[6]) * 1000 - offset;
}

// Revocation lists and answers that a later update keeps (ISO 32000-2, 12.8.4.3).
Evidence kept_evidence(std::string_view pdf) {
  Evidence out;
  if (pdf.find("/DSS") == std::string_view::npos && pdf.find("/ObjStm") == std::string_view::npos) {
    return out;
  }
  Objects all;
  all.add(pdf);
  std::size_t left = kEvidenceBytes;
  for (const auto& [number, object] : all.all()) {
    const Dict dict = dict_of(object);
    for (const auto& [key, into] :
         {std::pair{"/CRLs", &out.crls}, std::pair{"/OCSPs", &out.ocsps}}) {
      const auto list = dict.find(key);
      if (list == dict.end()) continue;
      for (const int one : references(list->second)) {
        const std::string_view* stream = all.find(one);
        if (stream == nullptr || into->size() >= kEvidence) continue;
        into->push_back(stream_of(*stream, left));
        left -= into->back().size();
      }
    }
  }
  return out;
}

// May a document change so after a certifying signature?
bool allowed(int docmdp, Change later) {
  if (docmdp == 1) return later <= Change::evidence;
  return later <= (docmdp == 2 ? Change::form : Change::notes);
}

Signature signature_of(std::string_view pdf, const Range& r, const Evidence& evidence) {
  Signature out;
  if (r.damaged) {
    out.answer.intact = false;
    out.answer.reason = "reason.sign.range_damaged";
  } else if (!r.inside) {
    out.answer = check_cms(r.contents, {}, r.sub_filter, evidence);
    out.answer.intact = false;
    out.answer.reason = "reason.sign.range_outside";
  } else {
    out.answer = check_cms(
        r.contents,
        {pdf.substr(r.first, r.first_bytes), pdf.substr(r.second, r.second_bytes)}, r.sub_filter,
        evidence);
    out.later = changes_after(pdf, r.second + r.second_bytes);
  }
  if (!out.answer.signed_ms) out.answer.signed_ms = pdf_time(r.claimed);
  out.sub_filter = is_valid_utf8(r.sub_filter) ? r.sub_filter : "?";
  out.covers_document = r.inside && r.gap_is_contents && r.to_end;
  out.problems = out.answer.problems;
  if (r.inside && !r.gap_is_contents) out.problems.emplace_back("left_out");
  if (r.docmdp != 0 && !allowed(r.docmdp, out.later)) out.problems.emplace_back("docmdp_broken");
  return out;
}

}  // namespace

Result<std::vector<Signature>> read_signatures(std::string_view pdf, const std::string& place) {
  KHIEN_TRY(const std::vector<Range> ranges, find_ranges(pdf, place));
  std::vector<Signature> out;
  const Evidence evidence = ranges.empty() ? Evidence{} : kept_evidence(pdf);
  for (const Range& range : ranges) out.push_back(signature_of(pdf, range, evidence));
  if (!out.empty()) out.back().last = true;
  return out;
}

}  // namespace khien::signature
