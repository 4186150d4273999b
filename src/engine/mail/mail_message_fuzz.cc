// libFuzzer: a message or an mbox.
#include "engine/mail/mail_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  khien::mail::MailWords words;
  words.own_domains = {"somau.example"};
  words.own_names = {"sở mẫu"};
  words.registration = {"welcome"};
  words.programs = {"exe"};
  words.papers = {"pdf"};
  words.services = {{"Mẫu", {"mau.test"}, {"mau"}, true}};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = khien::mail::read_mail_bytes(bytes, words, "fuzz.eml");
  if (read && read->found.size() > static_cast<std::size_t>(read->messages)) __builtin_trap();
  return 0;
}
