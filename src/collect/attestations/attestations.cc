// A missing document is a fact (file_present 0), not an error: the judge says what follows.
#include "collect/attestations/attestations.h"

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "collect/attestations/errors.h"
#include "collect/source/files_walk.h"
#include "collect/source/names.h"
#include "format/table/dates.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

Done put_date(const Node& node, const std::string& field, const std::string& column,
              const std::string& place, Row& row) {
  const Node& value = node[field];
  if (value.is_null()) return {};
  const auto moment = parse_moment(value.text());
  if (!moment || !moment->day_only) {
    return fail(err::attestation_date, at_line(place, value),
                {{"field", field}, {"value", value.text()}});
  }
  row[column] = to_iso(moment->day);
  return {};
}

void put_file(const fs::path& folder, const std::string& name, Row& row) {
  row["file"] = name;
  row["file_present"] = std::int64_t{0};
  const fs::path path = folder / name;
  std::error_code ec;
  if (!is_inside(folder, path) || !fs::is_regular_file(path, ec)) return;
  const auto bytes = read_file(path, limits::dispatch_file_bytes);
  if (!bytes || bytes->empty()) return;
  row["file_present"] = std::int64_t{1};
  row["file_sha256"] = sha256_hex(*bytes);
}

Result<Row> attestation_from(const Node& node, const std::string& place, const fs::path& folder) {
  KHIEN_DO(allow_keys(node, {"kind", "subject", "statement", "signed_by", "title", "signed_on",
                             "valid_until", "file"}, place));
  Row row;
  KHIEN_TRY(const std::string kind, need_text(node, "kind", place));
  KHIEN_TRY(const std::string statement, need_text(node, "statement", place));
  row["kind"] = kind;
  row["statement"] = statement;
  row["subject"] = node["subject"].text();
  for (const char* field : {"signed_by", "title"}) {
    if (!node[field].is_null()) row[field] = node[field].text();
  }
  KHIEN_DO(put_date(node, "signed_on", "signed_on", place, row));
  KHIEN_DO(put_date(node, "valid_until", "valid_until_on", place, row));
  row["file_present"] = std::int64_t{0};
  if (!node["file"].is_null()) put_file(folder, node["file"].text(), row);
  return row;
}

}  // namespace

Result<Collection> collect_attestations(const fs::path& file, const std::string& source) {
  KHIEN_TRY(const std::string text, read_file(file, limits::yaml_file_bytes));
  KHIEN_TRY(const Node written, parse_yaml(text, source));
  const Node root = attestations_in_known_names(written);
  KHIEN_DO(allow_keys(root, {"attestations"}, source));
  if (!root["attestations"].is_list()) {
    return fail(err::field_type, at_line(source, root),
                {{"field", "attestations"}, {"wanted", "list"}});
  }
  Collection out;
  out.collector = "attestations";
  out.collector_version = "0.1";
  out.source = source;
  out.source_sha256 = sha256_hex(text);
  TableFacts& facts = out.tables["attestation"];
  for (const Node& node : root["attestations"].items()) {
    KHIEN_TRY(Row row, attestation_from(node, source, file.parent_path()));
    row["attestation_key"] = source + ":" + std::to_string(facts.rows.size() + 1);
    facts.rows.push_back(std::move(row));
  }
  return out;
}

Collections read_attestations(const AgencySource& source, Reading& /*reading*/) {
  return one(collect_attestations(source.path, source.written));
}

}  // namespace khien
