// Two passes: what each file is, then whose: the agencies' codes come from the staff lists.
#include "collect/account_folder/recognise.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/browser_files/browser_files.h"
#include "collect/errors.h"
#include "collect/files_walk.h"
#include "collect/table/table.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 256 * 1024;
constexpr std::size_t kFirstLines = 8 * 1024;
constexpr std::size_t kFiles = 20'000;
constexpr std::size_t kKept = std::size_t{64} << 20;  // of tables, for their import

// Words of file and folder names that name no application and no agency.
const std::set<std::string>& plain_words() {
  static const std::set<std::string> words = {
      "apps", "app", "ung", "dung", "ungdung", "hashes", "hash", "hr", "nhan", "su", "nhansu",
      "lists", "list", "external", "data", "du", "lieu", "export", "exports", "xuat", "linux",
      "servers", "may", "chu", "canbo", "can", "bo", "staff", "danh", "sach", "danhsach", "ds",
      "cbcc", "ccvc", "tai", "khoan", "taikhoan", "tk", "account", "accounts", "user", "users",
      "nguoi", "nguoidung", "nhanvien", "nhan vien", "get", "aduser", "nguon", "so", "pbkdf2",
      "bcrypt", "argon2", "sha1", "sha256", "sha512", "ssha", "md5", "ntlm", "nt", "lm", "pwdump",
      "ntds", "secretsdump", "shadow"};
  return words;
}

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : skeleton(name) + " ") {
    const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (part) word += c;
    else if (!word.empty()) out.push_back(std::exchange(word, ""));
  }
  return out;
}

std::vector<std::string> telling(const std::string& name) {
  std::vector<std::string> out;
  for (const std::string& word : words_of(name)) {
    const bool number = std::all_of(word.begin(), word.end(), [](unsigned char c) {
      return std::isdigit(c) != 0;
    });
    if (!number && !plain_words().contains(word)) out.push_back(word);
  }
  return out;
}

struct Seen {
  WalkedFile file;
  Recognised what;
  std::string shape;  // json | ldif | pwdump | leaked | passwd | shadow | words | table
  std::vector<std::string> folders;
  std::string stem;
  std::shared_ptr<const KeptTable> kept;
  bool secrets = false;  // an LDIF that holds password hashes too
};

class Recogniser {
 public:
  Recogniser(const fs::path& folder, const Lexicon& lexicon, WorkerPool& pool)
      : folder_(folder), lexicon_(lexicon), pool_(pool) {}

  Result<Folder> run() {
    KHIEN_TRY(const Walk walk, walk_files(folder_, kFiles));
    for (const WalkedFile& file : walk.files) look(file);
    for (Seen& s : seen_) name(s);
    Folder out;
    for (Seen& s : seen_) {
      add_source(s, out.agency);
      out.files.push_back(std::move(s.what));
    }
    out.agency.domains = domains();
    out.agency.record.name = "";
    if (out.agency.sources.empty()) return fail(err::no_account_data, folder_.string());
    return out;
  }

 private:
  void look(const WalkedFile& file) {
    Seen s;
    s.file = file;
    s.what.path = file.relative;
    const fs::path relative = file.relative;
    for (const fs::path& part : relative.parent_path()) s.folders.push_back(part.string());
    s.stem = relative.stem().string();
    if (is_browser_store(file.path)) {
      browser_folder(s);
      seen_.push_back(std::move(s));
      return;
    }
    if (relative.filename().string().starts_with(".")) return;
    const std::string head = read_head(file.path, kHead).value_or("");
    const bool zip = head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0");
    s.shape = zip ? "table" : sniff(head, file.relative);
    if (s.shape == "table") table(s, zip);
    else if (s.shape == "json") json(s);
    else if (s.shape == "ldif") s.what.type = "directory";
    else if (s.shape == "pwdump" || s.shape == "shadow") s.what.type = "password_stores";
    else if (s.shape == "leaked") s.what.type = "leaked_list";
    else if (s.shape == "words") s.what.type = "word_list";
    else if (s.shape == "passwd") s.what.type = "accounts";
    s.secrets = s.shape == "ldif" && head.find("userPassword:") != std::string::npos;
    seen_.push_back(std::move(s));
  }

  // Whole lines of the first bytes: a character cut in two would look like another encoding.
  static std::string sniff(std::string_view head, const std::string& name) {
    if (head.size() > kFirstLines) {
      const std::size_t end = head.rfind('\n', kFirstLines);
      if (end != std::string_view::npos && !head.starts_with("\xFF\xFE") &&
          !head.starts_with("\xFE\xFF")) {
        head = head.substr(0, end + 1);
      }
    }
    const auto text = decode_text(head, name);
    return text ? sniff_text(text->text, name) : "";
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

  // The kind of table whose header row names most of its columns.
  void table(Seen& s, bool whole) {
    auto bytes = whole ? read_file(s.file.path, limits::table_file_bytes)
                       : read_head(s.file.path, kHead);
    if (!bytes) return;
    const bool complete = whole || bytes->size() < kHead;
    if (!complete) bytes->resize(bytes->rfind('\n') + 1);
    const auto packed = read_packed_table(pool_, *bytes, s.file.relative, "");
    if (!packed) return;
    const auto table = table_from(*packed, s.file.relative);
    if (!table) return;
    if (complete && kept_bytes_ < kKept) {
      kept_bytes_ += bytes->size();
      s.kept = std::make_shared<const KeptTable>(KeptTable{sha256_hex(*bytes), *packed});
    }
    std::size_t best = 1;
    const Headings headings = lexicon_.headings(*table, {});
    for (const auto& [kind, type] : kKinds) {
      const auto header = lexicon_.find_header(headings, kind, s.file.relative);
      if (!header || header->columns.size() <= best) continue;
      best = header->columns.size();
      s.what.type = type;
    }
    if (is_hash_table(*table)) s.what.type = "password_stores";
    if (s.what.type == "staff" || s.what.type == "accounts") count_domains(*table);
  }

  // A column of log-ins and one of hashes: a short table whose second column looks like no words.
  static bool is_hash_table(const Table& table) {
    std::size_t rows = 0;
    std::size_t hashes = 0;
    for (std::size_t i = 1; i < std::min<std::size_t>(table.rows.size(), 60); ++i) {
      ++rows;
      for (const std::string& cell : table.rows[i].cells) {
        const bool mark = cell.starts_with("$") || cell.starts_with("{") ||
                          cell.starts_with("pbkdf2_") || cell.starts_with("argon2") ||
                          cell.starts_with("bcrypt") || cell.starts_with("AQAAAA") ||
                          cell.starts_with("sha1$") || cell.starts_with("md5$");
        const bool hex = (cell.size() == 32 || cell.size() == 40 || cell.size() == 64) &&
                         cell.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        if ((mark && cell.size() >= 20) || hex) {
          ++hashes;
          break;
        }
      }
    }
    return rows > 0 && hashes * 10 >= rows * 6;
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
    if (s.what.type == "staff") {
      const auto words = telling(s.stem);
      if (!words.empty()) s.what.agency = words.front();
      if (!s.what.agency.empty()) agencies_.insert(s.what.agency);
    }
  }

  void take_names(Seen& s) const {
    if (s.shape == "passwd" || s.shape == "shadow") {
      s.what.host = s.folders.empty() ? s.stem : s.folders.back();
      return;
    }
    for (const std::string& word : words_of(s.stem)) {
      if (agencies_.contains(word)) s.what.agency = word;
    }
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
    source.app = s.what.app;
    source.agency = s.what.agency;
    source.host = s.what.host;
    source.kept = s.kept;
    source.scope = s.shape == "ldif" ? "directory" : "application";
    if (s.shape == "browser") {
      // <source>/<machine>/<user>/file: the source lies two folders above the user's.
      fs::path top = s.file.path.parent_path();
      for (int up = 0; up < 2 && top != folder_; ++up) top = top.parent_path();
      if (!browser_tops_.insert(top.string()).second) return;
      source.path = top;
      source.written = fs::relative(top, folder_).generic_string();
    }
    if (s.shape == "passwd") {
      source.scope = "host";
      source.path = s.file.path.parent_path();
    }
    if (s.shape == "shadow") source.scope = "host";
    if (s.secrets) {
      AgencySource store = source;
      store.type = "password_stores";
      agency.sources.push_back(std::move(store));
    }
    agency.sources.push_back(std::move(source));
  }

  static constexpr std::pair<const char*, const char*> kKinds[] = {
      {"staff", "staff"}, {"account", "accounts"}, {"password_rule", "password_rules"},
      {"external", "external_list"}, {"decision", "join_decisions"}, {"login_log", "login_log"}};

  const fs::path& folder_;
  const Lexicon& lexicon_;
  WorkerPool& pool_;
  std::vector<Seen> seen_;
  std::set<std::string> agencies_;
  std::set<std::string> browser_tops_;
  std::map<std::string, std::size_t> domain_seen_;
  std::size_t addresses_ = 0;
  std::size_t kept_bytes_ = 0;
};

}  // namespace

Result<Folder> recognise_folder(const fs::path& folder, const Lexicon& lexicon, WorkerPool& pool) {
  return Recogniser(folder, lexicon, pool).run();
}

}  // namespace khien
