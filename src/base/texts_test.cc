// What people read: plurals, dates, periods, errors, and what happens when a text is missing.
#include "base/texts_testing.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "base/errors.h"
#include "base/file.h"

namespace khien {
namespace {

TEST(Texts, prints_periods_in_words) {
  const Texts vi = texts_of("vi");
  const Texts en = texts_of("en");
  EXPECT_EQ(vi.period("P3M"), "03 tháng");
  EXPECT_EQ(vi.period("P1Y6M"), "01 năm 06 tháng");
  EXPECT_EQ(vi.period("P90D"), "90 ngày");
  EXPECT_EQ(en.period("P1M"), "1 month");
  EXPECT_EQ(en.period("P3M"), "3 months");
  EXPECT_EQ(en.period("P1Y1D"), "1 year 1 day");
  EXPECT_EQ(vi.period("P0D"), "0 ngày");
  EXPECT_EQ(vi.period("P2W"), "14 ngày");
}

TEST(Texts, prints_dates_of_every_precision) {
  const Texts vi = texts_of("vi");
  EXPECT_EQ(vi.date("2024-05-01"), "01/05/2024");
  EXPECT_EQ(vi.date("2024-05"), "tháng 5 năm 2024");
  EXPECT_EQ(vi.date("2024"), "năm 2024");
  EXPECT_EQ(vi.date("sometime"), "sometime");
  EXPECT_EQ(vi.date("eDoc"), "eDoc");
  EXPECT_EQ(vi.date("abc-def"), "abc-def");
  EXPECT_EQ(texts_of("en").date("2024-05-01"), "01/05/2024");
}

TEST(Texts, shows_an_unknown_id_instead_of_nothing) {
  const Texts vi = texts_of("vi");
  EXPECT_EQ(vi("no.such.text"), "⟦no.such.text⟧");
  EXPECT_FALSE(vi.has("no.such.text"));
}

TEST(Texts, renders_an_error_with_place_what_and_what_to_do) {
  const auto error = fail(err::file_unreadable, "a.docx", {{"detail", "E42"}}).value();
  EXPECT_EQ(texts_of("vi").error(error), "K0001 a.docx: không đọc được tệp (E42). "
                                         "Kiểm tra đường dẫn và quyền đọc tệp.");
  EXPECT_EQ(texts_of("en").error(error), "K0001 a.docx: cannot read the file (E42). "
                                         "Check the path and the read permission.");
}

TEST(Texts, what_a_library_said_is_said_in_the_readers_language) {
  const auto said = [](const char* lang, const std::string& detail) {
    const std::string all =
        texts_of(lang).error(fail(err::file_unreadable, "a", {{"detail", detail}}).value());
    return all.substr(all.find('(') + 1, all.find(')') - all.find('(') - 1);
  };
  for (const int error : {ENOENT, EACCES, EISDIR, ENOSPC, EIO, EROFS, ELOOP, ECONNREFUSED}) {
    const std::string words = std::strerror(error);
    EXPECT_EQ(said("en", words), words);
    EXPECT_NE(said("vi", words), words) << words;
    EXPECT_EQ(said("vi", words), said("vi", std::string("ghi: ") + words).substr(5)) << words;
  }
  EXPECT_EQ(said("vi", "Permission denied"), "không có quyền truy cập");
  EXPECT_EQ(said("vi", "word/styles.xml: CRC error"),
            "word/styles.xml: nội dung nén không khớp mã kiểm tra");
  EXPECT_EQ(said("vi", "cột “Ngày”"), "cột “Ngày”");
}

TEST(Texts, arguments_are_data_never_patterns) {
  const auto error =
      fail(err::file_unreadable, "x", {{"detail", "{place} '{' {n, plural"}}).value();
  EXPECT_NE(texts_of("vi").error(error).find("({place} '{' {n, plural)"), std::string::npos);
}

class OwnTexts : public ::testing::Test {
 protected:
  Result<Texts> load(std::string_view first, std::string_view second = "") {
    auto folder = TempFolder::make();
    EXPECT_TRUE(folder);
    const auto root = folder->path();
    std::filesystem::create_directories(root / "text/vi");
    EXPECT_TRUE(write_file(root / "text/vi/a.yaml", first));
    EXPECT_TRUE(write_file(root / "text/vi/b.yaml", second));
    blob = *pack_content(root);
    return Texts::load(*Content::open(blob), "vi");
  }
  std::string blob;
};

TEST_F(OwnTexts, numbers_print_with_the_separators_of_the_language) {
  const auto vi = load("a: '{n, number} tài khoản'\nb: \"{d}\"\nc: \"{x, number}\"\n");
  ASSERT_TRUE(vi);
  EXPECT_EQ((*vi)("a", {{"n", std::int64_t{1'234'567}}}), "1.234.567 tài khoản");
  EXPECT_EQ((*vi)("b", {{"d", Date{2024, 5, 1}}}), "01/05/2024");
  EXPECT_EQ((*vi)("c", {{"x", 0.5}}), "0,5");
}

TEST_F(OwnTexts, ids_are_the_path_of_keys) {
  const auto vi = load("report: {section: {basis: 'Căn cứ'}}\n");
  ASSERT_TRUE(vi);
  EXPECT_EQ((*vi)("report.section.basis"), "Căn cứ");
}

TEST_F(OwnTexts, a_text_said_twice_is_refused) {
  const auto twice = load("a: {b: x}\n", "a.b: y\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, "K0032");
}

TEST_F(OwnTexts, a_broken_pattern_shows_its_id) {
  const auto vi = load("a: '{n, plural, other'\n");
  ASSERT_TRUE(vi);
  EXPECT_EQ((*vi)("a", {{"n", std::int64_t{1}}}), "⟦a⟧");
}

TEST_F(OwnTexts, a_language_without_texts_is_an_error) {
  ASSERT_TRUE(load("a: b\n"));
  const auto none = Texts::load(*Content::open(blob), "xx");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "K0030");
}

}  // namespace
}  // namespace khien
