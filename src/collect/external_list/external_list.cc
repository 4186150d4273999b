// A JSON answer is told from a table by its first character.
#include "collect/external_list/external_list.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/external_list/errors.h"
#include "collect/source/fields.h"
#include "collect/source/row_cells.h"
#include "format/table/table.h"

namespace khien {
namespace {

bool like_address(std::string_view text) {
  return !text.empty() && text.size() <= 254 && text.find(' ') == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20; });
}

Node row(std::string mail, std::string service, std::string found_on) {
  return Node::map({{"mail", std::move(mail)}, {"service", std::move(service)},
                    {"found_on", std::move(found_on)}});
}

// {"alias": ["Breach", ...], ...}
bool take_aliases(const Node& root, Node& rows, std::size_t& count) {
  if (!root.is_map() || root.pairs().empty()) return false;
  for (const auto& [alias, services] : root.pairs()) {
    if (!services.is_list() || !like_address(alias)) return false;
    for (const Node& service : services.items()) {
      if (!service.is_scalar() || ++count > kExternalRows) return false;
      rows.push(row(alias, squeeze(service.text()), ""));
    }
  }
  return true;
}

constexpr const char* kKeys[] = {"email", "mail",   "address", "alias", "service",
                                 "breach", "site",  "name",    "title", "domain",
                                 "source", "date", "breach_date", "found_on", "description"};

// Accounts too have addresses and names: with anything else beside them it is no such answer.
bool only_an_answer(const Node& item) {
  return std::all_of(item.pairs().begin(), item.pairs().end(), [](const auto& pair) {
    const std::string key = ascii_lower(pair.first);
    return std::any_of(std::begin(kKeys), std::end(kKeys), [&](const char* k) { return key == k; });
  });
}

// [{"email": .., "service" | "breach" | "name": .., "date": ..}, ...]
bool take_records(const Node& root, Node& rows, std::size_t& count) {
  if (!root.is_list() || root.items().empty()) return false;
  for (const Node& item : root.items()) {
    if (!item.is_map() || !only_an_answer(item) || ++count > kExternalRows) return false;
    std::string mail;
    for (const char* key : {"email", "mail", "address", "alias"}) {
      if (mail.empty()) mail = item[key].text();
    }
    std::string service;
    for (const char* key : {"service", "breach", "site", "name", "title"}) {
      if (service.empty()) service = item[key].text();
    }
    if (!like_address(mail) || service.empty()) return false;
    rows.push(row(mail, squeeze(service), item["date"].text()));
  }
  return true;
}

Result<Node> run_json(const JobInput& input) {
  KHIEN_TRY(const Node root, parse_json(input.bytes, input.name));
  Node rows = Node::list();
  std::size_t count = 0;
  if (root.is_map() && root.has("logins")) return Node::map({{"kind", "logins"}});
  if (root.is_map() && root.has("defaults_known_to_admin")) {
    return Node::map({{"kind", "defaults"}});
  }
  const bool known = take_aliases(root, rows, count) ||
                     (rows = Node::list(), count = 0, take_records(root, rows, count));
  if (!known) return Node::map({{"kind", "other"}});
  return Node::map({{"kind", "external"}, {"rows", std::move(rows)}});
}

void from_json(const Node& reply, TableFacts& facts) {
  for (const Node& item : reply["rows"].items()) {
    Row& out = facts.rows.emplace_back();
    out["mail"] = item["mail"].text();
    out["service"] = item["service"].text();
    out["kind"] = std::string("breach");
    if (const auto day = parse_date(item["found_on"].text())) out["found_on"] = to_iso(*day);
  }
}

Done from_table(const Table& table, const AgencySource& source, Reading& reading,
                TableFacts& facts) {
  KHIEN_TRY(const Header header,
            reading.lexicon.find_header(table, "external", columns_of(source.fields),
                                        source.written));
  reading.notes.push_back(note_of(table, header, source.written, "external"));
  Problems problems;
  std::size_t unread = 0;  // a footer fills one cell; an address is one wherever it stands
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const RowCells cells(header, table.rows[i], reading.lexicon, problems);
    const std::string mail = cells.text("mail");
    if (mail.empty() || cells.text("service").empty()) {
      unread += mail.find('@') != std::string::npos || cells.filled() > 1;
      continue;
    }
    Row& out = facts.rows.emplace_back();
    cells.put_text(out, "mail");
    cells.put_text(out, "service");
    cells.put_date(out, "found_on");
    out["kind"] = std::string("registration");
  }
  write_problems(problems, facts);
  if (unread > 0) {
    facts.status = TableFacts::Status::partial;
    facts.reason = "reason.accounts.row_incomplete";
    facts.detail += (facts.detail.empty() ? "" : "; ") + std::to_string(unread);
  }
  return {};
}

}  // namespace

std::vector<Job> external_jobs() {
  return {{"external.json", limits::yaml_file_bytes, run_json}};
}

Result<std::string> check_external_list(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "sheet", "columns"});
}

Collections read_external_list(const AgencySource& source, Reading& reading) {
  const std::string& written = source.written;
  KHIEN_TRY(const std::string bytes, read_file(source.path, limits::table_file_bytes));
  Collection out;
  out.collector = "external_list";
  out.collector_version = "0.2";
  out.source = written;
  out.source_sha256 = sha256_hex(bytes);
  TableFacts& facts = out.tables["external_registration"];
  const std::string_view body = trim(bytes);
  const bool json = body.starts_with('{') || body.starts_with('[') ||
                    body.starts_with("\xEF\xBB\xBF{") || body.starts_with("\xEF\xBB\xBF[");
  if (json) {
    KHIEN_TRY(const Node reply, reading.pool.run_bytes("external.json", bytes, written));
    if (reply["kind"].text() != "external") return fail(err::external_unknown, written);
    from_json(reply, facts);
    return one(std::move(out));
  }
  KHIEN_TRY(const Table table, read_table(reading.pool, bytes, written,
                                              source.text("sheet")));
  KHIEN_DO(from_table(table, source, reading, facts));
  return one(std::move(out));
}

}  // namespace khien
