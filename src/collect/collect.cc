// One function a type of source; the common part (hash, times, errors) is around them.
#include "collect/collect.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/worker_errors.h"
#include "collect/account_file/account_file.h"
#include "collect/account_file/unix_files.h"
#include "collect/account_sources.h"
#include "collect/attestation/attestation.h"
#include "collect/directory/directory.h"
#include "collect/errors.h"
#include "collect/files_sources.h"
#include "collect/host_linux/host_linux.h"
#include "collect/malware_scan/malware_scan.h"
#include "collect/network_sources.h"
#include "collect/password_store/password_store.h"
#include "collect/register/register.h"
#include "collect/scan_run/scan_run.h"
#include "collect/vuln_data/vuln_data.h"
#include "collect/windows_update/windows_update.h"
#include "people/join.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kHostTables = {
    "host", "host_update", "software", "service", "listening_socket", "firewall", "antivirus",
    "disk_encryption", "screen_lock", "autostart", "certificate", "browser_credential", "account",
    "password_rule"};

std::vector<std::string> tables_of(const std::string& type) {
  if (is_network_source(type)) return network_tables(type);
  if (is_file_source(type)) return file_source_tables(type);
  if (is_account_source(type)) return account_source_tables(type);
  if (type == "directory") return {"account", "password_rule"};
  if (type == "accounts") return {"account"};
  if (type == "staff") return {"staff"};
  if (type == "password_rules") return {"password_rule"};
  if (type == "attestations") return {"attestation"};
  if (type == "msrc") return {"vuln_advisory", "vuln_fix", "vuln_update"};
  if (type == "kev") return {"known_exploited"};
  if (type == "systeminfo") return {"host", "installed_update"};
  if (type == "hotfix") return {"installed_update"};
  if (type == "scan_log" || type == "malware_scan") return {"scan_run"};
  return type == "host" || type == "facts" ? kHostTables : std::vector<std::string>();
}

class Run {
 public:
  Run(const Agency& agency, const Content& content, const Lexicon& lexicon,
      const Registers& registers, WorkerPool& pool, const Clock& clock,
      const OpenFacts& open_facts)
      : agency_(agency), content_(content), lexicon_(lexicon), registers_(registers), pool_(pool),
        clock_(clock), open_facts_(open_facts) {}

  Result<Collected> all() {
    for (const AgencySource& source : agency_.sources) {
      if (is_password_source(source.type)) continue;  // after the accounts, below
      const std::int64_t started = clock_.now_ms();
      auto collections = read(source);
      if (!collections) {
        collections = missing(source, collections.error());
      }
      for (Collection& c : *collections) {
        if (c.started_at == 0) c.started_at = started;
        if (c.finished_at == 0) c.finished_at = clock_.now_ms();
        if (c.agency.empty()) c.agency = agency_.record.name;
        out_.collections.push_back(std::move(c));
      }
    }
    merge_accounts(out_.collections);
    complete_staff(out_.collections);
    for (Error& e : join_staff(out_.collections, lexicon_, decisions_)) {
      out_.problems.push_back(std::move(e));
    }
    KHIEN_TRY(auto tested, collect_password_stores(agency_, content_, pool_, clock_,
                                                   out_.collections, out_.problems));
    for (Collection& c : tested) out_.collections.push_back(std::move(c));
    forget_contact_data(out_.collections);
    return std::move(out_);
  }

 private:
  Result<std::vector<Collection>> read(const AgencySource& source) {
    if (source.unread) return pass_on(*source.unread);
    if (source.type == "host") return one(host());
    if (is_network_source(source.type)) {
      return one(collect_network(source.network, source.place, source.path, content_, pool_,
                                 clock_));
    }
    if (source.type == "directory" && source.network.is_map()) return directory(source);
    std::error_code ec;
    if (!fs::exists(source.path, ec)) {
      return fail(err::source_absent, source.place, {{"path", source.written}});
    }
    if (source.type == "facts") {
      if (!open_facts_) return fail(err::source_no_hook, source.place);
      return open_facts_(source.path);
    }
    if (is_file_source(source.type)) {
      return one(collect_file_source(source, agency_, content_, pool_, clock_));
    }
    if (is_account_source(source.type)) {
      return one(collect_account_source(source, agency_, lexicon_, pool_, decisions_,
                                        out_.notes));
    }
    if (source.type == "directory") return directory(source);
    if (source.type == "register") return one(read_register(source));
    if (source.type == "msrc") {
      return one(vuln::collect_msrc(source.path, source.written, pool_, out_.problems));
    }
    if (source.type == "kev") return one(vuln::collect_kev(source.path, source.written, pool_));
    if (source.type == "systeminfo") {
      return windows::collect_systeminfo(source.path, source.written, source.host, content_, pool_,
                                         out_.problems);
    }
    if (source.type == "hotfix") {
      return windows::collect_hotfixes(source.path, source.written, source.host, pool_,
                                       out_.problems);
    }
    if (source.type == "scan_log") {
      return scan::collect_scan_logs(source, content_, pool_, out_.problems);
    }
    if (source.type == "malware_scan") return one(malware_scan(source));
    if (source.type == "attestations") {
      return one(collect_attestations(source.path, source.written));
    }
    if (source.type == "accounts" && source.scope == "host") {
      const std::string name = source.host.empty() ? source.written : source.host;
      return one(collect_unix_files(source.path, source.written, name, pool_, clock_.now_ms()));
    }
    return one(file(source));
  }

  static Result<std::vector<Collection>> one(Result<Collection> collection) {
    if (!collection) return pass_on(collection.error());
    std::vector<Collection> out;
    out.push_back(std::move(*collection));
    return out;
  }

  Result<std::vector<Collection>> directory(const AgencySource& source) {
    KHIEN_TRY(auto read, collect_directory(source, lexicon_, pool_, clock_));
    if (read) return one(std::move(*read));
    AgencySource table = source;  // Get-ADUser, Get-Mailbox and the like
    table.type = "accounts";
    if (table.scope.empty()) table.scope = "directory";
    if (table.app.empty()) table.app = source.written;
    return one(file(table));
  }

  Result<Collection> malware_scan(const AgencySource& source) {
    malware::ScanOptions options;
    options.path = source.path;
    options.source = source.written;
    options.host = source.host;
    KHIEN_TRY(malware::Scanned scanned, malware::scan(options, content_, pool_, clock_));
    for (Error& problem : scanned.problems) {
      // Offices without ClamAV scan with the rules alone; the row says so.
      if (problem.code == err::program_missing) continue;
      problem.place = source.place;
      out_.problems.push_back(std::move(problem));
    }
    return std::move(scanned.collection);
  }

  Result<Collection> host() {
    KHIEN_TRY(HostOptions options, host_options(content_));
    options.agency = agency_.record.name;
    options.watched_domains = agency_.domains;
    return collect_host_linux(HostRoot{}, clock_, options, &pool_);
  }

  Result<Collection> file(const AgencySource& source) {
    const ImportSpec spec{source.written, source.app, source.scope, source.agency, source.columns};
    const std::string extension = source.path.extension().string();
    if (source.type == "password_rules" && (extension == ".yaml" || extension == ".yml")) {
      KHIEN_TRY(const std::string text, read_file(source.path, limits::yaml_file_bytes));
      KHIEN_TRY(Collection out, password_rules_from_yaml(text, source.written, spec));
      out.source_sha256 = sha256_hex(text);
      return out;
    }
    KHIEN_TRY(const std::string bytes, read_file(source.path, limits::table_file_bytes));
    const std::string sha256 = sha256_hex(bytes);
    KHIEN_TRY(const Table table, this->table(source, bytes, sha256));
    const char* kind = source.type == "accounts" ? "account"
                       : source.type == "staff"  ? "staff"
                                                 : "password_rule";
    KHIEN_DO(check_columns(source, kind));
    KHIEN_TRY(Import imported, source.type == "accounts" ? import_accounts(table, spec, lexicon_)
                               : source.type == "staff"  ? import_staff(table, spec, lexicon_)
                                             : import_password_rules(table, spec, lexicon_));
    imported.collection.source_sha256 = sha256;
    out_.notes.push_back({source.written, table.format, table.encoding, table.sheet, kind,
                          imported.collection.tables[kind].rows.size(),
                          std::move(imported.mapping), std::move(imported.unused)});
    return std::move(imported.collection);
  }

  Result<Table> table(const AgencySource& source, const std::string& bytes,
                      const std::string& sha256) {
    if (source.kept != nullptr && source.kept->sheet == source.sheet &&
        source.kept->source_sha256 == sha256) {
      return table_from(source.kept->packed, source.written);
    }
    return read_table(pool_, bytes, source.written, source.sheet);
  }

  // Bad cells stand in the table's detail; `khien register check` names each of them.
  Result<Collection> read_register(const AgencySource& source) {
    KHIEN_TRY(const Register* definition, registers_.need(source.name, source.place));
    KHIEN_TRY(RegisterImport imported,
              import_register_file(*definition, source.path, source.written, source.sheet, lexicon_,
                                   source.columns, pool_));
    out_.notes.push_back({source.written, "", "", source.sheet, definition->table,
                          imported.collection.tables[definition->table].rows.size(),
                          std::move(imported.mapping), {}});
    return std::move(imported.collection);
  }

  Done check_columns(const AgencySource& source, const std::string& kind) const {
    const std::vector<std::string> fields = lexicon_.fields(kind);
    std::string allowed;
    for (const std::string& field : fields) allowed += (allowed.empty() ? "" : ", ") + field;
    for (const auto& [heading, field] : source.columns) {
      if (std::find(fields.begin(), fields.end(), field) != fields.end()) continue;
      return fail(err::column_field, source.place, {{"field", field}, {"allowed", allowed}});
    }
    return {};
  }

  std::vector<Collection> missing(const AgencySource& source, const Error& error) {
    out_.problems.push_back(error);
    std::vector<std::string> tables = tables_of(source.type);
    if (const Register* r = registers_.find(source.name); r != nullptr) tables = {r->table};
    if (tables.empty()) return {};
    Collection out;
    out.collector = is_network_source(source.type)  ? network_collector(source.type)
                    : is_file_source(source.type)   ? file_source_collector(source.type)
                    : source.type == "host"         ? "host_linux"
                    : source.type == "attestations" ? "attestation"
                    : source.type == "register"     ? "register"
                    : source.type == "scan_log"     ? "scan_log"
                    : source.type == "malware_scan" ? "malware_scan"
                    : source.type == "directory"    ? "directory"
                    : source.type == "external_list" ? "external_list"
                    : source.type == "login_log"    ? "login_log"
                    : source.type == "browser_stores" ? "browser_files"
                    : source.type == "msrc" || source.type == "kev" ? source.type.c_str()
                    : source.type == "systeminfo" || source.type == "hotfix" ? "windows_update"
                                                    : "account_file";
    out.collector_version = "0.1";
    out.source = source.written;
    for (const std::string& table : tables) {
      out.mark(table, TableFacts::Status::missing, "reason.collect.source_unreadable",
               to_string(error));
    }
    return {std::move(out)};
  }

  const Agency& agency_;
  const Content& content_;
  const Lexicon& lexicon_;
  const Registers& registers_;
  WorkerPool& pool_;
  const Clock& clock_;
  const OpenFacts& open_facts_;
  JoinDecisions decisions_;
  Collected out_;
};

}  // namespace

Result<Collected> collect(const Agency& agency, const Content& content, WorkerPool& pool,
                          const Clock& clock, const OpenFacts& open_facts) {
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(content));
  KHIEN_TRY(const Registers registers, Registers::load(content));
  return Run(agency, content, lexicon, registers, pool, clock, open_facts).all();
}

}  // namespace khien
