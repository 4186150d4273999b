// One file of a mailbox: a message or an mbox, counted, with what was found in it. Of a message
// only its sha256, its day and the signs are kept.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "engine/mail/mail_signs.h"

namespace khien::mail {

inline constexpr std::size_t kMailFileMessages = 500'000;
inline constexpr std::size_t kMessageBytes = std::size_t{64} << 20;  // the rest is not looked at

struct MailFound {
  std::int64_t number = 1;  // of the message in its file, from 1
  std::string sha256;
  std::optional<std::int64_t> at_ms;
  std::string owner;    // the first official address it is to
  std::string service;  // "" = no registration
  std::vector<std::string> signs;
};

struct MailBytes {
  bool mbox = false;
  std::int64_t messages = 0;  // 0: no mail
  std::int64_t unread = 0;    // pieces of an mbox that are none; messages not read to their end
  std::int64_t first_ms = 0, last_ms = 0;
  std::vector<MailFound> found;
};

// A file in pieces of any size, in the memory of one message. Each finding goes to the sink; what
// it returns ends the reading.
class MailReader {
 public:
  using Sink = std::function<Done(MailFound)>;
  MailReader(const MailWords& words, Sink sink) : words_(words), sink_(std::move(sink)) {}
  [[nodiscard]] Done take(std::string_view piece);
  [[nodiscard]] Done finish();
  [[nodiscard]] const MailBytes& totals() const { return totals_; }  // without `found`

 private:
  [[nodiscard]] Done end_line(bool whole);
  [[nodiscard]] Done end_message();
  void add(std::string_view bytes);

  const MailWords& words_;
  Sink sink_;
  MailBytes totals_;
  std::string line_, message_;
  std::optional<Sha256> digest_;
  std::int64_t number_ = 0;
  bool first_line_ = true, within_line_ = false, dropped_ = false, blank_ = true, cut_ = false;
};

// K0939 more than kMailFileMessages.
[[nodiscard]] Result<MailBytes> read_mail_bytes(std::string_view bytes, const MailWords& words,
                                                const std::string& place);

}  // namespace khien::mail
