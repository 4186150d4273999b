#include "engine/mail/mail_words.h"

#include "base/text.h"
#include "engine/mail/errors.h"

namespace khien {
namespace {

using mail_files::MailWords;

constexpr const char* kWordsFile = "words/registration_senders.yaml";
constexpr const char* kAttachmentsFile = "words/attachments.yaml";

Result<mail_files::Service> service_from(const Node& s, const char* place) {
  mail_files::Service out;
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
    KHIEN_TRY(mail_files::Service service, service_from(s, kWordsFile));
    out.services.push_back(std::move(service));
  }
  out.registration = folded(root["registration"]);
  out.forum = folded(root["forum"]);
  out.authorities = folded(root["authorities"]);
  out.authority_domains = root["authority_domains"].texts();
  out.rewriters = root["rewriters"].texts();
  KHIEN_TRY(const Node ends, content.yaml(kAttachmentsFile));
  out.programs = ends["programs"].texts();
  out.macros = ends["macros"].texts();
  out.papers = ends["papers"].texts();
  out.carriers = ends["carriers"].texts();
  for (const auto* list : {&out.programs, &out.macros, &out.papers, &out.carriers}) {
    if (list->empty()) {
      return fail(err::mail_words, kAttachmentsFile,
                  {{"detail", "programs, macros, papers, carriers"}});
    }
  }
  if (out.services.empty() || out.registration.empty()) {
    return fail(err::mail_words, kWordsFile, {{"detail", "services, registration"}});
  }
  return out;
}

}  // namespace khien
