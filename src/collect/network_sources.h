// The network sources of agency.yaml: mail_domain, portal, line. Each names its target: that is the
// written scope, and nothing else is ever contacted.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/error.h"
#include "base/node.h"
#include "base/worker.h"
#include "collect/line_probe/line_probe.h"
#include "collect/mail_domain/mail_domain.h"
#include "collect/portal/portal.h"
#include "store/facts.h"

namespace khien {

[[nodiscard]] bool is_network_source(std::string_view type);
[[nodiscard]] std::vector<std::string> network_tables(std::string_view type);
[[nodiscard]] std::string network_collector(std::string_view type);
// What people are told the source is: domain, address or target. Checks every field: K0013-K0016
// with "agency.yaml:line".
[[nodiscard]] Result<std::string> check_network_source(const Node& source,
                                                       const std::string& place);
// `folder`: where the file `words` is looked for.
[[nodiscard]] Result<Collection> collect_network(const Node& source, const std::string& place,
                                                 const std::filesystem::path& folder,
                                                 const Content& content, WorkerPool& pool,
                                                 const Clock& clock);
[[nodiscard]] std::vector<Job> network_jobs();

// From fields as they are written in agency.yaml.
[[nodiscard]] Result<MailDomainSpec> mail_domain_spec(const Node& source, const std::string& place);
[[nodiscard]] Result<PortalSpec> portal_spec(const Node& source, const std::string& place);
[[nodiscard]] Result<LineSpec> line_spec(const Node& source, const std::string& place);
// The agency's list of words into `spec`. K0001, K0003.
[[nodiscard]] Done read_words(PortalSpec& spec, const std::filesystem::path& file,
                              const std::string& written);

}  // namespace khien
