// One list of the fields serves both directions.
#include "engine/mail/mail_lexicon.h"

namespace khien::mail {
namespace {

using Words = std::vector<std::string>;

constexpr std::pair<const char*, Words MailWords::*> kLists[] = {
    {"own_domains", &MailWords::own_domains},
    {"own_names", &MailWords::own_names},
    {"registration", &MailWords::registration},
    {"forum", &MailWords::forum},
    {"authorities", &MailWords::authorities},
    {"authority_domains", &MailWords::authority_domains},
    {"agents", &MailWords::agents},
    {"public_mail", &MailWords::public_mail},
    {"local_bodies", &MailWords::local_bodies},
    {"rewriters", &MailWords::rewriters},
    {"counter_labels", &MailWords::counter_labels},
    {"counter_domains", &MailWords::counter_domains},
    {"programs", &MailWords::programs},
    {"macros", &MailWords::macros},
    {"papers", &MailWords::papers},
    {"carriers", &MailWords::carriers},
    {"archives", &MailWords::archives},
    {"fetched", &MailWords::fetched},
    {"lure_unless", &MailWords::lure_unless}};

}  // namespace

Node to_node(const MailWords& w) {
  Node services = Node::list();
  for (const Service& s : w.services) {
    services.push(Node::map({{"name", s.name},
                             {"domains", Node::list_of(s.domains)},
                             {"words", Node::list_of(s.words)},
                             {"registration", s.registration}}));
  }
  Node lures = Node::list();
  for (const Lure& lure : w.lures) {
    Node all = Node::list();
    for (const Words& words : lure.all) all.push(Node::list_of(words));
    lures.push(Node::map({{"sign", lure.sign},
                          {"needs", Node::list_of(lure.needs)},
                          {"all", std::move(all)}}));
  }
  Node out = Node::map({{"services", std::move(services)}, {"lures", std::move(lures)}});
  for (const auto& [name, list] : kLists) out.set(name, Node::list_of(w.*list));
  return out;
}

MailWords words_from(const Node& node) {
  MailWords out;
  for (const auto& [name, list] : kLists) out.*list = node[name].texts();
  for (const Node& s : node["services"].items()) {
    out.services.push_back({s["name"].text(), s["domains"].texts(), s["words"].texts(),
                            s["registration"].boolean(true)});
  }
  for (const Node& l : node["lures"].items()) {
    Lure lure{l["sign"].text(), l["needs"].texts(), {}};
    for (const Node& words : l["all"].items()) lure.all.push_back(words.texts());
    out.lures.push_back(std::move(lure));
  }
  return out;
}

}  // namespace khien::mail
