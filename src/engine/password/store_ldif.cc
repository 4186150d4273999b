// LDIF (RFC 2849): records of attributes, continuation lines, base64 values. One record with a
// userPassword is one entry; several values of it are several ways to open it, each tested.
#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/password/errors.h"
#include "engine/password/hash_form.h"
#include "engine/password/store_reader.h"

namespace khien::password {
namespace {

struct Record {
  std::string dn, uid, account, cn, display, mail;
  std::vector<std::string> passwords;
  std::string nt;  // sambaNTPassword: 32 hexadecimal digits
  bool zimbra = false, disabled = false;
  std::uint64_t line = 0;
};

// The value of the first `key=` part of a distinguished name: "ou=stp" -> "stp".
std::string part_of(const std::string& dn, std::string_view key) {
  const std::string low = ascii_lower(dn);
  std::size_t at = low.starts_with(key) ? 0 : low.find("," + std::string(key));
  if (at == std::string::npos) return "";
  at += (at == 0 ? 0 : 1) + key.size();
  return dn.substr(at, dn.find(',', at) - at);
}

void finish(Record& record, Store& store) {
  if (!record.passwords.empty() || !record.nt.empty()) {
    Entry entry;
    entry.mail = record.mail;
    entry.full_name = record.display.empty() ? record.cn : record.display;
    entry.domain = part_of(record.dn, "ou=");
    if (record.uid.empty()) record.uid = part_of(record.dn, "uid=");
    entry.login = record.zimbra && !record.mail.empty() ? record.mail
                  : !record.account.empty()             ? record.account
                  : !record.uid.empty()                 ? record.uid
                  : !record.mail.empty()                ? record.mail
                                                        : record.cn;
    entry.disabled = record.disabled;
    if (!record.nt.empty() && !entry.login.empty()) {
      Entry one = entry;
      one.hash = {Scheme::nt, "nt", record.nt};
      store.entries.push_back(std::move(one));
    }
    for (const std::string& text : record.passwords) {
      Entry one = entry;
      one.hash = read_hash(text, true);
      if (one.login.empty() || one.hash.scheme == Scheme::unknown) note_bad(store, record.line);
      if (!one.login.empty()) store.entries.push_back(std::move(one));
    }
  }
  for (std::string& text : record.passwords) wipe(text);
  wipe(record.nt);
  record = Record{};
}

// Samba keeps the NT hash beside userPassword; "NO PASSWORDXXXX..." and a row of X are none.
void nt_hash(const std::string& value, std::uint64_t number, Record& record, Store& store) {
  if (value.starts_with("NO PASSWORD") || value.find_first_not_of('X') == std::string::npos) return;
  auto raw = value.size() == 32 ? unhex(value) : Result<std::string>(std::string());
  if (!raw || raw->empty()) return note_bad(store, number);
  record.nt = std::move(*raw);
}

void attribute(std::string_view line, std::uint64_t number, Record& record, Store& store) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return note_bad(store, number);
  const std::string name = ascii_lower(line.substr(0, colon));
  std::string_view rest = line.substr(colon + 1);
  const bool encoded = rest.starts_with(':');
  if (encoded) rest.remove_prefix(1);
  rest = trim(rest);
  std::string value(rest);
  if (encoded) {
    const auto raw = base64(rest);
    if (!raw) return note_bad(store, number);
    value = *raw;
  }
  if (name == "dn") record.dn = value, record.line = number;
  if (name == "uid") record.uid = value;
  if (name == "samaccountname") record.account = value;
  if (name == "cn" && record.cn.empty()) record.cn = value;
  if (name == "displayname") record.display = value;
  if (name == "mail" && record.mail.empty()) record.mail = value;
  if (name == "objectclass") record.zimbra = record.zimbra || ascii_lower(value) == "zimbraaccount";
  if (name == "zimbraaccountstatus") record.disabled = ascii_lower(value) != "active";
  if (name == "pwdaccountlockedtime") record.disabled = true;
  if (name == "sambantpassword" || name == "ntpassword") nt_hash(value, number, record, store);
  if (name == "userpassword" && record.passwords.size() < 8) record.passwords.push_back(value);
}

}  // namespace

bool looks_like_ldif(std::string_view text) {
  const std::string_view head = text.substr(0, 65536);
  return head.starts_with("dn:") || head.find("\ndn:") != std::string_view::npos;
}

Result<Store> read_ldif(std::string_view text, std::string_view place) {
  Store store;
  store.format = "ldif";
  Record record;
  std::string line;  // with its continuations
  std::uint64_t number = 0, first = 0;
  const auto flush = [&] {
    if (!line.empty() && line[0] != '#' && line != "-") attribute(line, first, record, store);
    wipe(line);
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (piece.ends_with('\r')) piece.remove_suffix(1);
    if (piece.starts_with(' ') && line.size() + piece.size() <= limits::password_line_bytes) {
      line += piece.substr(1);
      continue;
    }
    flush();
    if (piece.empty()) finish(record, store);
    if (piece.size() > limits::password_line_bytes) {
      note_bad(store, number);
      continue;
    }
    line = std::string(piece);
    first = number;
    if (store.entries.size() > limits::password_entries) {
      return fail(err::store_entries, std::string(place),
                  {{"limit", fmt::format("{}", limits::password_entries)}});
    }
  }
  flush();
  finish(record, store);
  return store;
}

}  // namespace khien::password
