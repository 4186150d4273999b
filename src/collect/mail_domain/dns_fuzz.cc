// A DNS message of a hostile resolver, and the records in it.
#include "collect/mail_domain/dns.h"
#include "collect/mail_domain/records.h"

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
    (void)khien::mail_domain::follow_spf("a.test", text, [&](const std::string&) {
      return khien::Result<std::vector<std::string>>(texts);
    });
  }
  return 0;
}
