// Invented letters and the words of an invented office, for tests.
#pragma once

#include <string>

#include "base/content.h"
#include "engine/mail/mail_words.h"

namespace khien::mail::testing {

inline const Content& words_content() {
  static const Content content = std::move(*Content::open(built_in_content()));
  return content;
}

inline const MailWords& office_words() {
  static const MailWords words =
      std::move(*mail_words(words_content(), {"somau.example"}, {"Sở Mẫu tỉnh Mẫu"}));
  return words;
}

inline std::string letter(const std::string& from, const std::string& subject,
                          const std::string& rest = "") {
  return "From: " + from + "\r\nTo: An <an.nv@somau.example>\r\nSubject: " + subject +
         "\r\nDate: Fri, 20 Nov 2026 08:00:01 +0700\r\nMessage-ID: <1@x.test>\r\n" + rest;
}

inline std::string html_letter(const std::string& from, const std::string& html,
                               const std::string& more = "") {
  return letter(from, "x", more + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html);
}

inline std::string attached(const std::string& name) {
  return letter("B <b@ban.test>", "x",
                "Content-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\n\r\nchao\r\n--q\r\n"
                "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
                "filename=\"" + name + "\"\r\n\r\nAAAA\r\n--q--\r\n");
}

}  // namespace khien::mail::testing
