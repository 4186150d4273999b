#include "format/gzip.h"

#include <gtest/gtest.h>

#include "format/errors.h"
#include "format/gzip_writer.h"

namespace khien {
namespace {

TEST(Gzip, UnpacksMembersAndStopsAtTheLimit) {
  const std::string text(1000, 'a');
  const auto two = gunzip(packed_as_gzip(text) + packed_as_gzip("b"), 1001, "t.gz");
  ASSERT_TRUE(two);
  EXPECT_EQ(*two, text + "b");
  EXPECT_EQ(gunzip(packed_as_gzip(text), 999, "t.gz").error().code, err::gzip_large);
  const std::string whole = packed_as_gzip(text);
  EXPECT_EQ(gunzip(whole.substr(0, whole.size() / 2), 5000, "t.gz").error().code,
            err::gzip_broken);
  EXPECT_EQ(gunzip("\x1f\x8bjunk", 5000, "t.gz").error().code, err::gzip_broken);
}

}  // namespace
}  // namespace khien
