// Line formats: pwdump, shadow and tables.
#include "engine/password/store_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/password/errors.h"
#include "engine/password/hash_form.h"

namespace khien::password {
namespace {

constexpr std::string_view kEmptyLm = "AAD3B435B51404EEAAD3B435B51404EE";
constexpr std::size_t kBadLines = 20;
constexpr std::size_t kShortestHash = 20;  // in letters

std::vector<std::string> split(std::string_view line, char by) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (by != ':' && c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        out.back() += c;
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == by && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

bool is_hex(std::string_view text, std::size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isxdigit(c) != 0;
         });
}

void take_domain(Entry& entry) {
  const std::size_t at = entry.login.find('\\');
  if (at == std::string::npos) return;
  entry.domain = entry.login.substr(0, at);
  entry.login.erase(0, at + 1);
}

bool no_hash(std::string_view text) {
  return text.empty() || text.starts_with("NO PASSWORD") || text.find_first_not_of('*') ==
         std::string_view::npos;
}

bool pwdump_row(const std::vector<std::string>& cells, Entry& entry) {
  if (cells.size() < 4 || cells[0].empty() || cells[1].empty() ||
      cells[1].find_first_not_of("0123456789") != std::string::npos) {
    return false;
  }
  const bool lm = is_hex(cells[2], 32);
  const bool nt = is_hex(cells[3], 32);
  if ((!lm && !no_hash(cells[2])) || (!nt && !no_hash(cells[3]))) return false;
  entry.login = cells[0];
  take_domain(entry);
  entry.lm_kept = lm && ascii_upper(cells[2]) != kEmptyLm;
  entry.hash = {nt ? Scheme::nt : Scheme::none, "nt", nt ? unhex(cells[3]).value_or("") : ""};
  entry.disabled = std::any_of(cells.begin() + 4, cells.end(), [](const std::string& c) {
    return ascii_lower(c).find("status=disabled") != std::string::npos;
  });
  const std::size_t history = entry.login.rfind("_history");
  entry.history = history != std::string::npos && history + 8 < entry.login.size() &&
                  entry.login.find_first_not_of("0123456789", history + 8) == std::string::npos;
  if (entry.history) entry.login.resize(history);
  return true;
}

bool shadow_row(const std::vector<std::string>& cells, Entry& entry) {
  if (cells.size() < 8 || cells.size() > 9 || cells[0].empty()) return false;
  for (std::size_t i = 2; i < cells.size(); ++i) {
    if (cells[i].find_first_not_of("-0123456789") != std::string::npos) return false;
  }
  entry.login = cells[0];
  std::string_view text = cells[1];
  while (text.starts_with('!')) {
    entry.disabled = true;
    text.remove_prefix(1);
  }
  if (text.starts_with('*') || (text.empty() && entry.disabled)) {
    entry.hash = {Scheme::none, "none"};
    return true;
  }
  entry.hash = read_hash(text);
  return true;
}

struct Columns {
  std::size_t login = 0, hash = 0, mail = SIZE_MAX, name = SIZE_MAX;
  bool clear = false;  // no hashes: the passwords themselves
  bool nt = false;     // the heading says that the hashes are Windows'
  bool hashed = false;  // ... that they are hashes
};

bool any_of(const std::string& heading, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), heading) != names.end();
}

// By heading; a heading row is required, because a guess about columns could take a name for a
// hash.
bool find_columns(const std::vector<std::string>& cells, Columns& out) {
  std::size_t login = SIZE_MAX, hash = SIZE_MAX;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string h = skeleton(squeeze(cells[i]));
    if (any_of(h, {"username", "user", "user name", "login", "account", "ten dang nhap",
                   "tai khoan", "samaccountname", "uid", "user_login", "loginname",
                   "normalizedusername", "ten dang nhap he thong", "ten truy cap",
                   "ten tai khoan", "login name", "account name", "mailbox",
                   "userprincipalname"})) {
      if (login == SIZE_MAX) login = i;
    } else if (any_of(h, {"password", "passwordhash", "password_hash", "hash", "user_pass", "pwd",
                          "mat khau", "matkhau", "passwd", "userpassword", "password hash",
                          "authentication_string", "mk", "pass", "mat khau mac dinh",
                          "mat khau khoi tao", "mat khau ban dau", "mat khau cap",
                          "mat khau duoc cap", "mat khau hien tai", "initial password",
                          "default password", "plain password"})) {
      if (hash != SIZE_MAX) continue;
      hash = i;
      out.hashed = h.find("hash") != std::string::npos || h == "authentication_string";
    } else if (any_of(h, {"nthash", "nt hash", "nt_hash", "ntlm", "ntlm hash",
                          "sambantpassword"})) {
      if (hash == SIZE_MAX) hash = i, out.nt = out.hashed = true;
    } else if (any_of(h, {"email", "mail", "e-mail", "thu dien tu", "user_email", "thu cong vu",
                           "email cong vu", "dia chi email", "email address"})) {
      out.mail = i;
    } else if (any_of(h, {"name", "full_name", "fullname", "displayname", "display_name",
                          "ho ten", "ho va ten"})) {
      out.name = i;
    }
  }
  if (login == SIZE_MAX) login = out.mail;
  out.login = login;
  out.hash = hash;
  return login != SIZE_MAX && hash != SIZE_MAX;
}

using Row = bool (*)(const std::vector<std::string>&, Entry&);

// What secretsdump prints around its rows: what it does, and other keys of the same passwords. What
// it could not do ("[-] ...") is no such note.
bool is_dump_note(std::string_view line) {
  if (line.starts_with("[*]") || line.starts_with("Impacket v")) return true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view kind = line.substr(colon + 1);
  for (const std::string_view known : {"aes256-cts-hmac-sha1-96:", "aes128-cts-hmac-sha1-96:",
                                       "des-cbc-md5:", "rc4_hmac:", "CLEARTEXT:"}) {
    if (kind.starts_with(known)) return true;
  }
  return false;
}

Result<Store> lines_of(std::string_view text, std::string_view place, const char* format, Row row) {
  Store store;
  store.format = format;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line[0] == '#' || is_dump_note(line)) continue;
    Entry entry;
    if (line.size() > limits::password_line_bytes || !row(split(line, ':'), entry)) {
      note_bad(store, number);
      continue;
    }
    if (entry.hash.scheme == Scheme::unknown) note_bad(store, number);
    if (store.entries.size() == limits::password_entries) {
      return fail(err::store_entries, std::string(place),
                  {{"limit", fmt::format("{}", limits::password_entries)}});
    }
    store.entries.push_back(std::move(entry));
  }
  return store;
}

// "****": an export that keeps its secrets.
bool is_masked(std::string_view text) {
  return !text.empty() && (text.find_first_not_of("*.-") == std::string_view::npos ||
                           text == "VALUE-BLOCKED");
}

void table_row(const std::vector<std::string>& cells, const Columns& columns, std::uint64_t line,
               Store& store) {
  if (columns.login >= cells.size() || columns.hash >= cells.size() ||
      cells[columns.login].empty()) {
    note_bad(store, line);
    return;
  }
  Entry entry;
  entry.login = std::string(trim(cells[columns.login]));
  take_domain(entry);
  if (columns.mail < cells.size()) entry.mail = cells[columns.mail];
  if (columns.name < cells.size()) entry.full_name = cells[columns.name];
  const std::string text(trim(cells[columns.hash]));
  if (is_masked(text)) return;
  entry.hash = read_hash(text, columns.clear);
  if (entry.hash.scheme == Scheme::unknown) note_bad(store, line);
  // 32 hexadecimal digits: MD5, or what Windows keeps. Where nothing says which, both are tried.
  const bool either = entry.hash.scheme == Scheme::md5 && is_hex(text, 32);
  if (either && columns.nt) entry.hash = {Scheme::nt, "nt", entry.hash.digest};
  store.entries.push_back(std::move(entry));
  if (!either || columns.nt) return;
  Entry other = store.entries.back();
  other.hash = {Scheme::nt, "nt", other.hash.digest};
  other.alternative = true;
  store.entries.push_back(std::move(other));
}

// Do the passwords themselves stand in the column? A hash has no space, is long, and is of a form
// we know or of letters and digits alone.
bool holds_clear_text(std::string_view text, char by, const Columns& columns) {
  std::size_t filled = 0;
  std::size_t hashes = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, std::min(end, limits::password_line_bytes));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::vector<std::string> cells = split(line, by);
    if (columns.hash >= cells.size()) continue;
    const std::string cell(trim(cells[columns.hash]));
    if (cell.empty() || is_masked(cell)) continue;
    ++filled;
    hashes += cell.size() >= kShortestHash && cell.find(' ') == std::string::npos;
  }
  return filled > 0 && hashes * 2 < filled;
}

Result<Store> read_rows(std::string_view text, std::string_view place) {
  Store store;
  store.format = "table";
  Columns columns;
  char by = 0;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (by == 0) {
      for (const char c : {'\t', ';', ','}) {
        Columns found;
        if (by == 0 && find_columns(split(line, c), found)) by = c, columns = found;
      }
      if (by != 0 && !columns.hashed) columns.clear = holds_clear_text(text, by, columns);
      if (by == 0 && number > 20) break;
      continue;
    }
    if (store.entries.size() == limits::password_entries) {
      return fail(err::store_entries, std::string(place),
                  {{"limit", fmt::format("{}", limits::password_entries)}});
    }
    if (line.size() > limits::password_line_bytes) {
      note_bad(store, number);
    } else {
      table_row(split(line, by), columns, number, store);
    }
  }
  if (by == 0) return fail(err::store_unknown, std::string(place));
  return store;
}

// Of the first lines, those a format can read.
std::size_t votes(std::string_view text, Row row) {
  std::size_t out = 0;
  for (int i = 0; i < 50 && !text.empty(); ++i) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, std::min<std::size_t>(end, limits::password_line_bytes));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    Entry entry;
    if (!line.empty() && line[0] != '#' && row(split(line, ':'), entry)) ++out;
  }
  return out;
}

}  // namespace

void note_bad(Store& store, std::uint64_t line) {
  ++store.unreadable;
  if (store.bad_lines.size() < kBadLines) store.bad_lines.push_back(line);
}

Result<Store> read_store(std::string_view bytes, std::string_view place) {
  KHIEN_TRY(Decoded decoded, decode_text(bytes, place));
  const std::string_view text = decoded.text;
  const std::size_t dump = votes(text, pwdump_row);
  const std::size_t shadow = votes(text, shadow_row);
  auto store = dump > 0 && dump >= shadow ? lines_of(text, place, "pwdump", pwdump_row)
               : shadow > 0               ? lines_of(text, place, "shadow", shadow_row)
               : looks_like_ldif(text)    ? read_ldif(text, place)
                                          : read_rows(text, place);
  wipe(decoded.text);
  return store;
}

}  // namespace khien::password
