#include "app/sample_mark.h"

#include <algorithm>
#include <set>

namespace khien::app {
namespace {

bool of_domain(const Row& row, const std::string& domain) {
  const std::string mail = text_of(row, "mail");
  const std::size_t at = mail.rfind('@');
  if (at == mail.npos) return false;
  const std::string_view host = std::string_view(mail).substr(at + 1);
  return host == domain || host.ends_with("." + domain);
}

bool holds_people_of(const Collection& c, const std::string& domain) {
  for (const char* name : {"staff", "account"}) {
    const auto table = c.tables.find(name);
    if (table == c.tables.end()) continue;
    const auto& rows = table->second.rows;
    if (std::any_of(rows.begin(), rows.end(),
                    [&](const Row& row) { return of_domain(row, domain); })) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<std::string> sample_source(const Content& content,
                                  const std::vector<Collection>& collections) {
  constexpr const char* kFile = "judge/sample.yaml";
  KHIEN_TRY(const Node node, content.yaml(kFile));
  KHIEN_TRY(const std::string domain, need_text(node, "domain", kFile));
  const std::vector<std::string> listed = node["files"].texts();
  const std::set<std::string> files(listed.begin(), listed.end());
  for (const Collection& c : collections) {
    if (files.contains(c.source_sha256) || holds_people_of(c, domain)) return c.source;
  }
  return std::string();
}

Done keep_sample_mark(const Context& context, const std::vector<Collection>& collections,
                      Assessment& assessment) {
  if (assessment.agency.sample) return {};
  KHIEN_TRY(const std::string source, sample_source(context.content, collections));
  if (source.empty()) return {};
  assessment.agency.sample = true;
  note(context.say("app.assess.sample_data", {{"source", source}}));
  return {};
}

}  // namespace khien::app
