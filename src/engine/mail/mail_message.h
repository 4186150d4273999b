// One mail message (RFC 5322, MIME RFC 2045-2047), read just far enough to count by: headers,
// names of attachments, text of HTML parts. Broken messages are read as far as they go. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien::mail {

inline constexpr std::size_t kHeaderBytes = 256 * 1024;  // of one message; the rest is not read
inline constexpr std::size_t kHtmlBytes = 2 * 1024 * 1024;
inline constexpr std::size_t kTextBytes = 256 * 1024;    // of plain text
inline constexpr int kDepth = 16;                        // multiparts in multiparts
inline constexpr std::size_t kParts = 500;

struct Address {
  std::string name;    // display name, UTF-8, decoded
  std::string local;   // as written
  std::string domain;  // lower case
  [[nodiscard]] std::string text() const { return local + "@" + domain; }
};

struct Message {
  bool is_mail = false;  // it has headers only mail has
  Address from;
  std::vector<Address> to;  // To, Cc, Delivered-To, X-Original-To
  std::string subject;
  std::string authentication;  // the topmost Authentication-Results, lower case
  bool from_list = false;      // List-Id, List-Unsubscribe or Precedence
  std::optional<std::int64_t> date_ms;
  std::vector<Address> reply_to;
  std::string text;                      // all plain text, at most kTextBytes
  std::string html;                      // all HTML parts, at most kHtmlBytes
  std::string attached_html;             // the same of attached pages
  std::vector<std::string> attachments;  // file names, those within others too
  bool has_image = false;
  bool incomplete = false;               // something in it was not looked at
};

[[nodiscard]] Message read_message(std::string_view bytes);

// "=?UTF-8?B?...?=" and the like to UTF-8; other text as it is.
[[nodiscard]] std::string decode_words(std::string_view text);
[[nodiscard]] std::vector<Address> read_addresses(std::string_view value);

}  // namespace khien::mail
