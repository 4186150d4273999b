#include "collect/kev/kev.h"

#include "base/file.h"
#include "base/hash.h"
#include "engine/vulnerability/errors.h"
#include "engine/vulnerability/kev.h"

namespace khien::vuln {
namespace {

constexpr std::size_t kKevBytes = 32 * limits::kMiB;

Result<Node> run_kev(const JobInput& input) {
  KHIEN_TRY(const std::vector<Exploited> all, read_kev_json(input.bytes, input.name));
  Node rows = Node::list();
  for (const Exploited& e : all) {
    const char* used = !e.ransomware ? "" : *e.ransomware ? "Known" : "Unknown";
    rows.push(Node::list_of({e.cve, e.vendor, e.product, e.added_on, used}));
  }
  return Node::map({{"rows", std::move(rows)}});
}

void add_exploited(const Exploited& e, Collection& out) {
  Row& row = out.add("known_exploited");
  row = {{"cve", e.cve}, {"added_on", e.added_on}};
  if (!e.vendor.empty()) row["vendor"] = e.vendor;
  if (!e.product.empty()) row["product"] = e.product;
  if (e.ransomware) row["ransomware"] = std::int64_t{*e.ransomware};
}

}  // namespace

std::vector<Job> kev_jobs() { return {{"vuln.kev", kKevBytes, run_kev}}; }

Collections read_kev(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const std::string bytes, read_file(source.path, kKevBytes));
  Collection out;
  out.collector = "kev";
  out.collector_version = "0.2";
  out.source = source.written;
  if (source.path.extension() == ".csv") {
    KHIEN_TRY(const Table table, read_table(reading.pool, bytes, source.written));
    KHIEN_TRY(const std::vector<Exploited> all, kev_from_table(table, source.written));
    for (const Exploited& e : all) add_exploited(e, out);
  } else {
    KHIEN_TRY(const Node reply, reading.pool.run_bytes("vuln.kev", bytes, source.written));
    for (const Node& row : reply["rows"].items()) {
      const auto e = exploited_from(row.texts());
      if (!e) return fail(err::kev_invalid, source.written, {{"detail", "reply"}});
      add_exploited(*e, out);
    }
  }
  out.source_sha256 = sha256_hex(bytes);
  return one(std::move(out));
}

}  // namespace khien::vuln
