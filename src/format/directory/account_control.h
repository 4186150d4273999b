// Bits of userAccountControl (MS-ADTS 2.2.16).
#pragma once

#include <cstdint>

namespace khien::directory {

// lastLogonTimestamp is refreshed only when it is older than 9 to 14 days.
inline constexpr std::int64_t kTimestampLagDays = 14;

struct AccountControl {
  bool disabled = false, password_not_required = false, password_cannot_change = false,
       password_reversible = false, no_person = false, password_never_expires = false,
       smartcard_required = false, preauth_not_required = false;
};

[[nodiscard]] constexpr AccountControl account_control(std::int64_t flags) {
  constexpr std::int64_t kDisabled = 0x2, kNotRequired = 0x20, kCannotChange = 0x40,
                         kReversible = 0x80, kNeverExpires = 0x10000, kSmartcard = 0x40000,
                         kNoPreauth = 0x400000;
  constexpr std::int64_t kNoUser = 0x800 | 0x1000 | 0x2000;  // trust, workstation, controller
  const auto has = [&](std::int64_t bits) { return (flags & bits) != 0; };
  return {has(kDisabled),     has(kNotRequired), has(kCannotChange), has(kReversible),
          has(kNoUser), has(kNeverExpires), has(kSmartcard),   has(kNoPreauth)};
}

}  // namespace khien::directory
