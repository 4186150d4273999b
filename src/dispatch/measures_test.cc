// What single demands compile to: parameters at their edges, near-misses, obligation and dates.
#include "dispatch/measures.h"

#include <fmt/format.h>

#include "dispatch/errors.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

TEST(Measures, PasswordLengthReadsAtLeastAndMoreThan) {
  const auto length = [](const char* text) {
    return t::parameter(t::demand(text), "account.password_policy", "min_length");
  };
  EXPECT_EQ(length("Mật khẩu phải có ít nhất 9 ký tự."), "9");
  EXPECT_EQ(length("Mật khẩu phải có hơn 8 ký tự."), "9");
  EXPECT_EQ(length("Đặt mật khẩu từ 12 kí tự trở lên."), "12");
  EXPECT_EQ(length("Mật khẩu có ký tự đặc biệt."), "null");
}
TEST(Measures, CharacterClassesAreReadAsASet) {
  const auto classes = [](const char* text) {
    return t::parameter(t::demand(text), "account.password_policy", "classes");
  };
  EXPECT_EQ(classes("Mật khẩu có ít nhất 9 ký tự, gồm cả số, chữ và ký tự đặc biệt."),
            R"(["digit","letter","special"])");
  EXPECT_EQ(classes("Mật khẩu gồm chữ hoa, chữ thường, chữ số, ký tự đặc biệt."),
            R"(["upper","lower","digit","special"])");
  EXPECT_EQ(classes("Theo Quyết định số 5/QĐ-X, mật khẩu tối thiểu 8 ký tự."), "null");
}
TEST(Measures, PeriodsKeepTheUnitOfTheOrder) {
  const auto age = [](const char* text) {
    return t::parameter(t::demand(text), "account.password_rotation", "max_age");
  };
  EXPECT_EQ(age("Định kỳ 03 tháng thay đổi mật khẩu."), "\"P3M\"");
  EXPECT_EQ(age("Thay đổi mật khẩu định kỳ 90 ngày."), "\"P90D\"");
  EXPECT_EQ(age("Định kỳ ba tháng đổi mật khẩu."), "\"P3M\"");
  EXPECT_EQ(age("Thay đổi mật khẩu hằng quý."), "\"P3M\"");
  EXPECT_EQ(age("Thường xuyên đổi mật khẩu."), "null");
  EXPECT_EQ(age("Thường xuyên đổi mật khẩu kể từ ngày 12 tháng 4 năm 2024."), "null");
}
TEST(Measures, MonthsOfAdvisoriesSpanARangeAndAYear) {
  const auto months = [](const char* text) {
    return t::parameter(t::demand(text), "vuln.microsoft_monthly", "months");
  };
  EXPECT_EQ(months("Khắc phục lỗ hổng trong sản phẩm Microsoft từ tháng 01 đến tháng 3 năm 2023."),
            R"(["2023-01","2023-02","2023-03"])");
  EXPECT_EQ(months("Khắc phục lỗ hổng sản phẩm Microsoft từ tháng 11/2022 đến tháng 01/2023."),
            R"(["2022-11","2022-12","2023-01"])");
  EXPECT_EQ(months("Cập nhật bản vá Microsoft tháng 5/2024."), R"(["2024-05"])");
}
TEST(Measures, GradesReadRangesAndUpwards) {
  const auto grades = [](const char* text) {
    return t::parameter(t::demand(text), "system.level_classification", "grades");
  };
  EXPECT_EQ(grades("Phê duyệt hồ sơ hệ thống từ cấp độ 1 đến cấp độ 3."), "[1,2,3]");
  EXPECT_EQ(grades("Phê duyệt hồ sơ đề xuất cấp độ 4 trở lên."), "[4,5]");
  EXPECT_EQ(grades("Phê duyệt hồ sơ đề xuất cấp độ."), "null");
}
TEST(Measures, RefsGoToTheKindNamedAfterThem) {
  const Order order = t::demand(
      "Áp dụng hướng dẫn tại Công văn số 1/A-B bảo đảm an toàn thông tin hệ thống thư điện tử; "
      "Công văn số 2/C-D bảo đảm an toàn thông tin cho cổng thông tin điện tử.");
  EXPECT_EQ(t::parameter(order, "mail.system_security", "refs"), R"(["1/A-B"])");
  EXPECT_EQ(t::parameter(order, "portal.security", "refs"), R"(["2/C-D"])");
}
TEST(Measures, NearMissesStaySilent) {
  const auto no = [](const char* kind, const char* text) {
    EXPECT_EQ(t::kind_in(t::demand(text), kind), nullptr) << kind << ": " << text;
  };
  no("account.shared", "Sử dụng phần mềm dùng chung của tỉnh.");
  no("duty.roster_24x7", "Thông báo đến đơn vị trực thuộc bằng hình thức trực tuyến.");
  no("account.leaked", "Bảo vệ dữ liệu để không lộ lọt thông tin.");
  no("incident.isolate", "Cài đặt phần mềm diệt virus cho tất cả máy tính.");
  no("log.monitoring", "Giám sát việc thực hiện kế hoạch.");
  no("directive.comply_reference", "Xử lý đơn vị không tuân thủ quy định pháp luật.");
}
TEST(Measures, WhatNoKindCoversIsKeptForAReader) {
  const Order order = t::demand("Trồng cây xanh trong khuôn viên.");
  ASSERT_EQ(order.measures.size(), 1u);
  EXPECT_EQ(order.measures[0].kinds[0].kind, "other.manual");
  EXPECT_EQ(order.warnings.back().code, "kind_open");
}
TEST(Measures, ObligationIsOwnWordFirstThenTheOpenings) {
  EXPECT_EQ(t::demand("Phải đổi mật khẩu định kỳ.").measures[0].obligation, Obligation::must);
  EXPECT_EQ(t::demand("Đổi mật khẩu định kỳ.").measures[0].obligation, Obligation::should);
  EXPECT_EQ(t::demand("Có thể tự thử nghiệm xâm nhập.").measures[0].obligation, Obligation::may);
}
TEST(Measures, DueDateWithoutYearTakesTheYearOfIssue) {
  EXPECT_EQ(t::demand("Báo cáo kết quả trước ngày 30/4.").measures[0].due_on, "2024-04-30");
  EXPECT_EQ(t::demand("Báo cáo kết quả trước ngày 15/01.").measures[0].due_on, "2025-01-15");
  EXPECT_EQ(t::demand("Báo cáo kết quả chậm nhất trong tháng 9 năm 2024.").dispatch.due_on,
            "2024-09");
}
TEST(Measures, AnnexThatIsNotThereIsAWarning) {
  const auto codes = [](const Order& o) {
    std::string out;
    for (const Warning& w : o.warnings) out += w.code + " ";
    return out;
  };
  EXPECT_NE(codes(t::demand("Rà soát lỗ hổng theo phụ lục kèm theo.")).find("annex_missing"),
            std::string::npos);
  EXPECT_EQ(codes(t::demand("Rà soát lỗ hổng.")).find("annex_missing"), std::string::npos);
}
TEST(Measures, SpansCountCodePointsOfTheStoredText) {
  const Order order = t::demand("Đổi mật khẩu định kỳ.");
  const std::u32string text = to_u32(order.text);
  const Measure& m = order.measures[0];
  EXPECT_EQ(to_utf8(text.substr(static_cast<std::size_t>(m.span_from),
                                static_cast<std::size_t>(m.span_to - m.span_from))),
            "1. Đổi mật khẩu định kỳ.");
}
TEST(Measures, WatchWindowIsTheHolidayAfterTheIssue) {
  const Order order = t::demand("Tổ chức trực trong dịp nghỉ lễ 30/4 và 01/5.");
  ASSERT_EQ(order.watch_windows.size(), 1u);
  EXPECT_EQ(order.watch_windows[0].from, "2024-04-30");
  EXPECT_TRUE(t::demand("Tổ chức trực dịp Tết Dương lịch.").watch_windows.empty());
}
TEST(Measures, TheJsonHasExactlyTheFieldsOfItsSchema) {
  const auto schema = parse_json(t::bytes_of("docs/schema/compile.schema.json"), "schema");
  ASSERT_TRUE(schema);
  const Node found = to_node(t::order_of(t::bytes_of("samples/cong-van-mau.txt")), &t::texts());
  const auto compare = [](const Node& object, const Node& described) {
    for (const auto& [key, value] : object.pairs()) {
      EXPECT_TRUE(described["properties"].has(key)) << key;
    }
    for (const std::string& key : described["required"].texts()) {
      EXPECT_TRUE(object.has(key)) << key;
    }
  };
  const Node& properties = (*schema)["properties"];
  compare(found["dispatch"], properties["dispatch"]);
  compare(found["measures"].items()[0], properties["measures"]["items"]);
  compare(found["measures"].items()[0]["kinds"].items()[0],
          properties["measures"]["items"]["properties"]["kinds"]["items"]);
  compare(found["watch_windows"].items()[0], properties["watch_windows"]["items"]);
}
TEST(Measures, SameTextTwiceGivesTheSameBytes) {
  const std::string bytes = t::bytes_of("tests/corpus/dispatches/02-chi-thi.txt");
  EXPECT_EQ(to_json(to_node(t::order_of(bytes))), to_json(to_node(t::order_of(bytes))));
}
TEST(Measures, ClausesHoldAtTheLimitAndNotOneMore) {
  const auto many = [](std::size_t n) {
    std::string text = "Sở X yêu cầu thực hiện:\n\n";
    for (std::size_t i = 0; i + 1 < n; ++i) text += "- Đổi mật khẩu.\n";
    const auto document = document_from_text(text, "many");
    return compile(*document, t::vocabulary());
  };
  EXPECT_TRUE(many(limits::dispatch_clauses));
  const auto over = many(limits::dispatch_clauses + 1);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, err::document_clauses);
}

}  // namespace
}  // namespace khien
