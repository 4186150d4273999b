#include "format/dates.h"

#include <gtest/gtest.h>
#include <openssl/asn1.h>

#include <memory>

namespace khien {
namespace {

constexpr std::int64_t kHour = 3'600'000;

TEST(Dates, MailIsReadWithAndWithoutWeekdaySecondsAndZone) {
  const std::int64_t eight = 1793952000000;  // 2026-11-06 08:00 UTC
  EXPECT_EQ(mail_date_ms("Fri, 06 Nov 2026 08:00:01 +0000"), eight + 1000);
  EXPECT_EQ(mail_date_ms("6 nov 2026 08:00"), eight);
  EXPECT_EQ(mail_date_ms("Fri, 06 Nov 2026 08:00:00 +0700"), eight - 7 * kHour);
  EXPECT_EQ(mail_date_ms("Fri, 06 Nov 2026 08:00:00 -0330"), eight + 7 * kHour / 2);
  EXPECT_EQ(mail_date_ms("Fri,  06 Nov  2026 08:00:00 UTC"), eight);
  EXPECT_EQ(mail_date_ms("Fri, 06 Nov 2026 08:00:00 +0700 (ICT)"), eight - 7 * kHour);
}

TEST(Dates, WhatIsNoDateIsNone) {
  for (const char* text : {"", "Sat, 31 Feb 2026 00:00:00 UTC", "Sat, 1 Jan 2026 24:00:00 UTC",
                           "Sat, 1 Jan 2026 00:60:00 UTC", "Sat, 1 Xyz 2026 00:00:00 UTC",
                           "Sat, 1 Jan 99999 00:00:00 UTC", "1 Jan 2026", "1 anf 2026 08:00",
                           "1 Jan 2026 08-00", "1 Jan 2026 08:00:61", "1 Jan 2026 8:00:00"}) {
    EXPECT_EQ(mail_date_ms(text), std::nullopt) << text;
  }
}

TEST(Dates, MonthsAreKnownByTheirFirstThreeLetters) {
  EXPECT_EQ(english_month("Jan"), 1);
  EXPECT_EQ(english_month("december"), 12);
  for (const char* text : {"", "Ja", "anf", "xyz"}) EXPECT_EQ(english_month(text), 0) << text;
}

TEST(Dates, CertificateTimesOfBothFormsAreRead) {
  const std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)> time(ASN1_TIME_new(), ASN1_TIME_free);
  ASSERT_EQ(ASN1_TIME_set_string(time.get(), "261106080000Z"), 1);
  EXPECT_EQ(asn1_ms(time.get()), 1793952000000);
  ASSERT_EQ(ASN1_TIME_set_string(time.get(), "20511106080000Z"), 1);
  EXPECT_EQ(asn1_ms(time.get()), 2582870400000);
  EXPECT_EQ(asn1_ms(nullptr), std::nullopt);
}

}  // namespace
}  // namespace khien
