#include "engine/mail/mail_bytes.h"

#include <algorithm>

#include "base/hash.h"
#include "engine/mail/errors.h"

namespace khien::mail_files {
namespace {

std::string owner_of(const Message& m, const MailWords& words) {
  for (const Address& a : m.to) {
    if (is_own(a.domain, words)) return a.text();
  }
  return "";
}

void add_message(std::string_view bytes, const MailWords& words, MailBytes& out) {
  const Message m = read_message(bytes);
  if (!m.is_mail) {
    ++out.unread;
    return;
  }
  ++out.messages;
  if (m.date_ms) {
    out.first_ms = out.first_ms == 0 ? *m.date_ms : std::min(out.first_ms, *m.date_ms);
    out.last_ms = std::max(out.last_ms, *m.date_ms);
  }
  std::vector<std::string> signs = phishing_signs(m, words);
  std::string owner = owner_of(m, words);
  std::string service = signs.empty() && !owner.empty() ? registration_service(m, words) : "";
  if (signs.empty() && service.empty()) return;
  out.found.push_back({sha256_hex(bytes), m.date_ms, std::move(owner), std::move(service),
                       std::move(signs)});
}

}  // namespace

Result<MailBytes> read_mail_bytes(std::string_view bytes, const MailWords& words,
                                  const std::string& place) {
  MailBytes out;
  out.mbox = bytes.starts_with("From ");
  if (out.mbox) {
    const auto messages = split_mbox(bytes, kMailFileMessages);
    if (messages.size() > kMailFileMessages) {
      return fail(err::too_many_messages, place, {{"limit", std::to_string(kMailFileMessages)}});
    }
    for (const std::string_view message : messages) add_message(message, words, out);
  } else {
    add_message(bytes, words, out);
    if (out.messages == 0) out.unread = 0;  // a file of another kind
  }
  return out;
}

}  // namespace khien::mail_files
