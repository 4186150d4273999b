// libFuzzer: account files and databases of log-ins; the first byte chooses the parser.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "collect/host_linux/account_files.h"
#include "collect/host_linux/login_databases.h"
#include "collect/host_linux/sudoers.h"
#include "collect/host_linux/user_records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const std::string_view rest = text.substr(1);
  switch (text[0] & 7) {
    case 0: (void)khien::host::parse_passwd(rest); break;
    case 1: (void)khien::host::parse_shadow(rest); break;
    case 2: (void)khien::host::parse_group(rest); break;
    case 3: {
      khien::host::Sudoers all;
      (void)all.take(rest);
      (void)all.trusted();
      break;
    }
    case 4: (void)khien::host::parse_lastlog_record(rest); break;
    case 5: (void)khien::host::parse_user_record(rest); break;
    case 6: (void)khien::host::parse_login_database(std::string(rest)); break;
    default: (void)khien::host::parse_wtmp(rest); break;
  }
  return 0;
}
