// A DNS message of a hostile resolver, and the records in it.
#include "collect/mail_domain/dns.h"
#include "collect/mail_domain/records.h"
#include "collect/mail_domain/spf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const khien::Node none;
  const auto reply = khien::mail_domain::read_dns({bytes, "fuzz", none});
  std::vector<std::string> texts = {std::string(bytes)};
  if (reply) {
    for (const khien::Node& record : (*reply)["records"].items()) {
      texts.push_back(record["text"].text());
    }
  }
  for (const std::string& text : texts) {
    (void)khien::mail_domain::dmarc_facts(text);
    (void)khien::mail_domain::read_dkim({text, "fuzz", none});
    const std::vector<std::string> same{text};
    const khien::mail_domain::SpfDns dns{
        [&](const std::string&) { return khien::Result<std::vector<std::string>>(same); },
        [&](const std::string&, bool) { return khien::Result<std::vector<std::string>>(same); }};
    (void)khien::mail_domain::follow_spf("a.test", text, dns);
  }
  return 0;
}
