// Records to words. Texts of controls and kinds are content; where one is missing the id stands in,
// so that nothing silently disappears from a paper.
#include "report/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace khien::report {
namespace {

constexpr std::size_t kSubject = 80;  // code points that tell two orders of one number apart

bool unprintable(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;          // C0, DEL, C1
  if (c >= 0x202a && c <= 0x202e) return true;                   // direction overrides
  if (c >= 0x2066 && c <= 0x2069) return true;
  if (c == 0x200e || c == 0x200f || c == 0x2028 || c == 0x2029) return true;
  if (c >= 0xd800 && c <= 0xdfff) return true;
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  const std::string folded = fold(text);
  return folded.starts_with(fold(prefix));
}

std::string or_id(const Texts& texts, const std::string& id, std::string_view fallback) {
  return texts.has(id) ? texts(id) : clean(fallback);
}

bool is_iso_date(std::string_view s) { return s.size() == 10 && parse_date(s).has_value(); }

}  // namespace

std::string clean(std::string_view text) {
  std::u32string points = to_u32(text);
  for (char32_t& c : points) {
    if (unprintable(c)) c = (c == '\n' || c == '\t' || c == '\r') ? U' ' : U'\u00ad';
  }
  std::erase(points, U'\u00ad');
  return squeeze(nfc(to_utf8(points)));
}

std::string excerpt(std::string_view text, std::size_t count) {
  const std::string whole = clean(text.substr(0, std::min(text.size(), count * 16)));
  std::u32string points = to_u32(whole);
  if (points.size() <= count) return whole;
  points.resize(count > 3 ? count - 3 : count);
  if (const auto space = points.rfind(U' '); space != points.npos && space + 20 > points.size()) {
    points.resize(space);
  }
  while (!points.empty() && std::u32string_view(U" ,;:.").find(points.back()) != points.npos) {
    points.pop_back();
  }
  return to_utf8(points) + "...";
}

std::string capital(std::string_view text) {
  std::u32string points = to_u32(text);
  if (!points.empty()) {
    points[0] = static_cast<char32_t>(u_toupper(static_cast<UChar32>(points[0])));
  }
  return to_utf8(points);
}

std::string sentence(std::string_view text) {
  std::string out = capital(text);
  if (out.empty() || std::string_view(".!?").find(out.back()) != std::string_view::npos) return out;
  out += ".";
  return out;
}

std::string caps(std::string_view text) {
  icu::UnicodeString s = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  s.toUpper(icu::Locale("vi"));
  std::string out;
  s.toUTF8String(out);
  return out;
}

std::string cite(const Texts& texts, const MeasureRecord& m) {
  if (texts.lang() != "vi" || m.cite_vi.empty()) {
    const bool loose = !m.doc_id.empty() && m.doc_id.front() == 'p';
    return texts(loose ? "report.cite.paragraph" : "report.cite.item",
                 {{"id", clean(loose ? m.doc_id.substr(1) : m.doc_id)}});
  }
  return cite_words(texts, m.cite_vi);
}

std::string cite_words(const Texts& texts, std::string_view cite_vi) {
  if (texts.lang() != "vi") return clean(cite_vi);
  std::vector<std::string> parts;
  std::string_view rest = cite_vi;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    if (const std::string part = clean(rest.substr(0, comma)); !part.empty()) parts.push_back(part);
    rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
  }
  std::reverse(parts.begin(), parts.end());
  return capital(fmt::format("{}", fmt::join(parts, ", ")));
}

std::string in_sentence(const Texts& texts, std::string_view name) {
  const std::string whole = clean(name);
  if (whole != caps(whole) || whole.find(' ') == whole.npos) return whole;
  // " tỉnh thành phố ": words between blanks; a syllable stands for itself.
  const std::string before_places = " " + texts("report.names.before_places") + " ";
  const std::string before_fields = " " + texts("report.names.before_fields") + " ";
  std::string out;
  bool next = true;
  bool places = false;  // every word of the name of a place is capital
  std::string_view rest = whole;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const std::string word = fold(rest.substr(0, space));
    rest = space == rest.npos ? std::string_view{} : rest.substr(space + 1);
    const bool place = before_places.find(" " + word + " ") != std::string::npos;
    if (place) places = false;
    out += (out.empty() ? "" : " ") + (next || places ? capital(word) : word);
    next = before_fields.find(" " + word + " ") != std::string::npos;
    places = (places || place) && !word.ends_with(',');
  }
  return out;
}

std::string agency_words(const Texts& texts, const Assessment& a) {
  return a.agency.name.empty() ? texts("report.agency_unnamed") : in_sentence(texts, a.agency.name);
}

std::string dated(const Texts& texts, std::string_view iso) {
  if (iso.empty()) return "";
  std::string words = texts.date(iso);
  // 07/5/2021: only days below 10 and the months 1 and 2 get a zero (Decree 30/2020, annex I).
  const bool short_month = texts.lang() == "vi" && is_iso_date(iso) && iso[5] == '0' &&
                           iso[6] >= '3';
  if (short_month) words.erase(3, 1);
  return " " + texts(is_iso_date(iso) ? "report.on_day" : "report.in_month", {{"date", words}});
}

std::string subject_of(const DispatchRecord& d) {
  std::string subject = clean(d.subject_line);
  for (const std::string_view prefix : {"v/v:", "v/v", "về việc"}) {
    if (starts_with_fold(subject, prefix)) {
      subject = clean(std::string_view(subject).substr(prefix.size()));
      break;
    }
  }
  while (!subject.empty() && (subject.back() == '.' || subject.back() == '/')) subject.pop_back();
  return subject;
}

// A programme of our own has neither number nor date: it goes by its subject.
bool goes_by_subject(const DispatchRecord& d) {
  return clean(d.number).empty() && clean(d.symbol).empty() && d.issued_on.empty() &&
         !subject_of(d).empty();
}

std::string number_of(const Texts& texts, const DispatchRecord& d) {
  if (goes_by_subject(d)) return capital(clean(d.form)) + " " + subject_of(d);
  std::string form = clean(d.form);
  if (form.empty() || texts.lang() != "vi") form = texts("report.form.dispatch");
  std::string number = clean(d.number);
  if (number.empty() || number.front() == '/') {
    number = number.empty() ? clean(d.symbol) : number.substr(1);
    number = number.empty() ? "…" : "…/" + number;
  }
  return texts("report.dispatch.number", {{"form", capital(form)}, {"number", number}});
}

std::string told_apart(const Texts& texts, const View& view, const DispatchRecord& d) {
  std::string out = number_of(texts, d);
  std::vector<const DispatchRecord*> alike;
  for (const DispatchView& other : view.dispatches) {
    if (other.dispatch->id != d.id && number_of(texts, *other.dispatch) == out) {
      alike.push_back(other.dispatch);
    }
  }
  if (alike.empty() || goes_by_subject(d)) return out;
  const std::string issuer = in_sentence(texts, d.issuer);
  if (!issuer.empty()) out += " " + texts("report.dispatch.of", {{"issuer", issuer}});
  const bool same = std::any_of(alike.begin(), alike.end(), [&](const DispatchRecord* other) {
    return in_sentence(texts, other->issuer) == issuer;
  });
  const std::string subject = excerpt(subject_of(d), kSubject);
  if (same && !subject.empty()) {
    out += " " + texts("report.dispatch.about", {{"subject", subject}});
  }
  return out;
}

std::string full_name(const Texts& texts, const DispatchRecord& d) {
  std::string out = number_of(texts, d) + dated(texts, d.issued_on);
  if (!d.issuer.empty()) {
    out += " " + texts("report.dispatch.of", {{"issuer", in_sentence(texts, d.issuer)}});
  }
  if (goes_by_subject(d)) return out;
  if (const std::string subject = subject_of(d); !subject.empty()) {
    out += " " + texts("report.dispatch.about", {{"subject", subject}});
  }
  return out;
}

std::string verdict_word(const Texts& texts, Verdict verdict) {
  return texts(fmt::format("verdict.{}", to_string(verdict)));
}

std::string outcome_word(const Texts& texts, Outcome outcome) {
  return texts(fmt::format("outcome.{}", to_string(outcome)));
}

std::string severity_word(const Texts& texts, std::string_view severity) {
  return or_id(texts, fmt::format("severity.{}", severity), severity);
}

std::string reason_words(const Texts& texts, std::string_view reason) {
  const std::string id(reason);
  if (texts.has(id)) return texts(id);
  if (reason.find(' ') != reason.npos) return clean(reason);  // already words
  return texts("report.reason_unnamed");
}

std::string unknown_key_words(const Texts& texts, const CollectionRecord& c) {
  if (c.sealed_by.empty() || c.key_known) return "";
  return texts("report.unknown_key", {{"fingerprint", clean(c.sealed_by)}});
}

std::string kind_words(const Texts& texts, std::string_view kind) {
  return or_id(texts, fmt::format("kind.{}", kind), kind);
}

std::string control_words(const Texts& texts, std::string_view control) {
  return or_id(texts, fmt::format("control.{}.title", control), control);
}

std::string table_words(const Texts& texts, std::string_view table) {
  return texts(texts.has(fmt::format("report.unit.{}", table))
                   ? fmt::format("report.unit.{}", table) : "report.unit.other");
}

std::string facts_words(const Texts& texts, std::string_view table) {
  const std::string id = fmt::format("report.table.{}", table);
  return texts.has(id) ? texts(id) : capital(table_words(texts, table));
}

std::string measure_words(const Texts& texts, const MeasureRecord& m, std::size_t count) {
  if (!m.text.empty()) {
    std::string text = excerpt(m.text, count);
    while (!text.empty() && std::string_view(";,: ").find(text.back()) != std::string_view::npos) {
      text.pop_back();
    }
    return text;
  }
  std::vector<std::string> kinds;  // a shared file keeps kinds, not the clause
  for (const KindRecord& k : m.kinds) kinds.push_back(kind_words(texts, k.kind));
  return excerpt(capital(fmt::format("{}", fmt::join(kinds, "; "))), count);
}

std::string fix_words(const Texts& texts, const RunRecord& run) {
  const std::string id = fmt::format("control.{}.fix", run.control);
  if (texts.has(id)) {
    return texts(id, {{"failed", run.failed}, {"total", run.total()}, {"passed", run.passed},
                      {"unknown", run.unknown}});
  }
  return texts("report.fix_unnamed", {{"control", control_words(texts, run.control)}});
}

std::string norm_words(const Texts& texts, const Assessment& a, std::string_view norm_id) {
  for (const NormRecord& n : a.norms) {
    if (n.id != norm_id) continue;
    std::string title = clean(texts.lang() == "vi" || n.title_en.empty() ? n.title_vi : n.title_en);
    if (!n.verified) title += " " + texts("report.unverified");
    return title;
  }
  for (const DispatchRecord& d : a.dispatches) {
    const bool blank = d.number.empty() && norm_id == "…/" + d.symbol;
    if (blank || (!d.number.empty() && d.number == norm_id)) return number_of(texts, d);
  }
  return clean(norm_id);
}

std::string day_words(std::int64_t at_ms) {
  const Date d = local_date(at_ms);
  return fmt::format("{:02}/{:02}/{:04}", d.day, d.month, d.year);
}

std::string instant_words(std::int64_t at_ms) {
  const std::string iso = to_iso_instant(at_ms);  // 2024-05-01T07:00:00.000+07:00
  return day_words(at_ms) + " " + iso.substr(11, 5);
}

std::string observed_words(const Texts& texts, std::string_view observed) {
  const std::string id(observed);
  if (id.starts_with("observed.") && texts.has(id)) return texts(id);
  if (is_iso_date(observed)) return texts.date(observed);
  // "Windows 10 (2025-10-14)"
  if (const auto open = observed.rfind('('); open != observed.npos && observed.ends_with(')')) {
    const std::string_view inside = observed.substr(open + 1, observed.size() - open - 2);
    if (is_iso_date(inside)) {
      return clean(observed.substr(0, open)) + " (" + texts.date(inside) + ")";
    }
  }
  if (observed.size() >= 19 && observed[10] == 'T' && is_iso_date(observed.substr(0, 10))) {
    return texts.date(observed.substr(0, 10)) + " " + std::string(observed.substr(11, 5));
  }
  const std::size_t digits = std::min(observed.find_first_not_of("0123456789"), observed.size());
  if (digits > 0 && observed.substr(digits) == " min") {
    return texts("report.minutes", {{"n", std::string(observed.substr(0, digits))}});
  }
  if (observed.size() > 1 && observed.front() == 'P' && parse_period(observed).has_value()) {
    return texts.period(observed);
  }
  return clean(observed);
}

}  // namespace khien::report
