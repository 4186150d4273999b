// Antivirus products by their packages, folders and processes. What a product keeps in its own
// format (licences, update logs) is not guessed at: those columns stay unknown with their reason.
#include <fmt/format.h>

#include "collect/host_linux/clamav.h"
#include "collect/host_linux/survey.h"
#include "format/dates.h"

namespace khien::host {
namespace {

std::optional<CvdHeader> newest_signatures(const Survey& survey, bool& denied) {
  std::optional<CvdHeader> best;
  for (const char* name : {"daily.cld", "daily.cvd", "main.cld", "main.cvd"}) {
    const FileBytes head = survey.files.head(std::string("/var/lib/clamav/") + name, 512);
    denied = denied || head.problem == Problem::denied;
    const std::optional<CvdHeader> header = parse_cvd_header(head.bytes);
    if (header && (!best || header->made_at > best->made_at)) best = header;
  }
  return best;
}

std::optional<bool> any_runs(const Survey& survey, const Node& names) {
  for (const std::string& name : names.texts()) {
    if (survey.processes.find(name) != nullptr) return true;
  }
  if (!survey.processes.visible) return std::nullopt;
  return false;
}

void put_product(Survey& survey, const Node& product, const std::string& found,
                 const std::string& version) {
  Row& row = survey.add("antivirus");
  put(row, "product", product["product"].text());
  put(row, "vendor", product["vendor"].text());
  put(row, "licence", product["licence"].text());
  put(row, "version", version);
  put(row, "source", found);
  if (const auto runs = any_runs(survey, product["daemons"])) put_flag(row, "active", *runs);
  if (const auto runs = any_runs(survey, product["realtime"])) put_flag(row, "realtime", *runs);
  if (product["signatures"].text() == "clamav") {
    bool denied = false;
    if (const auto header = newest_signatures(survey, denied)) {
      row["signatures_at"] = header->made_at;
      put(row, "signature_version", header->version);
    } else {
      survey.gap("antivirus", "signatures_at", denied ? "reason.host.no_permission"
                                                    : "reason.host.no_signatures");
    }
  } else {
    survey.gap("antivirus", "signatures_at", "reason.host.product_format");
    survey.gap("antivirus", "licence_ends_on", "reason.host.product_format");
  }
}

}  // namespace

std::optional<CvdHeader> parse_cvd_header(std::string_view bytes) {
  constexpr std::string_view mark = "ClamAV-VDB:";
  if (!bytes.starts_with(mark)) return std::nullopt;
  const std::vector<std::string_view> field = split(bytes.substr(0, 512), ':');
  if (field.size() < 4) return std::nullopt;
  // "07 Nov 2026 08-31 +0000"
  const std::vector<std::string_view> part = words(field[1]);
  if (part.size() != 5 || part[3].size() != 5 || part[3][2] != '-' || part[4].size() != 5) {
    return std::nullopt;
  }
  std::string clock(part[3]);
  clock[2] = ':';
  const auto at = mail_date_ms(fmt::format("{} {} {} {} {}", part[0], part[1], part[2], clock,
                                           part[4]));
  const auto zone = number(part[4].substr(1));
  const auto version = number(field[2]);
  if (!at || !zone || *zone < 0 || *zone > 1400 || !version) return std::nullopt;
  return CvdHeader{std::string(field[2]), *at};
}

void collect_antivirus(Survey& survey) {
  survey.begin("antivirus");
  for (const Node& product : survey.options.products["antivirus"].items()) {
    bool found = false;
    for (const std::string& name : product["packages"].texts()) {
      const Package* package = survey.packages.find(name);
      if (package == nullptr || found) continue;
      put_product(survey, product, name, package->version);
      found = true;
    }
    for (const std::string& folder : product["folders"].texts()) {
      if (found || !survey.files.exists(folder)) continue;
      put_product(survey, product, folder, "");
      found = true;
    }
  }
  if (survey.packages.problem != Problem::none) {
    survey.partial("antivirus", "reason.host.no_package_database", "/var/lib/dpkg/status");
  }
  if (!survey.processes.visible) survey.gap("antivirus", "active", "reason.host.processes_hidden");
}

}  // namespace khien::host
