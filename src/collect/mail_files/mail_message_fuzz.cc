// libFuzzer: a message or an mbox as the worker job gets it.
#include "collect/mail_files/mail_files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  khien::mail_files::MailWords words;
  words.own_domains = {"somau.example"};
  words.own_names = {"sở mẫu"};
  words.registration = {"welcome"};
  words.services = {{"Mẫu", {"mau.test"}, {"mau"}, true}};
  const khien::Node args = khien::mail_files::to_node(words);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::mail_jobs().front().run({bytes, "fuzz.eml", args});
  return 0;
}
