// A table of four rows; everything else lies in the folders.
#include "collect/files_sources.h"

#include "collect/backup_files/backup_files.h"
#include "collect/log_files/log_files.h"
#include "collect/mail_files/mail_files.h"
#include "collect/pdf_signature/pdf_signature.h"

namespace khien {
namespace {

struct Kind {
  const char* type;
  const char* collector;
  std::vector<std::string> tables;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"mailbox", "mail_files", {"mail_box", "mail_finding"}},
      {"logs", "log_files", {"log_seen", "login_failure"}},
      {"backups", "backup_files", {"backup_copy"}},
      {"signed_documents", "pdf_signature", {"document_signature"}}};
  return all;
}

const Kind* find(std::string_view type) {
  for (const Kind& kind : kinds()) {
    if (kind.type == type) return &kind;
  }
  return nullptr;
}

}  // namespace

bool is_file_source(std::string_view type) { return find(type) != nullptr; }

std::vector<std::string> file_source_tables(std::string_view type) {
  const Kind* kind = find(type);
  return kind == nullptr ? std::vector<std::string>() : kind->tables;
}

const char* file_source_collector(std::string_view type) {
  const Kind* kind = find(type);
  return kind == nullptr ? "" : kind->collector;
}

Result<Collection> collect_file_source(const AgencySource& source, const Agency& agency,
                                       const Content& content, WorkerPool& pool,
                                       const Clock& clock) {
  if (source.type == "mailbox") {
    std::vector<std::string> names = agency.aliases;
    names.push_back(agency.record.name);
    auto words = mail_words(content, agency.domains, names);
    if (!words) {
      words.error().place = source.place;
      return pass_on(std::move(words.error()));
    }
    return collect_mail(source.path, source.written, *words, pool);
  }
  if (source.type == "logs") {
    return collect_logs(source.path, source.written, pool, clock.now_ms());
  }
  if (source.type == "backups") {
    return collect_backups({source.path, source.written, source.name, source.second_place,
                            source.offline}, pool);
  }
  return collect_signed_documents(source.path, source.written, pool);
}

std::vector<Job> file_source_jobs() {
  std::vector<Job> out;
  for (const auto& list : {mail_jobs(), log_jobs(), backup_jobs(), pdf_signature_jobs()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  return out;
}

}  // namespace khien
