// Whom to call: single sentences ("liên hệ ... điện thoại ...") or a labelled list.
#include <algorithm>

#include "base/text.h"
#include "dispatch/head.h"
#include "dispatch/text_pieces.h"

namespace khien {
namespace {

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
