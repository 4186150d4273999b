// What the prose of a dispatch says about its head: the documents it carries out, and who issues it
// when no head says so.
#include <algorithm>

#include "base/text.h"
#include "dispatch/finders.h"
#include "dispatch/head.h"
#include "dispatch/text_pieces.h"

namespace khien {
namespace {

// "UBND tỉnh vừa ban hành Chỉ thị số ", "Thủ tướng ký Công điện số ".
bool tells_of_own(const HeadWords& words, std::u32string_view before) {
  for (const std::u32string& verb : words.own_verbs) {
    for (const std::u32string& form : words.own_forms) {
      if (before.ends_with(verb + form)) return true;
    }
  }
  return false;
}

// "Chỉ thị số 09/CT-TTg ngày .. của X về ..", "X, Y có công văn số 2074/.. cảnh báo ..".
void own_number_in_prose(Anatomy& out, const HeadWords& words, std::u32string_view folded) {
  if (!out.head.symbol.empty()) return;
  const std::size_t to = std::min<std::size_t>(folded.size(), out.body_begin + 600);
  const auto refs = find_references(out.clean, 0, to);
  if (refs.empty()) return;
  const FoundReference& ref = refs.front();
  const std::size_t line = folded.rfind(U'\n', ref.begin);
  const std::size_t from = line == std::u32string_view::npos ? 0 : line + 1;
  const std::u32string_view before = folded.substr(from, ref.begin - from);
  const bool titled = before == U"chỉ thị số " || before == U"công điện số " ||
                      before == U"thông báo số " || before == U"kế hoạch số " ||
                      before == U"công văn số ";
  // under the title of a regulation: "(Ban hành kèm theo Quyết định số ..."
  const bool issued_with = before.starts_with(U"(") && before.size() < 50 &&
                           before.ends_with(U"quyết định số ");
  if (issued_with) {
    out.head.number = ref.number;
    out.head.symbol = ref.symbol;
    const auto d = date_near(folded, ref.end, 3);
    if (d && d->has_year && out.head.issued_on.empty()) out.head.issued_on = d->iso;
    return;
  }
  const bool told = tells_of_own(words, before);
  if (!titled && !told) return;
  out.head.number = ref.number;
  out.head.symbol = ref.symbol;
  if (before.find(U"chỉ thị") != std::u32string_view::npos) out.head.form = "chỉ thị";
  if (before.find(U"công văn") != std::u32string_view::npos) out.head.form = "công văn";
  if (before.find(U"công điện") != std::u32string_view::npos) out.head.form = "công điện";
  std::size_t end = first_of(folded, ref.end, U"\n");
  if (const auto d = date_near(folded, ref.end, 3)) {
    out.head.issued_on = d->iso;
    const std::size_t by = folded.find(U" của ", d->end);
    const std::size_t about = folded.find(U" về ", d->end);
    if (by < end && about < end && by < about) {
      out.head.issuer = tidy(cut(out.clean, by + 5, about));
      out.head.subject_line = tidy(cut(out.clean, about + 4, end));
    }
  } else if (told) {
    const auto dates = find_dates(folded, from, ref.begin);
    if (!dates.empty()) out.head.issued_on = dates.front().iso;
    const std::size_t name = dates.empty() ? from : dates.front().end;
    std::size_t verb = folded.find(U" có ", name);
    for (const std::u32string_view other : {U" ban hành ", U" đã ", U" vừa ", U" ký "})
      verb = std::min(verb, folded.find(other, name));
    if (verb < ref.begin) {
      const std::u32string_view who = trimmed(cut(out.clean, name, verb));
      const std::size_t comma = who.find(U',');
      out.head.issuer = tidy(who.substr(0, comma));
      if (comma != std::u32string_view::npos) out.head.parent = tidy(who.substr(comma + 1));
    }
    std::size_t stop = first_of(folded, ref.end, U"\n:.");
    const std::size_t listed = folded.substr(0, stop).rfind(U", gồm");
    if (listed != std::u32string_view::npos && listed > ref.end) stop = listed;
    const std::size_t about = begins(folded.substr(ref.end), U" về ") ? 4 : 0;
    out.head.subject_line = tidy(cut(out.clean, ref.end + about, stop));
  }
}

// "Giám đốc Sở" -> the "Sở Tư pháp" the text names.
void full_name(Anatomy& out, std::u32string_view folded) {
  for (std::size_t at = folded.find(U"sở "); at != std::u32string_view::npos;
       at = folded.find(U"sở ", at + 3)) {
    const std::size_t end = first_of(folded, at, U",.;:\n()");
    const std::u32string_view name = trimmed(cut(out.clean, at, end));
    if (name.size() > 5 && name.size() <= 40 && is_upper(name[0]) && is_upper(name[3])) {
      out.head.issuer = tidy(name);
      return;
    }
  }
}

// "Sở Y tế" -> the "Sở Y tế tỉnh Lam Giang" that the text says once.
std::u32string_view with_place(const Anatomy& out, std::u32string_view folded,
                               std::u32string_view name) {
  const std::u32string key = fold(name);
  for (const std::u32string_view level : {U" tỉnh ", U" thành phố ", U" huyện ", U" xã "}) {
    const std::size_t at = folded.find(key + std::u32string(level));
    if (at == std::u32string_view::npos) continue;
    std::size_t end = at + key.size() + level.size();
    std::size_t last = 0;  // the end of the capitals that follow
    while (end < folded.size() && is_letter(out.clean[end]) && is_upper(out.clean[end])) {
      while (end < folded.size() && is_letter(out.clean[end])) ++end;
      last = end;
      if (end < folded.size() && out.clean[end] == U' ') ++end;
    }
    if (last > 0) return cut(out.clean, at, last);
  }
  return name;
}

bool starts_any(std::u32string_view folded, const HeadWords::List& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const auto& w) { return folded.starts_with(w); });
}

bool names_body(const HeadWords& words, std::u32string_view folded) {
  return folded.size() < 80 && starts_any(folded, words.bodies);
}

// "VĂN PHÒNG" under "UBND TỈNH LAM GIANG" is told apart from others by whose it is: as the text
// names it, else with the name of the body above.
void name_office(Anatomy& out, std::u32string_view folded) {
  Dispatch& head = out.head;
  if (fold(head.issuer) != "văn phòng" || head.parent.empty()) return;
  const bool of_people = fold(head.parent).starts_with("ubnd ") ||
                         fold(head.parent).starts_with("ủy ban nhân dân");
  for (const std::u32string_view whose : {U"văn phòng ubnd ", U"văn phòng ủy ban nhân dân "}) {
    const std::size_t at = folded.find(whose, out.body_begin);
    if (!of_people || at == std::u32string_view::npos) continue;
    const std::size_t end = first_of(folded, at + whose.size(), U" ,.;:\n()");
    head.issuer = tidy(cut(out.clean, at, end));
    return;
  }
  head.issuer += " " + head.parent;
}

// The noun before "đề nghị", "yêu cầu" in the opening.
void issuer_in_prose(Anatomy& out, const HeadWords& words, std::u32string_view folded) {
  if (!out.head.issuer.empty()) return;
  const std::size_t to = std::max<std::size_t>(out.first_clause, out.body_begin);
  const std::size_t least = out.head.recipients.empty() ? 0 : out.body_begin;
  std::size_t best = 0;
  for (const std::u32string& verb : words.asks) {
    const std::size_t at = folded.substr(0, to).rfind(verb);
    if (at != std::u32string_view::npos && at >= least) best = std::max(best, at);
  }
  if (best == 0) return;
  std::size_t from = out.clean.find_last_of(U",;.\n", best);
  from = from == std::u32string::npos ? 0 : from + 1;
  const std::u32string_view name = trimmed(cut(out.clean, from, best));
  if (name.size() < 4 || name.size() > 80 || !is_upper(name[0])) return;
  out.head.issuer = tidy(with_place(out, folded, name));
  // "Trung tâm X, Cục Y gửi các ...": the body before the comma, of the other
  if (from > 0 && out.clean[from - 1] == U',') {
    std::size_t start = out.clean.find_last_of(U",;.\n", from - 2);
    start = start == std::u32string::npos ? 0 : start + 1;
    const std::u32string_view first = trimmed(cut(out.clean, start, from - 1));
    const bool body = names_body(words, fold(first)) && names_body(words, fold(name));
    if (body && (start == 0 || out.clean[start - 1] != U',')) {
      out.head.parent = out.head.issuer;
      out.head.issuer = tidy(first);
      return;
    }
  }
  const std::size_t dash = name.find(U" - ");
  if (dash != std::u32string_view::npos && fold(name.substr(dash + 3)).starts_with(U"bộ ")) {
    out.head.parent = tidy(name.substr(dash + 3));
    out.head.issuer = tidy(name.substr(0, dash));
  }
  if (fold(name) == U"giám đốc sở") full_name(out, folded);
}

// An upper-case head name written as the prose writes it.
std::string natural_case(const std::string& upper, const Anatomy& a, std::u32string_view folded) {
  const std::u32string key = fold(std::u32string_view(to_u32(upper)));
  if (!is_upper_line(to_u32(upper))) return upper;
  for (std::size_t at = folded.find(key, a.body_begin); at != std::u32string_view::npos;
       at = folded.find(key, at + 1)) {
    const std::u32string_view here = cut(a.clean, at, at + key.size());
    if (!is_upper_line(here) && is_upper(here[0])) return to_utf8(here);
  }
  return upper;
}

// "KẾ HOẠCH / Thực hiện Chỉ thị số 57-CT/TW": what the subject carries out.
void cite_subject(Anatomy& out, const HeadWords& words) {
  const std::u32string subject = to_u32(out.head.subject_line);
  const std::u32string f = fold(std::u32string_view(subject));
  const bool carries = std::any_of(words.carries.begin(), words.carries.end(),
                                   [&](const auto& w) { return begins(f, w); });
  if (!carries) return;
  for (const FoundReference& ref : find_references(subject, 0, subject.size())) {
    const auto date = date_near(f, ref.end, 3);
    out.head.legal_basis.push_back({ref.number, date && date->has_year ? date->iso : ""});
  }
}

// "Đoàn đã thông báo Kế hoạch số ..." tells of a paper and does not rest on it.
bool told_of(std::u32string_view folded, std::size_t at) {
  std::size_t from = folded.substr(0, at).find_last_of(U".;\n");
  from = from == std::u32string_view::npos ? 0 : from + 1;
  const std::u32string_view before = folded.substr(from, at - from);
  return before.find(U" đã thông báo ") != std::u32string_view::npos ||
         before.find(U" đã trình bày ") != std::u32string_view::npos;
}

constexpr std::size_t kProseAhead = 300;      // beyond the first demand
constexpr std::size_t kLeadAhead = 3000;

// Whom a text names at `at`, up to what they are to do; "" when it names nobody there.
std::string bodies_at(const Anatomy& out, const HeadWords& words, std::u32string_view folded,
                      std::size_t at) {
  if (!starts_any(folded.substr(at), words.addressed)) return "";
  std::size_t end = first_of(folded, at, U":.;\n(");
  for (const std::u32string& stop : words.acts) end = std::min(end, folded.find(stop, at));
  std::string one = tidy(cut(out.clean, at, end));
  return one.size() > 4 && one.size() < 200 ? one : "";
}

// "Sở đề nghị các cơ quan, đơn vị:".
std::string asked_in_prose(const Anatomy& out, const HeadWords& words, std::u32string_view folded,
                           std::size_t limit) {
  std::size_t best = 0;
  for (const std::u32string& verb : words.sends) {
    const std::size_t at = folded.substr(0, limit).rfind(verb);
    if (at != std::u32string_view::npos && at >= out.body_begin) {
      best = std::max(best, at + verb.size());
    }
  }
  return best == 0 ? "" : bodies_at(out, words, folded, best);
}

// "Quy định này áp dụng cho toàn thể nhân viên của trung tâm."
std::string bound_in_prose(const Anatomy& out, const HeadWords& words, std::u32string_view folded,
                           std::size_t limit) {
  for (const std::u32string& verb : words.binds) {
    const std::size_t at = folded.substr(0, limit).find(verb, out.body_begin);
    if (at != std::u32string_view::npos) return bodies_at(out, words, folded, at + verb.size());
  }
  return "";
}

// "Để phòng ngừa, toàn thể viên chức thực hiện:"
std::string led_in_prose(const Anatomy& out, const HeadWords& words, std::u32string_view folded) {
  const std::size_t limit = std::min<std::size_t>(folded.size(), out.body_begin + kLeadAhead);
  for (std::size_t at = folded.find(U":\n", out.body_begin); at < limit;
       at = folded.find(U":\n", at + 1)) {
    const std::size_t line = folded.rfind(U'\n', at) + 1;
    for (const std::u32string& whole : words.all_of) {
      const std::size_t found = folded.substr(0, at).rfind(whole);
      if (found == std::u32string_view::npos || found < line) continue;
      const bool opens = found == line || (found > line + 1 && folded[found - 1] == U' ' &&
                                           folded[found - 2] == U',');
      if (opens) return bodies_at(out, words, folded, found);
    }
  }
  return "";
}

// Where no "Kính gửi" names them. Decisions, regulations and plans are sent to nobody.
void recipients_in_prose(Anatomy& out, const HeadWords& words, std::u32string_view folded) {
  const std::string& form = out.head.form;
  const bool letter = form.empty() || form == "công văn";
  if (!out.head.recipients.empty() || (!letter && form != "thông báo")) return;
  const std::size_t to = std::max({out.first_clause, out.body_begin, out.opening});
  const std::size_t limit = std::min<std::size_t>(folded.size(), to + kProseAhead);
  std::string one;
  if (letter) one = asked_in_prose(out, words, folded, limit);
  if (one.empty()) one = bound_in_prose(out, words, folded, limit);
  if (one.empty()) one = led_in_prose(out, words, folded);
  if (!one.empty()) out.head.recipients.push_back(std::move(one));
}

// "I. CĂN CỨ LẬP KẾ HOẠCH" and the clauses under it; "(Căn cứ Thông tư số ...)" under a title.
std::vector<std::pair<std::size_t, std::size_t>> basis_sections(const Anatomy& out,
                                                                std::u32string_view folded) {
  std::vector<std::pair<std::size_t, std::size_t>> sections;
  const std::size_t bracket = folded.substr(0, out.body_begin).find(U"(căn cứ ");
  if (bracket != std::u32string_view::npos)
    sections.emplace_back(bracket, first_of(folded, bracket, U")"));
  for (std::size_t i = 0; i < out.clauses.size(); ++i) {
    const Clause& c = out.clauses[i];
    const std::u32string_view text = cut(folded, c.text_begin, c.end);
    if (c.form == ClauseForm::paragraph || text.size() > 60 || c.in_annex) continue;
    if (!text.starts_with(U"căn cứ") && !text.starts_with(U"cơ sở pháp lý")) continue;
    if (text.find_first_of(U"/;") != std::u32string_view::npos) continue;
    std::size_t end = c.end;
    for (std::size_t k = i + 1; k < out.clauses.size(); ++k) {
      const Clause& below = out.clauses[k];
      if (below.form != ClauseForm::bullet && below.form != ClauseForm::paragraph &&
          below.parent != static_cast<int>(i))
        break;
      end = below.end;
    }
    sections.emplace_back(c.begin, end);
    break;
  }
  return sections;
}

}  // namespace

void read_basis(Anatomy& out, const HeadWords& words) {
  const std::u32string folded = fold(out.clean);
  own_number_in_prose(out, words, folded);
  cite_subject(out, words);
  const std::uint32_t to = std::max({out.first_clause, out.body_begin, out.opening});
  std::vector<FoundReference> cited = find_references(out.clean, out.body_begin, to);
  for (const auto& [from, end] : basis_sections(out, folded)) {
    for (FoundReference& ref : find_references(out.clean, from, end))
      cited.push_back(std::move(ref));
  }
  for (const FoundReference& ref : cited) {
    if (ref.number == out.head.number || told_of(folded, ref.begin)) continue;
    const auto same = [&](const Cited& c) { return c.number == ref.number; };
    auto& basis = out.head.legal_basis;
    if (std::any_of(basis.begin(), basis.end(), same)) continue;
    const auto date = date_near(folded, ref.end, 3);
    basis.push_back({ref.number, date && date->has_year ? date->iso : ""});
  }
  issuer_in_prose(out, words, folded);
  recipients_in_prose(out, words, folded);
  out.head.issuer = natural_case(out.head.issuer, out, folded);
  out.head.parent = natural_case(out.head.parent, out, folded);
  name_office(out, folded);
}

}  // namespace khien
