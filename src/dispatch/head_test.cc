// Heads as offices, telegrams and web pages write them.
#include "dispatch/head.h"

#include <fmt/format.h>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

Dispatch head_of(const std::string& text) { return t::order_of(text).dispatch; }
std::string to(const Dispatch& d) { return fmt::format("{}", fmt::join(d.recipients, " | ")); }

const std::string kBody = "\n1. Đổi mật khẩu máy tính.\n\n2. Quét mã độc.\n";

TEST(Head, TheFirstRecipientMayStandBehindADash) {
  const Dispatch d = head_of(
      "SỞ NGOẠI VỤ MẪU\nSố: 21/SNgV-VP\nMẫu, ngày 11 tháng 2 năm 2025\n\nKính gửi: - Các phòng;\n"
      "  - Trung tâm Dịch thuật;\n  - Thanh tra Sở.\n" + kBody);
  EXPECT_EQ(to(d), "Các phòng | Trung tâm Dịch thuật | Thanh tra Sở");
}
TEST(Head, ATelegramNamesWhomItIsSentTo) {
  const std::string head = "ỦY BAN NHÂN DÂN\nTỈNH SƠN BẮC\nSố: 9/CĐ-UBND\nSơn Bắc, ngày 11 tháng 2 "
                           "năm 2025\n\nCÔNG ĐIỆN\nVề việc ứng phó mã độc\n\n";
  for (const char* who : {"CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN BẮC điện:\n\n- Giám đốc các sở;\n"
                          "- Chủ tịch UBND các xã.\n",
                          "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:\nGiám đốc các sở;\nChủ tịch UBND "
                          "các "
                          "xã.\n"}) {
    const Dispatch d = head_of(head + who + "\nChủ tịch UBND tỉnh yêu cầu:\n" + kBody);
    EXPECT_EQ(to(d), "Giám đốc các sở | Chủ tịch UBND các xã");
    EXPECT_EQ(d.subject_line, "ứng phó mã độc");
    EXPECT_EQ(d.form, "công điện");
  }
}
TEST(Head, APageCopiedFromTheWebIsPutTogether) {
  const Dispatch d = head_of(
      "ỦY\nBAN NHÂN DÂN\nTỈNH SƠN BẮC\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập "
      "- Tự "
      "do - Hạnh phúc\n-------\n|\nSố:\n56/KH-UBND\n|\nSơn\nBắc, ngày 7 tháng 5 năm 2025\n|\nKẾ "
      "HOẠCH\nBẢO\nĐẢM AN TOÀN THÔNG TIN NĂM 2025\nCăn cứ Luật An ninh mạng;\nỦy ban nhân dân tỉnh "
      "ban hành Kế hoạch như sau:\n" + kBody);
  EXPECT_EQ(d.number, "56/KH-UBND");
  EXPECT_EQ(d.issued_on, "2025-05-07");
  EXPECT_EQ(d.place, "Sơn Bắc");
  EXPECT_EQ(fold(d.issuer), "ủy ban nhân dân tỉnh sơn bắc");
  EXPECT_EQ(d.subject_line, "BẢO ĐẢM AN TOÀN THÔNG TIN NĂM 2025");
}
TEST(Head, BarsBetweenCellsAreNoPartOfIt) {
  const Dispatch d = head_of(
      "ỦY BAN NHÂN DÂN TỈNH SƠN BẮC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 8/UBND-NC | Sơn "
      "Bắc, "
      "ngày 7 tháng 5 năm 2025 |\nV/v: sao lưu dữ liệu | |\n\nKính gửi: Các sở.\n" + kBody);
  EXPECT_EQ(fold(d.issuer), "ủy ban nhân dân tỉnh sơn bắc");
  EXPECT_EQ(d.place, "Sơn Bắc");
  EXPECT_EQ(d.subject_line, "sao lưu dữ liệu");
}
TEST(Head, ADateBrokenInTwoLinesIsOne) {
  const Dispatch d = head_of("SỞ Y TẾ SƠN BẮC\nSố: 8/SYT-VP\nSơn Bắc, ngày 27\ntháng 8 năm "
                             "2025\n(V/v "
                             "đổi mật khẩu)\n\nKính gửi: Các bệnh viện.\n" + kBody);
  EXPECT_EQ(d.issued_on, "2025-08-27");
  EXPECT_EQ(d.place, "Sơn Bắc");
  EXPECT_EQ(d.subject_line, "đổi mật khẩu");
}
TEST(Head, AnOfficeIsNamedWithTheBodyItBelongsTo) {
  const std::string head = "UBND TỈNH SƠN BẮC\nVĂN PHÒNG\nSố: 8/VP-TH\nSơn Bắc, ngày 7 tháng 5 năm "
                           "2025\n\nKính gửi: Các phòng.\n\n";
  EXPECT_EQ(head_of(head + "Văn phòng yêu cầu các phòng:\n" + kBody).issuer,
            "Văn phòng UBND TỈNH SƠN BẮC");
  EXPECT_EQ(head_of(head + "Văn phòng UBND tỉnh yêu cầu các phòng:\n" + kBody).issuer,
            "Văn phòng UBND tỉnh");
}
TEST(Head, ATitleOfAnotherFormIsNoPartOfTheIssuer) {
  const Dispatch d = head_of("TRUNG TÂM ĐIỀU PHỐI MẪU\nSố: 3/LĐP-TT\nMẫu, ngày 7 tháng 5 năm "
                             "2025\n\n"
                             "LỆNH ĐIỀU PHỐI\nVề việc ngăn chặn mã độc\n\nKính gửi: Các đơn vị.\n" +
                             kBody);
  EXPECT_EQ(fold(d.issuer), "trung tâm điều phối mẫu");
  EXPECT_EQ(d.subject_line, "ngăn chặn mã độc");
}
TEST(Head, ATitleThatBeginsWithToCarryOutIsTheSubject) {
  const Dispatch d = head_of("UBND TỈNH SƠN BẮC\nSố: 3/KH-UBND\nSơn Bắc, ngày 7 tháng 5 năm "
                             "2025\n\nKẾ "
                             "HOẠCH\nThực hiện Chiến lược an ninh mạng đến năm 2030\n\nThực "
                             "hiện Quyết "
                             "định số 41/QĐ-TTg ngày 02/4/2025, UBND tỉnh yêu cầu các "
                             "sở:\n" + kBody);
  EXPECT_EQ(d.subject_line, "Thực hiện Chiến lược an ninh mạng đến năm 2030");
  ASSERT_EQ(d.legal_basis.size(), 1u);
  EXPECT_EQ(d.legal_basis[0].number, "41/QĐ-TTg");
}
TEST(Head, TheGroundsOfAPlanMayStandUnderAHeading) {
  const Dispatch d = head_of(
      "UBND XÃ BẮC SƠN\nSố: 3/KH-UBND\nBắc Sơn, ngày 7 tháng 5 năm 2025\n\nKẾ HOẠCH\nBảo đảm an "
      "toàn "
      "thông tin\n\nI. CĂN CỨ\n\n- Quyết định số 41/QĐ-TTg ngày 02/4/2025;\n- Kế hoạch số "
      "19-KH/TU.\n\nII. NHIỆM VỤ\n\n1. Thực hiện Công văn số 5/SYT-VP.\n");
  ASSERT_EQ(d.legal_basis.size(), 2u);
  EXPECT_EQ(d.legal_basis[1].number, "19-KH/TU");
}
TEST(Head, ProseNamesTheIssuerInFullOnce) {
  const Dispatch d = head_of(
      "Cảnh báo mã độc\n\nSở Tài chính tỉnh Sơn Bắc vừa ban hành Công văn số 71/STC-TH ngày "
      "07/5/2025 "
      "về mã độc.\n\nSở Tài chính đề nghị các cơ quan, đơn vị:\n" + kBody);
  EXPECT_EQ(d.issuer, "Sở Tài chính tỉnh Sơn Bắc");
  EXPECT_EQ(d.number, "71/STC-TH");
  const Dispatch two = head_of(
      "Trung tâm Giám sát, Cục An ninh số gửi các đơn vị cảnh báo mã độc tống tiền:\n" + kBody);
  EXPECT_EQ(two.issuer, "Trung tâm Giám sát");
  EXPECT_EQ(two.parent, "Cục An ninh số");
}

TEST(Head, YearsAndMonthsStandOnEitherSideOfTheNumber) {
  const std::string head = "CÔNG TY HẠ TẦNG MẪU\nSố: ";
  const std::string rest = "\nMẫu, ngày 7 tháng 5 năm 2025\n\nKính gửi: Các phòng.\n" + kBody;
  for (const char* number : {"2025/41/HTM-KT", "41/2025/HTM-KT", "2025/05/41/HTM-KT"}) {
    const Dispatch d = head_of(head + number + rest);
    EXPECT_EQ(d.number, number);
    EXPECT_EQ(d.symbol, "HTM-KT");
  }
  const Dispatch open = head_of(head + "      /2025/HTM-KT" + rest);
  EXPECT_EQ(open.number, "");
  EXPECT_EQ(open.symbol, "HTM-KT");
  EXPECT_EQ(head_of(head + "2025/41/2025" + rest).symbol, "");
}
TEST(Head, CapitalsUnderTheNumberAreNoPartOfTheIssuer) {
  const std::string head = "SỞ TÀI CHÍNH SƠN BẮC\nSố: 5/STC-TH\nV/v sao lưu dữ liệu\n\n";
  const std::string rest = "\n\nSơn Bắc, ngày 7 tháng 5 năm 2025\n\nKính gửi: Các phòng.\n" + kBody;
  for (const char* line : {"YÊU CẦU PHỐI HỢP", "BẢN SAO LỤC", "TÀI LIỆU NỘI BỘ"}) {
    const Dispatch d = head_of(head + line + rest);
    EXPECT_EQ(fold(d.issuer), "sở tài chính sơn bắc") << line;
    EXPECT_EQ(d.subject_line, "sao lưu dữ liệu") << line;
  }
}
TEST(Head, ATitleWithoutAFormOfItsOwnStandsUnderTheBody) {
  const Dispatch d = head_of("TRƯỜNG TRUNG HỌC SAO MAI\n\nNỘI QUY\nDÙNG MÁY TÍNH TRONG TRƯỜNG\n\n"
                             "1. Không cài phần mềm lạ.\n\n2. Quét mã độc hằng tuần.\n");
  EXPECT_EQ(fold(d.issuer), "trường trung học sao mai");
  const Dispatch p = head_of("TRƯỜNG TRUNG HỌC SAO MAI\n\nCHÍNH SÁCH\nDÙNG MẠNG TRONG TRƯỜNG\n\n"
                             "1. Không cài phần mềm lạ.\n\n2. Quét mã độc hằng tuần.\n");
  EXPECT_EQ(fold(p.issuer), "trường trung học sao mai");
  EXPECT_EQ(fold(p.subject_line), "dùng mạng trong trường");
}
TEST(Head, TheSessionOfACouncilIsNoPartOfTheSubject) {
  const Dispatch d = head_of(
      "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN BẮC\nSố: 5/NQ-HĐND\nSơn Bắc, ngày 7 tháng 5 năm 2025\n\nNGHỊ "
      "QUYẾT\nVề bảo đảm an ninh mạng của tỉnh\n\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN BẮC\nKHÓA X, KỲ HỌP "
      "THỨ 9\n\nCăn cứ Luật An ninh mạng;\n\nQUYẾT NGHỊ:\n" + kBody);
  EXPECT_EQ(d.subject_line, "bảo đảm an ninh mạng của tỉnh");
}
TEST(Head, ABranchIsNamedUnderItsBank) {
  const Dispatch d = head_of("NGÂN HÀNG CHÍNH SÁCH MẪU\nCHI NHÁNH TỈNH SƠN BẮC\nSố: 5/SBA-TH\nSơn "
                             "Bắc, ngày 7 tháng 5 năm 2025\n\nKính gửi: Các phòng.\n" + kBody);
  EXPECT_EQ(fold(d.issuer), "chi nhánh tỉnh sơn bắc");
  EXPECT_EQ(fold(d.parent), "ngân hàng chính sách mẫu");
}

}  // namespace
}  // namespace khien
