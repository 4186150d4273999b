// Headers first, then the tree of parts; every loop moves forward, every depth is counted.
#include "engine/mail/mail_message.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_packed.h"
#include "engine/mail/mail_parameters.h"
#include "format/dates.h"

namespace khien::mail {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kAddresses = 500;  // of one header
constexpr std::size_t kTnefBytes = std::size_t{64} << 20;

struct Header {
  std::string name;   // lower case
  std::string value;  // unfolded
};

struct Part {
  std::vector<Header> headers;
  std::string_view body;
  bool cut = false;  // more than kHeaderBytes of headers
  [[nodiscard]] std::string_view get(std::string_view name) const {
    for (const Header& h : headers) {
      if (h.name == name) return h.value;
    }
    return "";
  }
};

std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool is_header_name(std::string_view name) {
  return !name.empty() && name.size() < 80 && std::all_of(name.begin(), name.end(), [](char c) {
    return c > 32 && c < 127 && c != ':';
  });
}

Part read_part(std::string_view bytes) {
  Part out;
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < bytes.size()) {
    const std::string_view line = next_line(bytes, at);
    if (line.empty()) break;
    used += line.size();
    out.cut = used > kHeaderBytes;
    if (out.cut) continue;
    if ((line[0] == ' ' || line[0] == '\t') && !out.headers.empty()) {
      out.headers.back().value += " " + std::string(trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == npos || !is_header_name(line.substr(0, colon))) continue;
    out.headers.push_back({ascii_lower(line.substr(0, colon)),
                           std::string(trim(line.substr(colon + 1)))});
  }
  out.body = bytes.substr(std::min(at, bytes.size()));
  return out;
}

std::string decoded_body(const Part& part, std::size_t limit = 2 * kHtmlBytes) {
  const std::string encoding = ascii_lower(part.get("content-transfer-encoding"));
  const std::string_view body = part.body.substr(0, limit);
  if (encoding.starts_with("base64")) return from_base64(body);
  if (encoding.starts_with("quoted-printable")) return from_quoted_printable(body, false);
  return std::string(body);
}

bool ends_as_page(std::string_view name) {
  const std::string low = ascii_lower(trim(name));
  for (const char* end : {".html", ".htm", ".shtml", ".xhtml", ".svg", ".mht", ".mhtml"}) {
    if (low.ends_with(end)) return true;
  }
  return false;
}

class Tree {
 public:
  explicit Tree(Message& out) : out_(out) {}

  void read(const Part& part, int depth) {
    if (++parts_ > kParts || part.cut) out_.incomplete = true;
    if (parts_ > kParts) return;
    const std::string_view type_value = part.get("content-type");
    const std::string type(trim(ascii_lower(type_value.substr(0, type_value.find(';')))));
    const std::string boundary =
        type.starts_with("multipart/") ? parameter(type_value, "boundary") : "";
    static const std::set<std::string> closed = {
        "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime",
        "message/partial", "message/external-body"};
    const bool unbound = type.starts_with("multipart/") && boundary.empty();
    if (closed.contains(type) || unbound) out_.incomplete = true;
    if (!boundary.empty() || type == "message/rfc822") {
      if (depth >= kDepth) out_.incomplete = true;
      else if (!boundary.empty()) split(part.body, "--" + boundary, depth);
      else forwarded(part, depth);
    }
    if (boundary.empty()) leaf(part, type, type_value);
  }

 private:
  // A message within the message; some programs code it against the standard.
  void forwarded(const Part& part, int depth) {
    const std::string encoding = ascii_lower(part.get("content-transfer-encoding"));
    const bool coded = encoding.starts_with("base64") || encoding.starts_with("quoted");
    const std::string decoded = coded ? decoded_body(part) : "";
    read(read_part(coded ? std::string_view(decoded) : part.body), depth + 1);
  }

  void leaf(const Part& part, const std::string& type, std::string_view type_value) {
    std::vector<std::string> names = parameters(part.get("content-disposition"), "filename");
    for (std::string& name : parameters(type_value, "name")) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
    out_.has_image = out_.has_image || type.starts_with("image/");
    const bool page = std::any_of(names.begin(), names.end(), ends_as_page);
    const bool tnef = type == "application/ms-tnef" || type == "application/vnd.ms-tnef" ||
                      (names.size() == 1 && ascii_lower(names.front()) == "winmail.dat");
    const bool coded = part.get("content-transfer-encoding").find("uue") != npos;
    out_.attachments.insert(out_.attachments.end(), names.begin(), names.end());
    if (tnef) packed(tnef_names(decoded_body(part, kTnefBytes)));
    else if (page) add_text(part, type_value, kHtmlBytes, out_.attached_html);
    else if (type == "text/html") add_text(part, type_value, kHtmlBytes, out_.html);
    else if (type.empty() || type == "text/plain") {
      if (names.empty()) add_text(part, type_value, kTextBytes, out_.text);
      packed(uuencoded_names(decoded_body(part)));
    } else if (coded) {
      packed(uuencoded_names(part.body));
    }
  }

  void packed(std::optional<std::vector<std::string>> names) {
    if (!names) out_.incomplete = true;
    else out_.attachments.insert(out_.attachments.end(), names->begin(), names->end());
  }

  void add_text(const Part& part, std::string_view type_value, std::size_t limit,
                std::string& to) {
    const std::string decoded =
        charset_to_utf8(decoded_body(part), parameter(type_value, "charset"));
    if (decoded.size() > limit - to.size()) out_.incomplete = true;
    to += decoded.substr(0, limit - to.size());
  }

  void split(std::string_view body, const std::string& mark, int depth) {
    std::size_t begin = npos;
    std::size_t at = 0;
    while (at < body.size() && parts_ <= kParts) {
      const std::size_t line_at = at;
      const std::string_view line = next_line(body, at);
      if (!line.starts_with(mark)) continue;
      const std::string_view rest = trim(line.substr(mark.size()));
      if (!rest.empty() && rest != "--") continue;
      if (begin != npos) read(read_part(body.substr(begin, line_at - begin)), depth + 1);
      begin = rest.empty() ? at : npos;
      if (rest == "--") return;
    }
    if (begin != npos && begin < body.size()) read(read_part(body.substr(begin)), depth + 1);
  }

  Message& out_;
  std::size_t parts_ = 0;
};

}  // namespace

// Bytes of words that follow each other in one charset are decoded together: programs cut them in
// the middle of a character.
std::string decode_words(std::string_view text) {
  std::string out;
  std::string bytes;
  std::string charset;
  const auto flush = [&] {
    if (!bytes.empty()) out += charset_to_utf8(std::move(bytes), charset);
    bytes.clear();
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("=?", at);
    const std::size_t first = open == npos ? npos : text.find('?', open + 2);
    const std::size_t second = first == npos ? npos : text.find('?', first + 1);
    const std::size_t close = second == npos ? npos : text.find("?=", second + 1);
    if (close == npos || second != first + 2) {
      if (open == npos) break;
      flush();
      out += text.substr(at, open + 2 - at);
      at = open + 2;
      continue;
    }
    const std::string_view between = text.substr(at, open - at);
    const bool adjacent = at > 0 && trim(between).empty() && text.substr(at - 2, 2) == "?=";
    const std::string named = ascii_lower(text.substr(open + 2, first - open - 2));
    if (!adjacent || named != charset) flush();
    if (!adjacent) out += between;
    charset = named;
    const std::string_view body = text.substr(second + 1, close - second - 1);
    const bool base64 = text[first + 1] == 'B' || text[first + 1] == 'b';
    bytes += base64 ? from_base64(body) : from_quoted_printable(body, true);
    at = close + 2;
  }
  flush();
  out += text.substr(std::min(at, text.size()));
  return is_valid_utf8(out) ? out : charset_to_utf8(out, "");
}

std::vector<Address> read_addresses(std::string_view value) {
  std::vector<Address> out;
  std::size_t start = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= value.size() && out.size() < kAddresses; ++i) {
    if (i < value.size() && value[i] == '"') quoted = !quoted;
    if (i < value.size() && (quoted || (value[i] != ',' && value[i] != ';'))) continue;
    const std::string_view one = trim(value.substr(start, i - start));
    start = i + 1;
    std::size_t open = one.rfind('<');
    const std::size_t close = open == npos ? npos : one.find('>', open);
    const std::string_view mail =
        open == npos ? one.substr(0, one.find(' ')) : one.substr(open + 1, close - open - 1);
    const std::size_t sign = mail.rfind('@');
    if (sign == npos || sign == 0 || sign + 1 == mail.size()) continue;
    Address a;
    if (open != npos) {
      std::string name = decode_words(trim(one.substr(0, open)));
      std::erase(name, '"');
      a.name = squeeze(name);
    }
    a.local = std::string(mail.substr(0, sign));
    a.domain = ascii_lower(trim(mail.substr(sign + 1)));
    if (is_valid_utf8(a.local) && is_valid_utf8(a.domain)) out.push_back(std::move(a));
  }
  return out;
}

Message read_message(std::string_view bytes) {
  const Part top = read_part(bytes);
  Message out;
  int known = 0;
  for (const Header& h : top.headers) {
    if (h.name == "from" || h.name == "date" || h.name == "received" || h.name == "message-id" ||
        h.name == "subject" || h.name == "return-path" || h.name == "to") {
      ++known;
    }
    if (h.name == "from" && out.from.domain.empty()) {
      if (auto list = read_addresses(h.value); !list.empty()) out.from = std::move(list.front());
    } else if (h.name == "to" || h.name == "cc" || h.name == "delivered-to" ||
               h.name == "x-original-to") {
      for (Address& a : read_addresses(h.value)) out.to.push_back(std::move(a));
    } else if (h.name == "reply-to") {
      for (Address& a : read_addresses(h.value)) out.reply_to.push_back(std::move(a));
    } else if (h.name == "authentication-results" && out.authentication.empty()) {
      out.authentication = ascii_lower(h.value);
    } else if (h.name == "list-id" || h.name == "list-unsubscribe" || h.name == "precedence") {
      out.from_list = true;
    }
  }
  out.is_mail = known >= 2;
  out.subject = decode_words(top.get("subject"));
  out.date_ms = mail_date_ms(top.get("date"));
  Tree(out).read(top, 0);
  return out;
}

}  // namespace khien::mail
