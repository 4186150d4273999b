// One file of a mailbox: a message or an mbox, counted, with what was found in it. Of a message
// only its sha256, its day and the signs are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/mail/mail_signs.h"

namespace khien::mail_files {

inline constexpr std::size_t kMailFileMessages = 500'000;

struct MailFound {
  std::string sha256;
  std::optional<std::int64_t> at_ms;
  std::string owner;    // the first official address it is to
  std::string service;  // "" = no registration
  std::vector<std::string> signs;
};

struct MailBytes {
  bool mbox = false;
  std::int64_t messages = 0;  // 0: no mail
  std::int64_t unread = 0;    // pieces of an mbox that are none
  std::int64_t first_ms = 0, last_ms = 0;
  std::vector<MailFound> found;
};

// K0939 more than kMailFileMessages.
[[nodiscard]] Result<MailBytes> read_mail_bytes(std::string_view bytes, const MailWords& words,
                                                const std::string& place);

}  // namespace khien::mail_files
