// Letters that ask for what nobody outside may ask for, beside those an office gets every day.
#include <gtest/gtest.h>

#include "engine/mail/mail_lures.h"
#include "engine/mail/mail_signs.h"
#include "engine/mail/testing_mail.h"

namespace khien::mail {
namespace {

using namespace testing;

std::string signs(const std::string& bytes) {
  std::string out;
  for (const std::string& s : phishing_signs(read_message(bytes), office_words())) {
    out += (out.empty() ? "" : ",") + s;
  }
  return out;
}

std::string text_letter(const std::string& from, const std::string& subject,
                        const std::string& text, const std::string& more = "") {
  return letter(from, subject,
                more + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n");
}

TEST(MailLures, TextsThatAskForPasswordsMoneyOrCoinsAreFound) {
  EXPECT_EQ(
      signs(text_letter("Hỗ trợ <ht@nang-cap.test>", "Thông báo",
                        "Webmail của bạn đã đầy. Đăng nhập https://thu-moi.test để xác nhận.")),
      "mailbox_threatened");
  EXPECT_EQ(signs(text_letter("B <b@thu.test>", "viec gap",
                              "Anh dang hop, em chuyen tien giup anh vao so tai khoan 99 nhe")),
            "money_asked");
  EXPECT_EQ(
      signs(text_letter("An <an.nv@somau.example>", "Chào",
                        "Chuyển 500 USDT vào ví x, nếu không video của bạn sẽ bị tung lên mạng",
                        "Authentication-Results: m; spf=softfail dkim=none\r\n")),
      "extortion");
  EXPECT_EQ(signs(text_letter("Giao hàng <a@gh.test>", "Bưu kiện",
                              "Bưu kiện của bạn bị giữ, đóng phí 9.000đ tại http://gh.test/p")),
            "parcel_fee");
  EXPECT_EQ(
      signs(text_letter("Tin <a@tin.test>", "Phạt",
                        "Ông bà có biên bản phạt nguội, tải về tại http://tin.test/Bien-Ban.APK")),
      "link_to_program,summons");
}

TEST(MailLures, APasswordBesideItsArchiveAndACodeToScanAreFound) {
  const std::string archive = letter(
      "B <b@ban.test>", "Hồ sơ",
      "Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain; "
      "charset=utf-8\r\n\r\nMật khẩu giải nén: 2468\r\n--q\r\nContent-Type: application/zip; "
      "name=hoso.zip\r\n\r\nUEsDBA==\r\n--q--\r\n");
  EXPECT_EQ(signs(archive), "archive_password");
  const std::string code =
      letter("IT <b@ban.test>", "Xác thực hai lớp",
             "Content-Type: multipart/related; boundary=q\r\n\r\n--q\r\nContent-Type: text/html; "
             "charset=utf-8\r\n\r\n<p>Quét mã QR để xác thực tài khoản</p>\r\n--q\r\n"
             "Content-Type: image/png\r\n\r\niVBORw==\r\n--q--\r\n");
  EXPECT_EQ(signs(code), "code_to_scan");
}

TEST(MailLures, WhatAnOfficeGetsEveryDayIsNone) {
  for (const std::string& mail : {
           text_letter("Phòng HC <hc@somau.example>", "Hộp thư",
                       "Hộp thư sắp đầy, các anh chị đăng nhập https://thu.somau.example xóa bớt"),
           text_letter("Sở KHCN <a@skhcn.tinhmau.gov.vn>", "Cảnh báo",
                       "Hộp thư bị khóa, đăng nhập http://x.test: đó là thư giả mạo"),
           text_letter("Bản tin <a@baomat.test>", "Thủ đoạn mới",
                       "Kẻ xấu báo hộp thư hết hạn, bảo đăng nhập http://x.test; hãy cảnh giác"),
           text_letter("Công ty B <kd@congty.test>", "Đề nghị thanh toán",
                       "Kính đề nghị quý cơ quan chuyển khoản vào số tài khoản 0123 trước ngày 30"),
           text_letter("UBND xã Mẫu <ubndxamau@gmail.com>", "Báo cáo", "Gửi báo cáo tuần"),
           text_letter("Bộ Tài chính (qua VNPT) <hd@vnpt-invoice.com.vn>", "Hóa đơn", "Số 12"),
           text_letter("MISA <a@misa.com.vn>", "Bản mới", "Tải tại https://misa.vn/cai-dat.exe"),
           attached("bao gia.xlsm"), attached("bieu mau.html")}) {
    EXPECT_EQ(signs(mail), "") << mail;
  }
}

TEST(MailLures, WeakSignsCountTogether) {
  const std::string reply = "Reply-To: b@khac.test\r\n";
  EXPECT_EQ(signs(text_letter("B <b@ban.test>", "x", "chào", reply)), "");
  EXPECT_EQ(signs(letter("B <b@ban.test>", "x",
                         reply + "Content-Type: application/zip; name=bang.docm\r\n\r\nUEs\r\n")),
            "macro_attached,reply_elsewhere");
}

TEST(MailLures, AttachedPagesThatAskOrRunAreFound) {
  const auto page = [](const std::string& html) {
    return letter("B <b@ban.test>", "x",
                  "Content-Type: application/octet-stream; name=\"Xem.htm\"\r\n\r\n" + html);
  };
  EXPECT_EQ(signs(page("<form><input type=password></form>")), "page_asks_password,page_attached");
  EXPECT_EQ(signs(page("<script>location=atob('eA==')</script>")),
            "page_asks_password,page_attached");
  EXPECT_EQ(signs(page("<p>Lịch họp</p>")), "");
}

TEST(MailLures, HostsDressedUpAsOursOrTheStatesAreFound) {
  const auto of = [](const std::string& host) {
    std::vector<std::string> out;
    look_alike(host, office_words(), out);
    return out.empty() ? std::string() : out.front();
  };
  EXPECT_EQ(of("somau.example.thu.test"), "domain_like_ours");
  EXPECT_EQ(of("somau-example.test"), "domain_like_ours");
  EXPECT_EQ(of("s0mau.example"), "domain_like_ours");
  EXPECT_EQ(of("sornau.example"), "domain_like_ours");
  EXPECT_EQ(of("so-mau.example"), "domain_like_ours");
  EXPECT_EQ(of("tinhmau-gov-vn.test"), "domain_like_authority");
  EXPECT_EQ(of("gov.vn.xau.test"), "domain_like_authority");
  for (const char* other : {"thu.somau.example", "somau.test", "tinhmau.gov.vn", "ban.test"}) {
    EXPECT_EQ(of(other), "") << other;
  }
  EXPECT_TRUE(like_service("facebook-hotro.test", office_words()));
  EXPECT_FALSE(like_service("mail.facebook.com", office_words()));
}

TEST(MailRegistration, WorkAccountsAreNoneAndAnyOtherServiceIs) {
  const auto service = [](const std::string& from, const std::string& subject) {
    return registration_service(read_message(letter(from, subject)), office_words());
  };
  EXPECT_EQ(service("DVC <a@dichvucong.gov.vn>", "Xác nhận đăng ký tài khoản"), "");
  EXPECT_EQ(service("Trò chơi <a@choi.test>", "Đăng ký tài khoản thành công"), "choi.test");
  EXPECT_EQ(service("Steam <a@steampowered.com>", "New Steam Account Email Verification"), "Steam");
  EXPECT_EQ(service("ChatGPT <a@tm.openai.com>", "Your ChatGPT code is 123"), "OpenAI");
}

}  // namespace
}  // namespace khien::mail
