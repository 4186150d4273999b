// A reader of tokens around /ByteRange, not of PDF: small, linear, nothing to follow.
#include "engine/signature/pdf_ranges.h"

#include "engine/signature/errors.h"

#include <algorithm>
#include <charconv>


namespace khien::signature {
namespace {

constexpr std::size_t kObjectBytes = 1 << 20;  // how far around it its object may reach
constexpr std::string_view kKey = "/ByteRange";

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

void skip_space(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_space(text[at])) ++at;
}

bool read_number(std::string_view text, std::size_t& at, std::size_t& out) {
  skip_space(text, at);
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), out);
  if (error != std::errc{} || end == begin) return false;
  at += static_cast<std::size_t>(end - begin);
  return true;
}

bool read_range(std::string_view pdf, std::size_t at, Range& out) {
  skip_space(pdf, at);
  if (at >= pdf.size() || pdf[at] != '[') return false;
  ++at;
  if (!read_number(pdf, at, out.first) || !read_number(pdf, at, out.first_bytes) ||
      !read_number(pdf, at, out.second) || !read_number(pdf, at, out.second_bytes)) {
    return false;
  }
  skip_space(pdf, at);
  return at < pdf.size() && pdf[at] == ']' && out.first_bytes > 0;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "<3082...>" with nothing else; false when it holds anything else.
bool read_hex(std::string_view text, std::string& out) {
  if (text.size() < 2 || text.front() != '<' || text.back() != '>') return false;
  int high = -1;
  for (const char c : text.substr(1, text.size() - 2)) {
    if (is_space(c)) continue;
    const int value = digit(c);
    if (value < 0) return false;
    if (high < 0) high = value;
    else {
      out.push_back(static_cast<char>(high * 16 + value));
      high = -1;
    }
  }
  if (high >= 0) out.push_back(static_cast<char>(high * 16));
  return true;
}

// The text of the object around [from, to) without the gap, so that keys are found in few bytes.
std::string object_text(std::string_view pdf, std::size_t key, const Range& r) {
  std::size_t from = key;
  std::size_t to = key + kKey.size();
  const std::size_t gap = r.first + r.first_bytes;
  if (r.inside) {
    from = std::min(from, gap);
    to = std::max(to, r.second);
  }
  const std::size_t low = from > kObjectBytes ? from - kObjectBytes : 0;
  const std::size_t start = pdf.substr(low, from - low).rfind("obj");
  const std::size_t begin = start == std::string_view::npos ? low : low + start;
  const std::size_t end = std::min(pdf.size(), pdf.substr(to, kObjectBytes).find("endobj") ==
                                                       std::string_view::npos
                                                   ? to + 4096
                                                   : to + pdf.substr(to, kObjectBytes)
                                                              .find("endobj"));
  if (!r.inside || gap < begin || r.second > end)
    return std::string(pdf.substr(begin, end - begin));
  return std::string(pdf.substr(begin, gap - begin)) + " " +
         std::string(pdf.substr(r.second, end - r.second));
}

// The value after a key: a name or a literal string, at most 80 characters.
std::string value_of(std::string_view object, std::string_view key) {
  for (std::size_t at = object.find(key); at != std::string_view::npos;
       at = object.find(key, at + 1)) {
    std::size_t p = at + key.size();
    if (p < object.size() && !is_space(object[p]) && object[p] != '/' && object[p] != '(') continue;
    skip_space(object, p);
    if (p >= object.size() || (object[p] != '/' && object[p] != '(')) continue;
    const bool string = object[p++] == '(';
    std::string out;
    while (p < object.size() && out.size() < 80) {
      const char c = object[p++];
      if (string ? c == ')'
                 : is_space(c) || std::string_view("/<>[]()").find(c) != std::string::npos)
        break;
      out.push_back(c);
    }
    return out;
  }
  return "";
}

// /Reference[<< /TransformMethod/DocMDP /TransformParams<</P 2>> >>]; 2 where P is not written.
int docmdp_of(std::string_view object) {
  const std::size_t method = object.find("/DocMDP");
  if (method == std::string_view::npos) return 0;
  for (std::size_t at = object.find("/P"); at != std::string_view::npos;
       at = object.find("/P", at + 2)) {
    std::size_t p = at + 2;
    skip_space(object, p);
    if (p < object.size() && object[p] >= '1' && object[p] <= '3' &&
        (p + 1 == object.size() || digit(object[p + 1]) < 0)) {
      return object[p] - '0';
    }
  }
  return 2;
}

// Signatures that say how they are made but not over what: their range was destroyed.
void add_rangeless(std::string_view pdf, std::vector<Range>& out) {
  for (std::size_t at = pdf.find("/SubFilter"); at != std::string_view::npos;
       at = pdf.find("/SubFilter", at + 10)) {
    std::size_t p = at + 10;
    skip_space(pdf, p);
    const std::string_view name = pdf.substr(p, 6);
    if (!name.starts_with("/adbe.") && !name.starts_with("/ETSI.")) continue;
    const std::size_t low = at > kObjectBytes ? at - kObjectBytes : 0;
    const std::size_t start = pdf.substr(low, at - low).rfind("obj");
    const std::size_t begin = start == std::string_view::npos ? low : low + start;
    const std::size_t end = std::min(pdf.find("endobj", at), at + kObjectBytes);
    const std::string_view object = pdf.substr(begin, end - begin);
    if (object.find(kKey) != std::string_view::npos) continue;
    if (object.find("/Contents") == std::string_view::npos || out.size() >= kSignatures) continue;
    Range r;
    r.damaged = true;
    r.sub_filter = value_of(object, "/SubFilter");
    out.push_back(std::move(r));
  }
}

void finish_range(std::string_view pdf, std::size_t key, Range& r) {
  const std::size_t size = pdf.size();
  r.inside = r.first <= size && r.first_bytes <= size - r.first &&
             r.second >= r.first + r.first_bytes && r.second <= size &&
             r.second_bytes <= size - r.second;
  if (r.inside) {
    const std::size_t gap = r.first + r.first_bytes;
    r.gap_is_contents =
        read_hex(pdf.substr(gap, r.second - gap), r.contents) && r.first == 0;
    std::size_t end = r.second + r.second_bytes;
    while (end < size && is_space(pdf[end])) ++end;
    r.to_end = end == size;
  }
  const std::string object = object_text(pdf, key, r);
  r.sub_filter = value_of(object, "/SubFilter");
  r.claimed = value_of(object, "/M");
  r.docmdp = docmdp_of(object);
  if (r.claimed.starts_with("D:")) r.claimed.erase(0, 2);
  if (r.inside && r.contents.empty()) {  // the range leaves out something else: read /Contents
    const std::size_t at = object.find("/Contents");
    const std::size_t open = at == std::string::npos ? at : object.find('<', at);
    const std::size_t close = open == std::string::npos ? open : object.find('>', open);
    if (close != std::string::npos) {
      std::string decoded;
      if (read_hex(std::string_view(object).substr(open, close - open + 1), decoded)) {
        r.contents = std::move(decoded);
      }
    }
  }
}

}  // namespace

Result<std::vector<Range>> find_ranges(std::string_view pdf, const std::string& place) {
  if (pdf.substr(0, 1024).find("%PDF-") == std::string_view::npos) {
    return fail(err::not_a_pdf, place);
  }
  std::vector<Range> out;
  for (std::size_t at = pdf.find(kKey); at != std::string_view::npos;
       at = pdf.find(kKey, at + kKey.size())) {
    Range r;
    r.damaged = !read_range(pdf, at + kKey.size(), r);
    if (r.damaged) {
      std::size_t array = at + kKey.size();
      skip_space(pdf, array);
      if (array >= pdf.size() || pdf[array] != '[') continue;  // the word within a text
      r = Range{};
      r.damaged = true;
    }
    const auto same = [&](const Range& o) {
      return !r.damaged && o.first == r.first && o.first_bytes == r.first_bytes &&
             o.second == r.second && o.second_bytes == r.second_bytes;
    };
    if (std::any_of(out.begin(), out.end(), same)) continue;
    if (out.size() == kSignatures) {
      return fail(err::signature_count, place, {{"limit", std::to_string(kSignatures)}});
    }
    if (!r.damaged) finish_range(pdf, at, r);
    out.push_back(std::move(r));
  }
  add_rangeless(pdf, out);
  std::stable_sort(out.begin(), out.end(), [](const Range& a, const Range& b) {
    return a.second + a.second_bytes < b.second + b.second_bytes;
  });
  return out;
}

}  // namespace khien::signature
