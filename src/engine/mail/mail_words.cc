#include "engine/mail/mail_words.h"

#include "base/text.h"
#include "engine/mail/errors.h"

namespace khien {
namespace {

using mail::MailWords;

constexpr const char* kWordsFile = "words/registration_senders.yaml";
constexpr const char* kAttachmentsFile = "words/attachments.yaml";
constexpr const char* kLuresFile = "words/lures.yaml";

Result<mail::Service> service_from(const Node& s, const char* place) {
  mail::Service out;
  KHIEN_TRY(out.name, need_text(s, "name", place));
  out.domains = s["domains"].texts();
  for (const std::string& word : s["words"].texts()) out.words.push_back(fold(word));
  out.registration = s["registration"].boolean(true);
  return out;
}

std::vector<std::string> folded(const Node& list) {
  std::vector<std::string> out;
  for (const std::string& text : list.texts()) out.push_back(fold(text));
  return out;
}

std::vector<std::string> bare(const Node& list) {
  std::vector<std::string> out;
  for (const std::string& text : list.texts()) out.push_back(skeleton(text));
  return out;
}

Done read_lures(const Node& root, MailWords& out) {
  out.lure_unless = bare(root["unless"]);
  for (const Node& item : root["lures"].items()) {
    mail::Lure lure;
    KHIEN_TRY(lure.sign, need_text(item, "sign", kLuresFile));
    lure.needs = item["needs"].texts();
    for (const Node& list : item["all"].items()) lure.all.push_back(bare(list));
    if (lure.all.empty()) return fail(err::mail_words, kLuresFile, {{"detail", lure.sign}});
    out.lures.push_back(std::move(lure));
  }
  if (out.lures.empty()) return fail(err::mail_words, kLuresFile, {{"detail", "lures"}});
  return {};
}

Done read_attachments(const Node& ends, MailWords& out) {
  for (const auto& [name, list] :
       {std::pair{"programs", &out.programs}, std::pair{"macros", &out.macros},
        std::pair{"papers", &out.papers}, std::pair{"carriers", &out.carriers},
        std::pair{"archives", &out.archives}, std::pair{"fetched", &out.fetched}}) {
    *list = ends[name].texts();
    if (list->empty()) return fail(err::mail_words, kAttachmentsFile, {{"detail", name}});
  }
  return {};
}

}  // namespace

Result<MailWords> mail_words(const Content& content, const std::vector<std::string>& domains,
                             const std::vector<std::string>& names) {
  KHIEN_TRY(const Node root, content.yaml(kWordsFile));
  MailWords out;
  for (const std::string& domain : domains) {
    if (!domain.empty()) out.own_domains.push_back(fold(domain));
  }
  if (out.own_domains.empty()) return fail(err::no_own_domain, kWordsFile);
  for (const std::string& name : names) {
    if (code_points(name) >= 6) out.own_names.push_back(fold(name));
  }
  for (const Node& s : root["services"].items()) {
    KHIEN_TRY(mail::Service service, service_from(s, kWordsFile));
    out.services.push_back(std::move(service));
  }
  out.registration = folded(root["registration"]);
  out.forum = folded(root["forum"]);
  out.authorities = folded(root["authorities"]);
  out.authority_domains = root["authority_domains"].texts();
  out.rewriters = root["rewriters"].texts();
  out.agents = root["agents"].texts();
  out.public_mail = root["public_mail"].texts();
  out.local_bodies = folded(root["local_bodies"]);
  out.counter_labels = root["counters"]["labels"].texts();
  out.counter_domains = root["counters"]["domains"].texts();
  KHIEN_TRY(const Node ends, content.yaml(kAttachmentsFile));
  KHIEN_DO(read_attachments(ends, out));
  KHIEN_TRY(const Node lures, content.yaml(kLuresFile));
  KHIEN_DO(read_lures(lures, out));
  if (out.services.empty() || out.registration.empty()) {
    return fail(err::mail_words, kWordsFile, {{"detail", "services, registration"}});
  }
  return out;
}

}  // namespace khien
