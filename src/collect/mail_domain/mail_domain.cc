// Each item is asked for by itself, so that one silent server leaves the others known.
#include "collect/mail_domain/mail_domain.h"

#include "base/text.h"
#include "collect/mail_domain/dns.h"
#include "collect/mail_domain/records.h"
#include "collect/mail_domain/smtp.h"
#include "collect/mail_domain/spf.h"
#include "collect/network/errors.h"
#include "collect/source/fields.h"
#include "engine/mail/mail_links.h"

namespace khien {
namespace {

using namespace mail_domain;

constexpr const char* kTable = "mail_domain";

class MailLook {
 public:
  MailLook(const MailDomainSpec& spec, WorkerPool& pool, const Clock& clock)
      : spec_(spec), pool_(pool), clock_(clock), resolver_(spec.resolver, pool) {}

  Collection all() {
    out_.collector = "mail_domain";
    out_.collector_version = "0.1";
    out_.source = spec_.domain;
    out_.started_at = clock_.now_ms();
    spf();
    dmarc();
    dkim();
    servers();
    out_.finished_at = clock_.now_ms();
    return std::move(out_);
  }

 private:
  Row& row(const std::string& item, const std::string& name, const std::string& state) {
    Row& r = out_.add(kTable);
    r["domain"] = spec_.domain;
    r["item"] = item;
    r["name"] = name;
    r["state"] = state;
    r["checked_at"] = clock_.now_ms();
    return r;
  }

  void unreadable(const std::string& item, const std::string& name, const Error& error) {
    row(item, name, "unreadable")["problem"] = to_string(error);
  }

  Result<std::vector<std::string>> texts(const std::string& name, const char* version) {
    KHIEN_TRY(const DnsAnswer answer, resolver_.ask(name, "TXT"));
    std::vector<std::string> found;
    for (const DnsRecord& record : answer.records) {
      if (version == nullptr || is_record(record.text, version)) found.push_back(record.text);
    }
    return found;
  }

  // What an address, or with `mx` a server, of a name there is.
  Result<std::vector<std::string>> targets(const std::string& name, bool mx) {
    std::vector<std::string> found;
    for (const char* type : {mx ? "MX" : "A", "AAAA"}) {
      if (mx && std::string_view(type) == "AAAA") break;
      KHIEN_TRY(const DnsAnswer answer, resolver_.ask(name, type));
      for (const DnsRecord& record : answer.records) found.push_back(record.text);
      if (!found.empty()) break;
    }
    return found;
  }

  void spf() {
    const auto found = texts(spec_.domain, "v=spf1");
    if (!found) return unreadable("spf", spec_.domain, found.error());
    if (found->size() != 1) {
      row("spf", spec_.domain, found->empty() ? "absent" : "several");
      return;
    }
    const SpfDns dns{[&](const std::string& n) { return texts(n, "v=spf1"); },
                     [&](const std::string& n, bool mx) { return targets(n, mx); }};
    const SpfFacts facts = follow_spf(spec_.domain, found->front(), dns);
    Row& r = row("spf", spec_.domain, facts.broken ? "malformed" : "found");
    r["record"] = shorten(found->front(), 1000);
    r["spf_all"] = facts.all.empty() ? std::string("none") : facts.all;
    if (!facts.open_by.empty()) r["spf_open_by"] = shorten(nfc(facts.open_by), 300);
    if (facts.voids) r["spf_void_count"] = std::int64_t{*facts.voids};
    if (facts.lookups) r["spf_lookup_count"] = std::int64_t{*facts.lookups};
    else if (facts.all.empty()) r.erase("spf_all");
  }

  // RFC 7489 6.6.3: without a record of its own the domain has the one of its organisation, whose
  // "sp" is for domains below it.
  void dmarc() {
    std::string name = "_dmarc." + spec_.domain;
    auto found = texts(name, "v=DMARC1");
    if (!found) return unreadable("dmarc", name, found.error());
    const std::string above = mail::registrable(spec_.domain);
    const bool inherited = found->empty() && above != spec_.domain;
    if (inherited) {
      name = "_dmarc." + above;
      found = texts(name, "v=DMARC1");
      if (!found) return unreadable("dmarc", name, found.error());
    }
    if (found->size() != 1) {
      row("dmarc", name, found->empty() ? "absent" : "several");
      return;
    }
    DmarcFacts facts = dmarc_facts(found->front());
    if (inherited && !facts.subdomain_policy.empty()) facts.policy = facts.subdomain_policy;
    Row& r = row("dmarc", name, facts.policy.empty() ? "malformed" : "found");
    r["record"] = shorten(found->front(), 1000);
    if (inherited) r["dmarc_inherited_from"] = above;
    if (!facts.policy.empty()) r["dmarc_policy"] = facts.policy;
    if (!facts.subdomain_policy.empty()) r["dmarc_subdomain_policy"] = facts.subdomain_policy;
    if (facts.percent) r["dmarc_percent"] = std::int64_t{*facts.percent};
  }

  void dkim() {
    if (spec_.selectors.empty()) row("dkim", "", "not_named");
    for (const std::string& selector : spec_.selectors) {
      const auto found = texts(selector + "._domainkey." + spec_.domain, nullptr);
      if (!found) {
        unreadable("dkim", selector, found.error());
        continue;
      }
      if (found->size() != 1) {
        row("dkim", selector, found->empty() ? "absent" : "several");
        continue;
      }
      const auto key = pool_.run_bytes("mail_domain.dkim", found->front(), selector);
      if (!key) {
        unreadable("dkim", selector, key.error());
        continue;
      }
      const std::string state = (*key)["state"].text();
      Row& r = row("dkim", selector, state == "key" ? "found" : state);
      if (state != "key") continue;
      r["dkim_key_type"] = (*key)["type"].text();
      r["dkim_key_bits"] = (*key)["bits"].integer();
      r["dkim_testing"] = std::int64_t{(*key)["testing"].boolean()};
      r["dkim_old_hash"] = std::int64_t{(*key)["old_hash"].boolean()};
    }
  }

  void servers() {
    auto answer = resolver_.ask(spec_.domain, "MX");
    if (!answer) return unreadable("mx", "", answer.error());
    auto& list = answer->records;
    if (list.empty()) {
      row("mx", "", "absent");
      return;
    }
    std::sort(list.begin(), list.end(), [](const DnsRecord& a, const DnsRecord& b) {
      return std::tie(a.preference, a.text) < std::tie(b.preference, b.text);
    });
    if (list.size() > kMailServers) {
      out_.mark(kTable, TableFacts::Status::partial, "reason.network.too_many_servers",
                std::to_string(list.size()));
      list.resize(kMailServers);
    }
    for (const DnsRecord& mx : list) server(mx);
  }

  void server(const DnsRecord& mx) {
    if (mx.text.empty() || mx.text == ".") {  // RFC 7505: no mail for this domain
      row("mx", "", "no_mail");
      return;
    }
    const auto address = address_of(mx.text);
    const auto facts = address ? look_at_smtp(*address, mx.text, spec_.timeout_ms,
                                              spec_.authorities)
                               : Result<SmtpFacts>(pass_on(address.error()));
    Row& r = row("mx", mx.text, facts ? "found" : "unreadable");
    r["preference"] = std::int64_t{mx.preference};
    if (!facts) {
      r["problem"] = to_string(facts.error());
      return;
    }
    r["starttls"] = std::int64_t{facts->starttls};
    if (!facts->tls_problem.empty()) r["problem"] = facts->tls_problem;
    if (!facts->tls) return;
    r["tls_version"] = facts->tls->version;
    if (facts->old_tls) r["old_tls"] = std::int64_t{*facts->old_tls};
    r["certificate_subject"] = facts->tls->subject;
    r["certificate_issuer"] = facts->tls->issuer;
    if (facts->tls->ends_at) r["certificate_ends_at"] = *facts->tls->ends_at;
    r["certificate_name_matches"] = std::int64_t{facts->tls->name_matches};
    if (facts->tls->trusted) r["certificate_trusted"] = std::int64_t{*facts->tls->trusted};
  }

  // A server's name comes from DNS, not from the officer: it must not lead inside.
  Result<net::Address> address_of(const std::string& host) {
    KHIEN_TRY(const std::string name, net::parse_domain(host));
    for (const char* type : {"A", "AAAA"}) {
      KHIEN_TRY(const DnsAnswer answer, resolver_.ask(name, type));
      for (const DnsRecord& record : answer.records) {
        if (!spec_.allow_private && !net::is_public(record.text)) {
          return fail(err::address_private, name, {{"host", name}, {"address", record.text}});
        }
      }
      if (answer.records.empty()) continue;
      return net::Address{std::string_view(type) == "AAAA", answer.records.front().text,
                          spec_.smtp_port};
    }
    return fail(err::name_unresolved, name, {{"host", name}, {"detail", "A, AAAA"}});
  }

  const MailDomainSpec& spec_;
  WorkerPool& pool_;
  const Clock& clock_;
  Resolver resolver_;
  Collection out_;
};

}  // namespace

std::vector<Job> mail_domain_jobs() {
  return {{"mail_domain.dns", kAnswerBytes, read_dns}, {"mail_domain.dkim", kTextBytes, read_dkim}};
}

Collection collect_mail_domain(const MailDomainSpec& spec, WorkerPool& pool, const Clock& clock) {
  return MailLook(spec, pool, clock).all();
}

Result<MailDomainSpec> mail_domain_spec(const Node& map, const std::string& place) {
  KHIEN_DO(allow_keys(map, {"type", "domain", "selectors", "resolver", "smtp_port",
                               "allow_private"}, place));
  MailDomainSpec out;
  KHIEN_TRY(const std::string domain, need_text(map, "domain", place));
  KHIEN_TRY(out.domain, target_field(net::parse_domain(domain), map, "domain", place));
  for (const std::string& selector : map["selectors"].texts()) {
    KHIEN_TRY(out.selectors.emplace_back(),
              target_field(net::parse_domain(selector), map, "selectors", place));
  }
  if (out.selectors.size() > kMailSelectors) {
    return fail(err::field_value, at_line(place, map["selectors"]),
                {{"field", "selectors"}, {"value", std::to_string(out.selectors.size())},
                 {"allowed", "1 - " + std::to_string(kMailSelectors)}});
  }
  if (const std::string resolver = map["resolver"].text(); !resolver.empty()) {
    KHIEN_TRY(const net::Target target,
              target_field(net::parse_target(resolver, 53), map, "resolver", place));
    if (!net::is_address(target.host) || target.host.find(':') != std::string::npos) {
      return fail(err::field_value, at_line(place, map["resolver"]),
                  {{"field", "resolver"}, {"value", resolver}, {"allowed", "192.0.2.53:53"}});
    }
    out.resolver = net::Address{false, target.host, target.port};
  }
  KHIEN_TRY(const int port, number_field(map, "smtp_port", 25, 1, 65535, place));
  out.smtp_port = static_cast<std::uint16_t>(port);
  KHIEN_TRY(out.allow_private, flag_field(map, "allow_private", place));
  return out;
}

Result<std::string> check_mail_domain(const Node& map, const std::string& place) {
  KHIEN_TRY(MailDomainSpec spec, mail_domain_spec(map, place));
  return std::move(spec.domain);
}

Collections read_mail_domain(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const MailDomainSpec spec, mail_domain_spec(source.fields, source.place));
  return one(collect_mail_domain(spec, reading.pool, reading.clock));
}

}  // namespace khien
