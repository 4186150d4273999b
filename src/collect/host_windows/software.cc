// What the Uninstall keys name: both views of the machine, and every loaded user's own. Only the
// kinds of software a review asks about (content/lifecycle/windows_products.yaml); Office that
// updates itself (Click-to-Run) by its own keys, which tell products, build and channel, and beside
// it any Office that was set up the old way.
#include <set>

#include "base/calendar.h"
#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kEntries = 20'000;
const std::string kUninstall = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
constexpr const char* kOffices[] = {
    "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration",
    "HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\ClickToRun\\Configuration"};

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
  explicit Collector(Survey& survey) : survey_(survey) {}

  void take(const std::string& root, const std::string& source) {
    const std::string folder = root + "\\" + kUninstall;
    const RegistryKey list = survey_.registry.read(folder);
    survey_.note("software", list.problem, folder);
    for (const std::string& name : list.subkeys) {
      if (++seen_ > kEntries) {
        survey_.partial("software", "reason.host.too_many", folder);
        return;
      }
      const RegistryKey entry = survey_.registry.read(folder + "\\" + name);
      survey_.note("software", entry.problem, folder);
      const std::string display = entry.text("DisplayName");
      if (display.empty() || !entry.text("ParentKeyName").empty()) continue;
      for (const Node& product : survey_.options.products["software"].items()) {
        if (names_product(display, product)) put_entry(product, display, entry, name, source);
      }
    }
  }

  void put_office() {
    for (const char* key : kOffices) {
      const RegistryKey office = survey_.registry.read(key);
      survey_.note("software", office.problem, key);
      std::string ids = office.text("ProductReleaseIds");
      for (char& c : ids) c = c == ';' ? ',' : c;
      while (!ids.empty()) {
        const std::string id = ids.substr(0, ids.find(','));
        ids.erase(0, id.size() + 1);
        if (!id.empty()) put_click_to_run(id, office);
      }
    }
  }

 private:
  // The channel a machine was moved to counts before the one it was set up with.
  static std::string channel(const RegistryKey& office) {
    std::string url = ascii_lower(office.text("UpdateChannel"));
    if (url.empty()) url = ascii_lower(office.text("CDNBaseUrl"));
    for (const Channel& c : kChannels) {
      if (url.find(c.guid) != std::string::npos) return c.name;
    }
    return "";
  }

  void put_click_to_run(const std::string& id, const RegistryKey& office) {
    const bool visio = id.starts_with("Visio");
    const bool project = id.starts_with("Project");
    Row& row = survey_.add("software");
    put(row, "software_key", visio     ? "microsoft.visio"
                             : project ? "microsoft.project" : "microsoft.office");
    put(row, "name", std::string(visio     ? "Microsoft Visio"
                                 : project ? "Microsoft Project" : "Microsoft Office") +
                         " (" + id + ")");
    put(row, "vendor", "Microsoft");
    put(row, "category", "office");
    put(row, "version", office.text("VersionToReport"));
    put(row, "package", channel(office));
    put(row, "source", "registry");
    put(row, "licence", "commercial");
    put_support(row, id);
    click_to_run_.insert(ascii_lower(id));
  }

  // Releases of Office by the year in their name, else by the version; subscriptions have none.
  void put_support(Row& row, const std::string& name) {
    const std::string lower = ascii_lower(name);
    if (lower.starts_with("o365") || lower.find("365") != std::string::npos) return;
    const std::string version = text_of(row, "version");
    const Node* found = nullptr;
    for (const Node& release : survey_.options.products["office"].items()) {
      if (lower.find(release["year"].text()) != std::string::npos) found = &release;
    }
    for (const Node& release : survey_.options.products["office"].items()) {
      const std::string start = release["version"].text();
      if (found == nullptr && !start.empty() && version.starts_with(start)) found = &release;
    }
    if (found != nullptr) put(row, "support_ends_on", (*found)["ends"].text());
  }

  void put_entry(const Node& product, const std::string& display, const RegistryKey& entry,
                 const std::string& name, const std::string& source) {
    const std::string key = product["key"].text();
    // "ProPlus2021Volume - vi-vn": the same product a second time, by language.
    if (click_to_run_.contains(ascii_lower(name.substr(0, name.find(" - "))))) return;
    const std::string version = entry.text("DisplayVersion");
    if (!known_.insert(key + "\n" + display + "\n" + version).second) return;
    Row& row = survey_.add("software");
    put(row, "software_key", key);
    put(row, "name", display);
    put(row, "vendor", product["vendor"].text());
    put(row, "category", product["category"].text());
    put(row, "version", version);
    put(row, "package", name);
    put(row, "source", source);
    put(row, "licence", product["licence"].text());
    const bool office = key == "microsoft.office" || key == "microsoft.visio" ||
                        key == "microsoft.project";
    if (office) put_support(row, display);
  }

  Survey& survey_;
  std::size_t seen_ = 0;
  std::set<std::string> click_to_run_;  // product ids
  std::set<std::string> known_;
};

}  // namespace

void collect_software(Survey& survey) {
  Collector c(survey);
  c.put_office();
  c.take("HKLM", "registry");
  c.take("HKLM32", "registry");
  bool unread = false;
  for (const Profile& p : survey.profiles) {
    const RegistryKey hive = survey.registry.read("HKU\\" + p.sid);
    unread = unread || !hive.ok();
    if (hive.ok()) c.take("HKU\\" + p.sid, "registry: " + p.login);
  }
  if (unread) survey.partial("software", "reason.windows.other_users", "HKU");
  survey.gap("software", "licensed", "reason.windows.licence_unread");
}

}  // namespace khien::host_windows
