// A file counts only when its first bytes are what such a file begins with.
#include "engine/portal/exposed.h"

#include <utility>

#include "base/text.h"

namespace khien::portal {
namespace {

bool has(std::string_view bytes, std::string_view what) {
  return bytes.find(what) != std::string_view::npos;
}

bool git_head(std::string_view bytes) {
  const std::string_view line = trim(bytes);
  return line.starts_with("ref: refs/") ||
         (line.size() == 40 && line.find_first_not_of("0123456789abcdef") == line.npos);
}

bool git_config(std::string_view bytes) { return has(bytes, "[core]"); }

bool env(std::string_view bytes) {  // NAME=value lines, no markup
  if (has(bytes, "<") && has(bytes, ">")) return false;
  const std::size_t equals = bytes.find('=');
  if (equals == bytes.npos || equals == 0) return false;
  std::size_t from = bytes.rfind('\n', equals);
  from = from == bytes.npos ? 0 : from + 1;
  const std::string_view name = trim(bytes.substr(from, equals - from));
  return name.size() > 1 &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == name.npos;
}

bool zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }
bool gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b\x08"); }

bool sql(std::string_view bytes) {
  return has(bytes, "CREATE TABLE") || has(bytes, "INSERT INTO") || has(bytes, "MySQL dump") ||
         has(bytes, "PostgreSQL database dump");
}

bool php_info(std::string_view bytes) { return has(bytes, "phpinfo()"); }
bool ds_store(std::string_view bytes) {
  return bytes.starts_with(std::string_view("\0\0\0\1Bud1", 8));
}
bool web_config(std::string_view bytes) { return has(bytes, "<configuration"); }
bool server_status(std::string_view bytes) { return has(bytes, "Apache Server Status"); }

}  // namespace

Shape shape_of(std::string_view name) {
  static constexpr std::pair<std::string_view, Shape> kShapes[] = {
      {"git_head", git_head}, {"git_config", git_config}, {"env", env},
      {"zip", zip},           {"gzip", gzip},             {"sql", sql},
      {"php_info", php_info}, {"ds_store", ds_store},     {"web_config", web_config},
      {"server_status", server_status}};
  for (const auto& [known, shape] : kShapes) {
    if (known == name) return shape;
  }
  return nullptr;
}

}  // namespace khien::portal
