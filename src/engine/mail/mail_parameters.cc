// One pass cuts the header into names and values; pieces of one value are put together before they
// are decoded, since a character may be cut between two of them.
#include "engine/mail/mail_parameters.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_message.h"

namespace khien::mail {
namespace {

struct Piece {
  int number = -1;        // of name*N; -1: the whole value
  bool extended = false;  // name*: percent signs, and in the first piece the charset
  std::string value;
};

std::string read_value(std::string_view text, std::size_t& at) {
  std::string out;
  if (at >= text.size() || text[at] != '"') {
    const std::size_t end = std::min(text.find(';', at), text.size());
    out = std::string(trim(text.substr(at, end - at)));
    at = end;
    return out;
  }
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out.push_back(text[at]);
  }
  return out;
}

// "filename*0*" against "filename"; false when it is another name.
bool read_name(std::string_view written, std::string_view name, Piece& out) {
  if (!written.starts_with(name)) return false;
  written.remove_prefix(name.size());
  if (written.empty()) return true;
  if (written.front() != '*') return false;
  written.remove_prefix(1);
  if (written.ends_with('*')) {
    out.extended = true;
    written.remove_suffix(1);
  } else if (written.empty()) {
    out.extended = true;
    return true;
  }
  const auto read = std::from_chars(written.data(), written.data() + written.size(), out.number);
  return read.ec == std::errc() && read.ptr == written.data() + written.size() && out.number >= 0;
}

std::vector<Piece> pieces_of(std::string_view header, std::string_view name) {
  std::vector<Piece> out;
  std::size_t at = header.find(';');
  for (std::size_t n = 0; at < header.size() && n < kParameters; ++n) {
    while (at < header.size() && (header[at] == ';' || header[at] == ' ' || header[at] == '\t')) {
      ++at;
    }
    const std::size_t equals = header.find('=', at);
    if (equals == std::string::npos) break;
    if (const std::size_t next = header.find(';', at); next < equals) {  // a word without a value
      at = next;
      continue;
    }
    const std::string written = ascii_lower(trim(header.substr(at, equals - at)));
    at = equals + 1;
    while (at < header.size() && header[at] == ' ') ++at;
    Piece piece;
    piece.value = read_value(header, at);
    if (read_name(written, name, piece)) out.push_back(std::move(piece));
    at = header.find(';', at);
  }
  return out;
}

// Takes "charset'language'" off the front.
std::string take_charset(std::string& value) {
  const std::size_t first = value.find('\'');
  const std::size_t second =
      first == std::string::npos ? std::string::npos : value.find('\'', first + 1);
  if (second == std::string::npos) return "";
  std::string out = value.substr(0, first);
  value.erase(0, second + 1);
  return out;
}

}  // namespace

std::vector<std::string> parameters(std::string_view header, std::string_view name) {
  std::vector<Piece> all = pieces_of(header, name);
  std::stable_sort(all.begin(), all.end(),
                   [](const Piece& a, const Piece& b) { return a.number < b.number; });
  std::vector<std::string> out;
  std::string joined;
  std::string charset;
  bool coded = false;
  for (Piece& piece : all) {
    const bool first = piece.number <= 0;
    std::string own = piece.extended && first ? take_charset(piece.value) : "";
    std::string bytes = piece.extended ? from_percents(piece.value) : piece.value;
    if (piece.number < 0) {
      out.push_back(piece.extended ? charset_to_utf8(std::move(bytes), own) : decode_words(bytes));
      continue;
    }
    if (!own.empty()) charset = std::move(own);
    coded = coded || piece.extended;
    joined += bytes;
  }
  if (!joined.empty()) {
    out.push_back(coded ? charset_to_utf8(std::move(joined), charset) : decode_words(joined));
  }
  std::erase_if(out, [](const std::string& value) { return trim(value).empty(); });
  return out;
}

std::string parameter(std::string_view header, std::string_view name) {
  std::vector<std::string> all = parameters(header, name);
  return all.empty() ? "" : std::move(all.front());
}

}  // namespace khien::mail
