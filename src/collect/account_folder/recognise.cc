// Two passes: what each file is, then whose: the agencies' codes come from the staff lists.
#include "collect/account_folder/recognise.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/account_folder/errors.h"
#include "collect/account_folder/names.h"
#include "collect/account_folder/table_kind.h"
#include "collect/browser_stores/browser_stores.h"
#include "collect/source/files_walk.h"
#include "format/errors.h"
#include "format/table/table.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
using std::string_view_literals::operator""sv;

constexpr std::size_t kHead = 256 * 1024;
constexpr std::size_t kFiles = 20'000;
constexpr std::size_t kSheets = 64;  // of one workbook
constexpr std::size_t kKept = std::size_t{64} << 20;  // of tables, for their import

struct Seen {
  WalkedFile file;
  Recognised what;
  std::string shape;  // json | ldif | pwdump | leaked | passwd | shadow | words | table | policy
  std::vector<std::string> folders;
  std::string stem;
  std::shared_ptr<const KeptTable> kept;
  const StatedFile* stated = nullptr;
  bool secrets = false;  // it holds password hashes beside its accounts
};

class Recogniser {
 public:
  Recogniser(const fs::path& folder, const Lexicon& lexicon, const FolderMap& map,
             WorkerPool& pool)
      : folder_(folder), lexicon_(lexicon), map_(map), pool_(pool) {}

  Result<Folder> run() {
    KHIEN_TRY(const Walk walk, walk_files(folder_, kFiles));
    KHIEN_DO(check_stated(walk));
    for (const WalkedFile& file : walk.files) look(file);
    for (Seen& s : seen_) name(s);
    Folder out;
    for (Seen& s : seen_) {
      add_source(s, out.agency);
      if (s.what.error) add_unread(s.what, out.agency);
      out.files.push_back(std::move(s.what));
    }
    for (const std::string& link : walk.links) {
      out.files.push_back({.path = link, .link = true});
    }
    if (walk.unreadable > 0) {
      Recognised closed{.path = printable(folder_)};
      closed.error = Error{err::folders_closed, closed.path,
                           {{"count", std::to_string(walk.unreadable)}}};
      add_unread(closed, out.agency);
    }
    out.agency.domains = domains();
    out.agency.record.name = "";
    if (out.agency.sources.empty()) return fail(err::no_account_data, folder_.string());
    return out;
  }

 private:
  Done check_stated(const Walk& walk) const {
    for (const auto& [path, file] : map_.files) {
      const bool there = std::any_of(walk.files.begin(), walk.files.end(),
                                     [&](const WalkedFile& f) { return f.relative == path; });
      if (!there) return fail(err::stated_absent, file.place, {{"path", path}});
    }
    return {};
  }

  void look(const WalkedFile& file) {
    Seen s;
    s.file = file;
    s.what.path = file.relative;
    const fs::path relative = file.relative;
    for (const fs::path& part : relative.parent_path()) s.folders.push_back(part.string());
    s.stem = relative.stem().string();
    const auto stated = map_.files.find(file.relative);
    if (stated != map_.files.end()) s.stated = &stated->second;
    if (s.stated == nullptr && is_browser_store(file.path)) {
      browser_folder(s);
      seen_.push_back(std::move(s));
      return;
    }
    const std::string own = relative.filename().string();
    if (own.starts_with(".") || own.starts_with("~$")) return;  // an open workbook's lock
    if (s.stated != nullptr && s.stated->kind == "none") {
      seen_.push_back(std::move(s));
      return;
    }
    const auto head = read_head(file.path, kHead);
    if (!head) {
      s.what.error = head.error();
      s.what.error->place = file.relative;
      seen_.push_back(std::move(s));
      return;
    }
    look_into(std::move(s), *head);
  }

  void look_into(Seen s, const std::string& head) {
    const bool zip = head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0");
    const std::string stated = s.stated == nullptr ? "" : s.stated->kind;
    s.shape = zip ? "table" : sniff_bytes(head, s.file.relative);
    if (!type_of_kind(stated).empty()) s.shape = "table";
    else if (!stated.empty()) s.shape = stated;
    const bool table = s.shape == "table" || (s.shape.empty() && named_as_table(s.file.relative));
    if (table) return tables(std::move(s), zip, head);
    if (s.shape == "json") json(s);
    else s.what.type = type_of_shape(s.shape);
    s.secrets = s.shape == "ldif" && head.find("userPassword:") != std::string::npos;
    seen_.push_back(std::move(s));
  }

  // All stores of one tree are one source: the folder above the machines.
  void browser_folder(Seen& s) const {
    s.shape = "browser";
    s.what.type = "browser_stores";
    if (s.folders.size() > 1) s.what.host = s.folders[s.folders.size() - 2];
  }

  void json(Seen& s) {
    const auto reply = pool_.run("external.json", s.file.path);
    if (!reply) return;
    const std::string kind = (*reply)["kind"].text();
    if (kind == "external") s.what.type = "external_list";
    if (kind == "defaults") s.what.type = "password_policy";
  }

  // Each sheet whose heading row fits a kind is a source. A file of which nothing can be used is
  // an error where its name or its cells say that it is a table.
  void tables(Seen s, bool whole, std::string_view head) {
    auto bytes = whole ? read_file(s.file.path, limits::table_file_bytes)
                       : Result<std::string>(std::string(head));
    if (!bytes) return give_up(std::move(s), bytes.error(), head);
    bool complete = whole || bytes->size() < kHead;
    if (!complete) bytes->resize(bytes->rfind('\n') + 1);
    const std::string sheet = s.stated == nullptr ? "" : s.stated->sheet;
    auto table = sheet_of(s, *bytes, sheet, complete);
    if (!table && !complete) {  // cut within a quoted cell
      bytes = read_file(s.file.path, limits::table_file_bytes);
      if (!bytes) return give_up(std::move(s), bytes.error(), head);
      complete = true;
      table = sheet_of(s, *bytes, sheet, complete);
    }
    if (!table) return give_up(std::move(s), table.error(), head);
    const std::size_t first = seen_.size();
    look_at_sheet(s, *table, sheet);
    std::size_t looked = 1;
    for (const std::string& other : table->others) {
      if (++looked > kSheets) {
        s.what.error = Error{err::too_many_sheets, s.file.relative,
                             {{"limit", std::to_string(kSheets)}}};
        break;
      }
      const auto more = sheet_of(s, *bytes, other, complete);
      if (!more) s.what.error = more.error();
      else if (!more->rows.empty()) look_at_sheet(s, *more, other);
    }
    for (const std::string& hidden : table->hidden) {
      Seen left = s;
      left.what = {.path = s.what.path, .sheet = hidden, .hidden = true};
      seen_.push_back(std::move(left));
    }
    judge_sheets(s, first, *table);
  }

  // The sheet, and in `s` what is kept of it.
  Result<Table> sheet_of(Seen& s, const std::string& bytes, const std::string& sheet,
                         bool complete) {
    s.kept.reset();
    KHIEN_TRY(const Node packed, read_packed_table(pool_, bytes, s.file.relative, sheet));
    KHIEN_TRY(Table table, table_from(packed, s.file.relative));
    if (complete && kept_bytes_ < kKept) {
      kept_bytes_ += bytes.size();
      s.kept = std::make_shared<const KeptTable>(KeptTable{sha256_hex(bytes), sheet, packed});
    }
    return table;
  }

  void look_at_sheet(const Seen& file, const Table& table, const std::string& sheet) {
    Seen s = file;
    Columns stated = map_.columns;
    if (s.stated != nullptr) {
      for (const auto& [heading, field] : s.stated->columns) stated[heading] = field;
    }
    const TableKind kind = kind_of(table, lexicon_, stated,
                                   s.stated == nullptr ? "" : s.stated->kind, s.file.relative);
    s.what.type = kind.type;
    s.what.sheet = table.sheet;
    s.what.asked = sheet;
    s.what.error = kind.error;
    s.secrets = kind.hashes;
    if (s.what.type == "staff" || s.what.type == "accounts") count_domains(table);
    seen_.push_back(std::move(s));
  }

  // With one sheet of use, others are covers and notes, unless they nearly fit.
  void judge_sheets(const Seen& file, std::size_t first, const Table& table) {
    const auto begin = seen_.begin() + static_cast<std::ptrdiff_t>(first);
    const bool used = std::any_of(begin, seen_.end(),
                                  [](const Seen& s) { return !s.what.type.empty(); });
    const auto nearly = [](const Seen& s) { return s.what.error.has_value(); };
    const bool stated = file.stated != nullptr && !file.stated->kind.empty();
    if (used && stated) {  // the heading of a cover is none of that kind
      for (auto s = begin; s != seen_.end(); ++s) {
        if (s->what.type.empty()) s->what.error.reset();
      }
    }
    if (file.what.error) begin->what.error = file.what.error;
    if (used || std::any_of(begin, seen_.end(), nearly)) return;
    if (!named_as_table(file.file.relative) && !looks_like_table(table)) return;
    if (is_of_another_source(table, lexicon_)) return;
    if (table.rows.empty()) {
      begin->what.error = Error{err::table_empty, file.file.relative, {}};
      return;
    }
    std::size_t columns = 0;
    for (const TableRow& row : table.rows) columns = std::max(columns, row.cells.size());
    begin->what.error = Error{err::table_of_no_kind, file.file.relative,
                              {{"rows", std::to_string(table.rows.size())},
                               {"columns", std::to_string(columns)}}};
  }

  // Office documents and archives are zips too; only a table is missed.
  void give_up(Seen s, const Error& why, std::string_view head) {
    const bool workbook = head.find("xl/workbook.xml") != std::string_view::npos ||
                          head.find("xl/worksheets/") != std::string_view::npos ||
                          head.find("opendocument.spreadsheet") != std::string_view::npos ||
                          head.find("W\0o\0r\0k\0b\0o\0o\0k"sv) != std::string_view::npos;
    if (s.stated != nullptr || workbook || named_as_table(s.file.relative)) {
      s.what.error = why;
      s.what.error->place = s.file.relative;
    }
    seen_.push_back(std::move(s));
  }

  void count_domains(const Table& table) {
    for (const TableRow& row : table.rows) {
      for (const std::string& cell : row.cells) {
        const std::size_t at = cell.find('@');
        if (at == std::string::npos || at == 0 || cell.find(' ') != std::string::npos) continue;
        ++domain_seen_[fold(cell.substr(at + 1))];
        ++addresses_;
      }
    }
  }

  [[nodiscard]] std::vector<std::string> domains() const {
    std::vector<std::string> out;
    for (const auto& [domain, count] : domain_seen_) {
      if (count * 20 >= addresses_ && domain.find('.') != std::string::npos) out.push_back(domain);
    }
    return out;
  }

  void name(Seen& s) {
    if (s.stated != nullptr && !s.stated->agency.empty()) {
      s.what.agency = s.stated->agency;
      agencies_.insert(fold(s.what.agency));
    } else if (s.what.type == "staff") {
      const auto words = telling(s.stem);
      if (!words.empty()) s.what.agency = words.front();
      if (!s.what.agency.empty()) agencies_.insert(s.what.agency);
    }
  }

  void take_names(Seen& s) const {
    if (s.stated != nullptr) s.what.app = s.stated->app;
    if (s.shape == "policy") return;
    if (s.shape == "passwd" || s.shape == "shadow") {
      s.what.host = s.folders.empty() ? s.stem : s.folders.back();
      return;
    }
    for (const std::string& word : words_of(s.stem)) {
      const bool stated = s.stated != nullptr && !s.stated->agency.empty();
      if (!stated && agencies_.contains(word)) s.what.agency = word;
    }
    if (!s.what.app.empty()) return;
    for (auto folder = s.folders.rbegin(); folder != s.folders.rend(); ++folder) {
      const auto words = telling(*folder);
      if (words.empty()) continue;
      if (agencies_.contains(words.front())) {
        if (s.what.agency.empty()) s.what.agency = words.front();
        continue;
      }
      s.what.app = *folder;
      return;
    }
    for (const std::string& word : telling(s.stem)) {
      if (!agencies_.contains(word)) s.what.app += (s.what.app.empty() ? "" : "-") + word;
    }
    if (s.what.app.empty()) s.what.app = s.stem;
  }

  void add_source(Seen& s, Agency& agency) {
    if (s.what.type.empty()) return;
    if (s.what.type != "staff") take_names(s);
    AgencySource source;
    source.type = s.what.type;
    source.path = s.file.path;
    source.written = s.what.path;
    source.place = s.what.path;
    source.fields = fields_of(s);
    source.kept = s.kept;
    if (s.shape == "browser") {
      // <source>/<machine>/<user>/file: the source lies two folders above the user's.
      fs::path top = s.file.path.parent_path();
      for (int up = 0; up < 2 && top != folder_; ++up) top = top.parent_path();
      if (!browser_tops_.insert(top.string()).second) return;
      source.path = top;
      source.written = fs::relative(top, folder_).generic_string();
    }
    if (s.shape == "passwd") source.path = s.file.path.parent_path();
    if (s.secrets) {
      AgencySource store = source;
      store.type = "password_stores";
      agency.sources.push_back(std::move(store));
    }
    agency.sources.push_back(std::move(source));
  }

  // As an officer would write them in agency.yaml.
  [[nodiscard]] Node fields_of(const Seen& s) const {
    const bool host = s.shape == "passwd" || s.shape == "shadow";
    Node out = Node::map({{"scope", host                ? "host"
                                    : s.shape == "ldif" ? "directory"
                                                        : "application"}});
    for (const auto& [field, value] : {std::pair{"app", s.what.app}, {"agency", s.what.agency},
                                       {"host", s.what.host}, {"sheet", s.what.asked}}) {
      if (!value.empty()) out.set(field, value);
    }
    const std::string kind = kind_of_type(s.what.type);
    if (s.shape != "table" || kind.empty()) return out;
    Node columns = Node::map();
    for (const auto& [heading, field] : columns_for(map_, s.stated, kind, lexicon_)) {
      columns.set(heading, field);
    }
    out.set("columns", std::move(columns));
    return out;
  }

  // collect() reports it as it does a file that is not there: nothing may be said of all accounts.
  static void add_unread(const Recognised& what, Agency& agency) {
    AgencySource source;
    source.type = "accounts";
    source.written = source.place = what.path;
    source.unread = what.error;
    agency.sources.push_back(std::move(source));
  }

  const fs::path& folder_;
  const Lexicon& lexicon_;
  const FolderMap& map_;
  WorkerPool& pool_;
  std::vector<Seen> seen_;
  std::set<std::string> agencies_;
  std::set<std::string> browser_tops_;
  std::map<std::string, std::size_t> domain_seen_;
  std::size_t addresses_ = 0;
  std::size_t kept_bytes_ = 0;
};

}  // namespace

Result<Folder> recognise_folder(const fs::path& folder, const Lexicon& lexicon,
                                const FolderMap& map, WorkerPool& pool) {
  return Recogniser(folder, lexicon, map, pool).run();
}

}  // namespace khien
