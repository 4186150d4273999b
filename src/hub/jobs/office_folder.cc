#include "hub/jobs/office_folder.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/office.h"
#include "hub/data/office_files.h"
#include "hub/data/rows.h"
#include "hub/data/setting.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kNameChars = 120;
constexpr std::int64_t kMostAttestations = 10'000;

void set_known(Node& map, const char* name, const Node& value) {
  const bool empty = value.is_null() || (value.is_scalar() && value.text().empty()) ||
                     (value.is_list() && value.items().empty());
  if (!empty) map.set(name, value);
}

Node head_of_agency(const Node& profile) {
  Node out = Node::map({{"name", profile["name"]}});
  set_known(out, "parent", profile["parent_name"]);
  set_known(out, "place", profile["place"]);
  set_known(out, "symbol", profile["symbol"]);
  set_known(out, "actor", profile["groups"]);
  set_known(out, "machines", profile["machines_total"]);
  set_known(out, "applications", profile["applications"]);
  const Node& signer = profile["signer"];
  Node sign = Node::map();
  const std::string capacity = signer["capacity"].text();
  const std::string title = signer["title"].text();
  set_known(sign, "title",
            Node(capacity + (capacity.empty() || title.empty() ? "" : " ") + title));
  set_known(sign, "name", signer["name"]);
  if (!sign.pairs().empty()) out.set("signer", std::move(sign));
  Node officer = Node::map();
  for (const char* field : {"name", "phone", "mail"}) {
    set_known(officer, field, profile["officer"][field]);
  }
  if (!officer.pairs().empty()) out.set("officer", std::move(officer));
  return out;
}

// One that asks the network stays out while the hub may not; its state says so.
void add_files(const std::vector<SourceRow>& rows, bool network, Node& sources) {
  for (const SourceRow& row : rows) {
    if (row.asks_network() && !network) continue;
    for (const Node& entry : row.entries.items()) {
      Node source = entry;
      if (!row.is_asked()) source.set("path", row.path);
      sources.push(std::move(source));
    }
  }
}

Node attestation_entry(const AttestationRow& row, const std::string& kind) {
  Node out = Node::map({{"kind", kind}, {"statement", row.statement},
                        {"signed_by", row.signed_by}, {"signed_on", row.signed_on}});
  set_known(out, "valid_until", Node(row.valid_until));
  if (!row.file_path.empty()) {
    const fs::path file = fs::path(row.file_path).lexically_relative(kAttestationPapers);
    out.set("file", file.generic_string());
  }
  return out;
}

// Withdrawn ones are kept in the rows and said nowhere.
Done write_attestations(const fs::path& office, const std::vector<AttestationRow>& rows,
                        Node& sources) {
  Node list = Node::list();
  for (const AttestationRow& row : rows) {
    if (row.withdrawn_at != 0) continue;
    for (const std::string& kind : row.kinds) list.push(attestation_entry(row, kind));
  }
  if (list.items().empty()) return {};
  const fs::path file = fs::path(kAttestationPapers) / "xac-nhan.yaml";
  sources.push(Node::map({{"type", "attestations"}, {"path", file.generic_string()}}));
  KHIEN_DO(make_folder(office / kAttestationPapers, Access::owner));
  return write_file(office / file,
                    to_json(Node::map({{"attestations", std::move(list)}}), 1), Access::owner);
}

Node kinds_of_programme(const MeasureRow& row) {
  Node out = Node::list();
  for (const Node& kind : row.kinds.items()) {
    Node one = Node::map({{"kind", kind["kind"]}, {"parameters", kind["parameters"]}});
    set_known(one, "phrase", kind["phrase"]);
    out.push(std::move(one));
  }
  return out;
}

}  // namespace

fs::path register_path(const std::string& name) {
  return fs::path(kRegisters) / (name + ".csv");
}

std::string csv_of(const std::vector<std::string>& headings, const Node& cells) {
  std::string out;
  const auto add = [&out](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += i == 0 ? "\"" : ",\"";
      for (const char c : row[i]) {
        if (c == '"') out += '"';
        out += c;
      }
      out += '"';
    }
    out += "\r\n";
  };
  add(headings);
  for (const Node& row : cells.items()) add(row.texts());
  return out;
}

std::string safe_name(const std::string& name) {
  std::string out;
  for (const char c : nfc(name)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F || c == '/' || c == '\\' ? '_' : c;
  }
  while (out.starts_with('.')) out.erase(0, 1);
  const std::string extension = fs::path(out).extension().string();
  if (code_points(out) > kNameChars) out = shorten(out, kNameChars) + extension;
  constexpr std::size_t kNameBytes = 240;  // what file systems take
  if (out.size() > kNameBytes || out.empty()) out = "tep" + extension;
  return out;
}

Result<fs::path> write_office_folder(const Data& data, const Database& db,
                                     std::int64_t agency_id) {
  const fs::path office = office_of(data.folder(), agency_id);
  KHIEN_DO(make_folder(office, Access::owner));
  KHIEN_TRY(const Node profile, office_profile(db, agency_id));
  if (trim(profile["name"].text()).empty()) return fail(err::office_unnamed, "");
  Node out = head_of_agency(profile);
  Node sources = Node::list();
  KHIEN_TRY(const auto files, usable_sources(db, agency_id));
  KHIEN_TRY(const Settings settings, read_settings(db));
  add_files(files, settings.network, sources);
  KHIEN_TRY(const auto registers, all_registers(db, agency_id));
  for (const RegisterRows& rows : registers) {
    if (rows.cells.items().empty()) continue;
    sources.push(Node::map({{"type", "register"}, {"name", rows.name},
                            {"path", register_path(rows.name).generic_string()}}));
  }
  KHIEN_TRY(const auto attestations, list_attestations(db, agency_id, 0, kMostAttestations));
  KHIEN_DO(write_attestations(office, attestations, sources));
  out.set("sources", std::move(sources));
  KHIEN_DO(write_file(office / "agency.yaml", to_json(out, 1), Access::owner));
  return office / "agency.yaml";
}

Result<fs::path> write_sender(const Database& db, std::int64_t agency_id,
                              const fs::path& folder) {
  KHIEN_TRY(Node profile, office_profile(db, agency_id));
  KHIEN_TRY(const auto known, find_agency_name(db, agency_id));
  if (known && trim(profile["name"].text()).empty()) profile.set("name", known->name);
  if (known && trim(profile["parent_name"].text()).empty()) {
    profile.set("parent_name", known->parent_name);
  }
  if (trim(profile["name"].text()).empty()) return fail(err::office_unnamed, "");
  const fs::path file = folder / "agency.yaml";
  KHIEN_DO(write_file(file, to_json(head_of_agency(profile), 1), Access::owner));
  return file;
}

Node programme_node(const DispatchRow& d, const std::vector<MeasureRow>& measures) {
  Node head = d.head;
  for (const auto& [name, value] : {std::pair{"number", d.number}, {"symbol", d.symbol},
                                    {"subject", d.subject}, {"issuer", d.issuer},
                                    {"issued_on", d.issued_on}, {"due_on", d.due_on}}) {
    head.set(name, value);
  }
  Node list = Node::list();
  for (const MeasureRow& row : measures) {
    if (!row.counts() || (row.mine_stated && !row.mine)) continue;
    Node one = Node::map({{"id", row.doc_id}, {"cite", row.cite}, {"text", row.text},
                          {"obligation", row.obligation}, {"kinds", kinds_of_programme(row)}});
    if (!row.mine_stated) set_known(one, "actor", Node(row.actor));
    set_known(one, "due_on", Node(row.due_on));
    list.push(std::move(one));
  }
  return Node::map({{"programme", fmt::format("{}{}", kProgrammePrefix, d.id)},
                    {"dispatch", std::move(head)},
                    {"measures", std::move(list)},
                    {"windows", d.windows}});
}

}  // namespace khien::hub
