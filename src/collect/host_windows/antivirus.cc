// Antivirus by what protects, not by what runs: the security centre's own word first, else the
// services that do the protecting (agents of management do none), and Defender's switches. A
// machine without a security centre has no list of products: one that is not in ours may be there.
#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

const std::string kDefender = "HKLM\\SOFTWARE\\Microsoft\\Windows Defender";
const std::string kDefenderPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender";
constexpr std::size_t kSignatureFiles = 2'000;

// The first date in a text, in the forms products write: 2024-05-01, 2024/05/01, 20240501.
std::optional<Date> date_in(const std::string& text) {
  const auto digits = [&](std::size_t at, std::size_t n) {
    int v = 0;
    for (std::size_t i = at; i < at + n; ++i) {
      if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
      v = v * 10 + (text[i] - '0');
    }
    return v;
  };
  for (std::size_t at = 0; at + 8 <= text.size(); ++at) {
    if (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') continue;
    const bool marked = at + 4 < text.size() && (text[at + 4] == '-' || text[at + 4] == '/');
    const std::size_t gap = marked ? 1 : 0;
    const Date day{digits(at, 4), digits(at + 4 + gap, 2), digits(at + 6 + 2 * gap, 2)};
    if (day.year >= 2000 && day.year < 2100 && is_valid(day)) return day;
  }
  return std::nullopt;
}

void put_day(Row& row, const std::string& column, const Date& day) {
  row[column] = start_of_day_ms(day);
  row[column + "_precision"] = std::string("day");
}

void put_instant(Row& row, const std::string& column, const RegistryValue* v) {
  if (v == nullptr) return;
  const std::uint64_t raw = v->type == RegistryValue::Type::number ? v->number
                            : v->bytes.size() == 8 ? little_endian(v->bytes) : 0;
  if (const std::int64_t at = filetime_ms(raw); at > 0) row[column] = at;
}

class Antivirus {
 public:
  explicit Antivirus(Survey& survey) : survey_(survey) {}

  void take_all() {
    for (const SecurityProduct& p : survey_.answers.antivirus.value) take_centre(p);
    take_defender();
    for (const Node& product : survey_.options.products["antivirus"].items()) take_marks(product);
  }

 private:
  void take_centre(const SecurityProduct& p) {
    if (p.firewall) return;
    const bool defender = same_name(p.guid, "{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}");
    if (defender) {
      defender_state_ = p.state;
      return;
    }
    Row& row = survey_.add("antivirus");
    put(row, "product", p.name);
    put_state(row, p.state);
    put(row, "source", "SecurityCenter2");
    centre_.emplace_back(ascii_lower(p.name), &row - survey_.out.tables["antivirus"].rows.data());
  }

  static void put_state(Row& row, std::uint32_t state) {
    put_flag(row, "active", is_on(state));
    put_flag(row, "realtime", is_on(state));
    if (is_on(state)) put_flag(row, "signatures_current", !is_outdated(state));
  }

  // Real-time protection switched off: by policy, by device management, by hand.
  [[nodiscard]] bool blind() const {
    const DefenderStatus& status = survey_.answers.defender.value;
    if (status.realtime) return !*status.realtime;
    const std::string below = "\\Real-Time Protection";
    const auto policy =
        survey_.registry.read(kDefenderPolicy + below).number("DisableRealtimeMonitoring");
    const auto managed = survey_.registry.read(kDefender + "\\Policy Manager")
                           .number("AllowRealtimeMonitoring");
    if (policy) return *policy == 1;
    if (managed) return *managed == 0;
    return survey_.registry.read(kDefender + below).number("DisableRealtimeMonitoring") == 1;
  }

  // Beside another product, or told to be: it looks at files and stops nothing.
  [[nodiscard]] bool passive() const {
    const std::string& mode = survey_.answers.defender.value.mode;
    if (!mode.empty()) return mode != "Normal";
    return survey_.registry.read(kDefender).number("PassiveMode").value_or(0) != 0 ||
           survey_.registry
                   .read("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Advanced Threat Protection")
                   .number("ForceDefenderPassiveMode") == 1;
  }

  void put_defender_state(Row& row) {
    if (defender_state_) {
      // Policies that switched it off are left over and ignored since 2020: the centre knows.
      put_state(row, *defender_state_);
      if (blind() || passive()) {
        put_flag(row, "active", false);
        put_flag(row, "realtime", false);
      }
      return;
    }
    if (!survey_.answers.services.ok()) {
      return survey_.gap("antivirus", "active", "reason.windows.no_security_centre");
    }
    const ServiceState* service = survey_.service("WinDefend");
    const bool runs = service != nullptr && service->running && !blind() && !passive();
    const RegistryKey own = survey_.registry.read(kDefender);
    const bool told_off = own.number("DisableAntiSpyware") == 1 ||
                          own.number("DisableAntiVirus") == 1 ||
                          survey_.registry.read(kDefenderPolicy).number("DisableAntiSpyware") == 1;
    if (runs && told_off) {  // the two contradict each other
      return survey_.gap("antivirus", "active", "reason.windows.no_security_centre");
    }
    put_flag(row, "active", runs);
    put_flag(row, "realtime", runs);
  }

  void take_defender() {
    // On Windows 7 the program of this name is against spyware only: no antivirus.
    const System& s = survey_.answers.system;
    if (!survey_.registry.read(kDefender).ok() || s.major < 6 || (s.major == 6 && s.minor < 2)) {
      return;
    }
    const RegistryKey updates = survey_.registry.read(kDefender + "\\Signature Updates");
    Row& row = survey_.add("antivirus");
    put(row, "product", "Microsoft Defender Antivirus");
    put(row, "vendor", "Microsoft");
    put(row, "licence", "free");
    put_defender_state(row);
    put(row, "signature_version", updates.text("AVSignatureVersion"));
    put_instant(row, "signatures_at", updates.find("SignaturesLastUpdated"));
    put_last_scan(row);
    put(row, "source", kDefender);
    survey_.note("antivirus", updates.problem, kDefender + "\\Signature Updates");
  }

  // Defender's own answer; else the registry, which keeps the last scan only: when that was a quick
  // one, the day of the last full one is not known.
  void put_last_scan(Row& row) {
    if (const std::int64_t at = survey_.answers.defender.value.full_scan_at; at > 0) {
      row["last_scan_at"] = at;
      return;
    }
    const RegistryKey last = survey_.registry.read(kDefender + "\\Scan");
    const bool full = last.number("LastScanType") == 2;
    if (full) put_instant(row, "last_scan_at", last.find("LastScanRun"));
    else survey_.gap("antivirus", "last_scan_at", "reason.windows.only_quick_scan");
  }

  // The row of the security centre for the same product, or none.
  Row* listed(const Node& product) {
    for (const auto& [name, at] : centre_) {
      for (const std::string& word : product["names"].texts()) {
        if (name.find(ascii_lower(word)) != std::string::npos) {
          return &survey_.out.tables["antivirus"].rows[static_cast<std::size_t>(at)];
        }
      }
    }
    return nullptr;
  }

  void take_marks(const Node& product) {
    const ServiceState* service = nullptr;
    for (const std::string& name : product["services"].texts()) {
      if (service == nullptr || !service->running) {
        if (const ServiceState* s = survey_.service(name)) service = s;
      }
    }
    std::string mark = service != nullptr ? "service " + service->name : "";
    // A folder alone is what a removed product leaves, unless services cannot be asked.
    if (mark.empty() && !survey_.answers.services.ok()) mark = folder_of(product);
    Row* row = listed(product);
    if (row == nullptr && mark.empty()) return;
    if (row == nullptr) {
      row = &survey_.add("antivirus");
      put(*row, "product", product["product"].text());
      put(*row, "source", mark);
      // Where there is a security centre, a product that does not report to it may run for nothing.
      const bool told = !survey_.answers.antivirus.ok();
      if (service != nullptr && (!service->running || told)) {
        put_flag(*row, "active", service->running);
      } else {
        survey_.gap("antivirus", "active", "reason.windows.no_security_centre");
      }
    }
    put(*row, "vendor", product["vendor"].text());
    put(*row, "licence", product["licence"].text());
    put_dates(*row, product);
  }

  [[nodiscard]] std::string folder_of(const Node& product) const {
    for (const std::string& folder : product["folders"].texts()) {
      if (survey_.files.info(survey_.expand(folder))) return survey_.expand(folder);
    }
    return "";
  }

  void put_mark(Row& row, const Node& mark) {
    const std::string key = mark["key"].text();
    if (key.empty()) {
      if (const auto day = newest_in(mark["folder"].text(), mark["ending"].text())) {
        put_day(row, "signatures_at", *day);
      }
      return;
    }
    const RegistryKey found = survey_.registry.read(key);
    const std::string text = found.text(mark["value"].text());
    if (text.empty()) put_instant(row, "signatures_at", found.find(mark["value"].text()));
    else if (const auto day = date_in(text)) put_day(row, "signatures_at", *day);
    if (!row.contains("signatures_at")) return;
    const std::string version = found.text(mark["version"].text());
    put(row, "signature_version", version.empty() ? text : version);
  }

  void put_dates(Row& row, const Node& product) {
    for (const Node& mark : product["signatures"].items()) {
      if (!row.contains("signatures_at")) put_mark(row, mark);
    }
    if (!row.contains("signatures_at")) {
      survey_.gap("antivirus", "signatures_at", "reason.host.product_format");
    }
    const Node& licence = product["licence_end"];
    if (const auto day = date_in(
            survey_.registry.read(licence["key"].text()).text(licence["value"].text()))) {
      row["licence_ends_on"] = to_iso(*day);
    } else {
      survey_.gap("antivirus", "licence_ends_on", "reason.host.product_format");
    }
  }

  std::optional<Date> newest_in(const std::string& folder, const std::string& ending) const {
    const std::string path = survey_.expand(folder);
    std::int64_t newest = 0;
    std::size_t seen = 0;
    for (const std::string& name : survey_.files.list(path).names) {
      if (!ascii_lower(name).ends_with(ending) || ++seen > kSignatureFiles) continue;
      const auto info = survey_.files.info(path + "\\" + name);
      if (info && !info->folder) newest = std::max(newest, info->modified_at);
    }
    return newest > 0 ? std::optional(local_date(newest)) : std::nullopt;
  }

  Survey& survey_;
  std::optional<std::uint32_t> defender_state_;
  std::vector<std::pair<std::string, std::ptrdiff_t>> centre_;  // name, row
};

}  // namespace

void collect_antivirus(Survey& survey) {
  Antivirus(survey).take_all();
  const auto& centre = survey.answers.antivirus;
  const std::vector<Row>& rows = survey.out.tables["antivirus"].rows;
  const bool protects = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return text_of(row, "active") == "1";
  });
  if (!centre.ok() && !survey.answers.system.server) {
    survey.partial("antivirus", "reason.windows.no_security_centre", centre.detail);
  } else if (!centre.ok() && !protects) {
    survey.partial("antivirus", "reason.windows.no_product_list", centre.detail);
  }
}

}  // namespace khien::host_windows
