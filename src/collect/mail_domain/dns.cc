// libresolv carries the question (retries, TCP when the answer is long); its parser reads the
// answer inside a worker.
#include "collect/mail_domain/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <resolv.h>

#include "base/limits.h"
#include "base/text.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien::mail_domain {
namespace {

constexpr int kSilentQuestions = 3;  // then the resolver is taken for dead

tl::unexpected<Error> malformed(const JobInput& input, const char* detail) {
  return fail(err::answer_malformed, input.name, {{"detail", detail}});
}

int type_number(const std::string& type) {
  if (type == "A") return ns_t_a;
  if (type == "AAAA") return ns_t_aaaa;
  return type == "MX" ? ns_t_mx : ns_t_txt;
}

Result<std::string> txt_of(const JobInput& input, const unsigned char* data, std::size_t size) {
  std::string out;
  for (std::size_t at = 0; at < size;) {
    const std::size_t length = data[at++];
    if (length > size - at) return malformed(input, "TXT");
    out.append(reinterpret_cast<const char*>(data) + at, length);
    at += length;
    if (out.size() > kTextBytes) {
      return fail(err::answer_too_large, input.name, {{"limit", std::to_string(kTextBytes)}});
    }
  }
  return out;
}

Result<Node> record_of(const JobInput& input, const ns_msg& message, const ns_rr& rr) {
  const unsigned char* data = ns_rr_rdata(rr);
  const std::size_t size = ns_rr_rdlen(rr);
  const auto record = [&](const char* type, std::string value, int preference = 0) {
    return Node::map({{"name", ascii_lower(ns_rr_name(rr))}, {"type", type},
                      {"text", std::move(value)}, {"preference", preference}});
  };
  char text[INET6_ADDRSTRLEN] = {};
  char name[NS_MAXDNAME] = {};
  switch (ns_rr_type(rr)) {
    case ns_t_a:
    case ns_t_aaaa: {
      const bool v4 = ns_rr_type(rr) == ns_t_a;
      if (size != (v4 ? 4U : 16U)) return malformed(input, "address");
      inet_ntop(v4 ? AF_INET : AF_INET6, data, text, sizeof text);
      return record(v4 ? "A" : "AAAA", text);
    }
    case ns_t_mx:
      if (size < 3 || ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data + 2, name,
                                         sizeof name) < 0) {
        return malformed(input, "MX");
      }
      return record("MX", ascii_lower(name), static_cast<int>(ns_get16(data)));
    case ns_t_txt: {
      KHIEN_TRY(std::string joined, txt_of(input, data, size));
      return record("TXT", std::move(joined));
    }
    default: return Node();
  }
}

DnsAnswer answer_from(const Node& reply, const std::string& type) {
  DnsAnswer out;
  out.exists = reply["rcode"].integer() != ns_r_nxdomain;
  for (const Node& record : reply["records"].items()) {
    if (record["type"].text() != type) continue;
    out.records.push_back({record["name"].text(), type, record["text"].text(),
                           static_cast<int>(record["preference"].integer())});
  }
  return out;
}

}  // namespace

Result<Node> read_dns(const JobInput& input) {
  ns_msg message;
  if (input.bytes.size() > kAnswerBytes ||
      ns_initparse(reinterpret_cast<const unsigned char*>(input.bytes.data()),
                   static_cast<int>(input.bytes.size()), &message) != 0) {
    return malformed(input, "header");
  }
  Node out = Node::map({{"rcode", static_cast<int>(ns_msg_getflag(message, ns_f_rcode))},
                        {"truncated", ns_msg_getflag(message, ns_f_tc) != 0}});
  const int count = ns_msg_count(message, ns_s_an);
  if (static_cast<std::size_t>(count) > kAnswerRecords) {
    return fail(err::answer_too_large, input.name, {{"limit", std::to_string(kAnswerRecords)}});
  }
  Node records = Node::list();
  for (int i = 0; i < count; ++i) {
    ns_rr rr;
    if (ns_parserr(&message, ns_s_an, i, &rr) != 0) return malformed(input, "record");
    KHIEN_TRY(Node record, record_of(input, message, rr));
    if (!record.is_null()) records.push(std::move(record));
  }
  out.set("records", std::move(records));
  return out;
}

Resolver::Resolver(std::optional<net::Address> server, WorkerPool& pool, int timeout_s)
    : server_(std::move(server)), pool_(pool), timeout_s_(timeout_s) {}

Result<std::string> Resolver::exchange(const std::string& name, int type) {
  struct State {
    struct __res_state value {};
    bool open = false;
    ~State() { if (open) res_nclose(&value); }
  } state;
  const auto failed = [&](const char* detail) {
    return fail(err::dns_failed, name, {{"detail", detail}});
  };
  if (res_ninit(&state.value) != 0) return failed("resolver");
  state.open = true;
  state.value.retrans = timeout_s_;
  state.value.retry = 2;
  state.value.options |= RES_USE_EDNS0;
  if (server_) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server_->port);
    if (inet_pton(AF_INET, server_->ip.c_str(), &to.sin_addr) != 1) return failed("IPv4");
    state.value.nscount = 1;
    state.value.nsaddr_list[0] = to;
  }
  unsigned char question[NS_PACKETSZ];
  const int size = res_nmkquery(&state.value, ns_o_query, name.c_str(), ns_c_in, type, nullptr, 0,
                                nullptr, question, sizeof question);
  if (size < 0) return failed("name");
  std::string answer(kAnswerBytes, '\0');
  const int got = res_nsend(&state.value, question, size,
                            reinterpret_cast<unsigned char*>(answer.data()),
                            static_cast<int>(answer.size()));
  if (got <= 0) return failed("no answer");
  answer.resize(std::min(answer.size(), static_cast<std::size_t>(got)));
  return answer;
}

Result<DnsAnswer> Resolver::ask(const std::string& name, const std::string& type) {
  if (silent_ >= kSilentQuestions) return fail(err::dns_failed, name, {{"detail", "no answer"}});
  const auto exchanged = exchange(name, type_number(type));
  silent_ = exchanged ? 0 : silent_ + 1;
  KHIEN_TRY(const std::string answer, exchanged);
  KHIEN_TRY(const Node reply, pool_.run_bytes("mail_domain.dns", answer, name + " " + type));
  const std::int64_t rcode = reply["rcode"].integer();
  if (rcode != ns_r_noerror && rcode != ns_r_nxdomain) {
    return fail(err::dns_failed, name, {{"detail", "rcode " + std::to_string(rcode)}});
  }
  if (reply["truncated"].boolean()) return fail(err::dns_failed, name, {{"detail", "cut"}});
  return answer_from(reply, type);
}

}  // namespace khien::mail_domain
