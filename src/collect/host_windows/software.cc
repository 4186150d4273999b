// What the Uninstall keys name: both views of the machine, and every loaded user's own. Only the
// kinds of software a review asks about (content/lifecycle/windows_products.yaml); Office by its
// own keys, which tell the build and the channel.
#include <set>

#include "base/calendar.h"
#include "base/text.h"
#include "collect/host_windows/scan.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kEntries = 20'000;
const std::string kUninstall = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const std::string kOffice = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration";

// Update channels are GUIDs at the end of a URL; the names are the maker's own.
struct Channel {
  const char* guid;
  const char* name;
};
constexpr Channel kChannels[] = {
    {"492350f6-3a01-4f97-b9c0-c7c6ddf67d60", "Current"},
    {"55336b82-a18d-4dd6-b5f6-9e5095c314a6", "Monthly Enterprise"},
    {"7ffbc6bf-bc32-4f92-8982-f9dd17fd3114", "Semi-Annual Enterprise"},
    {"b8f9b850-328d-4355-9145-c59439a0c4cf", "Semi-Annual Enterprise (Preview)"},
    {"64256afe-f5d9-4f86-8936-8840a6a4f5be", "Current (Preview)"},
    {"f2e724c1-748f-4b47-8fb8-8e0d210e9208", "Office 2019 Perpetual"},
    {"5030841d-c919-4594-8d2d-84ae4f96e58e", "Office LTSC 2021 Perpetual"},
    {"7983bac0-e531-40cf-be00-fd24fe66619c", "Office LTSC 2024 Perpetual"}};

// Every word of `pattern` in the name: "Microsoft Office Professional Plus 2016 - vi-vn" has
// "microsoft office".
bool names_product(const std::string& name, const Node& product) {
  const std::string lower = ascii_lower(name);
  for (const std::string& part : product["unless"].texts()) {
    if (lower.find(ascii_lower(part)) != std::string::npos) return false;
  }
  for (const std::string& part : product["names"].texts()) {
    if (lower.starts_with(ascii_lower(part))) return true;
  }
  return false;
}

class Collector {
 public:
  explicit Collector(Scan& scan) : scan_(scan) {}

  void take(const std::string& root, const std::string& source) {
    const std::string folder = root + "\\" + kUninstall;
    const RegistryKey list = scan_.registry.read(folder);
    scan_.note("software", list.problem, folder);
    for (const std::string& name : list.subkeys) {
      if (++seen_ > kEntries) {
        scan_.partial("software", "reason.host.too_many", folder);
        return;
      }
      const RegistryKey entry = scan_.registry.read(folder + "\\" + name);
      scan_.note("software", entry.problem, folder);
      const std::string display = entry.text("DisplayName");
      if (display.empty() || !entry.text("ParentKeyName").empty()) continue;
      for (const Node& product : scan_.options.products["software"].items()) {
        if (names_product(display, product)) put_entry(product, display, entry, name, source);
      }
    }
  }

  void put_office() {
    const RegistryKey office = scan_.registry.read(kOffice);
    if (!office.ok()) return;
    Row& row = scan_.add("software");
    put(row, "software_key", "microsoft.office");
    put(row, "name", "Microsoft Office (" + office.text("ProductReleaseIds") + ")");
    put(row, "vendor", "Microsoft");
    put(row, "category", "office");
    put(row, "version", office.text("VersionToReport"));
    put(row, "package", channel(office));
    put(row, "source", "registry");
    put(row, "licence", "commercial");
    office_found_ = true;
  }

 private:
  static std::string channel(const RegistryKey& office) {
    const std::string url =
        ascii_lower(office.text("UpdateChannel") + " " + office.text("CDNBaseUrl"));
    for (const Channel& c : kChannels) {
      if (url.find(c.guid) != std::string::npos) return c.name;
    }
    return "";
  }

  void put_entry(const Node& product, const std::string& display, const RegistryKey& entry,
                 const std::string& name, const std::string& source) {
    const std::string key = product["key"].text();
    if (office_found_ && key == "microsoft.office") return;  // the same Office a second time
    const std::string version = entry.text("DisplayVersion");
    if (!known_.insert(key + "\n" + display + "\n" + version).second) return;
    Row& row = scan_.add("software");
    put(row, "software_key", key);
    put(row, "name", display);
    put(row, "vendor", product["vendor"].text());
    put(row, "category", product["category"].text());
    put(row, "version", version);
    put(row, "package", name);
    put(row, "source", source);
    put(row, "licence", product["licence"].text());
  }

  Scan& scan_;
  std::size_t seen_ = 0;
  bool office_found_ = false;
  std::set<std::string> known_;
};

}  // namespace

void collect_software(Scan& scan) {
  Collector c(scan);
  c.put_office();
  c.take("HKLM", "registry");
  c.take("HKLM32", "registry");
  bool unread = false;
  for (const Profile& p : scan.profiles) {
    const RegistryKey hive = scan.registry.read("HKU\\" + p.sid);
    unread = unread || !hive.ok();
    if (hive.ok()) c.take("HKU\\" + p.sid, "registry: " + p.login);
  }
  if (unread) scan.partial("software", "reason.windows.other_users", "HKU");
  scan.gap("software", "licensed", "reason.windows.licence_unread");
}

}  // namespace khien::host_windows
