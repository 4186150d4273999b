// What one message is: a registration at an outside service, or obvious phishing, or neither.
// Signs only; a message that shows none may still be phishing.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"
#include "engine/mail/mail_message.h"

namespace khien::mail_files {

struct Service {
  std::string name;
  std::vector<std::string> domains;
  std::vector<std::string> words;  // its name as senders write it, folded; for false senders
  bool registration = true;        // false: known only so that false senders show (banks)
};

struct MailWords {
  std::vector<std::string> own_domains;  // of the agency
  std::vector<std::string> own_names;    // folded
  std::vector<Service> services;
  std::vector<std::string> registration;  // folded pieces of subjects
  std::vector<std::string> forum;         // the same, enough with any outside sender
  std::vector<std::string> authorities;        // folded starts of names of state bodies
  std::vector<std::string> authority_domains;  // where state bodies send from
  std::vector<std::string> rewriters;     // hosts that stand in for the true target of a link
  std::vector<std::string> programs, macros, papers, carriers;  // content/words/attachments.yaml
};

[[nodiscard]] Node to_node(const MailWords& words);
[[nodiscard]] MailWords words_from(const Node& node);

// "link_shows_other_host", "link_to_number", "asks_password", "program_attached",
// "macro_attached", "double_extension", "agency_name_outside", "authority_name_outside",
// "name_shows_other_address", "service_name_false", "own_domain_unverified". Empty: no sign.
[[nodiscard]] std::vector<std::string> phishing_signs(const Message& m, const MailWords& words);
// The service; "" when it is no registration mail. A message with phishing signs is none.
[[nodiscard]] std::string registration_service(const Message& m, const MailWords& words);
[[nodiscard]] bool is_own(std::string_view domain, const MailWords& words);

}  // namespace khien::mail_files
