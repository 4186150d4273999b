// Two passes: what each file is, then whose: the agencies' codes come from the staff lists.
#include "collect/account_folder/recognise.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/account_folder/as_sources.h"
#include "collect/account_folder/errors.h"
#include "collect/account_folder/seen.h"
#include "collect/account_folder/table_kind.h"
#include "collect/account_folder/unread.h"
#include "collect/account_folder/whose.h"
#include "collect/accounts/errors.h"
#include "collect/archive/archive.h"
#include "collect/browser_stores/browser_stores.h"
#include "collect/source/files_walk.h"
#include "format/archive/members.h"
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

bool is_read_whole(std::string_view shape) {  // users stand among other things
  return shape == "json" || shape == "fortios";
}

class Recogniser {
 public:
  Recogniser(const fs::path& folder, const Lexicon& lexicon, const FolderMap& map,
             WorkerPool& pool)
      : folder_(folder), lexicon_(lexicon), map_(map), pool_(pool) {}

  Result<Folder> run() {
    KHIEN_TRY(const Walk walk, walk_files(folder_, kFiles));
    for (const WalkedFile& file : walk.files) look(file);
    KHIEN_DO(check_stated());
    Whose whose;
    for (Seen& s : seen_) whose.learn(s);
    Folder out;
    AsSources sources(folder_, lexicon_, map_);
    for (Seen& s : seen_) {
      if (!s.what.type.empty()) whose.name(s);
      sources.add(s, out.agency);
      if (s.what.error) AsSources::add_unread(s.what, out.agency);
      out.files.push_back(std::move(s.what));
    }
    for (const std::string& link : walk.links) {
      out.files.push_back({.path = link, .link = true});
    }
    if (walk.unreadable > 0) {
      Recognised closed{.path = printable(folder_)};
      closed.error = Error{err::folders_closed, closed.path,
                           {{"count", std::to_string(walk.unreadable)}}};
      AsSources::add_unread(closed, out.agency);
    }
    out.agency.domains = domains();
    out.agency.record.name = "";
    if (out.agency.sources.empty()) return fail(err::no_account_data, folder_.string());
    return out;
  }

 private:
  [[nodiscard]] Done check_stated() const {
    for (const auto& [path, file] : map_.files) {
      const bool there = std::any_of(seen_.begin(), seen_.end(),
                                     [&](const Seen& s) { return s.file.relative == path; });
      if (!there) return fail(err::stated_absent, file.place, {{"path", path}});
    }
    return {};
  }

  static Seen begin(const WalkedFile& file, const FolderMap& map) {
    Seen s;
    s.file = file;
    s.what.path = file.relative;
    const fs::path relative = file.relative;
    for (const fs::path& part : relative.parent_path()) s.folders.push_back(part.string());
    s.stem = relative.stem().string();
    const auto stated = map.files.find(file.relative);
    if (stated != map.files.end()) s.stated = &stated->second;
    return s;
  }

  void look(const WalkedFile& file) {
    Seen s = begin(file, map_);
    if (s.stated == nullptr && is_browser_store(file.path)) {
      browser_folder(s);
      seen_.push_back(std::move(s));
      return;
    }
    if (is_of_a_desktop(fs::path(file.relative).filename().string())) return;
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
    const Container container = container_of(*head, file.relative);
    if (container == Container::archive && s.stated == nullptr) return archive(std::move(s));
    if (container == Container::other && s.stated == nullptr) {
      s.what.error = unread_container(file.relative);
      seen_.push_back(std::move(s));
      return;
    }
    look_into(std::move(s), *head);
  }

  // What lies in an archive is looked at as if it lay in a folder of its name.
  void archive(Seen s) {
    auto read = unpack(s);
    if (!read) {
      s.what.error = read.error();
      s.what.error->place = s.file.relative;
      seen_.push_back(std::move(s));
      return;
    }
    // One packed file lies where its archive does.
    const auto& files = read->files;
    const bool packed = files.size() == 1 && read->packed &&
                        files.front().name == fs::path(s.file.relative).stem().string();
    for (const UnpackedFile& member : files) {
      if (is_of_a_desktop(member.path.filename().string())) continue;
      const std::string within = packed ? "" : "/" + member.name;
      Seen inner = begin({member.path, s.file.relative + within}, map_);
      if (packed) inner.stem = member.path.stem().string();
      inner.unpacked = read->folder;
      inner.archive_sha256 = read->sha256;
      look_at_member(std::move(inner), member.name);
    }
  }

  struct UnpackedArchive {
    std::shared_ptr<const TempFolder> folder;
    std::vector<UnpackedFile> files;
    std::string sha256;
    bool packed = false;  // one file, or a tar of them, by gzip and the like
  };
  Result<UnpackedArchive> unpack(const Seen& s) {
    UnpackedArchive out;
    KHIEN_TRY(TempFolder folder, TempFolder::make());
    out.folder = std::make_shared<const TempFolder>(std::move(folder));
    KHIEN_TRY(out.files, unpack_archive(pool_, s.file.path, out.folder->path()));
    KHIEN_TRY(const std::string bytes, read_file(s.file.path, kArchiveBytes));
    out.packed = is_packed_file(bytes);
    out.sha256 = sha256_hex(bytes);
    return out;
  }

  void look_at_member(Seen s, const std::string& name) {
    const auto head = read_head(s.file.path, kHead);
    const bool none = s.stated != nullptr && s.stated->kind == "none";
    if (!head) s.what.error = head.error();
    else if (!none && container_of(*head, name) == Container::none) {
      return look_into(std::move(s), *head);
    } else if (!none) {
      s.what.error = unread_container(s.file.relative);
    }
    seen_.push_back(std::move(s));
  }

  void look_into(Seen s, const std::string& head) {
    const bool whole = head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0");
    const std::string stated = s.stated == nullptr ? "" : s.stated->kind;
    s.shape = whole ? "table" : sniff_bytes(head, s.file.relative);
    if (!type_of_kind(stated).empty()) s.shape = "table";
    else if (!stated.empty()) s.shape = stated;
    if (s.shape == "json" && json(s)) {
      seen_.push_back(std::move(s));
      return;
    }
    const bool table = s.shape == "table" || is_read_whole(s.shape) ||
                       (s.shape.empty() && named_as_table(s.file.relative));
    if (table) return tables(std::move(s), whole, head);
    s.what.type = type_of_shape(s.shape);
    s.what.grounds = {.sure = s.shape == "words" ? Sure::likely : Sure::certain,
                      .by = !stated.empty()       ? "stated"
                            : s.shape == "words" ? "name"
                                                 : "shape"};
    s.what.error = unread_shape(s.shape, s.file.relative);
    s.secrets = s.shape == "domain_dump" || (s.shape == "ldif" && shows_passwords(head));
    seen_.push_back(std::move(s));
  }

  // All stores of one tree are one source: the folder above the machines.
  void browser_folder(Seen& s) const {
    s.shape = "browser";
    s.what.type = "browser_stores";
    s.what.grounds = {.sure = Sure::certain, .by = "browser"};
    if (s.folders.size() > 1) s.what.host = s.folders[s.folders.size() - 2];
  }

  // Answers of services and lists of default passwords; all other JSON may be a list of accounts.
  bool json(Seen& s) {
    const auto reply = pool_.run("external.json", s.file.path);
    if (!reply) return false;
    const std::string kind = (*reply)["kind"].text();
    if (kind == "external") s.what.type = "external_list";
    if (kind == "defaults") s.what.type = "password_policy";
    s.what.grounds = {.sure = Sure::certain, .by = "shape"};
    return !s.what.type.empty();
  }

  // Each sheet whose heading row fits a kind is a source. A file of which nothing can be used is
  // an error where its name or its cells say that it is a table.
  void tables(Seen s, bool whole, std::string_view head) {
    whole = whole || is_read_whole(s.shape) || s.unpacked != nullptr;
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
    judge_sheets(s, first, *table);
    for (const std::string& hidden : table->hidden) hidden_sheet(s, *bytes, hidden);
  }

  // Lists for choosing from are hidden in many workbooks; one that holds people or accounts, or
  // nearly, is missed.
  void hidden_sheet(const Seen& file, const std::string& bytes, const std::string& name) {
    Seen s = file;
    s.what = {.path = file.what.path, .sheet = name, .hidden = true};
    s.secrets = false;
    const auto table = sheet_of(s, bytes, name, false);
    const TableKind kind = table ? kind_of_sheet(s, *table) : TableKind{};
    if (!table || !kind.type.empty() || kind.error) {
      s.what.error = Error{err::sheet_hidden, s.file.relative, {{"sheet", name}}};
    }
    seen_.push_back(std::move(s));
  }

  [[nodiscard]] TableKind kind_of_sheet(const Seen& s, const Table& table) const {
    Columns stated = map_.columns;
    if (s.stated != nullptr) {
      for (const auto& [heading, field] : s.stated->columns) stated[heading] = field;
    }
    return kind_of(table, lexicon_, stated, s.stated == nullptr ? "" : s.stated->kind,
                   s.file.relative);
  }

  // The sheet, and in `s` what is kept of it.
  Result<Table> sheet_of(Seen& s, const std::string& bytes, const std::string& sheet,
                         bool complete) {
    s.kept.reset();
    KHIEN_TRY(const Node packed, read_packed_table(pool_, bytes, s.file.relative, sheet));
    KHIEN_TRY(Table table, table_from(packed, s.file.relative));
    const bool member = s.unpacked != nullptr;  // its digest is that of the archive
    if (member || (complete && kept_bytes_ < kKept)) {
      kept_bytes_ += bytes.size();
      s.kept = std::make_shared<const KeptTable>(
          KeptTable{member ? s.archive_sha256 : sha256_hex(bytes), sheet, packed});
    }
    return table;
  }

  void look_at_sheet(const Seen& file, const Table& table, const std::string& sheet) {
    Seen s = file;
    s.shape = "table";
    const TableKind kind = kind_of_sheet(s, table);
    s.what.type = kind.type;
    s.what.grounds = kind.grounds;
    s.what.sheet = table.sheet;
    s.what.asked = sheet;
    s.what.error = kind.error;
    s.secrets = kind.secrets;
    s.directory = kind.directory;
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
    const bool list = named_as_table(file.file.relative) || is_read_whole(file.shape) ||
                      looks_like_table(table);
    if (!list) return;
    if (is_of_another_source(table, lexicon_)) return;
    begin->what.error = unread_shape(file.shape == "fortios" ? "config" : "", file.file.relative);
    if (begin->what.error) return;
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
    const bool list = named_as_table(s.file.relative) || is_read_whole(s.shape);
    if (s.stated != nullptr || workbook || list) {
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

  const fs::path& folder_;
  const Lexicon& lexicon_;
  const FolderMap& map_;
  WorkerPool& pool_;
  std::vector<Seen> seen_;
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
