// What the prose of a dispatch says about its head: the documents it carries out, who issues it
// when no head says so, and whom to call.
#include <algorithm>

#include "base/text.h"
#include "dispatch/finders.h"
#include "dispatch/head.h"

namespace khien {
namespace {

std::u32string_view trimmed(std::u32string_view text) {
  const std::size_t a = text.find_first_not_of(U" \n\t,;:-–");
  if (a == std::u32string_view::npos) return {};
  return text.substr(a, text.find_last_not_of(U" \n\t,;:-–") - a + 1);
}

std::string tidy(std::u32string_view text) { return squeeze(to_utf8(trimmed(text))); }

// The end of the first of `stops` at or after `from`.
std::size_t first_of(std::u32string_view text, std::size_t from, std::u32string_view stops) {
  const std::size_t at = text.find_first_of(stops, from);
  return at == std::u32string_view::npos ? text.size() : at;
}

// "Chỉ thị số 09/CT-TTg ngày .. của X về ..", "X, Y có công văn số 2074/.. cảnh báo ..".
void own_number_in_prose(Anatomy& out, std::u32string_view folded) {
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
  const bool told = before.ends_with(U"có công văn số ") || before.ends_with(U"có văn bản số ") ||
                    before.ends_with(U"ban hành công văn số ") ||
                    before.ends_with(U"ban hành chỉ thị số ");
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
    verb = std::min({verb, folded.find(U" ban hành ", name), folded.find(U" đã ", name)});
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

// The noun before "đề nghị", "yêu cầu" in the opening.
void issuer_in_prose(Anatomy& out, std::u32string_view folded) {
  if (!out.head.issuer.empty()) return;
  static constexpr std::u32string_view kVerbs[] = {
      U" đề nghị ",       U" yêu cầu ",      U" khuyến nghị ",   U" thông báo các ",
      U" khuyến nghị:",   U" đề nghị:",      U" yêu cầu:",       U" chỉ đạo ",
      U" có ý kiến ",     U" hướng dẫn ",    U" khuyến cáo ",    U" đề nghị thực hiện",
      U" chỉ thị:",       U" kết luận:",     U" gửi các "};
  const std::size_t to = std::max<std::size_t>(out.first_clause, out.body_begin);
  const std::size_t least = out.head.recipients.empty() ? 0 : out.body_begin;
  std::size_t best = 0;
  for (const auto verb : kVerbs) {
    const std::size_t at = folded.substr(0, to).rfind(verb);
    if (at != std::u32string_view::npos && at >= least) best = std::max(best, at);
  }
  if (best == 0) return;
  std::size_t from = out.clean.find_last_of(U",;.\n", best);
  from = from == std::u32string::npos ? 0 : from + 1;
  const std::u32string_view name = trimmed(cut(out.clean, from, best));
  if (name.size() < 4 || name.size() > 80 || !is_upper(name[0])) return;
  out.head.issuer = tidy(name);
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

bool is_phone_char(char32_t c) {
  return (c >= U'0' && c <= U'9') || c == U'.' || c == U' ' || c == U'(' || c == U')' ||
         c == U'+' || c == U'-';
}

bool is_mail_char(char32_t c) {
  return (c < 0x80 && is_letter(c)) || (c >= U'0' && c <= U'9') || c == U'.' || c == U'_' ||
         c == U'-' || c == U'+';
}

// The address around the first '@' within reach; "" when none.
std::string mail_near(std::u32string_view text, std::size_t from, std::size_t limit) {
  const std::size_t at = text.find(U'@', from);
  if (at >= limit) return "";
  std::size_t begin = at;
  std::size_t end = at + 1;
  while (begin > from && is_mail_char(text[begin - 1])) --begin;
  while (end < text.size() && is_mail_char(text[end])) ++end;
  while (end > at && text[end - 1] == U'.') --end;
  return begin < at && end > at + 1 ? tidy(text.substr(begin, end - begin)) : "";
}

// After "điện thoại ...:" a number, after "thư điện tử" an address, or a masked "[...]".
std::string value_after(std::u32string_view text, std::u32string_view folded,
                        std::u32string_view label, bool phone) {
  const std::size_t at = folded.find(label);
  if (at == std::u32string_view::npos) return "";
  std::size_t i = at + label.size();
  if (!phone) {
    const std::string mail = mail_near(text, i, std::min(text.size(), i + 60));
    if (!mail.empty()) return mail;
  }
  const std::size_t limit = std::min(text.size(), i + 30);
  while (i < limit && !(phone && text[i] >= U'0' && text[i] <= U'9') && text[i] != U'[') ++i;
  if (i >= limit) return "";
  if (text[i] == U'[') return tidy(text.substr(i, first_of(text, i, U"]") + 1 - i));
  std::size_t end = i;
  while (end < text.size() && is_phone_char(text[end])) ++end;
  return tidy(text.substr(i, end - i));
}

void contact_of(Contact& c, std::u32string_view text) {
  const std::u32string folded_text = fold(text);
  const std::u32string_view f = folded_text;
  const auto either = [&](std::string& slot, std::u32string_view label, bool phone) {
    if (slot.empty()) slot = value_after(text, f, label, phone);
  };
  either(c.phone, U"điện thoại", true);
  either(c.phone, U"sđt", true);
  either(c.mail, U"thư điện tử", false);
  either(c.mail, U"email", false);
  for (const std::u32string_view label : {U"đ/c ", U"đồng chí", U"họ và tên", U"ông ", U"bà "}) {
    const std::size_t at = f.find(label);
    if (!c.name.empty() || at == std::u32string_view::npos) continue;
    if (at > 0 && is_letter(f[at - 1])) continue;
    c.name = tidy(cut(text, at + label.size(), first_of(text, at + label.size(), U",–(;\n")));
    if (c.name.size() > 60) c.name.clear();
  }
  if (const std::size_t at = find_like(f, U"chức vụ");
      at != std::u32string_view::npos && c.title.empty()) {
    c.title = tidy(cut(text, at + 7, first_of(text, at + 7, U",;\n")));
  }
  const std::size_t call = find_like(f, U"liên hệ");
  if (c.unit.empty() && call != std::u32string_view::npos) {
    std::size_t from = call + 7;
    if (f.substr(from).starts_with(U" với")) from += 4;
    std::size_t end = first_of(text, from, U";(\n");
    for (const std::u32string_view stop : {U" qua ", U" điện thoại", U" số điện thoại", U" để ",
                                           U" theo ", U" thư điện tử", U" email"}) {
      end = std::min(end, f.find(stop, from));
    }
    const std::size_t person = text.substr(0, std::min(end, text.size())).find(U'–', from);
    if (person != std::u32string_view::npos) from = person + 1;
    c.unit = tidy(cut(text, from, end));
    if (c.unit.size() > 200) c.unit.clear();
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

// "Sở đề nghị các cơ quan, đơn vị:" where no "Kính gửi" names them.
void recipients_in_prose(Anatomy& out, std::u32string_view folded) {
  const bool letter = out.head.form.empty() || out.head.form == "công văn";
  if (!out.head.recipients.empty() || !letter) return;
  static constexpr std::u32string_view kVerbs[] = {U" đề nghị ",   U" yêu cầu ", U" khuyến nghị ",
                                                   U" khuyến cáo ", U" chỉ đạo ", U" gửi "};
  const std::size_t to = std::max({out.first_clause, out.body_begin, out.opening});
  const std::size_t limit = std::min<std::size_t>(folded.size(), to + 300);
  std::size_t best = 0;
  for (const auto verb : kVerbs) {
    const std::size_t at = folded.substr(0, limit).rfind(verb);
    if (at != std::u32string_view::npos && at >= out.body_begin) {
      best = std::max(best, at + verb.size());
    }
  }
  if (best == 0) return;
  static constexpr std::u32string_view kBodies[] = {U"các ", U"thủ trưởng ", U"toàn thể ",
                                                    U"tất cả ", U"mọi ", U"quý "};
  const std::u32string_view rest = folded.substr(best);
  const bool named = std::any_of(std::begin(kBodies), std::end(kBodies),
                                 [&](auto w) { return rest.starts_with(w); });
  if (!named) return;
  std::size_t end = first_of(folded, best, U":.;\n(");
  for (const std::u32string_view stop :
       {U" khẩn trương", U" thực hiện", U" triển khai", U" rà soát", U" chủ động",
        U" tăng cường", U" nghiêm túc", U" chỉ đạo", U" tập trung", U" kiểm tra", U" quan tâm"}) {
    end = std::min(end, folded.find(stop, best));
  }
  const std::string one = tidy(cut(out.clean, best, end));
  if (one.size() > 4 && one.size() < 200) out.head.recipients.push_back(one);
}

bool tells_contact(const Contact& c) { return !c.phone.empty() || !c.mail.empty(); }

// "ông ..., Phó Giám đốc, số điện thoại ..." in a clause; "Cục X là đầu mối trao đổi, hỗ trợ".
void contact_in_prose(Anatomy& out, std::u32string_view body) {
  const std::u32string f = fold(body);
  for (const std::u32string_view label : {U"điện thoại", U"sđt", U"hotline", U"đường dây nóng"}) {
    const std::size_t at = f.find(label);
    if (at == std::u32string::npos) continue;
    std::size_t from = body.substr(0, at).find_last_of(U"\n;");
    from = from == std::u32string_view::npos ? 0 : from + 1;
    Contact c;
    contact_of(c, body.substr(from, first_of(body, at, U"\n;") - from));
    if (c.phone.empty()) c.phone = value_after(body.substr(from), f.substr(from), label, true);
    if (!tells_contact(c)) continue;
    out.head.contacts.push_back(std::move(c));
    return;
  }
  const std::size_t is = f.find(U" là đầu mối ");
  if (is == std::u32string::npos) return;
  const std::u32string_view does = std::u32string_view(f).substr(is + 12, 40);
  const bool helps = does.find(U"trao đổi") != does.npos || does.find(U"liên hệ") != does.npos ||
                     does.find(U"hỗ trợ") != does.npos || does.find(U"giải đáp") != does.npos;
  std::size_t from = body.substr(0, is).find_last_of(U"\n;.");
  from = from == std::u32string_view::npos ? 0 : from + 1;
  if (!helps || is - from > 120) return;
  Contact c;
  c.unit = tidy(cut(body, from, is));
  out.head.contacts.push_back(std::move(c));
}

}  // namespace

void read_basis(Anatomy& out) {
  const std::u32string folded = fold(out.clean);
  own_number_in_prose(out, folded);
  const std::uint32_t to = std::max({out.first_clause, out.body_begin, out.opening});
  for (const FoundReference& ref : find_references(out.clean, out.body_begin, to)) {
    if (ref.number == out.head.number || told_of(folded, ref.begin)) continue;
    const auto same = [&](const Cited& c) { return c.number == ref.number; };
    auto& basis = out.head.legal_basis;
    if (std::any_of(basis.begin(), basis.end(), same)) continue;
    const auto date = date_near(folded, ref.end, 3);
    basis.push_back({ref.number, date && date->has_year ? date->iso : ""});
  }
  issuer_in_prose(out, folded);
  recipients_in_prose(out, folded);
  out.head.issuer = natural_case(out.head.issuer, out, folded);
  out.head.parent = natural_case(out.head.parent, out, folded);
}

// Contact lines are single sentences ("liên hệ ... điện thoại ...") or a labelled list.
void read_contacts(Anatomy& out, const Vocabulary& vocabulary) {
  (void)vocabulary;
  const std::u32string_view body = cut(out.clean, out.body_begin, out.body_end);
  Contact listed;
  for (std::size_t at = 0; at < body.size();) {
    std::size_t end = body.find(U"\n\n", at);
    if (end == std::u32string_view::npos) end = body.size();
    std::u32string_view part = body.substr(at, end - at);
    at = end + 2;
    const std::u32string f = fold(part);
    const bool list = find_like(f, U"họ và tên") != std::u32string::npos ||
                      find_like(f, U"chức vụ:") != std::u32string::npos ||
                      f.starts_with(U"- số điện thoại") || f.starts_with(U"- địa chỉ thư");
    if (list) {
      contact_of(listed, part);
      continue;
    }
    std::size_t from = find_like(f, U"liên hệ");
    while (from != std::u32string::npos && out.head.contacts.size() < 10) {
      std::size_t next = f.find(U"liên hệ", from + 7);
      const std::size_t other = f.find(U" hoặc trung tâm", from + 7);
      const std::size_t stop = std::min({next, other, part.size()});
      Contact c;
      contact_of(c, part.substr(from, stop - from));
      if (tells_contact(c)) out.head.contacts.push_back(std::move(c));
      from = next;
    }
  }
  if (tells_contact(listed) || !listed.name.empty()) out.head.contacts.push_back(listed);
  if (out.head.contacts.empty()) contact_in_prose(out, body);
}

}  // namespace khien
