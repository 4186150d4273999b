#include "engine/mail/mail_bytes.h"

#include <algorithm>
#include <utility>

#include "engine/mail/errors.h"

namespace khien::mail {
namespace {

constexpr std::size_t kLineBytes = 64 * 1024;  // of a line that are waited for

std::string owner_of(const Message& m, const MailWords& words) {
  for (const Address& a : m.to) {
    if (is_own(a.domain, words)) return a.text();
  }
  return "";
}

}  // namespace

Done MailReader::take(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = std::min(piece.find('\n'), piece.size());
    const bool whole = end < piece.size();
    line_ += piece.substr(0, end + 1);
    piece.remove_prefix(std::min(end + 1, piece.size()));
    if (whole || line_.size() >= kLineBytes) KHIEN_DO(end_line(whole));
  }
  return {};
}

Done MailReader::finish() {
  if (!line_.empty()) KHIEN_DO(end_line(true));
  return number_ > 0 || !totals_.mbox ? end_message() : Done{};
}

// A line, or the start of a very long one. "From " after a blank line begins a message of an mbox.
Done MailReader::end_line(bool whole) {
  const bool mark = !within_line_ && blank_ && line_.starts_with("From ") &&
                    (first_line_ || totals_.mbox);
  if (mark) {
    if (number_ > 0) KHIEN_DO(end_message());
    totals_.mbox = true;
    ++number_;
  } else if (!dropped_) {
    add(line_);
  }
  blank_ = whole && !within_line_ && (line_ == "\n" || line_ == "\r\n");
  dropped_ = !whole && (mark || dropped_);
  within_line_ = !whole;
  first_line_ = false;
  line_.clear();
  return {};
}

void MailReader::add(std::string_view bytes) {
  if (!digest_) digest_.emplace();
  digest_->add(bytes);
  cut_ = cut_ || bytes.size() > kMessageBytes - message_.size();
  message_ += bytes.substr(0, kMessageBytes - message_.size());
}

Done MailReader::end_message() {
  const std::string sha256 = hex((digest_ ? *digest_ : digest_.emplace()).finish());
  digest_.reset();
  const std::string bytes = std::exchange(message_, {});
  const bool cut = std::exchange(cut_, false);
  const Message m = read_message(bytes);
  if (!m.is_mail) {
    if (totals_.mbox) ++totals_.unread;  // else a file of another kind
    return {};
  }
  ++totals_.messages;
  if (m.date_ms) {
    totals_.first_ms = totals_.first_ms == 0 ? *m.date_ms : std::min(totals_.first_ms, *m.date_ms);
    totals_.last_ms = std::max(totals_.last_ms, *m.date_ms);
  }
  std::vector<std::string> signs = phishing_signs(m, words_);
  std::string owner = owner_of(m, words_);
  std::string service = signs.empty() && !owner.empty() ? registration_service(m, words_) : "";
  if (signs.empty() && (cut || m.incomplete)) ++totals_.unread;
  if (signs.empty() && service.empty()) return {};
  return sink_({std::max(number_, std::int64_t{1}), sha256, m.date_ms, std::move(owner),
                std::move(service), std::move(signs)});
}

Result<MailBytes> read_mail_bytes(std::string_view bytes, const MailWords& words,
                                  const std::string& place) {
  std::vector<MailFound> found;
  MailReader reader(words, [&](MailFound one) {
    found.push_back(std::move(one));
    return Done{};
  });
  KHIEN_DO(reader.take(bytes));
  KHIEN_DO(reader.finish());
  MailBytes out = reader.totals();
  if (out.messages + out.unread > static_cast<std::int64_t>(kMailFileMessages)) {
    return fail(err::too_many_messages, place, {{"limit", std::to_string(kMailFileMessages)}});
  }
  out.found = std::move(found);
  return out;
}

}  // namespace khien::mail
