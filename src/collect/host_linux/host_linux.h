// The facts of one Debian or Ubuntu machine, read without changing it: no program is started, no
// traffic sent, nothing written. Run by an ordinary user it sees less and says exactly what.
//
// Fills: host, host_update, software, service, listening_socket, firewall, antivirus,
// disk_encryption, screen_lock, autostart, certificate, browser_credential, account, password_rule.
// A table that could not be read is `missing`, one read in part is `partial`, a column nobody could
// read is a gap; each with a reason of content/text (reason.host.*). Rows carry no password, no
// hash and no argument of a command.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "collect/host_linux/files.h"
#include "collect/source/source.h"

namespace khien {

// The kernel's own answer about netfilter: raw netlink messages of a dump of all chains and all
// rules. Empty `chains`: nf_tables is not in use.
struct NetfilterDump {
  std::string chains;
  std::string rules;
};

struct HostOptions {
  Node lifecycle;  // content/lifecycle/linux.yaml
  Node products;   // content/lifecycle/linux_products.yaml
  std::vector<std::string> watched_domains;  // official systems to look for in browser stores
  std::string agency;
  bool as_admin = false;  // this process has administrator rights
  // Replaces the kernel's answer in tests; for a copied tree without it the state of the firewall
  // is unknown. Unset and live: asked over netlink.
  std::function<Result<NetfilterDump>()> netfilter;
};

// The options of this process with the tables from content/.
[[nodiscard]] Result<HostOptions> host_options(const Content& content);

// This machine's name as its facts carry it; "localhost" when it has none.
[[nodiscard]] std::string this_host_name();

// `pool` opens the browser stores (jobs of browser_store/jobs.h); without one they are opened in
// this process: for tests only. K0410 when the root cannot be opened; everything else is in the
// collection.
[[nodiscard]] Result<Collection> collect_host_linux(const HostRoot& root, const Clock& clock,
                                                    const HostOptions& options, WorkerPool* pool);

// This machine; agency.yaml says nothing more of it.
[[nodiscard]] Result<std::string> check_host(const Node& map, const std::string& place);
[[nodiscard]] Collections read_host(const AgencySource& source, Reading& reading);

}  // namespace khien
