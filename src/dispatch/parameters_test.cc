// Numbers, periods, dates and addressees as officers write them.
#include "dispatch/parameters.h"

#include <fmt/format.h>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

std::string length(const char* text) {
  return t::parameter(t::demand(text), "account.password_policy", "min_length");
}
std::string age(const char* text) {
  return t::parameter(t::demand(text), "account.password_rotation", "max_age");
}
// Of the only measure, whichever kind holds it.
std::string any(const std::string& text, const char* name) {
  const Order order = t::demand(text);
  for (const Measure& m : order.measures) {
    for (const KindMatch& k : m.kinds) {
      if (k.parameters.has(name)) return to_json(k.parameters[name]);
    }
  }
  return "null";
}
std::string due(const std::string& text) { return t::demand(text).measures.at(0).due_on; }
std::string actor(const std::string& text) { return t::demand(text).measures.at(0).actor; }

TEST(Parameters, NumbersAreReadHoweverTheyAreSpelled) {
  EXPECT_EQ(length("Mật khẩu tối thiểu là 8 ký tự."), "8");
  EXPECT_EQ(length("Mật khẩu có ít nhất tám (08) ký tự."), "8");
  EXPECT_EQ(length("Mật khẩu có ít nhất 09 (chín) ký tự."), "9");
  EXPECT_EQ(length("Mật khẩu có ít nhất mười hai ký tự."), "12");
  EXPECT_EQ(length("Mật khẩu không dưới 10 ký tự."), "10");
  EXPECT_EQ(length("Mật khẩu phải dài hơn 8 ký tự."), "9");
  EXPECT_EQ(length("Độ dài mật khẩu từ 8 đến 16 ký tự."), "8");
  EXPECT_EQ(length("Mật khẩu không ngắn hơn 11 ký tự."), "11");
  EXPECT_EQ(length("Mật khẩu từ 12 ký tự trở lên."), "12");
}
TEST(Parameters, RatesAreReadAsPeriods) {
  EXPECT_EQ(age("Đổi mật khẩu ba tháng một lần."), "\"P3M\"");
  EXPECT_EQ(age("Đổi mật khẩu ít nhất một lần trong 06 tháng."), "\"P6M\"");
  EXPECT_EQ(age("Thường xuyên đổi mật khẩu (tối thiểu 3 tháng/lần)."), "\"P3M\"");
  EXPECT_EQ(age("Đổi mật khẩu định kỳ 02 lần/năm."), "\"P6M\"");
  EXPECT_EQ(age("Định kỳ 60 (sáu mươi) ngày đổi mật khẩu."), "\"P60D\"");
  EXPECT_EQ(age("Đổi mật khẩu định kỳ mỗi quý một lần."), "\"P3M\"");
  EXPECT_EQ(age("Cứ nửa năm đổi lại mật khẩu."), "\"P6M\"");
  EXPECT_EQ(age("Chu kỳ thay mật khẩu là 04 tháng."), "\"P4M\"");
  EXPECT_EQ(age("Mật khẩu quản trị 45 ngày làm mới một bận."), "\"P45D\"");
}
TEST(Parameters, FormerPasswordsAreCounted) {
  const auto history = [](const char* text) {
    return t::parameter(t::demand(text), "account.password_policy", "history");
  };
  EXPECT_EQ(history("Mật khẩu mới không trùng với 05 mật khẩu gần nhất."), "5");
  EXPECT_EQ(history("Mật khẩu phải khác với 06 mật khẩu dùng liền trước, dài ít nhất 9 ký tự."),
            "6");
}
TEST(Parameters, LayersAndGradesAreReadByOrdinalsToo) {
  EXPECT_EQ(any("Lớp thứ ba của mô hình 4 lớp: thuê tổ chức độc lập kiểm tra, đánh giá.", "layers"),
            "[3]");
  EXPECT_EQ(any("Phê duyệt hồ sơ đề xuất cấp độ 2 đến 4.", "grades"), "[2,3,4]");
}
TEST(Parameters, WithinKeepAndIdleAreToldApart) {
  EXPECT_EQ(any("Khóa tài khoản của cán bộ nghỉ việc trong vòng 05 (năm) ngày làm việc.", "within"),
            "\"P5D\"");
  EXPECT_EQ(any("Thu hồi tài khoản của cán bộ nghỉ hưu chậm nhất 24 giờ.", "within"), "\"P1D\"");
  EXPECT_EQ(any("Khóa tài khoản không đăng nhập quá 90 ngày.", "idle_days"), "90");
  EXPECT_EQ(any("Khóa tài khoản quá ba tháng không sử dụng.", "idle_days"), "90");
  EXPECT_EQ(any("Lưu nhật ký hệ thống tối thiểu 06 tháng.", "retention"), "\"P6M\"");
  EXPECT_EQ(any("Sao lưu dữ liệu định kỳ 06 tháng.", "retention"), "null");
}
TEST(Parameters, DeadlinesOfEveryShape) {
  EXPECT_EQ(due("Rà soát xong trước 16 giờ ngày 20/3/2026."), "2026-03-20");
  EXPECT_EQ(due("Rà soát tài khoản, chậm nhất là ngày 15 tháng 4 năm 2026."), "2026-04-15");
  EXPECT_EQ(due("Hoàn thành việc rà soát trong quý II/2026."), "2026-06");
  EXPECT_EQ(due("Hoàn thành việc rà soát trong tháng 11/2026."), "2026-11");
  EXPECT_EQ(due("Từ nay đến cuối năm 2026, rà soát toàn bộ tài khoản."), "2026-12");
  EXPECT_EQ(due("Báo cáo kết quả trước ngày 15 hằng tháng."), "");
  EXPECT_EQ(due("Trực từ ngày 04/02/2027 đến hết ngày 12/02/2027."), "");
  EXPECT_EQ(due("Khắc phục các lỗ hổng Microsoft công bố trong tháng 11/2023."), "");
  EXPECT_EQ(due("Thực hiện Kế hoạch số 5/KH-X ngày 01/02/2024."), "");
}
TEST(Parameters, TwoDatesGoToTheirOwnClauses) {
  const std::string text =
      "Hoàn thành rà soát lỗ hổng trước ngày 10/4/2026; báo cáo kết quả trước ngày 15/4/2026.";
  EXPECT_EQ(any(text, "complete_by"), "\"2026-04-10\"");
  EXPECT_EQ(any(text, "report_by"), "\"2026-04-15\"");
}
TEST(Parameters, OfARangeTheLowerEndCounts) {
  EXPECT_EQ(length("Mật khẩu đặt từ 11 đến 20 ký tự."), "11");
  EXPECT_EQ(length("Mật khẩu quản trị dài 14-20 ký tự."), "14");
}
TEST(Parameters, PercentsAreWholeAndOfWhatIsCovered) {
  EXPECT_EQ(any("Bố trí 0,8% ngân sách cho an toàn thông tin.", "coverage_percent"), "null");
  EXPECT_EQ(any("Bố trí 17,5 % kinh phí cho an toàn thông tin.", "coverage_percent"), "null");
  EXPECT_EQ(any("Cài phần mềm diệt virus cho không dưới 85 phần trăm máy tính.",
                "coverage_percent"), "85");
  EXPECT_EQ(any("Hiện 35% máy tính chưa cài phần mềm diệt virus, yêu cầu cài cho 90% máy tính.",
                "coverage_percent"), "90");
}
TEST(Parameters, HoursAreNoDaysAndATimeOfDayIsNoLength) {
  EXPECT_EQ(any("Khóa tài khoản của cán bộ nghỉ việc chậm nhất 03 giờ.", "within"), "null");
  EXPECT_EQ(any("Khóa tài khoản của cán bộ nghỉ việc chậm nhất 03 giờ.", "within_hours"), "3");
  EXPECT_EQ(any("Khôi phục dữ liệu từ bản sao lưu trước 11 giờ 30 ngày 16/5/2024.", "rto_hours"),
            "null");
  EXPECT_EQ(any("Sao lưu dữ liệu, khôi phục trong 6 giờ.", "rto_hours"), "6");
}
TEST(Parameters, APeriodIsOfTheWorkOfItsOwnPart) {
  EXPECT_EQ(any("Đổi mật khẩu thường xuyên; sao lưu dữ liệu hằng ngày.", "max_age"), "\"P1D\"");
  EXPECT_EQ(age("Đổi mật khẩu thường xuyên, sao lưu dữ liệu hằng ngày."), "null");
  EXPECT_EQ(age("Đổi mật khẩu; quét virut mỗi tuần 1 lần."), "null");
  EXPECT_EQ(age("Thường xuyên đổi mật khẩu và quét virut mỗi tuần 1 lần."), "null");
  EXPECT_EQ(age("Đổi mật khẩu định kỳ 4 tháng một lần, quét virut mỗi tuần 1 lần."), "\"P4M\"");
  EXPECT_EQ(age("Quét virut mỗi tuần 1 lần, đổi mật khẩu định kỳ 4 tháng một lần."), "\"P4M\"");
}
TEST(Parameters, AStatedWindowWinsOverTheHoliday) {
  const Order order = t::demand(
      "Trực 24/7 dịp Tết Nguyên đán từ ngày 04/02/2027 đến hết ngày 12/02/2027.");
  ASSERT_EQ(order.watch_windows.size(), 1u);
  EXPECT_EQ(order.watch_windows[0].from, "2027-02-04");
  EXPECT_EQ(order.watch_windows[0].to, "2027-02-12");
  EXPECT_EQ(order.watch_windows[0].why, "window.stated");
}
TEST(Parameters, WhatNoKindDeclaresGoesToTheMainKind) {
  EXPECT_EQ(any("Phổ biến Nghị định số 13/2023/NĐ-CP đến cán bộ.", "refs"),
            R"(["13/2023/NĐ-CP"])");
  EXPECT_EQ(any("Trồng cây xanh xong trước ngày 30/6/2026.", "complete_by"), "\"2026-06-30\"");
}
TEST(Parameters, ActorsAreBodiesAndPeopleNeverThings) {
  EXPECT_EQ(actor("Công an tỉnh chủ trì rà soát hệ thống."), "Công an tỉnh");
  EXPECT_EQ(actor("Giao Văn phòng Sở theo dõi việc thực hiện."), "Văn phòng Sở");
  EXPECT_EQ(actor("Trước ngày 30/6, Sở Tài chính bố trí kinh phí."), "Sở Tài chính");
  EXPECT_EQ(actor("Mật khẩu phải có ít nhất 9 ký tự."), "");
  EXPECT_EQ(actor("Máy tính phải cài đặt phần mềm diệt virus."), "");
  EXPECT_EQ(actor("Báo cáo kết quả thực hiện trước ngày 30/6."), "");
  EXPECT_EQ(actor("Tổ chức trực 24/7 và theo dõi hệ thống."), "");
  EXPECT_EQ(actor("Phòng, chống mã độc, thực hiện sao lưu."), "");
  EXPECT_EQ(actor("Ban hành quy chế và tổ chức thực hiện."), "");
  EXPECT_EQ(actor("Đơn vị cung cấp dịch vụ an toàn phải bố trí trực."),
            "Đơn vị cung cấp dịch vụ an toàn");
}
TEST(Parameters, VerbsInANameBelongToIt) {
  EXPECT_EQ(actor("Giao Sở Tư pháp, Sở Xây dựng vá lỗ hổng trước 20/12."),
            "Sở Tư pháp, Sở Xây dựng");
  EXPECT_EQ(actor("Sở Giáo dục và Đào tạo rà soát tài khoản."), "Sở Giáo dục và Đào tạo");
  EXPECT_EQ(actor("Trung tâm Chuyển đổi số sao lưu dữ liệu."), "Trung tâm Chuyển đổi số");
  EXPECT_EQ(actor("Ủy ban Kiểm tra Tỉnh ủy rà soát lỗ hổng."), "Ủy ban Kiểm tra Tỉnh ủy");
  EXPECT_EQ(actor("Phòng Tổ chức thu hồi tài khoản."), "Phòng Tổ chức");
  EXPECT_EQ(actor("Phòng Kiểm tra, giám sát thu hồi tài khoản."), "Phòng Kiểm tra, giám sát");
  EXPECT_EQ(actor("Ban Quản lý dự án đầu tư xây dựng tỉnh cài đặt bản vá."),
            "Ban Quản lý dự án đầu tư xây dựng tỉnh");
  EXPECT_EQ(actor("Trung tâm Giám sát điều hành thông minh theo dõi hệ thống."),
            "Trung tâm Giám sát điều hành thông minh");
  EXPECT_EQ(actor("Bệnh viện Đa khoa Đổi Mới sao lưu dữ liệu."), "Bệnh viện Đa khoa Đổi Mới");
  EXPECT_EQ(actor("Sở Xây dựng xây dựng kế hoạch ứng cứu."), "Sở Xây dựng");
  EXPECT_EQ(actor("Sở Nội vụ tổ chức tập huấn."), "Sở Nội vụ");
}
TEST(Parameters, ANamedBodyIsOrderedByAnyVerbOrAColon) {
  EXPECT_EQ(actor("UBND phường Bình Mẫu vá lỗ hổng."), "UBND phường Bình Mẫu");
  EXPECT_EQ(actor("Thanh tra tỉnh vá lỗ hổng."), "Thanh tra tỉnh");
  EXPECT_EQ(actor("Kho bạc Nhà nước mã hóa dữ liệu."), "Kho bạc Nhà nước");
  EXPECT_EQ(actor("Trạm Y tế xã: sao lưu dữ liệu."), "Trạm Y tế xã");
  EXPECT_EQ(actor("Sở Tư pháp: Vá lỗ hổng, báo cáo kết quả."), "Sở Tư pháp");
  EXPECT_EQ(actor("Đề nghị Sở Tư pháp vá lỗ hổng."), "Sở Tư pháp");
  EXPECT_EQ(actor("Riêng Sở Tư pháp vá lỗ hổng trước ngày 20/10."), "Sở Tư pháp");
  EXPECT_EQ(actor("Các doanh nghiệp viễn thông chặn lọc tên miền độc hại."),
            "Các doanh nghiệp viễn thông");
  EXPECT_EQ(actor("Báo và Phát thanh, Truyền hình tỉnh: Tuyên truyền cho người dân."),
            "Báo và Phát thanh, Truyền hình tỉnh");
  EXPECT_EQ(actor("Chủ tịch UBND 12 xã chậm tiến độ báo cáo giải trình."),
            "Chủ tịch UBND 12 xã chậm tiến độ");
  EXPECT_EQ(actor("Trường hợp phát hiện sự cố, báo cáo ngay."), "");
}
TEST(Parameters, AVerbWithoutItsMarksIsNobody) {
  const Order order = t::order_of(
      "So: 5/SX-VP\nMau, ngay 02 thang 3 nam 2024\n\nKinh gui: Cac don vi\n\n"
      "So X de nghi cac don vi thuc hien cac noi dung sau:\n\n"
      "1. Doi mat khau toi thieu 11 ky tu, phai thuc hien ngay.\n");
  ASSERT_FALSE(order.measures.empty());
  EXPECT_EQ(order.measures[0].actor, "");
}
TEST(Parameters, AnUnknownVerbEndsTheName) {
  EXPECT_EQ(actor("Sở Khoa học và Công nghệ xóa toàn bộ hộp thư cũ, báo cáo kết quả."),
            "Sở Khoa học và Công nghệ");
  EXPECT_EQ(actor("Công an tỉnh điều tra các vụ lộ lọt, báo cáo kết quả."), "Công an tỉnh");
  EXPECT_EQ(actor("UBND tỉnh đồng ý chủ trương thực hiện rà quét mã độc."), "UBND tỉnh");
  EXPECT_EQ(actor("Sở đã ban hành quy chế, yêu cầu thực hiện sao lưu."), "Sở");
}
TEST(Parameters, AHeadingInCapitalsIsAWholeName) {
  const auto under = [](const std::string& heading) {
    return t::demand(heading + "\n\na) Rà quét mã độc;\n\nb) Sao lưu dữ liệu.")
        .measures.at(1)
        .actor;
  };
  EXPECT_EQ(under("BAN TỔ CHỨC TỈNH ỦY"), "BAN TỔ CHỨC TỈNH ỦY");
  EXPECT_EQ(under("TRUNG TÂM CHUYỂN ĐỔI SỐ"), "TRUNG TÂM CHUYỂN ĐỔI SỐ");
  EXPECT_EQ(under("SỞ XÂY DỰNG"), "SỞ XÂY DỰNG");
  EXPECT_EQ(under("Phòng Tổ chức:"), "Phòng Tổ chức");
}
TEST(Parameters, AHeadingNamesTheAddresseeOfAllBelow) {
  const Order order = t::demand(
      "Công an tỉnh:\n\na) Rà soát lỗ hổng;\n\nb) Bố trí trực.\n\n"
      "2. Các doanh nghiệp viễn thông:\n\n- Bảo đảm đường truyền.\n\n3. Sao lưu dữ liệu.");
  std::string actors;
  for (const Measure& m : order.measures) actors += m.id + "=" + m.actor + " ";
  EXPECT_EQ(actors, "1=Công an tỉnh 1.a=Công an tỉnh 1.b=Công an tỉnh "
                    "2=Các doanh nghiệp viễn thông 2.1=Các doanh nghiệp viễn thông 3= ");
}
TEST(Parameters, ALeadingLineNamesItsAddresseeUnlessItIsEverybody) {
  const auto first = [](const char* lead) {
    return t::order_of("Số: 5/SX-VP\nMẫu, ngày 02 tháng 3 năm 2026\n\nKính gửi: Các đơn vị\n\n" +
                       std::string(lead) + "\n\n- Rà soát lỗ hổng.\n")
        .measures.at(0)
        .actor;
  };
  EXPECT_EQ(first("Sở X yêu cầu các doanh nghiệp viễn thông:"), "các doanh nghiệp viễn thông");
  EXPECT_EQ(first("Sở X yêu cầu các cơ quan, đơn vị:"), "");
}

TEST(Parameters, MinutesAreReadAsMinutes) {
  const Order back = t::demand("Sao lưu dữ liệu máy chủ, khôi phục trong 45 phút, RPO 20 phút.");
  EXPECT_EQ(t::parameter(back, "backup.contingency", "rto_minutes"), "45");
  EXPECT_EQ(t::parameter(back, "backup.contingency", "rpo_minutes"), "20");
  const Order hours = t::demand("Sao lưu cơ sở dữ liệu, RTO 3 giờ, RPO tối đa 2 giờ.");
  EXPECT_EQ(t::parameter(hours, "backup.contingency", "rpo_hours"), "2");
  EXPECT_EQ(t::parameter(hours, "backup.contingency", "rto_hours"), "3");
  const Order report = t::demand(
      "Khi phát hiện sự cố, báo cáo Đội ứng cứu sự cố trong vòng 25 phút.");
  EXPECT_EQ(t::parameter(report, "incident.report_coordination", "within_minutes"), "25");
  const Order late = t::demand(
      "Sự cố gián đoạn quá 03 giờ phải báo cáo Đội ứng cứu sự cố trong vòng 25 phút.");
  EXPECT_EQ(t::parameter(late, "incident.report_coordination", "within_hours"), "null");
  EXPECT_EQ(t::parameter(late, "incident.report_coordination", "within_minutes"), "25");
}

}  // namespace
}  // namespace khien
