// agency.yaml and the list of password rules: what officers type.
#include "collect/accounts/accounts.h"
#include "collect/agency.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::parse_agency(bytes, "fuzz/agency.yaml");
  (void)khien::password_rules_from_yaml(bytes, "fuzz.yaml", {"fuzz.yaml", "", "application", {}});
  return 0;
}
