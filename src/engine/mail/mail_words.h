// What the agency's mail is looked at with: the lexicons of
// content/words/registration_senders.yaml, attachments.yaml and lures.yaml with the agency's own
// domains and names.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "engine/mail/mail_signs.h"

namespace khien {

// K0937 malformed, K0931 no domain.
[[nodiscard]] Result<mail::MailWords> mail_words(const Content& content,
                                                 const std::vector<std::string>& domains,
                                                 const std::vector<std::string>& names);

}  // namespace khien
