#include "hub/server/message.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"

namespace khien::hub {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool decode(std::string_view in, bool plus_is_space, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < in.size(); ++i) {
    char c = in[i];
    if (c == '%') {
      if (i + 2 >= in.size()) return false;
      const int high = digit(in[i + 1]);
      const int low = digit(in[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return false;
    out += c;
  }
  return is_valid_utf8(out);
}

std::string disposition(std::string_view name) {
  std::string plain;
  std::string coded;
  for (const char c : skeleton(name)) {
    const auto byte = static_cast<unsigned char>(c);
    plain += byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' ? '_' : c;
  }
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool bare = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-' || c == '_';
    coded += bare ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, coded);
}

}  // namespace

std::string Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

std::string Request::cookie(std::string_view name) const {
  const std::string all = header("cookie");
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view pair = trim(rest.substr(0, end));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "";
}

bool parse_target(std::string_view target, Request& out) {
  if (target.empty() || target[0] != '/') return false;
  const std::size_t mark = std::min(target.find('?'), target.size());
  if (!decode(target.substr(0, mark), false, out.path)) return false;
  std::string_view rest = target.substr(std::min(mark + 1, target.size()));
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string name, value;
    if (!decode(pair.substr(0, equals), true, name) ||
        !decode(pair.substr(std::min(equals + 1, pair.size())), true, value)) {
      return false;
    }
    if (!name.empty()) out.query.emplace_back(std::move(name), std::move(value));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

Response json_response(const Node& node, int status) {
  Response out;
  out.status = status;
  out.body = to_json(node);
  return out;
}

Response empty_response(int status) {
  Response out;
  out.status = status;
  out.type.clear();
  return out;
}

Response download(std::string bytes, std::string type, std::string_view name) {
  Response out;
  out.type = std::move(type);
  out.etag = sha256_hex(bytes);
  out.body = std::move(bytes);
  return out.with("Content-Disposition", disposition(name));
}

Response download_file(const std::filesystem::path& file, std::string type, std::string etag,
                       std::string_view name) {
  Response out;
  out.type = std::move(type);
  out.etag = std::move(etag);
  out.file = file;
  return out.with("Content-Disposition", disposition(name));
}

}  // namespace khien::hub
