// Lines in the order a person asks: the system, its patches, what protects it, who may enter.
#include "windows/summary.h"

#include <algorithm>

namespace khien::windows {
namespace {

constexpr std::size_t kIndent = 4;    // of what did not fit into a line
constexpr std::size_t kProducts = 2;  // named

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
    const bool ended = !ends.empty() && ends < today;
    if (ends.empty()) {
      add("windows.support_unknown", {{"day", shown_day(text_of(host, "os_support_table_on"))}});
    } else {
      add(ended ? "windows.support_ended" : "windows.support_until", {{"day", shown_day(ends)}});
    }
    if (text_of(host, "reboot_required") == "1") add("windows.reboot");
    put_updates(host, ended);
    if (text_of(host, "smb1") == "1") add("windows.smb1");
    if (text_of(host, "remote_desktop") == "1") add("windows.remote_desktop");
  }

  void put_updates(const Row& host, bool ended) {
    const std::string pending = text_of(host, "pending_security_updates");
    const std::string missed = text_of(host, "missed_update_on");
    if (!pending.empty() && pending != "0") add("windows.updates_pending", {{"n", pending}});
    else if (!missed.empty()) add("windows.update_missed", {{"day", shown_day(missed)}});
    else if (pending.empty()) add("windows.updates_unknown");
    else add(ended ? "windows.updates_over" : "windows.updates_none");
    if (text_of(host, "update_source") == "none") add("windows.updates_off");
  }

  void put_firewall() {
    const TableFacts* walls = table(facts_, "firewall");
    bool on = false;
    bool off = false;
    bool open = false;
    for (const Row& row : walls == nullptr ? std::vector<Row>() : walls->rows) {
      const bool lets_in = text_of(row, "inbound_default") == "accept";
      open = open || (text_of(row, "active") == "1" && lets_in);
      on = on || (text_of(row, "active") == "1" && !lets_in);
      off = off || text_of(row, "active") == "0";
    }
    add(on     ? "windows.firewall_on"
        : open ? "windows.firewall_open"
        : off  ? "windows.firewall_off" : "windows.firewall_unknown");
  }

  void put_antivirus() {
    const TableFacts* products = table(facts_, "antivirus");
    if (products == nullptr || products->rows.empty()) {
      const bool known =
          products != nullptr && products->status == TableFacts::Status::complete;
      return add(known ? "windows.antivirus_none" : "windows.antivirus_unknown");
    }
    std::size_t shown = 0;
    for (const Row& row : products->rows) {
      if (++shown > kProducts) return;
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
    const TableFacts* hosts = table(facts_, "host");
    const std::string foreign = hosts == nullptr || hosts->rows.empty()
                                    ? "" : text_of(hosts->rows.front(), "foreign_administrators");
    if (!foreign.empty()) {
      const auto n = std::count(foreign.begin(), foreign.end(), ',') + 1;
      add("windows.foreign_administrators", {{"n", std::to_string(n)}});
    }
    add("windows.accounts", {{"n", std::to_string(accounts->rows.size())},
                             {"enabled", count("enabled")}, {"privileged", count("privileged")}});
  }

  void put_office(const std::string& today) {
    const TableFacts* software = table(facts_, "software");
    std::int64_t ended = 0;
    for (const Row& row : software == nullptr ? std::vector<Row>() : software->rows) {
      const std::string ends = text_of(row, "support_ends_on");
      ended += !ends.empty() && ends < today;
    }
    if (ended > 0) add("windows.software_ended", {{"n", std::to_string(ended)}});
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

std::string wrapped(const std::string& text) {
  std::string out;
  std::string line;
  std::size_t width = 0;
  std::size_t break_at = 0;  // behind the last blank of `line`
  const auto columns = [](std::string_view part) {  // each character one, marks of UTF-8 none
    return static_cast<std::size_t>(std::count_if(part.begin(), part.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
  };
  for (const char c : text) {
    if (c == '\n') {
      out += line + "\n";
      line.clear();
      width = break_at = 0;
      continue;
    }
    line += c;
    width += columns({&c, 1});
    if (c == ' ' && line.find_first_not_of(' ') != line.npos) break_at = line.size();
    if (width <= kColumns || break_at <= kIndent) continue;
    out += line.substr(0, break_at - 1) + "\n";
    line = std::string(kIndent, ' ') + line.substr(break_at);
    width = columns(line);
    break_at = 0;
  }
  return out + line;
}

std::string summary(const Collection& facts, const Words& words, const std::string& today) {
  Lines lines(facts, words);
  lines.add("windows.summary", {{"host", facts.host}});
  lines.put_system(today);
  lines.put_firewall();
  lines.put_antivirus();
  lines.put_browsers();
  lines.put_accounts();
  lines.put_office(today);
  return wrapped(lines.text);
}

std::string unread_list(const Collection& facts, const FactSchema& schema, const Words& words) {
  Lines lines(facts, words);
  lines.put_unread(schema);
  return wrapped(lines.text);
}

}  // namespace khien::windows
