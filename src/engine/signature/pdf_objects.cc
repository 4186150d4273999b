// Every scan moves forward; what it cannot make out makes the set incomplete.
#include "engine/signature/pdf_objects.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace khien::signature {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr int kNesting = 200;
constexpr std::size_t kPiece = 64 * 1024;  // unpacked at a time

bool blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool delimits(char c) {
  return blank(c) || std::string_view("/<>[]()%").find(c) != kNone;
}

int integer(std::string_view text) {
  int out = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() ? out : -1;
}

// The end of the string that starts at `at` with "(".
std::size_t string_end(std::string_view text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') ++at;
    else if (text[at] == '(') ++depth;
    else if (text[at] == ')' && --depth == 0) return at + 1;
  }
  return text.size();
}

// The end of one value: a dictionary or array with all in it, a string, a name, a number, and
// "3 0 R" as one.
std::size_t value_end(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size() && depth < kNesting) {
    if (text.substr(at, 2) == "<<" || text[at] == '[') {
      at += text[at] == '[' ? 1 : 2;
      ++depth;
    } else if (text.substr(at, 2) == ">>" || text[at] == ']') {
      at += text[at] == ']' ? 1 : 2;
      --depth;
    } else if (text[at] == '(') {
      at = string_end(text, at);
    } else if (text[at] == '<') {
      at = std::min(text.find('>', at), text.size() - 1) + 1;
    } else if (blank(text[at])) {
      ++at;
      continue;
    } else {
      const std::size_t from = at++;
      while (at < text.size() && !delimits(text[at])) ++at;
      if (depth > 0 || text[from] < '0' || text[from] > '9') {
        if (depth == 0) return at;
        continue;
      }
      const std::string_view rest = text.substr(at, 24);  // " 0 R"
      const std::size_t r = rest.find('R');
      const bool reference = r != kNone && r > 2 && blank(rest[0]) &&
                             rest.substr(0, r).find_first_not_of(" 0123456789\r\n") == kNone;
      return reference ? at + r + 1 : at;
    }
    if (depth <= 0) return at;
  }
  return std::min(at, text.size());
}

std::string inflated(std::string_view packed, std::size_t most) {
  z_stream z{};
  if (inflateInit(&z) != Z_OK) return "";
  std::string out;
  std::string piece(kPiece, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  z.avail_in = static_cast<uInt>(packed.size());
  int state = Z_OK;
  while (state == Z_OK && out.size() < most) {
    z.next_out = reinterpret_cast<Bytef*>(piece.data());
    z.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&z, Z_NO_FLUSH);
    out.append(piece, 0, piece.size() - z.avail_out);
  }
  inflateEnd(&z);
  return state == Z_STREAM_END || (state == Z_BUF_ERROR && !out.empty()) ? out : "";
}

// Where the object that starts at `at` ends; streams may hold the word itself.
std::size_t object_end(std::string_view text, std::size_t at) {
  const std::size_t end = text.find("endobj", at);
  const std::size_t stream = text.find("stream", at);
  if (stream == kNone || end == kNone || stream > end) return end;
  const std::size_t stop = text.find("endstream", stream);
  return stop == kNone ? kNone : text.find("endobj", stop);
}

// The object number before "obj" at `at`; -1: it is none, the end of one.
int number_before(std::string_view text, std::size_t at) {
  std::size_t p = at;
  const auto back_over = [&](auto fits) {
    const std::size_t from = p;
    while (p > 0 && from - p < 12 && fits(text[p - 1])) --p;
    return from != p;
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!back_over(blank) || !back_over(digit) || !back_over(blank)) return -1;
  const std::size_t end = p;
  if (!back_over(digit)) return -1;
  return integer(text.substr(p, end - p));
}

// The pairs "number offset" at the head of an object stream.
std::vector<std::pair<int, std::size_t>> index_of(std::string_view head, std::size_t count,
                                                  std::size_t body) {
  std::vector<std::pair<int, std::size_t>> out;
  std::size_t at = 0;
  while (at < head.size() && out.size() < count) {
    std::array<int, 2> pair{-1, -1};
    for (int& one : pair) {
      while (at < head.size() && blank(head[at])) ++at;
      const std::size_t begin = at;
      while (at < head.size() && !blank(head[at])) ++at;
      one = integer(head.substr(begin, at - begin));
    }
    if (pair[0] < 0 || pair[1] < 0 || static_cast<std::size_t>(pair[1]) > body) break;
    out.emplace_back(pair[0], static_cast<std::size_t>(pair[1]));
  }
  return out;
}

}  // namespace

std::string squeezed(std::string_view object) {
  std::string out;
  for (std::size_t at = 0; at < object.size();) {
    if (object[at] == '(') {
      const std::size_t end = string_end(object, at);
      out += object.substr(at, end - at);
      at = end;
      continue;
    }
    if (!blank(object[at])) out.push_back(object[at]);
    else if (!out.empty() && !delimits(out.back())) out.push_back(' ');
    ++at;
    if (!out.empty() && out.back() == ' ' && at < object.size() && delimits(object[at]) &&
        !blank(object[at])) {
      out.pop_back();
    }
  }
  while (!out.empty() && blank(out.back())) out.pop_back();
  return out;
}

Dict dict_of(std::string_view object) {
  Dict out;
  std::size_t at = object.find("<<");
  if (at == kNone || object.substr(0, at).find_first_not_of(" \r\n\t\f") != kNone) return out;
  at += 2;
  while (at < object.size()) {
    while (at < object.size() && blank(object[at])) ++at;
    if (at >= object.size() || object[at] != '/') break;
    const std::size_t key = at++;
    while (at < object.size() && !delimits(object[at])) ++at;
    const std::string_view name = object.substr(key, at - key);
    while (at < object.size() && blank(object[at])) ++at;
    const std::size_t end = value_end(object, at);
    if (end <= at) break;
    out[std::string(name)] = squeezed(object.substr(at, end - at));
    at = end;
  }
  return out;
}

std::vector<int> references(std::string_view value) {
  std::vector<int> out;
  for (std::size_t at = value.find(" R"); at != kNone; at = value.find(" R", at + 2)) {
    const int number = number_before(value, at + 1);
    if (number >= 0) out.push_back(number);
  }
  return out;
}

const std::string_view* Objects::find(int number) const {
  const auto at = all_.find(number);
  return at == all_.end() ? nullptr : &at->second;
}

std::string stream_of(std::string_view object, std::size_t most) {
  const Dict dict = dict_of(object);
  const std::size_t stream = object.find("stream");
  const std::size_t to = object.rfind("endstream");
  if (stream == kNone || to == kNone || to < stream) return "";
  std::size_t from = stream + 6;
  from += object.substr(from, 2) == "\r\n" ? 2 : 1;
  if (from > to) return "";
  const std::string_view raw = object.substr(from, to - from);
  const auto filter = dict.find("/Filter");
  if (filter == dict.end()) return std::string(raw.substr(0, most));
  const bool flate = filter->second == "/FlateDecode" || filter->second == "[/FlateDecode]";
  return flate && !dict.contains("/DecodeParms") ? inflated(raw, most) : "";
}

void Objects::unpack(std::string_view object) {
  const Dict dict = dict_of(object);
  if (!dict.contains("/Type") || dict.at("/Type") != "/ObjStm") return;
  auto text = std::make_unique<std::string>(
      packed_bytes_ < kPackedBytes ? stream_of(object, kPackedBytes - packed_bytes_) : "");
  packed_bytes_ += text->size();
  const int first = dict.contains("/First") ? integer(dict.at("/First")) : -1;
  const int count = dict.contains("/N") ? integer(dict.at("/N")) : -1;
  if (first < 0 || count < 0 || static_cast<std::size_t>(first) > text->size()) {
    whole_ = false;
    return;
  }
  const std::string_view body = std::string_view(*text).substr(static_cast<std::size_t>(first));
  const auto index = index_of(std::string_view(*text).substr(0, static_cast<std::size_t>(first)),
                              static_cast<std::size_t>(count), body.size());
  if (index.size() != static_cast<std::size_t>(count)) whole_ = false;
  for (std::size_t i = 0; i < index.size() && all_.size() < kObjects; ++i) {
    const std::size_t end = i + 1 < index.size() ? index[i + 1].second : body.size();
    if (end < index[i].second) whole_ = false;
    else all_[index[i].first] = body.substr(index[i].second, end - index[i].second);
  }
  unpacked_.push_back(std::move(text));
}

void Objects::add(std::string_view stretch) {
  for (std::size_t at = stretch.find("obj"); at != kNone; at = stretch.find("obj", at + 3)) {
    const int number = number_before(stretch, at);
    if (number < 0) continue;
    const std::size_t end = object_end(stretch, at + 3);
    if (end == kNone || all_.size() >= kObjects) {
      whole_ = false;
      return;
    }
    const std::string_view object = stretch.substr(at + 3, end - at - 3);
    all_[number] = object;
    unpack(object);
    at = end + 3;  // behind the "obj" of "endobj"
  }
}

}  // namespace khien::signature
