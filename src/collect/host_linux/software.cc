// Software of the kinds a review asks about, by the names in content/lifecycle/linux_products.yaml.
#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

void put_software(Survey& survey, const Node& product, const char* source,
                  const std::string& package, const std::string& version) {
  Row& row = survey.add("software");
  put(row, "software_key", product["key"].text());
  put(row, "name", product["name"].text());
  put(row, "vendor", product["vendor"].text());
  put(row, "category", product["category"].text());
  put(row, "licence", product["licence"].text());
  put(row, "source", source);
  put(row, "package", package);
  put(row, "version", version);
  if (product["licence"].text() != "commercial") put_flag(row, "licensed", true);
}

// "firefox_4173.snap" under /var/lib/snapd/snaps names what is installed, revision last.
std::string snap_revision(const Listing& snaps, const std::string& name) {
  std::string out;
  for (const std::string& file : snaps.names) {
    if (!file.starts_with(name + "_") || !file.ends_with(".snap")) continue;
    out = file.substr(name.size() + 1, file.size() - name.size() - 6);
  }
  return out;
}

}  // namespace

void collect_software(Survey& survey) {
  survey.begin("software");
  const bool dpkg = survey.packages.problem == Problem::none;
  if (!dpkg) survey.partial("software", "reason.host.no_package_database", "/var/lib/dpkg/status");
  const Listing snaps = survey.files.list("/var/lib/snapd/snaps");
  if (snaps.problem == Problem::denied) {
    survey.partial("software", "reason.host.no_permission", "/var/lib/snapd/snaps");
  }
  const Listing flatpaks = survey.files.list("/var/lib/flatpak/app");
  for (const Node& product : survey.options.products["software"].items()) {
    for (const std::string& name : product["packages"].texts()) {
      const Package* package = survey.packages.find(name);
      if (package != nullptr) put_software(survey, product, "dpkg", name, package->version);
    }
    for (const std::string& name : product["snaps"].texts()) {
      const std::string revision = snap_revision(snaps, name);
      if (!revision.empty()) put_software(survey, product, "snap", name, "rev " + revision);
    }
    for (const std::string& name : product["flatpaks"].texts()) {
      for (const std::string& app : flatpaks.names) {
        if (app == name) put_software(survey, product, "flatpak", name, "");
      }
    }
  }
  if (!dpkg && survey.out.tables["software"].rows.empty()) {
    survey.missing("software", "reason.host.no_package_database", "/var/lib/dpkg/status");
  }
}

}  // namespace khien::host
