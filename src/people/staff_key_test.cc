#include "people/staff_key.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(StaffKey, SaysWhetherItWasMadeAndForWhom) {
  const std::string made = made_staff_key("Lý Thị Mẫu", "1990-01-02", "Văn phòng");
  EXPECT_TRUE(is_made_staff_key(made));
  EXPECT_EQ(made, made_staff_key("LÝ THỊ MẪU", "1990-01-02", "văn phòng"));
  EXPECT_NE(made, made_staff_key("Lý Thị Mẫu", "1990-01-03", "Văn phòng"));
  EXPECT_EQ(made.find("Mẫu"), std::string::npos);
  EXPECT_FALSE(is_made_staff_key("CB01"));
}

TEST(StaffKey, AnIdToldApartKeepsTheId) {
  const std::string key = staff_key_told_apart("CB01", "sb");
  EXPECT_EQ(key, "CB01@sb");
  EXPECT_EQ(id_in_staff_key(key), "CB01");
  EXPECT_EQ(id_in_staff_key("CB01"), "CB01");
}

}  // namespace
}  // namespace khien
