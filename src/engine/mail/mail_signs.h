// What one message is: a registration at an outside service, or obvious phishing, or neither.
// Signs only; a message that shows none may still be phishing.
#pragma once

#include <string>
#include <vector>

#include "engine/mail/mail_lexicon.h"
#include "engine/mail/mail_message.h"

namespace khien::mail {

// Names of signs, sorted; mail.signs.* in content/text tells of each. Those an office's mail may
// show by itself (a document with macros, answers that go elsewhere) count only beside another.
[[nodiscard]] std::vector<std::string> phishing_signs(const Message& m, const MailWords& words);
// The service; "" when it is no registration mail. A message with phishing signs is none.
[[nodiscard]] std::string registration_service(const Message& m, const MailWords& words);
[[nodiscard]] bool is_own(std::string_view domain, const MailWords& words);

}  // namespace khien::mail
