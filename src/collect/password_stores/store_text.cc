#include "collect/password_stores/store_text.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"

namespace khien::password {
namespace {

std::string quoted(const std::string& cell) {
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += c;
    out += c;
  }
  return out + "\"";
}

std::string csv_of(const Table& table) {
  std::string out;
  for (const TableRow& row : table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out += (i == 0 ? "" : ",") + quoted(row.cells[i]);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

Result<std::string> store_bytes(const AgencySource& source) {
  KHIEN_TRY(std::string bytes, read_file(source.path, limits::password_store_bytes));
  if (source.kept == nullptr) return bytes;
  const auto count = [&](char c) { return std::count(bytes.begin(), bytes.end(), c); };
  const bool plain = source.kept->packed["format"].text() == "csv" &&
                     source.kept->source_sha256 == sha256_hex(bytes) &&
                     !bytes.starts_with("PK") &&
                     count('|') <= std::max({count(','), count(';'), count('\t')});
  if (plain) return bytes;
  KHIEN_TRY(const Table table, table_from(source.kept->packed, source.written));
  return csv_of(table);
}

bool says_more(const Node& a, const Node& b) {
  const auto opened = [](const Node& n) {
    const std::string found = n["class"].text();
    return found != "none" && !found.empty();
  };
  return !opened(b) && (opened(a) || (b["finished"].boolean() && !a["finished"].boolean()));
}

}  // namespace khien::password
