// A domain, its DNS and its mail servers on loopback; then answers no server should give.
#include "collect/mail_domain/mail_domain.h"

#include <gtest/gtest.h>
#include <openssl/rsa.h>

#include "base/calendar.h"
#include "collect/mail_domain/dns.h"
#include "collect/mail_domain/records.h"
#include "collect/network/testing.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien {
namespace {

namespace fixture = net::testing;
namespace md = mail_domain;
constexpr int kA = 1, kMx = 15, kTxt = 16;
const char* const kDomain = "so-mau.tinhmau.test";

void warm(WorkerPool& pool) {  // a worker is a fork: before any thread
  (void)pool.run_bytes("mail_domain.dkim", "v=DKIM1; p=", "warm");
}

std::string dkim_record(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  std::string out(static_cast<std::size_t>(size) * 2, '\0');
  out.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), der, size)));
  OPENSSL_free(der);
  EVP_PKEY_free(key);
  return "v=DKIM1; k=rsa; p=" + out;
}

std::map<std::string, Row> rows_by_name(Collection& c) {
  std::map<std::string, Row> out;
  for (Row& row : c.tables["mail_domain"].rows) {
    out[to_text(row["item"]) + " " + to_text(row["name"])] = row;
  }
  return out;
}

// A mail server with or without STARTTLS; `listed` also when the word is offered but refused.
std::function<void(fixture::Stream&)> smtp(bool offers) {
  return [offers](fixture::Stream& s) {
    s.write("220 mx ESMTP\r\n");
    std::string line;
    while (s.line(line)) {
      if (line.starts_with("EHLO")) {
        s.write(offers ? "250-mx\r\n250-PIPELINING\r\n250 STARTTLS\r\n" : "250-mx\r\n250 HELP\r\n");
      } else if (line == "STARTTLS" && offers) {
        s.write("220 go\r\n");
        if (!s.secure()) return;
        s.line(line);
        return;
      } else {
        s.write("221 bye\r\n");
        return;
      }
    }
  };
}

class MailDomain : public testing::Test {
 protected:
  void SetUp() override { warm(pool_); }
  Collection look(std::uint16_t smtp_port, std::vector<std::string> selectors = {}) {
    dns_.start();
    MailDomainSpec spec;
    spec.domain = kDomain;
    spec.selectors = std::move(selectors);
    spec.resolver = dns_.address();
    spec.smtp_port = smtp_port;
    spec.allow_private = allow_private_;
    spec.timeout_ms = 400;
    spec.authorities = authorities_;
    return collect_mail_domain(spec, pool_, FixedClock(end_of_day_ms({2026, 11, 21})));
  }
  WorkerPool pool_{mail_domain_jobs()};
  fixture::FakeDns dns_;
  bool allow_private_ = true;
  std::string authorities_;
};

TEST_F(MailDomain, AGoodDomainShowsEveryItem) {
  fixture::Identity identity;
  fixture::make_identity(identity, "DNS:mx1.so-mau.tinhmau.test", "20271221000000Z");
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  authorities_ = (folder->path() / "ca.pem").string();
  ASSERT_TRUE(write_file(authorities_, identity.pem));
  fixture::FakeServer server(smtp(true), &identity);
  const std::string domain = kDomain;
  dns_.records = {
      {{domain, kTxt}, {fixture::dns_txt("other=1"),
                        fixture::dns_txt("v=spf1 mx include:gui.example ip4:192.0.2.1 -all")}},
      {{"gui.example", kTxt}, {fixture::dns_txt("v=spf1 a ip4:192.0.2.2 ?all")}},
      {{"_dmarc." + domain, kTxt}, {fixture::dns_txt("v=DMARC1; p=reject; sp=quarantine")}},
      {{"s1._domainkey." + domain, kTxt}, {fixture::dns_txt(dkim_record(EVP_RSA_gen(2048)))}},
      {{"s2._domainkey." + domain, kTxt}, {fixture::dns_txt("v=DKIM1; p=")}},
      {{domain, kMx}, {fixture::dns_mx(10, "mx1." + domain)}},
      {{"mx1." + domain, kA}, {fixture::dns_a("127.0.0.1")}}};
  Collection c = look(server.port(), {"s1", "s2", "s3"});
  auto rows = rows_by_name(c);
  Row& spf = rows["spf " + domain];
  EXPECT_EQ(to_text(spf["state"]), "found");
  EXPECT_EQ(to_text(spf["spf_all"]), "fail");
  EXPECT_EQ(to_text(spf["spf_lookup_count"]), "3");
  EXPECT_EQ(to_text(rows["dmarc _dmarc." + domain]["dmarc_policy"]), "reject");
  EXPECT_EQ(to_text(rows["dmarc _dmarc." + domain]["dmarc_percent"]), "100");
  EXPECT_EQ(to_text(rows["dkim s1"]["dkim_key_bits"]), "2048");
  EXPECT_EQ(to_text(rows["dkim s2"]["state"]), "revoked");
  EXPECT_EQ(to_text(rows["dkim s3"]["state"]), "absent");
  Row& mx = rows["mx mx1." + domain];
  EXPECT_EQ(to_text(mx["starttls"]), "1");
  EXPECT_EQ(to_text(mx["tls_version"]), "TLSv1.3");
  EXPECT_TRUE(mx.contains("old_tls"));
  EXPECT_EQ(to_text(mx["certificate_name_matches"]), "1");
  EXPECT_EQ(to_text(mx["certificate_trusted"]), "1");
  EXPECT_EQ(std::get<std::int64_t>(mx["certificate_ends_at"]),
            to_days({2027, 12, 21}) * kDayMs);
}

TEST_F(MailDomain, NothingPublishedIsAbsentAndNoStarttlsIsSeen) {
  fixture::FakeServer server(smtp(false));
  const std::string domain = kDomain;
  dns_.records = {{{domain, kMx}, {fixture::dns_mx(10, "mx1." + domain)}},
                  {{"mx1." + domain, kA}, {fixture::dns_a("127.0.0.1")}}};
  Collection c = look(server.port());
  auto rows = rows_by_name(c);
  EXPECT_EQ(to_text(rows["spf " + domain]["state"]), "absent");
  EXPECT_EQ(to_text(rows["dmarc _dmarc.tinhmau.test"]["state"]), "absent");
  EXPECT_EQ(to_text(rows["dkim "]["state"]), "not_named");
  EXPECT_EQ(to_text(rows["mx mx1." + domain]["starttls"]), "0");
  EXPECT_FALSE(rows["mx mx1." + domain].contains("tls_version"));
}

TEST_F(MailDomain, WithoutADmarcOfItsOwnThatOfTheOrganisationHolds) {
  const std::string domain = kDomain;  // its organisation is tinhmau.test
  dns_.records = {{{domain, kMx}, {fixture::dns_mx(0, "")}},
                  {{"_dmarc.tinhmau.test", kTxt},
                   {fixture::dns_txt("v=DMARC1; p=reject; sp=quarantine")}}};
  Collection c = look(25);
  Row dmarc = rows_by_name(c)["dmarc _dmarc.tinhmau.test"];
  EXPECT_EQ(to_text(dmarc["state"]), "found");
  EXPECT_EQ(to_text(dmarc["dmarc_policy"]), "quarantine");
  EXPECT_EQ(to_text(dmarc["dmarc_inherited_from"]), "tinhmau.test");
}

TEST_F(MailDomain, AMailServerOnAPrivateAddressIsNotContactedOutsideTheScope) {
  fixture::FakeServer server(smtp(true));
  const std::string domain = kDomain;
  dns_.records = {{{domain, kMx}, {fixture::dns_mx(10, "mx1." + domain)}},
                  {{"mx1." + domain, kA}, {fixture::dns_a("127.0.0.1")}}};
  allow_private_ = false;
  Collection c = look(server.port());
  Row mx = rows_by_name(c)["mx mx1." + domain];
  EXPECT_EQ(to_text(mx["state"]), "unreadable");
  EXPECT_NE(to_text(mx["problem"]).find(err::address_private), std::string::npos);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(MailDomain, SilentAndBabblingMailServersAreUnreadableNotPassed) {
  const std::string domain = kDomain;
  dns_.records = {{{domain, kMx}, {fixture::dns_mx(10, "mx1." + domain)}},
                  {{"mx1." + domain, kA}, {fixture::dns_a("127.0.0.1")}}};
  fixture::FakeServer babbling([](fixture::Stream& s) {
    s.write("220 mx\r\n");
    std::string line;
    s.line(line);
    for (int i = 0; i < 101; ++i) s.write("250-X" + std::to_string(i) + "\r\n");
    s.line(line);
  });
  Collection c = look(babbling.port());
  Row mx = rows_by_name(c)["mx mx1." + domain];
  EXPECT_EQ(to_text(mx["state"]), "unreadable");
  EXPECT_NE(to_text(mx["problem"]).find(err::answer_too_large), std::string::npos);
  EXPECT_FALSE(mx.contains("starttls"));
}

TEST_F(MailDomain, ARecordOverTheLimitAndASecondOneAreNotGuessedAt) {
  const std::string domain = kDomain;
  dns_.records = {
      {{domain, kTxt}, {fixture::dns_txt("v=spf1 " + std::string(md::kTextBytes, 'a'))}},
      {{"_dmarc." + domain, kTxt}, {fixture::dns_txt("v=DMARC1; p=none"),
                                    fixture::dns_txt("v=DMARC1; p=reject")}},
      {{domain, kMx}, {fixture::dns_mx(0, "")}}};
  Collection c = look(25);
  auto rows = rows_by_name(c);
  EXPECT_EQ(to_text(rows["spf " + domain]["state"]), "unreadable");
  EXPECT_EQ(to_text(rows["dmarc _dmarc." + domain]["state"]), "several");
  EXPECT_EQ(to_text(rows["mx "]["state"]), "no_mail");
}

TEST_F(MailDomain, ASilentResolverLeavesTheItemUnreadable) {
  dns_.silent = kDomain;
  dns_.start();
  md::Resolver resolver(dns_.address(), pool_, 1);
  const auto answer = resolver.ask(kDomain, "TXT");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, err::dns_failed);
}

// ---- DNS bytes

const Node kNoArgs;

std::string question_bytes() {
  return std::string("\x12\x34\x01\0\0\1\0\0\0\0\0\0", 12) + fixture::dns_name("a.test") +
         fixture::dns_u16(16) + fixture::dns_u16(1);
}

TEST(MailDns, ACutMessageIsRefusedAtEveryLength) {
  const std::string good = fixture::dns_reply(
      question_bytes(), {{kTxt, fixture::dns_txt("v=spf1 -all")}, {kMx, fixture::dns_mx(1, "m")}},
      0);
  ASSERT_TRUE(md::read_dns({good, "a", kNoArgs}));
  for (std::size_t n = 0; n < good.size(); ++n) {
    EXPECT_FALSE(md::read_dns({std::string_view(good).substr(0, n), "a", kNoArgs})) << n;
  }
  for (std::size_t i = 0; i < good.size(); ++i) {  // hostile bytes: any answer, no crash
    std::string bad = good;
    bad[i] = '\xFF';
    (void)md::read_dns({bad, "a", kNoArgs});
  }
}

TEST(MailDns, ANameThatPointsAtItselfIsMalformed) {
  const std::string loop = std::string("\0\1", 2) + std::string("\xC0\x26", 2);
  const auto reply = md::read_dns(
      {fixture::dns_reply(question_bytes(), {{kMx, loop}}, 0), "a", kNoArgs});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, err::answer_malformed);
}

TEST(MailDns, RecordsAndTextsHoldToTheirLimits) {
  const auto read = [](std::size_t count, std::size_t size) {
    const std::vector<std::pair<int, std::string>> answers(
        count, {kTxt, fixture::dns_txt(std::string(size, 'a'))});
    return md::read_dns({fixture::dns_reply(question_bytes(), answers, 0), "a", kNoArgs});
  };
  EXPECT_TRUE(read(md::kAnswerRecords, 1));
  EXPECT_EQ(read(md::kAnswerRecords + 1, 1).error().code, err::answer_too_large);
  EXPECT_TRUE(read(1, md::kTextBytes));
  EXPECT_EQ(read(1, md::kTextBytes + 1).error().code, err::answer_too_large);
}

// ---- records

TEST(MailDmarc, PoliciesAndPercentAreReadAndNonsenseIsNot) {
  const auto facts = md::dmarc_facts("v=DMARC1; P=Quarantine; sp=none; pct=50; rua=mailto:x");
  EXPECT_EQ(facts.policy, "quarantine");
  EXPECT_EQ(facts.subdomain_policy, "none");
  EXPECT_EQ(facts.percent, 50);
  EXPECT_EQ(md::dmarc_facts("v=DMARC1; p=reject").percent, 100);
  EXPECT_EQ(md::dmarc_facts("v=DMARC1; p=refuse").policy, "");
  EXPECT_FALSE(md::dmarc_facts("v=DMARC1; p=reject; pct=101").percent.has_value());
  EXPECT_FALSE(md::dmarc_facts("v=DMARC1; p=reject; pct=-1").percent.has_value());
  EXPECT_TRUE(md::is_record("v=DMARC1;p=none", "v=DMARC1"));
  EXPECT_FALSE(md::is_record("v=DMARC12;p=none", "v=DMARC1"));
  EXPECT_FALSE(md::is_record("v=spf10 -all", "v=spf1"));
}

TEST(MailDkim, KeysAreMeasuredAndBrokenOnesNamed) {
  const auto read = [](const std::string& text) {
    const auto node = md::read_dkim({text, "s", kNoArgs});
    return (*node)["state"].text() + " " + (*node)["type"].text() + " " + (*node)["bits"].text();
  };
  EXPECT_EQ(read(dkim_record(EVP_RSA_gen(1024))), "key RSA 1024");
  EXPECT_EQ(read("v=DKIM1; k=ed25519; p=" + std::string(43, 'A') + "="), "key ED25519 256");
  EXPECT_EQ(read("v=DKIM1; p="), "revoked  ");
  EXPECT_EQ(read("v=DKIM1; p=!!!!"), "malformed  ");
  EXPECT_EQ(read("v=DKIM1; p=AAAA"), "malformed  ");
  EXPECT_EQ(read("v=DKIM2; p=AAAA"), "malformed  ");
  EXPECT_EQ(read("nothing"), "malformed  ");
  EXPECT_EQ(read(""), "malformed  ");
}

TEST(MailDkim, AKeyInTestModeForSha1OrForOtherUsesIsSaidToBe) {
  const std::string key = "p=" + std::string(43, 'A') + "=";
  const auto read = [&](const std::string& tags) {
    return *md::read_dkim({"v=DKIM1; k=ed25519; " + tags + key, "s", kNoArgs});
  };
  EXPECT_TRUE(read("t=s:y; ")["testing"].boolean());
  EXPECT_FALSE(read("t=s; ")["testing"].boolean(true));
  EXPECT_TRUE(read("h=sha1; ")["old_hash"].boolean());
  EXPECT_FALSE(read("h=sha1:sha256; ")["old_hash"].boolean(true));
  EXPECT_EQ(read("s=tlsrpt; ")["state"].text(), "not_for_mail");
  EXPECT_EQ(read("s=other:email; ")["state"].text(), "key");
  EXPECT_EQ(read("s=*; ")["state"].text(), "key");
}

}  // namespace
}  // namespace khien
