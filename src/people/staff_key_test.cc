#include "people/staff_key.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(StaffKey, IsMadeOfNameBirthAndUnitAndShowsNone) {
  const std::string made = made_staff_key("Lý Thị Mẫu", "1990-01-02", "Văn phòng");
  EXPECT_EQ(made, made_staff_key("LÝ THỊ MẪU", "1990-01-02", "văn phòng"));
  EXPECT_NE(made, made_staff_key("Lý Thị Mẫu", "1990-01-03", "Văn phòng"));
  EXPECT_EQ(made.find("Mẫu"), std::string::npos);
  EXPECT_EQ(staff_key_told_apart("CB01", "sb"), "CB01@sb");
}

}  // namespace
}  // namespace khien
