// What is dressed up: hosts that look like the office's, the state's or a service's, and texts that
// ask for what nobody outside may ask for (content/words/lures.yaml).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/mail/mail_lexicon.h"
#include "engine/mail/mail_message.h"

namespace khien::mail {

struct LureFrame {  // what the mail has besides its words
  bool link = false, page = false, image = false, archive = false, reply = false;
};
// Signs of the lures whose words stand in subject and text.
[[nodiscard]] std::vector<std::string> lures_of(const Message& m, const LureFrame& frame,
                                                const MailWords& words);

// Adds "domain_like_ours" ("somau.example.vn.khac.test", "s0mau.example.vn") and
// "domain_like_authority" ("tinhmau-gov-vn.khac.test").
void look_alike(const std::string& host, const MailWords& words, std::vector<std::string>& out);
// Does it hold the name of a known service that it is not of ("docs-google.khac.test")?
[[nodiscard]] bool like_service(const std::string& host, const MailWords& words);

[[nodiscard]] bool below_any(std::string_view host, const std::vector<std::string>& domains);
// As a whole word.
[[nodiscard]] bool holds_word(std::string_view text, std::string_view word);
[[nodiscard]] bool holds_any(std::string_view text, const std::vector<std::string>& words);

}  // namespace khien::mail
