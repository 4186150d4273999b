// LDIF (RFC 2849), entry by entry over the bytes: continuation lines, base64, comments, version,
// CRLF, change records (adds are entries, others are skipped and counted). Also what `zmprov -v`
// prints: an entry begins with "# name ADDRESS" and ends at the next, values may have blank lines.
//
// Only the attributes this room maps are kept; all others are dropped while reading, so no
// password, key or answer to a secret question can leave the worker. Of userPassword the name of
// the scheme stays ("SSHA512"), and the value is wiped. A value by URL (":<") is never fetched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::directory {

inline constexpr std::size_t kEntries = 1'000'000;
inline constexpr std::size_t kValueBytes = std::size_t{1} << 20;  // one kept value
inline constexpr std::size_t kValues = 200'000;                   // kept values of one entry

struct Entry {
  std::string dn;
  // Lower-case name without options, value as bytes. Names live as long as the program.
  std::vector<std::pair<std::string_view, std::string>> values;
  std::string password_scheme;  // "" = no userPassword, or none that says one

  [[nodiscard]] const std::string* find(std::string_view name) const;  // the first value
  [[nodiscard]] std::string_view get(std::string_view name) const;     // "" when absent
  [[nodiscard]] bool is(std::string_view object_class) const;          // lower case
  [[nodiscard]] bool has_class_prefix(std::string_view prefix) const;
};

class LdifReader {
 public:
  LdifReader(std::string_view text, std::string place);

  // False at the end. K0971 too many entries, K0972 a kept value over its limit.
  [[nodiscard]] Result<bool> next(Entry& entry);

  [[nodiscard]] std::size_t skipped_changes() const { return skipped_; }  // modify, delete, moves
  [[nodiscard]] std::size_t bad_lines() const { return bad_; }            // no "name: value"

 private:
  struct Line {
    std::string_view name;   // without options
    std::string_view value;  // after the colons; unfolded
    char kind = ' ';         // ' ' plain, ':' base64, '<' URL
  };
  enum class Step { line, blank, end, other };
  [[nodiscard]] Result<bool> next_named(Entry& entry);
  [[nodiscard]] Step read_line(Line& line);
  [[nodiscard]] std::string_view physical_line();
  [[nodiscard]] Done take(const Line& line, Entry& entry);
  [[nodiscard]] bool decode(const Line& line, std::string& out);

  std::string_view rest_;
  std::string place_;
  std::string unfolded_;
  std::size_t line_ = 0;
  std::size_t entries_ = 0;
  std::size_t skipped_ = 0;
  std::size_t bad_ = 0;
  bool named_ = false;  // as zmprov prints
};

// Whether `head` begins like LDIF ("version:" or "dn:" is its first line that is no comment) or
// like what zmprov prints.
[[nodiscard]] bool looks_like_ldif(std::string_view head);
[[nodiscard]] bool looks_like_zmprov(std::string_view head);
// The kept name equal to `name` whatever its case, or "".
[[nodiscard]] std::string_view kept_name(std::string_view name);
// "SSHA512" of "{SSHA512}...", "CRYPT sha512crypt", "plain" where no scheme is written, "empty".
[[nodiscard]] std::string password_scheme(std::string_view value);
// All attributes kept: what a live search asks for. userPassword is not among them.
[[nodiscard]] const std::vector<std::string_view>& kept_attributes();

}  // namespace khien::directory
