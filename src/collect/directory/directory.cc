// The job, and its reply to a Collection: what names an application, a scope and a key is the
// caller's to say, so it is added here and not in the worker.
#include "collect/directory/directory.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/accounts/accounts.h"
#include "collect/directory/csvde.h"
#include "collect/directory/domain_dump.h"
#include "collect/directory/errors.h"
#include "collect/directory/form_rows.h"
#include "collect/directory/live.h"
#include "collect/directory/mapping.h"
#include "collect/directory/rows.h"
#include "collect/source/fields.h"
#include "format/directory/ldif.h"

namespace khien {
namespace {

using directory::Entry;
using directory::Kind;
using directory::LdifReader;
using directory::Mapping;

constexpr std::size_t kHead = 64 * 1024;
constexpr std::size_t kFormBytes = std::size_t{64} << 20;  // text forms are small
constexpr const char* kVersion = "0.2";

const char* name_of(std::optional<Kind> kind) {
  if (kind == Kind::active_directory) return "active_directory";
  if (kind == Kind::zimbra) return "zimbra";
  return "openldap";
}

Result<Node> mapped(Mapping& mapping, const JobInput& input) {
  mapping.finish();
  if (mapping.accounts.empty() && mapping.rules.empty()) {
    return fail(err::directory_empty, input.name);
  }
  Node unreadable = Node::map();
  for (const auto& [column, count] : mapping.unreadable) unreadable.set(column, count);
  return Node::map(
      {{"shape", "ldif"},
       {"kind", name_of(mapping.kind())},
       {"accounts", directory::pack_rows(mapping.accounts)},
       {"rules", directory::pack_rows(mapping.rules)},
       {"unreadable", std::move(unreadable)},
       {"gaps", Node::list_of({mapping.gaps.begin(), mapping.gaps.end()})},
       {"passed_over", mapping.passed_over}});
}

Result<Node> read_ldif(std::string_view text, const JobInput& input) {
  LdifReader reader(text, input.name);
  Mapping mapping(input.args["as_of"].integer());
  Entry entry;
  for (;;) {
    KHIEN_TRY(const bool more, reader.next(entry));
    if (!more) break;
    mapping.add(entry);
  }
  KHIEN_TRY(Node out, mapped(mapping, input));
  out.set("skipped_changes", reader.skipped_changes());
  out.set("bad_lines", reader.bad_lines());
  return out;
}

Result<Node> read_csvde(std::string_view text, const JobInput& input) {
  KHIEN_TRY(const Table table, read_csv(text, input.name));
  Mapping mapping(input.args["as_of"].integer());
  for (const Entry& entry : directory::csvde_entries(table)) mapping.add(entry);
  return mapped(mapping, input);
}

Result<Node> read_other(std::string_view text, const JobInput& input) {
  auto policy = directory::read_secedit(text);
  if (!policy) policy = directory::read_net_accounts(text);
  if (policy) {
    return Node::map({{"shape", "policy"},
                      {"controller", policy->controller},
                      {"rules", directory::pack_rows({directory::policy_row(*policy)})}});
  }
  if (directory::looks_like_domain_dump(text)) {
    return Node::map({{"shape", "ldif"},
                      {"kind", name_of(Kind::active_directory)},
                      {"accounts", directory::pack_rows(directory::domain_dump_rows(text))}});
  }
  KHIEN_TRY(const auto users, directory::read_mail_users(text, input.name));
  if (!users) return Node::map({{"shape", "table"}});
  return Node::map({{"shape", "mail_users"},
                    {"accounts", directory::pack_rows(directory::user_rows(*users))}});
}

Result<Node> run_directory(const JobInput& input) {
  std::string_view text = input.bytes;
  Node out;
  if (directory::looks_like_ldif(text.substr(0, kHead))) {
    KHIEN_TRY(out, read_ldif(text, input));
  } else if (text.size() > kFormBytes || text.starts_with("PK\x03\x04")) {
    return Node::map({{"shape", "table"}});
  } else {
    auto decoded = decode_text(text, input.name);  // UTF-16 of Windows, and LDIF of ldifde -u
    if (!decoded) return Node::map({{"shape", "table"}});
    const bool ldif = directory::looks_like_ldif(decoded->text);
    const bool csvde = directory::looks_like_csvde(decoded->text);
    auto read = ldif    ? read_ldif(decoded->text, input)
                : csvde ? read_csvde(decoded->text, input)
                        : read_other(decoded->text, input);
    wipe(decoded->text);
    if (!read) return pass_on(read.error());
    out = std::move(*read);
  }
  out.set("sha256", sha256_hex(input.bytes));
  return out;
}

// --- the parent's side ---

class Builder {
 public:
  Builder(const AgencySource& source, const Lexicon& lexicon, const Node& reply)
      : source_(source), lexicon_(lexicon), reply_(reply), kind_(reply["kind"].text()),
        agency_(source.text("agency")) {}

  Collection run() {
    out_.collector = "directory";
    out_.collector_version = kVersion;
    out_.source = source_.written;
    name_place();
    const std::string shape = reply_["shape"].text();
    if (shape != "policy") accounts();
    if (shape != "mail_users") rules();
    return std::move(out_);
  }

 private:
  // A mail server's accounts open an application; a directory's are the directory's own. The word
  // of the officer comes first.
  void name_place() {
    const std::string shape = reply_["shape"].text();
    app_ = source_.text("app");
    scope_ = "directory";
    if (shape == "ldif" && kind_ == "zimbra") scope_ = "application";
    if (shape == "mail_users" && source_.text("scope") != "directory") scope_ = "application";
    if (shape == "policy") {
      const bool domain = source_.text("scope") == "directory" || reply_["controller"].boolean();
      scope_ = domain ? "directory" : "host";
      if (!domain) app_.clear();
      const std::string host = source_.text("host");
      if (!domain) out_.host = host.empty() ? source_.written : host;
    }
    if (!app_.empty() || scope_ == "host") return;
    if (shape == "mail_users") app_ = source_.written;
    else app_ = kind_ == "zimbra" ? "Zimbra" : kind_ == "openldap" ? "LDAP" : "Active Directory";
  }

  void accounts() {
    TableFacts& facts = out_.tables["account"];
    facts.rows = directory::unpack_rows(reply_["accounts"].text());
    std::map<std::string, int> used;
    std::set<std::string> filled;
    for (Row& row : facts.rows) {
      finish(row);
      std::string key = app_ + (agency_.empty() ? "" : "/" + agency_) + ":" +
                        fold(text_of(row, "login"));
      if (const int n = ++used[key]; n > 1) key += "#" + std::to_string(n);
      row["account_key"] = std::move(key);
      for (const auto& [column, value] : row) filled.insert(column);
    }
    gaps(facts, filled);
    for (const Node& column : reply_["gaps"].items()) {
      facts.gaps[column.text()] = "reason.directory.lockout_length";
    }
    std::string note;
    const auto tell = [&](const std::string& what, std::int64_t count) {
      if (count > 0) note += (note.empty() ? "" : "; ") + what + ": " + std::to_string(count);
    };
    for (const auto& [column, count] : reply_["unreadable"].pairs()) {
      facts.gaps[column] = "reason.directory.unreadable";
      tell(column, count.integer());
    }
    tell("entries of other kinds", reply_["passed_over"].integer());
    tell("change records skipped", reply_["skipped_changes"].integer());
    tell("lines not understood", reply_["bad_lines"].integer());
    facts.detail = note;
    if (reply_["bad_lines"].integer() > 0 || reply_["skipped_changes"].integer() > 0) {
      facts.status = TableFacts::Status::partial;
      facts.reason = "reason.directory.lines_unread";
    }
  }

  void finish(Row& row) const {
    row["scope"] = scope_;
    row["app"] = app_;
    choose_agency(row);
    const std::string role = text_of(row, "role");
    if (!role.empty() && lexicon_.is_privileged(role)) row["privileged"] = std::int64_t{1};
  }

  // The nearest OU that is no mere container ("Users", "Nguoi dung").
  void choose_agency(Row& row) const {
    const std::string units = text_of(row, "agency");
    row.erase("agency");
    std::string_view rest = units;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(directory::kListMark), rest.size());
      const std::string_view unit = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (unit.empty() || lexicon_.is(unit, "container")) continue;
      row["agency"] = std::string(unit);
      return;
    }
    if (!agency_.empty()) row["agency"] = agency_;
  }

  // A column no entry fills was not exported, or the directory does not have it.
  void gaps(TableFacts& facts, const std::set<std::string>& filled) const {
    for (const char* column :
         {"display_name", "mail", "unit", "role", "enabled", "locked", "privileged", "created_at",
          "issued_at", "password_changed_at", "password_must_change", "password_never_expires",
          "password_not_required", "password_store", "last_login_at", "never_logged_in", "mfa",
          "shared_declared"}) {
      if (!filled.contains(column)) facts.gaps[column] = "reason.accounts.no_column";
    }
  }

  void rules() {
    std::vector<Row> rows = directory::unpack_rows(reply_["rules"].text());
    if (rows.empty()) return;  // an export of people says nothing of rules
    TableFacts& facts = out_.tables["password_rule"];
    facts.rows = std::move(rows);
    std::map<std::string, int> used;
    for (Row& row : facts.rows) {
      row["scope"] = scope_;
      if (scope_ == "host") row["host"] = out_.host;
      else row["app"] = app_;
      row["source"] = source_.written;
      std::string key = (scope_ == "host" ? out_.host : app_) + ":" + text_of(row, "rule_key");
      if (const int n = ++used[key]; n > 1) key += "#" + std::to_string(n);
      row["rule_key"] = std::move(key);
    }
  }

  const AgencySource& source_;
  const Lexicon& lexicon_;
  const Node& reply_;
  std::string kind_, agency_, app_, scope_;
  Collection out_;
};

}  // namespace

std::vector<Job> directory_jobs() {
  return {{"directory.read", kDirectoryBytes, run_directory}};
}

Result<std::optional<Collection>> collect_directory(const AgencySource& source,
                                                    const Lexicon& lexicon, WorkerPool& pool,
                                                    const Clock& clock) {
  const Node args = Node::map({{"as_of", clock.now_ms()}});
  if (source.fields.has("url")) {
    KHIEN_TRY(directory::LiveSpec spec, directory::live_spec(source.fields, source.place));
    KHIEN_TRY(std::string ldif, directory::ask_server(std::move(spec), source.folder, clock));
    KHIEN_TRY(const Node reply, pool.run_bytes("directory.read", ldif, source.written, args));
    return std::optional<Collection>(Builder(source, lexicon, reply).run());
  }
  KHIEN_TRY(const Node reply, pool.run("directory.read", source.path, args));
  if (reply["shape"].text() == "table") return std::optional<Collection>();
  Collection out = Builder(source, lexicon, reply).run();
  out.source_sha256 = reply["sha256"].text();
  return std::optional<Collection>(std::move(out));
}

Result<std::string> check_directory(const Node& map, const std::string& place) {
  if (map.has("url")) {
    KHIEN_TRY(directory::LiveSpec spec, directory::live_spec(map, place));
    KHIEN_DO(text_field(map, "app", place));
    KHIEN_DO(text_field(map, "agency", place));
    return std::move(spec.url);
  }
  KHIEN_TRY(std::string path,
            check_file_source(map, place, {"type", "path", "app", "scope", "host", "agency",
                                           "sheet", "columns"}));
  KHIEN_DO(check_choice(map, "scope", {"application", "directory", "host"}, place));
  return path;
}

Collections read_directory(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(auto read, collect_directory(source, reading.lexicon, reading.pool, reading.clock));
  if (read) return one(std::move(*read));
  // A table: Get-ADUser, Get-Mailbox and the like.
  const std::string app = source.text("app");
  const std::string scope = source.text("scope");
  return read_account_table(source,
                            {source.written, app.empty() ? source.written : app,
                             scope.empty() ? "directory" : scope, source.text("agency"),
                             columns_of(source.fields)},
                            reading);
}

}  // namespace khien
