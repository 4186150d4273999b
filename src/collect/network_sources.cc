// Fields to specs; a field we do not know is named with its line, as everywhere in agency.yaml.
#include "collect/network_sources.h"

#include "base/errors.h"
#include "base/file.h"
#include "engine/portal/errors.h"
#include "engine/portal/url.h"
#include "engine/portal/words.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

Result<int> number(const Node& source, const char* field, int fallback, int low, int high,
                   const std::string& place) {
  const Node& value = source[field];
  if (value.is_null()) return fallback;
  const std::int64_t n = value.integer(low - 1);
  if (value.type() != Node::Type::integer || n < low || n > high) {
    return fail(err::field_value, at_line(place, value),
                {{"field", field}, {"value", value.text()},
                 {"allowed", std::to_string(low) + " - " + std::to_string(high)}});
  }
  return static_cast<int>(n);
}

Result<bool> flag(const Node& source, const char* field, const std::string& place) {
  const Node& value = source[field];
  if (!value.is_null() && value.type() != Node::Type::boolean) {
    return fail(err::field_type, at_line(place, value),
                {{"field", field}, {"wanted", "true, false"}});
  }
  return value.boolean();
}

// A target that is none is a slip in the file: the field and its line are named.
template <class T>
Result<T> at(Result<T> result, const Node& source, const char* field, const std::string& place) {
  if (result) return result;
  return fail(err::field_value, at_line(place, source[field]),
              {{"field", field}, {"value", result.error().args["value"]},
               {"allowed", result.error().args["wanted"]}});
}

}  // namespace

bool is_network_source(std::string_view type) {
  return type == "mail_domain" || type == "portal" || type == "line";
}

std::vector<std::string> network_tables(std::string_view type) {
  if (type == "mail_domain") return {"mail_domain"};
  if (type == "portal") return {"portal_check", "portal_page"};
  return type == "line" ? std::vector<std::string>{"line_probe"} : std::vector<std::string>();
}

std::string network_collector(std::string_view type) {
  return type == "line" ? "line_probe" : std::string(type);
}

Result<MailDomainSpec> mail_domain_spec(const Node& source, const std::string& place) {
  KHIEN_DO(allow_keys(source, {"type", "domain", "selectors", "resolver", "smtp_port",
                               "allow_private"}, place));
  MailDomainSpec out;
  KHIEN_TRY(const std::string domain, need_text(source, "domain", place));
  KHIEN_TRY(out.domain, at(net::parse_domain(domain), source, "domain", place));
  for (const std::string& selector : source["selectors"].texts()) {
    KHIEN_TRY(out.selectors.emplace_back(),
              at(net::parse_domain(selector), source, "selectors", place));
  }
  if (out.selectors.size() > kMailSelectors) {
    return fail(err::field_value, at_line(place, source["selectors"]),
                {{"field", "selectors"}, {"value", std::to_string(out.selectors.size())},
                 {"allowed", "1 - " + std::to_string(kMailSelectors)}});
  }
  if (const std::string resolver = source["resolver"].text(); !resolver.empty()) {
    KHIEN_TRY(const net::Target target,
              at(net::parse_target(resolver, 53), source, "resolver", place));
    if (!net::is_address(target.host) || target.host.find(':') != std::string::npos) {
      return fail(err::field_value, at_line(place, source["resolver"]),
                  {{"field", "resolver"}, {"value", resolver}, {"allowed", "192.0.2.53:53"}});
    }
    out.resolver = net::Address{false, target.host, target.port};
  }
  KHIEN_TRY(const int port, number(source, "smtp_port", 25, 1, 65535, place));
  out.smtp_port = static_cast<std::uint16_t>(port);
  KHIEN_TRY(out.allow_private, flag(source, "allow_private", place));
  return out;
}

Result<PortalSpec> portal_spec(const Node& source, const std::string& place) {
  KHIEN_DO(allow_keys(source, {"type", "url", "words", "pages", "delay_ms", "trusted",
                               "allow_private"}, place));
  PortalSpec out;
  KHIEN_TRY(out.url, need_text(source, "url", place));
  KHIEN_TRY([[maybe_unused]] const auto url,
            at(portal::parse_url(out.url), source, "url", place));
  KHIEN_TRY(out.pages, number(source, "pages", 30, 1, kPortalPages, place));
  KHIEN_TRY(out.delay_ms, number(source, "delay_ms", 1000, 0, 60'000, place));
  for (const std::string& host : source["trusted"].texts()) {
    KHIEN_TRY(out.trusted.emplace_back(), at(net::parse_domain(host), source, "trusted", place));
  }
  KHIEN_TRY(out.allow_private, flag(source, "allow_private", place));
  return out;
}

Result<LineSpec> line_spec(const Node& source, const std::string& place) {
  KHIEN_DO(allow_keys(source, {"type", "name", "target", "count"}, place));
  LineSpec out;
  KHIEN_TRY(const std::string target, need_text(source, "target", place));
  KHIEN_TRY(out.target, at(net::parse_target(target), source, "target", place));
  out.name = source["name"].text();
  KHIEN_TRY(out.count, number(source, "count", 5, 1, kLineCount, place));
  return out;
}

Done read_words(PortalSpec& spec, const fs::path& file, const std::string& written) {
  KHIEN_TRY(spec.words, read_file(file, portal::kWordsFileBytes));
  spec.words_place = written;
  if (spec.words.empty()) return fail(err::words_invalid, written, {{"detail", "0"}});
  return {};
}

Result<std::string> check_network_source(const Node& source, const std::string& place) {
  const std::string type = source["type"].text();
  if (type == "mail_domain") {
    KHIEN_TRY(const MailDomainSpec spec, mail_domain_spec(source, place));
    return spec.domain;
  }
  if (type == "portal") {
    KHIEN_TRY(PortalSpec spec, portal_spec(source, place));
    return std::move(spec.url);
  }
  KHIEN_TRY(const LineSpec spec, line_spec(source, place));
  return source["target"].text();
}

Result<Collection> collect_network(const Node& source, const std::string& place,
                                   const fs::path& folder, const Content& content,
                                   WorkerPool& pool, const Clock& clock) {
  const std::string type = source["type"].text();
  if (type == "mail_domain") {
    KHIEN_TRY(const MailDomainSpec spec, mail_domain_spec(source, place));
    return collect_mail_domain(spec, pool, clock);
  }
  if (type == "line") {
    KHIEN_TRY(const LineSpec spec, line_spec(source, place));
    return collect_line(spec, clock);
  }
  KHIEN_TRY(PortalSpec spec, portal_spec(source, place));
  if (const std::string words = source["words"].text(); !words.empty()) {
    KHIEN_DO(read_words(spec, folder / words, words));
  }
  return collect_portal(spec, content, pool, clock);
}

std::vector<Job> network_jobs() {
  std::vector<Job> out = mail_domain_jobs();
  for (Job& job : portal_jobs()) out.push_back(std::move(job));
  return out;
}

}  // namespace khien
