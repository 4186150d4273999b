// logins.json, and what both stores share. Only host names are compared and only when the agency
// asked for domains; user names and passwords in the file are never looked at.
#include "base/text.h"
#include "format/browser_store/errors.h"
#include "format/browser_store/store.h"

namespace khien::browser_store {

std::string host_of(std::string_view url) {
  if (const std::size_t at = url.find("://"); at != std::string_view::npos) {
    url.remove_prefix(at + 3);
  }
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  url = url.substr(0, url.find(':'));
  return ascii_lower(url);
}

Result<Watch> Watch::from(const Node& args) {
  Watch out;
  for (const std::string& domain : args["domains"].texts()) {
    if (out.domains.size() >= kDomains) break;
    if (const std::string host = host_of(domain); !host.empty()) out.domains.push_back(host);
  }
  return out;
}

std::string Watch::match(std::string_view url) const {
  if (domains.empty()) return "";
  const std::string host = host_of(url);
  for (const std::string& domain : domains) {
    if (host == domain || host.ends_with("." + domain)) return domain;
  }
  return "";
}

void Counts::add(std::string_view url, const Watch& watch) {
  ++saved;
  const std::string domain = watch.match(url);
  if (domain.empty()) return;
  ++watched;
  domains.insert(domain);
}

Node Counts::node() const {
  return Node::map({{"saved", saved},
                    {"watched", watched},
                    {"domains", Node::list_of({domains.begin(), domains.end()})}});
}

Result<Node> read_firefox(const JobInput& input) {
  KHIEN_TRY(const Watch watch, Watch::from(input.args));
  auto tree = parse_json(input.bytes, "logins.json");
  if (!tree) {
    return fail(err::browser_store_malformed, "logins.json", {{"detail", to_string(tree.error())}});
  }
  const Node& logins = (*tree)["logins"];
  if (!logins.is_list()) return fail(err::browser_store_unknown, "logins.json");
  Counts counts;
  for (const Node& login : logins.items()) {
    if (!login["deleted"].boolean()) counts.add(login["hostname"].text(), watch);
  }
  return counts.node();
}

std::vector<Job> browser_store_jobs() {
  return {{"browser.chromium", kStoreBytes, read_chromium},
          {"browser.firefox", kStoreBytes, read_firefox}};
}

}  // namespace khien::browser_store
