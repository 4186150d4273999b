// Lines in the order a person asks: the system, its patches, what protects it, who may enter.
#include "windows/summary.h"

#include <algorithm>

namespace khien::windows {
namespace {

const TableFacts* table(const Collection& facts, const std::string& name) {
  const auto at = facts.tables.find(name);
  return at == facts.tables.end() ? nullptr : &at->second;
}
std::string shown_day(const std::string& iso) {  // 2025-10-14 -> 14/10/2025
  if (iso.size() != 10) return iso;
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

class Lines {
 public:
  Lines(const Collection& facts, const Words& words) : facts_(facts), words_(words) {}

  void add(const std::string& id, Words::Arguments arguments = {}) {
    text += words_.say(id, arguments) + "\n";
  }

  void put_system(const std::string& today) {
    const TableFacts* hosts = table(facts_, "host");
    if (hosts == nullptr || hosts->rows.empty()) return;
    const Row& host = hosts->rows.front();
    add("windows.line_os",
        {{"name", text_of(host, "os_name")}, {"version", text_of(host, "os_version")}});
    const std::string ends = text_of(host, "os_support_ends_on");
    if (ends.empty()) add("windows.support_unknown");
    else add(ends < today ? "windows.support_ended" : "windows.support_until",
             {{"day", shown_day(ends)}});
    if (text_of(host, "reboot_required") == "1") add("windows.reboot");
    const std::string pending = text_of(host, "pending_security_updates");
    if (pending.empty()) add("windows.updates_unknown");
    else if (pending == "0") add("windows.updates_none");
    else add("windows.updates_pending", {{"n", pending}});
    if (text_of(host, "smb1") == "1") add("windows.smb1");
    if (text_of(host, "remote_desktop") == "1") add("windows.remote_desktop");
  }

  void put_firewall() {
    const TableFacts* walls = table(facts_, "firewall");
    bool on = false;
    bool off = false;
    for (const Row& row : walls == nullptr ? std::vector<Row>() : walls->rows) {
      on = on || text_of(row, "active") == "1";
      off = off || text_of(row, "active") == "0";
    }
    add(on ? "windows.firewall_on" : off ? "windows.firewall_off" : "windows.firewall_unknown");
  }

  void put_antivirus() {
    const TableFacts* products = table(facts_, "antivirus");
    if (products == nullptr || products->rows.empty()) {
      const bool known =
          products != nullptr && products->status == TableFacts::Status::complete;
      return add(known ? "windows.antivirus_none" : "windows.antivirus_unknown");
    }
    for (const Row& row : products->rows) {
      const std::string active = text_of(row, "active");
      const std::string state = words_.say(active == "1"   ? "windows.antivirus_on"
                                           : active == "0" ? "windows.antivirus_off"
                                                           : "windows.antivirus_state_unknown");
      add("windows.antivirus", {{"name", text_of(row, "product")}, {"state", state}});
    }
  }

  void put_browsers() {
    const TableFacts* stores = table(facts_, "browser_credential");
    std::int64_t saved = 0;
    bool unread = stores == nullptr || stores->status != TableFacts::Status::complete;
    for (const Row& row : stores == nullptr ? std::vector<Row>() : stores->rows) {
      const auto at = row.find("saved_count");
      if (at == row.end()) unread = true;
      else if (const auto* n = std::get_if<std::int64_t>(&at->second)) saved += *n;
    }
    if (saved > 0) add("windows.browser", {{"n", std::to_string(saved)}});
    else add(unread ? "windows.browser_unknown" : "windows.browser_none");
  }

  void put_accounts() {
    const TableFacts* accounts = table(facts_, "account");
    if (accounts == nullptr || accounts->rows.empty()) return add("windows.accounts_unknown");
    const auto count = [&](const char* column) {
      return std::to_string(std::count_if(
          accounts->rows.begin(), accounts->rows.end(),
          [&](const Row& row) {
            return text_of(row, "enabled") == "1" && text_of(row, column) == "1";
          }));
    };
    add("windows.accounts", {{"n", std::to_string(accounts->rows.size())},
                             {"enabled", count("enabled")}, {"privileged", count("privileged")}});
  }

  void put_unread(const FactSchema& schema) {
    bool titled = false;
    const auto title = [&] {
      if (!titled) text += "\n" + words_.say("windows.unread_title") + "\n";
      titled = true;
    };
    for (const auto& [name, facts] : facts_.tables) {
      const FactTable* declared = schema.find(name);
      const auto heading = [&](const std::string& vi) {
        return words_.language() == "vi" ? vi : name;
      };
      const std::string shown = declared == nullptr ? name : heading(declared->vi);
      if (!facts.reason.empty()) {
        title();
        add("windows.unread_table", {{"table", shown}, {"reason", words_.say(facts.reason)}});
      }
      for (const auto& [column, reason] : facts.gaps) {
        title();
        const FactColumn* c = declared == nullptr ? nullptr : declared->find(column);
        const std::string named = c == nullptr || words_.language() != "vi" ? column : c->vi;
        add("windows.unread_column",
            {{"table", shown}, {"column", named}, {"reason", words_.say(reason)}});
      }
    }
  }

  std::string text;

 private:
  const Collection& facts_;
  const Words& words_;
};

}  // namespace

std::string summary(const Collection& facts, const FactSchema& schema, const Words& words,
                    const std::string& today) {
  Lines lines(facts, words);
  lines.add("windows.summary", {{"host", facts.host}});
  lines.put_system(today);
  lines.put_firewall();
  lines.put_antivirus();
  lines.put_browsers();
  lines.put_accounts();
  lines.put_unread(schema);
  return lines.text;
}

}  // namespace khien::windows
