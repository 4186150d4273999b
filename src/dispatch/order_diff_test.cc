// What changed between two dispatches is found whatever the numbers of their items are.
#include "dispatch/order_diff.h"

#include "dispatch/task_table.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

Order order_with(const std::string& items, const std::string& to = "Các đơn vị") {
  return t::order_of("Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nKính gửi: " + to +
                     "\n\nSở X đề nghị các đơn vị thực hiện các nội dung sau:\n\n" + items);
}

TEST(OrderDiff, ParametersAndDeadlinesThatChangedAreNamedWithTheirDirection) {
  const Order before = order_with("1. Đổi mật khẩu tài khoản định kỳ 06 tháng một lần.\n"
                                  "2. Báo cáo kết quả về Sở trước ngày 15/4/2024.\n");
  const Order after = order_with("1. Báo cáo kết quả về Sở trước ngày 30/4/2024.\n"
                                 "2. Đổi mật khẩu tài khoản định kỳ 03 tháng một lần.\n");
  const OrderDiff diff = compare_orders(before, after, t::vocabulary());
  ASSERT_EQ(diff.measures.size(), 2u);
  for (const MeasurePair& p : diff.measures) {
    ASSERT_TRUE(p.before != nullptr && p.after != nullptr);
    EXPECT_NE(p.before->id, p.after->id);
  }
  const FieldChange& age = diff.measures[1].changes.at(0);
  EXPECT_EQ(age.parameter, "max_age");
  EXPECT_EQ(age.before.text() + ">" + age.after.text(), "P6M>P3M");
  EXPECT_EQ(age.how, OrderChange::stricter);
  EXPECT_EQ(diff.measures[0].changes.at(0).what, "due_on");
}
TEST(OrderDiff, AddedAndDroppedMeasuresAndAddresseesAreNamed) {
  const Order before = order_with("1. Sao lưu dữ liệu theo nguyên tắc 3-2-1.\n2. Bật xác thực hai "
                                  "yếu tố đối với tài khoản quản trị.\n");
  const Order after = order_with("1. Sao lưu dữ liệu theo nguyên tắc 3-2-1.\n2. Cài đặt phần mềm "
                                 "phòng, chống mã độc trên máy tính.\n", "Các phòng, chi nhánh");
  const OrderDiff diff = compare_orders(before, after, t::vocabulary());
  EXPECT_EQ(diff.same, 1);
  ASSERT_EQ(diff.measures.size(), 2u);
  EXPECT_EQ(diff.measures[0].before, nullptr);
  EXPECT_EQ(diff.measures[1].after, nullptr);
  EXPECT_EQ(diff.addressees_added, std::vector<std::string>{"Các phòng, chi nhánh"});
  EXPECT_EQ(diff.addressees_dropped, std::vector<std::string>{"Các đơn vị"});
  const Node node = to_node(diff);
  EXPECT_EQ(node["measures"]["added"].items().size(), 1u);
  EXPECT_EQ(node["measures"]["dropped"].items()[0]["id"].text(), "2");
}
TEST(OrderDiff, AnOrderDoesNotDifferFromItself) {
  const Order order = order_with("1. Đổi mật khẩu tài khoản định kỳ 06 tháng một lần.\n");
  const OrderDiff diff = compare_orders(order, order, t::vocabulary());
  EXPECT_TRUE(diff.head.empty() && diff.measures.empty());
  EXPECT_EQ(diff.same, 1);
}

Document with_table(std::vector<std::vector<std::string>> rows) {
  Document document;
  document.text = "Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các đơn vị\n\n"
                  "Sở X đề nghị các đơn vị thực hiện các nội dung sau:\n\n";
  document.tables.emplace_back();
  for (auto& cells : rows) {
    DocumentRow row;
    row.begin = static_cast<std::uint32_t>(code_points(document.text));
    for (const std::string& cell : cells) document.text += (cell == cells[0] ? "" : " | ") + cell;
    row.end = static_cast<std::uint32_t>(code_points(document.text));
    document.text += "\n\n";
    row.cells = std::move(cells);
    document.tables[0].rows.push_back(std::move(row));
  }
  return document;
}
Order with_rows(std::vector<std::vector<std::string>> rows) {
  const Document document = with_table(std::move(rows));
  auto order = compile(document, t::vocabulary());
  const auto tables = TaskTables::load(t::content());
  EXPECT_TRUE(order && tables);
  EXPECT_TRUE(apply_tables(*order, document, *tables, t::vocabulary()));
  return std::move(*order);
}

TEST(TaskTable, EachRowIsADemandWithItsActorAndDeadlineWhetherNumberedOrNot) {
  for (const bool numbered : {true, false}) {
    std::vector<std::vector<std::string>> rows = {
        {"TT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian hoàn thành"},
        {"1", "Diễn tập thực chiến ứng cứu sự cố an toàn thông tin", "Công an tỉnh", "Sở X",
         "Trước ngày 30/9/2024"},
        {"2", "Rà soát, khắc phục lỗ hổng bảo mật trên cổng thông tin điện tử", "Sở X", "",
         "Quý III/2024"}};
    if (!numbered) {
      for (auto& row : rows) row.erase(row.begin());
    }
    const Order order = with_rows(rows);
    ASSERT_EQ(order.measures.size(), 2u) << numbered;
    EXPECT_EQ(order.measures[0].id, "b1.1");
    EXPECT_EQ(order.measures[0].actor, "Công an tỉnh");
    EXPECT_EQ(order.measures[0].due_on, "2024-09-30");
    EXPECT_EQ(order.measures[0].kinds[0].kind, "incident.exercise");
    EXPECT_EQ(order.measures[0].cite_vi, "dòng 1, bảng 1");
    EXPECT_EQ(order.measures[1].due_on, "2024-09");
    EXPECT_EQ(order.measures[1].text.find(" | "), std::string::npos);
  }
}
TEST(TaskTable, ATableOfOtherThingsGivesNoDemand) {
  const Order order = with_rows({{"TT", "Họ và tên", "Điện thoại"},
                                 {"1", "Trần Thị Thử", "0900.000.000"}});
  for (const Measure& m : order.measures) EXPECT_FALSE(m.id.starts_with("b1."));
}
TEST(TaskTable, GroupsOfRowsAreHeadings) {
  const Order order = with_rows(
      {{"STT", "Nội dung", "Đơn vị thực hiện", "Thời hạn"},
       {"I", "Hạ tầng", "", ""},
       {"1", "Cài đặt phần mềm phòng, chống mã độc trên máy tính", "Văn phòng", "30/6/2024"}});
  ASSERT_EQ(order.measures.size(), 1u);
  EXPECT_EQ(order.measures[0].id, "b1.1");
}

TEST(TaskTable, ARosterAsksNothing) {
  for (const std::vector<std::string>& heading :
       {std::vector<std::string>{"TT", "Ngày trực", "Nhiệm vụ", "Thời gian"},
        {"TT", "Họ và tên", "Chức vụ", "Số điện thoại"}}) {
    const Order order = with_rows({heading,
                                   {"1", "28/8/2024", "Trực chính Trần Văn Thử", "7h30 - 17h00"},
                                   {"2", "29/8/2024", "Trực phụ Lê Thị Mẫu", "17h00 - 7h30"}});
    EXPECT_TRUE(order.measures.empty()) << heading[1] << order.measures.size();
  }
}
TEST(TaskTable, ACellMayListSeveralTasks) {
  const Order order = with_rows(
      {{"TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"},
       {"1", "- Rà quét mã độc trên máy tính; - Đổi mật khẩu thư điện tử công vụ", "Văn phòng",
        "18/6/2024; 27/6/2024"},
       {"2", "Sao lưu dữ liệu - khôi phục thử", "Phòng Tin học", "Quý III/2024"}});
  ASSERT_EQ(order.measures.size(), 3u);
  EXPECT_EQ(order.measures[0].id, "b1.1");
  EXPECT_EQ(order.measures[0].text, "Rà quét mã độc trên máy tính");
  EXPECT_EQ(order.measures[0].due_on, "2024-06-18");
  EXPECT_EQ(order.measures[0].kinds[0].kind, "host.malware_scan");
  EXPECT_EQ(order.measures[1].id, "b1.1(2)");
  EXPECT_EQ(order.measures[1].actor, "Văn phòng");
  EXPECT_EQ(order.measures[1].due_on, "2024-06-27");
  EXPECT_EQ(order.measures[1].kinds[0].kind, "account.password_rotation");
  EXPECT_EQ(order.measures[2].id, "b1.2");
  EXPECT_EQ(order.measures[2].due_on, "2024-09");
}

}  // namespace
}  // namespace khien
