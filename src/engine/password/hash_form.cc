#include "engine/password/hash_form.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/password/chained.h"

namespace khien::password {
namespace {

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(by);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

constexpr std::size_t npos = std::string_view::npos;

Hash unknown() { return {}; }

Hash plain_form(std::string_view text) {
  Hash out{Scheme::plain, "plain", std::string(text)};
  out.weak_store = true;
  return out;
}

// A cost no machine of an office would pay was not made by a person: it would eat the time of all.
bool too_costly(std::string_view text) {
  if (text.starts_with("$2")) {
    const auto cost = number(text.substr(std::min<std::size_t>(4, text.size()), 2));
    return !cost || *cost > limits::password_bcrypt_cost;
  }
  constexpr std::string_view letters =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  // The letter that stands for log2 of N, the blocks of memory.
  if (text.starts_with("$7$")) return letters.find(text[3]) > limits::password_scrypt_log2;
  if (text.starts_with("$y$") || text.starts_with("$gy$")) {
    return letters.find(text[text.find('$', 1) + 2]) + 1 > limits::password_yescrypt_log2;
  }
  std::size_t from = 0;
  if (text.starts_with("$sha1$")) {
    from = 6;
  } else if (const std::size_t at = text.find("rounds="); at != npos) {
    from = at + 7;
  } else {
    return false;
  }
  const auto count = number(text.substr(from, text.find('$', from) - from));
  return !count || *count > limits::password_rounds;
}

Hash crypt_form(std::string_view text) {
  struct Kind {
    std::string_view prefix;
    const char* name;
  };
  static constexpr Kind kinds[] = {
      {"$1$", "md5crypt"},     {"$2a$", "bcrypt"},      {"$2b$", "bcrypt"},
      {"$2y$", "bcrypt"},      {"$2x$", "bcrypt"},      {"$5$", "sha256crypt"},
      {"$6$", "sha512crypt"},  {"$7$", "scrypt"},       {"$y$", "yescrypt"},
      {"$gy$", "gost_yescrypt"}, {"$3$", "nt_crypt"},   {"$sha1$", "sha1crypt"},
      {"$md5", "sunmd5"},      {"_", "bsdicrypt"}};
  Hash out;
  out.scheme = Scheme::crypt;
  out.digest = std::string(text);
  for (const Kind& kind : kinds) {
    if (!text.starts_with(kind.prefix) || text.size() < kind.prefix.size() + 10) continue;
    if (too_costly(text)) return unknown();
    out.name = kind.name;
    out.weak_store = kind.prefix == "$3$" || kind.prefix == "_";
    return out;
  }
  const bool letters = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '/';
  });
  if (text.size() != 13 || !letters) return unknown();
  out.name = "descrypt";
  out.weak_store = true;
  return out;
}

Hash argon2_form(std::string_view text) {
  Hash out;
  const auto parts = split(text, '$');
  if (parts.size() < 5) return unknown();
  out.scheme = Scheme::argon2;
  out.name = std::string(parts[1]);
  out.digest = std::string(text);
  return out;
}

Hash digest_form(Scheme scheme, const char* name, std::string raw, std::size_t size) {
  if (raw.size() < size) return unknown();
  Hash out;
  out.scheme = scheme;
  out.name = name;
  out.salt = raw.substr(size);
  raw.resize(size);
  out.digest = std::move(raw);
  const bool unsalted = is_unsalted(scheme);
  out.weak_store = unsalted || scheme == Scheme::salted_md5;
  if (unsalted && !out.salt.empty()) return unknown();
  return out;
}

Hash pbkdf2(Scheme scheme, const char* name, std::optional<std::uint32_t> rounds,
            std::optional<std::string> salt, std::optional<std::string> digest) {
  if (!rounds || *rounds == 0 || *rounds > limits::password_rounds || !salt || !digest ||
      digest->size() < 16 || digest->size() > 64) {
    return unknown();
  }
  Hash out;
  out.scheme = scheme;
  out.name = name;
  out.rounds = *rounds;
  out.salt = std::move(*salt);
  out.digest = std::move(*digest);
  return out;
}

// {PBKDF2-SHA256}rounds$salt$digest in base64 with '.' for '+'.
Hash ldap_pbkdf2(std::string_view kind, std::string_view body) {
  const auto parts = split(body, '$');
  if (parts.size() != 3) return unknown();
  const auto from = [](std::string_view text) {
    std::string plus(text);
    std::replace(plus.begin(), plus.end(), '.', '+');
    return base64(plus);
  };
  const Scheme scheme = kind == "PBKDF2-SHA256"   ? Scheme::pbkdf2_sha256
                        : kind == "PBKDF2-SHA512" ? Scheme::pbkdf2_sha512
                                                  : Scheme::pbkdf2_sha1;
  const char* name = scheme == Scheme::pbkdf2_sha256   ? "pbkdf2_sha256"
                     : scheme == Scheme::pbkdf2_sha512 ? "pbkdf2_sha512"
                                                       : "pbkdf2_sha1";
  return pbkdf2(scheme, name, number(parts[0]), from(parts[1]), from(parts[2]));
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// Liferay: bits of the key, rounds, eight bytes of salt and the key, all in one.
Hash liferay_form(const std::optional<std::string>& raw) {
  constexpr std::size_t head = 16;
  if (!raw || raw->size() < head + 16 || big_endian(*raw, 0) != (raw->size() - head) * 8) {
    return unknown();
  }
  return pbkdf2(Scheme::pbkdf2_sha1, "liferay", big_endian(*raw, 4), raw->substr(8, 8),
                raw->substr(head));
}

Hash ldap_form(std::string_view text) {
  const std::size_t close = text.find('}');
  if (close == std::string_view::npos) return unknown();
  const std::string kind = ascii_upper(text.substr(1, close - 1));
  const std::string_view body = text.substr(close + 1);
  if (kind == "CRYPT" || kind == "BLF-CRYPT" || kind == "SHA512-CRYPT" ||
      kind == "SHA256-CRYPT" || kind == "MD5-CRYPT") {
    return crypt_form(body);
  }
  if (kind.starts_with("ARGON2")) return argon2_form(body);
  if (kind == "PLAIN" || kind == "CLEARTEXT") return plain_form(body);
  if (kind.starts_with("PBKDF2WITHHMACSHA1")) return liferay_form(base64(body));
  if (kind.starts_with("PBKDF2")) return ldap_pbkdf2(kind, body);
  const auto raw = base64(body);
  if (!raw) return unknown();
  if (kind == "SSHA") return digest_form(Scheme::salted_sha1, "ssha", *raw, 20);
  if (kind == "SSHA256") return digest_form(Scheme::salted_sha256, "ssha256", *raw, 32);
  if (kind == "SSHA512") return digest_form(Scheme::salted_sha512, "ssha512", *raw, 64);
  if (kind == "SMD5") return digest_form(Scheme::salted_md5, "smd5", *raw, 16);
  if (kind == "SHA") return digest_form(Scheme::sha1, "sha1", *raw, 20);
  if (kind == "SHA256") return digest_form(Scheme::sha256, "sha256", *raw, 32);
  if (kind == "SHA512") return digest_form(Scheme::sha512, "sha512", *raw, 64);
  if (kind == "MD5") return digest_form(Scheme::md5, "md5", *raw, 16);
  return unknown();
}

// pbkdf2:sha256:rounds$salt$hexadecimal, of Flask and its kin.
Hash werkzeug_form(std::string_view text, const std::vector<std::string_view>& parts) {
  const auto head = split(text.substr(0, text.find('$')), ':');
  if (parts.size() != 3 || head.size() != 3) return unknown();
  const Scheme scheme = head[1] == "sha256"   ? Scheme::pbkdf2_sha256
                        : head[1] == "sha512" ? Scheme::pbkdf2_sha512
                        : head[1] == "sha1"   ? Scheme::pbkdf2_sha1
                                              : Scheme::unknown;
  const auto digest = unhex(parts[2]);
  if (scheme == Scheme::unknown || !digest) return unknown();
  return pbkdf2(scheme, "werkzeug", number(head[2]), std::string(parts[1]), *digest);
}

Hash django_form(std::string_view text) {
  const auto parts = split(text, '$');
  if (text.starts_with("argon2$argon2")) return argon2_form(text.substr(6));
  if (text.starts_with("bcrypt$$2")) return crypt_form(text.substr(7));
  if (text.starts_with("bcrypt_sha256$$2")) {
    Hash out = crypt_form(text.substr(14));
    out.before = Before::sha256_hex;
    return out;
  }
  if (text.starts_with("pbkdf2:sha")) return werkzeug_form(text, parts);
  if (parts.size() == 4 && parts[0].starts_with("pbkdf2_sha")) {
    const bool wide = parts[0] == "pbkdf2_sha256";
    if (!wide && parts[0] != "pbkdf2_sha1") return unknown();
    return pbkdf2(wide ? Scheme::pbkdf2_sha256 : Scheme::pbkdf2_sha1,
                  wide ? "pbkdf2_sha256" : "pbkdf2_sha1", number(parts[1]),
                  std::string(parts[2]), base64(parts[3]));
  }
  return unknown();
}

// ASP.NET Core Identity, format markers 00 (version 2) and 01 (version 3).
Hash identity_form(const std::string& raw) {
  if (raw.size() == 49 && raw[0] == '\0') {
    return pbkdf2(Scheme::pbkdf2_sha1, "identity_v2", 1000, raw.substr(1, 16), raw.substr(17));
  }
  if (raw.size() < 13 + 8 + 16 || raw[0] != '\1') return unknown();
  const std::uint32_t function = big_endian(raw, 1);
  const std::size_t salt = big_endian(raw, 9);
  if (function > 2 || salt > raw.size() - 13) return unknown();
  const Scheme scheme = function == 0   ? Scheme::pbkdf2_sha1
                        : function == 1 ? Scheme::pbkdf2_sha256
                                        : Scheme::pbkdf2_sha512;
  return pbkdf2(scheme, "identity_v3", big_endian(raw, 5), raw.substr(13, salt),
                raw.substr(13 + salt));
}

// "*" and forty hexadecimal digits, of mysql_native_password.
Hash mysql_form(std::string_view text) {
  const auto raw = text.size() == 41 ? unhex(text.substr(1)) : Result<std::string>("");
  if (!raw || raw->size() != 20) return unknown();
  Hash out = digest_form(Scheme::salted_sha1, "mysql41", *raw, 20);
  out.before = Before::sha1;
  out.weak_store = true;  // no salt
  return out;
}

Hash hex_form(std::string_view text) {
  const auto raw = unhex(text);
  if (!raw) return unknown();
  if (raw->size() == 16) return digest_form(Scheme::md5, "md5", *raw, 16);
  if (raw->size() == 20) return digest_form(Scheme::sha1, "sha1", *raw, 20);
  if (raw->size() == 32) return digest_form(Scheme::sha256, "sha256", *raw, 32);
  if (raw->size() == 64) return digest_form(Scheme::sha512, "sha512", *raw, 64);
  return unknown();
}

}  // namespace

bool is_unsalted(Scheme s) {
  return s == Scheme::nt || s == Scheme::md5 || s == Scheme::sha1 || s == Scheme::sha256 ||
         s == Scheme::sha512;
}

bool is_fast(Scheme s) {
  return is_unsalted(s) || s == Scheme::plain || s == Scheme::salted_md5 ||
         s == Scheme::salted_sha1 || s == Scheme::salted_sha256 || s == Scheme::salted_sha512;
}

bool testable(Scheme s) {
  return s != Scheme::none && s != Scheme::unknown && s != Scheme::empty;
}

std::optional<std::string> base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (const char c : text) {
    const int v = c >= 'A' && c <= 'Z'   ? c - 'A'
                  : c >= 'a' && c <= 'z' ? c - 'a' + 26
                  : c >= '0' && c <= '9' ? c - '0' + 52
                  : c == '+'             ? 62
                  : c == '/'             ? 63
                                         : -1;
    if (v < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(v);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xFF);
    }
  }
  return out;
}

Hash read_hash(std::string_view text, bool bare_plain) {
  if (text.size() > limits::password_hash_bytes) return unknown();
  if (text.empty()) return {Scheme::empty, "empty"};
  if (text[0] == '{') return ldap_form(text);
  if (text[0] == '*') {
    if (Hash h = mysql_form(text); h.scheme != Scheme::unknown) return h;
  }
  if (text.starts_with("$argon2")) return argon2_form(text);
  if (text[0] == '$' && read_chained(text) && std::string_view("PHS").find(text[1]) != npos) {
    return {Scheme::phpass, text[1] == 'S' ? "drupal" : "phpass", std::string(text)};
  }
  if (text.starts_with("$wp$2y$")) {
    Hash out = crypt_form(text.substr(3));
    out.before = Before::wp_sha384;
    return out;
  }
  if (text[0] == '$' || (text[0] == '_' && text.size() == 20)) return crypt_form(text);
  if (Hash h = django_form(text); h.scheme != Scheme::unknown) return h;
  if (Hash h = hex_form(text); h.scheme != Scheme::unknown) return h;
  if (text.size() >= 43) {
    if (const auto raw = base64(text)) {
      if (Hash h = liferay_form(raw); h.scheme != Scheme::unknown) return h;
      if (Hash h = identity_form(*raw); h.scheme != Scheme::unknown) return h;
    }
  }
  if (bare_plain) return plain_form(text);
  return crypt_form(text);
}

}  // namespace khien::password
