// agency.yaml: who the agency is and where its facts lie. Paths are relative to the file.
// samples/agency/agency.yaml is the commented model to copy.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/node.h"
#include "collect/table/table.h"
#include "store/model.h"

namespace khien {

struct AgencySource {
  std::string type;             // host | accounts | staff | password_rules | attestations | facts |
                                // register | msrc | kev | systeminfo | hotfix | scan_log |
                                // mailbox | logs | backups | signed_documents |
                                // external_list | browser_stores | join_decisions |
                                // directory | password_stores | word_list | leaked_list |
                                // password_policy | malware_scan | login_log
  std::filesystem::path path;   // resolved; empty for host
  std::string written;          // the path as written: what people are told
  std::string name;             // register: which one, as content/registers names it
  std::string app;              // accounts, password_rules: name of the application
  std::string scope;            // accounts: application | directory | host; scan_log: full |
                                // quick | folder, where the log does not say it
  std::string host;             // accounts of a passwd and shadow pair, systeminfo, hotfix,
                                // scan_log: the machine they are from
  std::string agency;           // accounts, staff: code or name of the agency they are of, when
                                // one file holds one agency of several
  std::string second_place;     // backups: another place that holds them, as declared
  std::string offline;          // backups: "true", "false" as declared; "" = not declared
  std::string sheet;            // XLSX; "" = the first with cells
  std::map<std::string, std::string> columns;  // heading -> field, stated by the officer
  std::int64_t budget_seconds = 0;  // password_stores: time of the test; 0: the usual
  Node network;                 // mail_domain, portal, line (network/source.h) and a directory with
                                // `url`: the fields; path is then the folder of agency.yaml
  std::string place;            // "agency.yaml:12"
  std::shared_ptr<const KeptTable> kept;  // null where nobody has read the file yet
  std::optional<Error> unread;  // known already to be of no use: collect() reports it like a file
                                // that is not there
};

struct Agency {
  AgencyRecord record;
  std::vector<std::string> aliases;   // names by which an order may address it
  std::vector<std::string> actor;     // groups as which an order may address it: "các sở, ngành"
  bool enterprise = false;            // a company, not a state agency
  std::int64_t machines = 0;          // computers it has; with fewer collected, host facts are
                                      // partial; 0: not stated
  std::vector<std::string> applications;  // whose accounts must be collected to speak of them all
  std::string officer_phone;          // personal data: kept at the agency
  std::string officer_mail;
  std::vector<std::string> domains;   // of its official systems: looked for in browser stores
  std::vector<AgencySource> sources;
};

// K0001, K0010-K0016 with "place:line". That a source's file is there is checked by collect():
// one missing source must not stop the others.
[[nodiscard]] Result<Agency> load_agency(const std::filesystem::path& path);
[[nodiscard]] Result<Agency> parse_agency(std::string_view text, const std::filesystem::path& path);
// Without agency.yaml: this machine alone.
[[nodiscard]] Agency this_host();

}  // namespace khien
