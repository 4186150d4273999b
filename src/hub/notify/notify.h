// What leaves the hub by itself: mail by SMTP and calls to a webhook, by libcurl. Each try has a
// time limit; certificates are checked.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/node.h"
#include "hub/data/reminder.h"

namespace khien::hub {

struct MailServer {
  std::string host;
  std::int64_t port = 587;
  std::string security = "starttls";  // starttls | tls | none (this machine's own relay)
  std::string user;                   // "" signs in nowhere
  std::string sender;                 // address the mail comes from
  std::string authorities;            // PEM; "" takes those of the system
  [[nodiscard]] bool set() const { return !host.empty() && !sender.empty(); }
};
[[nodiscard]] MailServer mail_server_from(const Node& node);
[[nodiscard]] Node mail_server_node(const MailServer& server);

// The password of the mail server and the key calls are signed with lie in files of the data
// folder, 0600, and never in the database.
inline constexpr const char* kMailPassword = "mail.password";
inline constexpr const char* kWebhookKey = "webhook.key";
// The first line of such a file; "" when there is none. K1391 when others may read it.
[[nodiscard]] Result<std::string> read_secret(const std::filesystem::path& file);
// The same, made of 256 random bits when there is none.
[[nodiscard]] Result<std::string> need_secret(const std::filesystem::path& file);

// One '@', no space, no control character, at most 254 bytes.
[[nodiscard]] bool is_mail_address(const std::string& address);
// RFC 5322: the message as it is sent, Vietnamese in it as RFC 2047 and base64.
[[nodiscard]] std::string mail_text(const MessageRow& message, const std::string& sender,
                                    std::int64_t now_ms);

// Both give what the other side said last ("250 2.0.0 Ok"). K1391 with it when it refused.
[[nodiscard]] Result<std::string> send_mail(const MailServer& server, const std::string& password,
                                            const MessageRow& message, std::int64_t now_ms);
// POST of the body (JSON) with X-Khien-Time (ms) and X-Khien-Signature: sha256=HEX of
// HMAC-SHA256(key, time + "." + body). 2xx is delivered; redirects are not followed.
[[nodiscard]] Result<std::string> call_webhook(const std::string& url, const std::string& key,
                                               const MessageRow& message, std::int64_t now_ms);
[[nodiscard]] std::string webhook_signature(const std::string& key, std::int64_t now_ms,
                                            const std::string& body);

}  // namespace khien::hub
