#include "collect/login_log/login_log.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

Result<TableFacts> log_ins(const std::string& text, const std::string& agency) {
  const auto content = Content::open(built_in_content());
  const auto lexicon = Lexicon::load(*content);
  return log_ins_of(*read_csv(text, "nk.csv"), "TD", agency, "nk.csv", *lexicon);
}

TEST(LoginLog, CountsMachinesWithinOneHour) {
  const auto log = log_ins(
      "NHẬT KÝ ĐĂNG NHẬP\n"
      "STT,Tên đăng nhập,Thời gian đăng nhập,Địa chỉ IP,Kết quả\n"
      "0,binh.tt,20/11/2026 08:01:00,10.0.0.7,Sai mật khẩu\n"
      "1,An.NV,20/11/2026 08:00:00,10.0.0.1,Thành công\n2,an.nv,20/11/2026 08:30:00,10.0.0.2\n"
      "3,an.nv,20/11/2026 09:00:00,10.0.0.3\n4,an.nv,20/11/2026 10:30:00,10.0.0.4\n"
      "5,binh.tt,20/11/2026 08:00:00,10.0.0.9\n6,binh.tt,20/11/2026 08:10:00,10.0.0.9\n"
      "7,chi.lt,20/11/2026 08:00:00,\n",
      "vp");
  ASSERT_TRUE(log) << to_string(log.error());
  ASSERT_EQ(log->rows.size(), 2U);
  EXPECT_EQ(to_text(log->rows[0].at("login")), "an.nv");
  EXPECT_EQ(to_text(log->rows[0].at("log_ins_count")), "4");
  EXPECT_EQ(to_text(log->rows[0].at("machines_at_once_count")), "3");
  EXPECT_EQ(to_text(log->rows[0].at("agency")), "vp");
  EXPECT_EQ(to_text(log->rows[1].at("machines_at_once_count")), "1");
}

TEST(LoginLog, ALogInWithoutAMachineMakesTheLogPartialAndAFooterDoesNot) {
  const std::string head = "Date (UTC),User,Username,IP address,Status\n";
  const std::string one = "2026-11-20T01:10:00Z,Lý An,an@sothu.test,10.0.0.1,Success\n";
  const auto whole = log_ins(
      head + one + "2026-11-20T01:20:00Z,Lý Bì,bi@sothu.test,,Failure\nTổng: 2\n", "");
  ASSERT_TRUE(whole) << to_string(whole.error());
  EXPECT_EQ(to_text(whole->rows.at(0).at("login")), "an@sothu.test");
  EXPECT_EQ(whole->status, TableFacts::Status::complete);
  const auto cut = log_ins(head + one + "2026-11-20T01:20:00Z,Lý Bì,bi@sothu.test,,Success\n", "");
  EXPECT_EQ(cut->status, TableFacts::Status::partial);
  EXPECT_EQ(cut->reason, "reason.accounts.row_incomplete");
}

TEST(LoginLog, DaysWithoutHoursTellNothing) {
  const auto log = log_ins("Tài khoản,Thời gian,IP\na,20/11/2026,10.0.0.1\n", "");
  ASSERT_TRUE(log);
  EXPECT_TRUE(log->rows.empty());
  EXPECT_EQ(log->status, TableFacts::Status::partial);
  EXPECT_EQ(log->reason, "reason.accounts.login_log_without_hours");
}

}  // namespace
}  // namespace khien
