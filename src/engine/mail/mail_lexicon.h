// The words the agency's mail is looked at with, as content/words has them.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"

namespace khien::mail {

struct Service {
  std::string name;
  std::vector<std::string> domains;
  std::vector<std::string> words;  // its name as senders write it, folded; for false senders
  bool registration = true;        // false: known only so that false senders show (banks)
};

struct Lure {  // what a text asks for, content/words/lures.yaml
  std::string sign;
  std::vector<std::string> needs;             // link, page, image, archive, reply: one of them
  std::vector<std::vector<std::string>> all;  // without diacritics
};

struct MailWords {
  std::vector<std::string> own_domains;  // of the agency
  std::vector<std::string> own_names;    // folded
  std::vector<Service> services;
  std::vector<std::string> registration;  // folded pieces of subjects
  std::vector<std::string> forum;         // the same, enough with any outside sender
  std::vector<std::string> authorities;        // folded starts of names of state bodies
  std::vector<std::string> authority_domains;  // where state bodies send from
  std::vector<std::string> agents;        // domains of those who send in their name
  std::vector<std::string> public_mail;   // domains where anybody has an address
  std::vector<std::string> local_bodies;  // folded words of communes in a name
  std::vector<std::string> rewriters;     // hosts that stand in for the true target of a link
  std::vector<std::string> counter_labels, counter_domains;  // hosts that count clicks
  std::vector<std::string> programs, macros, papers, carriers;  // content/words/attachments.yaml
  std::vector<std::string> archives, fetched;
  std::vector<Lure> lures;
  std::vector<std::string> lure_unless;  // without diacritics
};

[[nodiscard]] Node to_node(const MailWords& words);
[[nodiscard]] MailWords words_from(const Node& node);

}  // namespace khien::mail
