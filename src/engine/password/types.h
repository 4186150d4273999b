// What the password test speaks of. Pure: bytes and options in, classes out; no SQL, no network, no
// file, and no clock but the deadline it is handed.
//
// A word, its length and a hash never leave this engine: what comes out is a class, the name of a
// list, flags and the number of a group of equal passwords.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace khien::password {

enum class Scheme : std::uint8_t {
  none,     // no password can open it ("*", "!")
  unknown,  // a form we do not read
  empty,    // opens without a password
  plain,    // the store holds the password itself
  nt, md5, sha1, sha256, sha512,               // unsalted
  salted_md5, salted_sha1, salted_sha256, salted_sha512,  // digest of word + salt (LDAP)
  pbkdf2_sha1, pbkdf2_sha256, pbkdf2_sha512,
  phpass, crypt, argon2,
};

// What is hashed in the word's place: bcrypt takes 72 bytes, so some hash the word first; others
// hash it twice.
enum class Before : std::uint8_t {
  nothing,
  sha256_hex,    // Django's bcrypt_sha256
  wp_sha384,     // WordPress since 6.8: HMAC-SHA-384 in base64
  sha1,          // MySQL since 4.1: SHA-1 of SHA-1
};

struct Hash {
  Scheme scheme = Scheme::unknown;
  std::string name;         // for people: "nt", "ssha512", "yescrypt", "pbkdf2_sha256"
  std::string digest;       // raw bytes; for crypt the whole setting
  std::string salt;         // raw bytes
  std::uint32_t rounds = 0;
  Before before = Before::nothing;
  bool weak_store = false;  // unsalted fast digest or plain text: the store itself is the trouble
};

struct Entry {  // one account of a store
  std::string login;   // domain prefix taken off
  std::string domain;  // "TINHMAU" of TINHMAU\login; organisational unit of a directory
  std::string mail, full_name;
  Hash hash;
  bool lm_kept = false;   // an LM hash lies beside it
  bool disabled = false;  // the store itself says so (status=Disabled, "!" in shadow)
  bool history = false;   // an earlier password of the account, not its own
  bool alternative = false;  // the digest of the entry before, read as another kind
};

struct Store {
  std::string format;  // pwdump, shadow, ldif, table
  std::vector<Entry> entries;
  std::uint64_t unreadable = 0;            // rows we could not make out
  std::vector<std::uint64_t> bad_lines;    // the first of them
};

struct Subject {  // what is known of the person and the account; all optional
  std::string login, mail, full_name, phone;
  std::string birth_on;             // YYYY-MM-DD
  std::string staff_id;             // "CB01"
  std::vector<std::string> codes;   // short names of the agency: "stp"
  std::vector<std::string> more_codes;  // less likely ones: of domains, of the application
};

// Most specific first: the order of precedence where one word is several things.
enum class Class : std::uint8_t {
  empty, default_word, phone, name, leaked, dictionary, reused, none
};
[[nodiscard]] const char* to_string(Class c);

struct Word {
  std::string text;
  Class as = Class::dictionary;
  std::uint16_t list = 0;  // that knew it, where words of several are tried together
};

using Deadline = std::function<std::int64_t()>;  // ms left; <= 0: stop

void wipe(std::string& text);
void wipe(std::vector<Word>& words);

}  // namespace khien::password
