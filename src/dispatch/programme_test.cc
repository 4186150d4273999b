// Programmes and corrections: what is typed comes back, what is mistyped names its line.
#include "dispatch/programme.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "dispatch/errors.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

std::string programme_error(const std::string& text) {
  const auto order = load_programme(text, "p.yaml", t::vocabulary());
  return order ? "loaded" : order.error().code + " " + order.error().place;
}
std::string with_measure(const std::string& lines) {
  return "programme: x\nmeasures:\n  - id: \"1\"\n    text: \"t\"\n" + lines;
}

TEST(Programme, MistakesNameTheirLine) {
  EXPECT_EQ(programme_error(with_measure("    kinds: [account.leavers]\n")), "loaded");
  EXPECT_EQ(programme_error(with_measure("    kinds:\n      - account.leaver\n")),
            std::string(err::kind_unknown) + " p.yaml:6");
  EXPECT_EQ(programme_error(with_measure("    kinds:\n      - kind: account.leavers\n"
                                         "        parameters:\n          speed: 3\n")),
            std::string(err::parameter_unknown) + " p.yaml:8");
  EXPECT_EQ(programme_error(with_measure("    kinds:\n      - kind: account.password_policy\n"
                                         "        parameters: {min_length: nine}\n")),
            std::string(err::parameter_value) + " p.yaml:7");
  EXPECT_EQ(programme_error(with_measure("    due_on: 31/12/2024\n")),
            std::string(err::programme_date) + " p.yaml:5");
  EXPECT_EQ(programme_error(with_measure("    obligation: perhaps\n")),
            std::string(err::field_value) + " p.yaml:5");
  EXPECT_EQ(programme_error(with_measure("    titel: x\n")).substr(0, 5), err::field_unknown);
  EXPECT_EQ(programme_error(with_measure("  - {id: \"1\", text: again}\n")),
            std::string(err::measure_repeated) + " p.yaml:5");
  EXPECT_EQ(programme_error("programme: x\n").substr(0, 5), err::programme_empty);
  EXPECT_EQ(programme_error("programme: [").substr(0, 5), err::yaml_invalid);
}
TEST(Programme, ParameterRangesHoldAtTheirEdges) {
  const auto length = [](int n) {
    return programme_error(with_measure(fmt::format(
        "    kinds: [{{kind: account.password_policy, parameters: {{min_length: {}}}}}]\n", n)));
  };
  EXPECT_EQ(length(256), "loaded");
  EXPECT_EQ(length(257).substr(0, 5), err::parameter_value);
}
TEST(Programme, ACompiledOrderWrittenAndLoadedIsTheSame) {
  for (const char* file : {"samples/cong-van-mau.txt", "tests/corpus/dispatches/02-chi-thi.txt",
                           "tests/corpus/dispatches/38-nhieu-thoi-han.txt"}) {
    const Order order = t::order_of(t::bytes_of(file));
    const std::string yaml = write_programme(order, t::texts());
    const auto again = load_programme(yaml, "again.yaml", t::vocabulary());
    ASSERT_TRUE(again) << to_string(again.error()) << yaml;
    ASSERT_EQ(again->measures.size(), order.measures.size());
    EXPECT_EQ(again->dispatch.number, order.dispatch.number);
    for (std::size_t i = 0; i < order.measures.size(); ++i) {
      const Measure& a = order.measures[i];
      const Measure& b = again->measures[i];
      EXPECT_EQ(a.id + a.text + a.cite_vi + a.due_on + a.actor,
                b.id + b.text + b.cite_vi + b.due_on + b.actor);
      ASSERT_EQ(a.deadlines.size(), b.deadlines.size());
      for (std::size_t k = 0; k < a.deadlines.size(); ++k) {
        EXPECT_EQ(a.deadlines[k].actor + a.deadlines[k].due_on,
                  b.deadlines[k].actor + b.deadlines[k].due_on);
      }
      ASSERT_EQ(a.kinds.size(), b.kinds.size());
      for (std::size_t k = 0; k < a.kinds.size(); ++k) {
        EXPECT_EQ(a.kinds[k].kind, b.kinds[k].kind);
        EXPECT_EQ(to_json(a.kinds[k].parameters), to_json(b.kinds[k].parameters));
      }
    }
  }
}
TEST(Programme, DaysToWatchAreReadUnderTheKeyOfOlderFilesToo) {
  const auto days = [](const std::string& lines) {
    const Order order =
        load_programme(with_measure("") + lines, "p.yaml", t::vocabulary()).value();
    std::string out;
    for (const WatchWindow& w : order.watch_windows) out += w.from + ".." + w.to + " ";
    return out;
  };
  const std::string first = "watch_windows: [{from: 2027-03-01, to: 2027-03-02, why: tet}]\n";
  const std::string second = "windows: [{from: 2027-05-03, to: 2027-05-04, why: tet}]\n";
  EXPECT_EQ(days(first), "2027-03-01..2027-03-02 ");
  EXPECT_EQ(days(second), "2027-05-03..2027-05-04 ");
  EXPECT_EQ(days(second + first), "2027-03-01..2027-03-02 2027-05-03..2027-05-04 ");
  Order order = t::demand("Quét mã độc toàn bộ máy tính.");
  ASSERT_TRUE(apply_corrections(order, second, "c.yaml", "Nguyễn Văn Mẫu", t::vocabulary()));
  ASSERT_EQ(order.watch_windows.size(), 1u);
  EXPECT_EQ(order.watch_windows[0].from, "2027-05-03");
}
TEST(Programme, TheTemplateLoadsInBothLanguages) {
  for (const char* lang : {"vi", "en"}) {
    const std::string text = programme_template(t::vocabulary(), t::texts(lang));
    EXPECT_EQ(programme_error(text), "loaded");
    EXPECT_NE(text.find("#   account.leavers"), std::string::npos);
  }
}
TEST(Programme, TextOfADocumentCannotBreakOutOfItsField) {
  Order order = t::demand("Đổi mật khẩu.");
  order.measures[0].text = "x\"\n  - id: evil\n    text: \\";
  const auto again = load_programme(write_programme(order, t::texts()), "again", t::vocabulary());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->measures.size(), 1u);
}
TEST(Programme, CitationsFollowFromIds) {
  const auto cite = [](const char* id) {
    const auto order = load_programme(fmt::format("measures: [{{id: \"{}\", text: t}}]", id), "p",
                                      t::vocabulary());
    return order ? order->measures[0].cite_vi : order.error().code;
  };
  EXPECT_EQ(cite("2"), "mục 2");
  EXPECT_EQ(cite("2.1"), "gạch đầu dòng thứ nhất, mục 2");
  EXPECT_EQ(cite("II.1.a"), "điểm a khoản 1 mục II");
  EXPECT_EQ(cite("p3"), "nội dung thứ ba");
}
TEST(Corrections, ChangeDropAndAddAndRecordWho) {
  Order order = t::order_of(t::bytes_of("samples/cong-van-mau.txt"));
  const std::size_t before = order.measures.size();
  const char* fix =
      "measures:\n"
      "  - {id: \"1.2\", kinds: [{kind: account.password_rotation, parameters: {max_age: P6M}}]}\n"
      "  - {id: \"6\", drop: true}\n"
      "  - {id: \"p9\", add: true, text: \"thêm\", kinds: [account.mfa]}\n";
  ASSERT_TRUE(apply_corrections(order, fix, "c.yaml", "Lê Văn Thử", t::vocabulary()));
  EXPECT_EQ(order.measures.size(), before);
  EXPECT_EQ(find_measure(order, "1.2")->kinds[0].parameters["max_age"].text(), "P6M");
  EXPECT_EQ(find_measure(order, "6"), nullptr);
  EXPECT_EQ(find_measure(order, "p9")->kinds[0].kind, "account.mfa");
  EXPECT_EQ(order.confirmed_by, "Lê Văn Thử");
}
TEST(Corrections, AWrongOneChangesNothing) {
  Order order = t::order_of(t::bytes_of("samples/cong-van-mau.txt"));
  const std::string before = to_json(to_node(order));
  const auto bad =
      apply_corrections(order, "measures:\n  - {id: \"6\", drop: true}\n  - {id: \"99\"}\n",
                        "c.yaml", "A", t::vocabulary());
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, err::measure_unknown);
  EXPECT_EQ(bad.error().place, "c.yaml:3");
  EXPECT_EQ(to_json(to_node(order)), before);
  EXPECT_EQ(apply_corrections(order, "measures: []", "c", " ", t::vocabulary()).error().code,
            err::corrections_unsigned);
}

}  // namespace
}  // namespace khien
