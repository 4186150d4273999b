// The table itself. Order means nothing but this: a table that fits the headings of two types is
// taken for the first.
#include "collect/sources.h"

#include <algorithm>

#include "base/near.h"
#include "base/text.h"
#include "collect/accounts/accounts.h"
#include "collect/accounts/unix_files.h"
#include "collect/attestations/attestations.h"
#include "collect/backups/backups.h"
#include "collect/browser_stores/browser_stores.h"
#include "collect/directory/directory.h"
#include "collect/external_list/external_list.h"
#include "collect/host_linux/host_linux.h"
#include "collect/host_linux/login_databases.h"
#include "collect/hotfix/hotfix.h"
#include "collect/join_decisions/join_decisions.h"
#include "collect/kev/kev.h"
#include "collect/line/line.h"
#include "collect/login_log/login_log.h"
#include "collect/logs/logs.h"
#include "collect/mail_domain/mail_domain.h"
#include "collect/mailbox/mailbox.h"
#include "collect/malware_scan/malware_scan.h"
#include "collect/msrc/msrc.h"
#include "collect/password_stores/password_stores.h"
#include "collect/portal/portal.h"
#include "collect/register/register.h"
#include "collect/scan_log/scan_log.h"
#include "collect/signed_documents/signed_documents.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"
#include "collect/source/names.h"
#include "collect/systeminfo/systeminfo.h"
#include "format/browser_store/jobs.h"

namespace khien {
namespace {

using browser_store::browser_store_jobs;

Collections read_facts(const AgencySource& source, Reading& reading) {
  if (!reading.open_facts) return fail(err::source_no_hook, source.place);
  return reading.open_facts(source.path);
}

constexpr const char* kHostTables =
    "host host_update software service listening_socket firewall antivirus disk_encryption "
    "screen_lock autostart certificate browser_credential account password_rule";

constexpr SourceType kTypes[] = {
    {"host", "host_linux", kHostTables, check_host, read_host, host::host_jobs},
    {"staff", "account_file", "staff", check_staff, read_staff, nullptr, "staff"},
    {"accounts", "account_file", "account", check_accounts, read_accounts, unix_jobs, "account"},
    {"directory", "directory", "account password_rule", check_directory, read_directory,
     directory_jobs},
    {"password_rules", "account_file", "password_rule", check_password_rules, read_password_rules,
     nullptr, "password_rule"},
    {"external_list", "external_list", "external_registration", check_external_list,
     read_external_list, external_jobs, "external"},
    {"join_decisions", "account_file", "", check_join_decisions, read_join_decisions, nullptr,
     "decision"},
    {"login_log", "login_log", "login_use", check_login_log, read_login_log, nullptr, "login_log"},
    {"browser_stores", "browser_stores", "browser_credential", check_path, read_browser_stores,
     browser_store_jobs},
    {"password_stores", "password_stores", "password_test", check_password_stores, nullptr,
     password_jobs},
    {"word_list", "password_stores", "", check_password_list, nullptr, password_jobs},
    {"leaked_list", "password_stores", "", check_password_list, nullptr, password_jobs},
    {"password_policy", "password_stores", "", check_path, nullptr, password_jobs},
    {"facts", "bundle", kHostTables, check_path, read_facts},
    {"systeminfo", "windows_update", "host installed_update", windows::check_systeminfo,
     windows::read_systeminfo, windows::systeminfo_jobs},
    {"hotfix", "windows_update", "installed_update", windows::check_hotfix, windows::read_hotfix},
    {"msrc", "msrc", "vuln_advisory vuln_fix vuln_update", check_path, vuln::read_msrc,
     vuln::msrc_jobs},
    {"kev", "kev", "known_exploited", check_path, vuln::read_kev, vuln::kev_jobs},
    {"scan_log", "scan_log", "scan_run", scan::check_scan_log, scan::read_scan_log,
     scan::scan_log_jobs},
    {"malware_scan", "malware_scan", "scan_run", malware::check_malware_scan,
     malware::read_malware_scan, malware::malware_scan_jobs},
    {"mail_domain", "mail_domain", "mail_domain", check_mail_domain, read_mail_domain,
     mail_domain_jobs},
    {"mailbox", "mail_files", "mail_box mail_finding", check_path, read_mailbox, mailbox_jobs},
    {"portal", "portal", "portal_check portal_page", check_portal, read_portal, portal_jobs},
    {"line", "line", "line_probe", check_line, read_line},
    {"logs", "log_files", "log_seen login_failure", check_path, read_logs, log_jobs},
    {"backups", "backups", "backup_copy", check_backups, read_backups, backup_jobs},
    {"signed_documents", "pdf_signature", "document_signature", check_path, read_signed_documents,
     signed_documents_jobs},
    {"register", "register", "", check_register, read_register},
    {"attestations", "attestations", "attestation", check_path, read_attestations},
};

}  // namespace

std::span<const SourceType> source_types() { return kTypes; }

const SourceType* find_source_type(std::string_view name) {
  const auto at = std::find_if(std::begin(kTypes), std::end(kTypes),
                               [&](const SourceType& type) { return name == type.name; });
  return at == std::end(kTypes) ? nullptr : at;
}

const SourceType* near_source_type(std::string_view word) {
  std::vector<std::string> names;
  for (const SourceType& type : kTypes) names.emplace_back(type.name);
  for (const SourceType& type : kTypes) names.push_back(skeleton(vietnamese_type(type.name)));
  const std::string near = nearest(skeleton(word), names);
  const auto at = std::find(names.begin(), names.end(), near);
  if (at == names.end()) return nullptr;
  return &kTypes[static_cast<std::size_t>(at - names.begin()) % std::size(kTypes)];
}

std::vector<std::string> tables_of(const SourceType& type) {
  std::vector<std::string> out;
  for (std::string_view rest = type.tables; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace khien
