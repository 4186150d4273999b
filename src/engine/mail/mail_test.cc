// Invented messages: what is read, which signs count.
#include <gtest/gtest.h>

#include "engine/mail/errors.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_links.h"
#include "engine/mail/mail_message.h"
#include "engine/mail/mail_signs.h"
#include "engine/mail/testing_mail.h"

namespace khien::mail {
namespace {

using namespace testing;

std::string signs_of(const std::string& bytes) {
  std::string out;
  for (const std::string& s : mail::phishing_signs(read_message(bytes), office_words())) {
    out += (out.empty() ? "" : ",") + s;
  }
  return out;
}

std::string service_of(const std::string& bytes) {
  return mail::registration_service(read_message(bytes), office_words());
}

TEST(MailMessage, DecodesHeadersFoldedAndInWords) {
  const Message m = read_message(
      "From: =?UTF-8?B?U+G7nyBN4bqrdQ==?=\r\n <a@x.test>\r\nTo: \"B, C\" <b@y.test>, c@Z.test\r\n"
      "Subject: =?utf-8?q?Xin?= =?utf-8?q?_ch=C3=A0o?=\r\nDate: 3 Nov 2026 08:00 -0100\r\n\r\n");
  EXPECT_TRUE(m.is_mail);
  EXPECT_EQ(m.from.name, "Sở Mẫu");
  EXPECT_EQ(m.subject, "Xin chào");
  ASSERT_EQ(m.to.size(), 2U);
  EXPECT_EQ(m.to[1].text(), "c@z.test");
  EXPECT_EQ(m.date_ms, 1793696400000);
}

TEST(MailMessage, BrokenOnesAreReadAsFarAsTheyGo) {
  for (const std::string bytes :
       {"", "\r\n", "From:", "From: x\r\nDate: y", "=?utf-8?b?", "From: <>",
        "Content-Type: multipart/mixed; boundary=", "\xff\xfe\x00"}) {
    EXPECT_EQ(signs_of(bytes), "") << bytes;
  }
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n";
  EXPECT_EQ(signs_of(letter("a@b.test", "x", deep)), "");
  EXPECT_EQ(mail::decode_words("=?utf-8?b?!!!"), "=?utf-8?b?!!!");
}

TEST(MailMessage, MultipartsAreReadToTheirDepthAndNoFurther) {
  const auto nested = [](int depth) {
    std::string head;
    for (int i = 0; i < depth; ++i) {
      const std::string mark = "m" + std::to_string(i);
      head += "Content-Type: multipart/mixed; boundary=" + mark + "\r\n\r\n--" + mark + "\r\n";
    }
    return letter("a@b.test", "x",
                  head + "Content-Disposition: attachment; filename=a.exe\r\n\r\nA");
  };
  EXPECT_EQ(signs_of(nested(mail::kDepth)), "program_attached");
  EXPECT_EQ(signs_of(nested(mail::kDepth + 1)), "");
}

TEST(MailSigns, ALinkThatShowsAnotherHostIsOne) {
  const char* bad =
      "<a href='http://dang-nhap.xau.test/x'><b>https://vcb.example.com/login</b></a>";
  EXPECT_EQ(signs_of(html_letter("NH <a@khac.test>", bad)), "link_shows_other_host");
  EXPECT_EQ(signs_of(html_letter("NH <a@khac.test>", bad, "List-Id: x\r\n")), "");
  EXPECT_EQ(signs_of(html_letter("NH <a@dang-nhap.xau.test>", bad)), "");
  for (const char* good :
       {"<a href='https://www.example.com/x'>example.com</a>",
        "<a href='https://xau.test'>Bấm vào đây</a>", "<a href='https://xau.test'>baocao.pdf</a>",
        "<a href='https://a.safelinks.protection.outlook.com/?u'>example.com</a>",
        "<a href='mailto:a@xau.test'>a@example.com</a>", "<a href=", "<a "}) {
    EXPECT_EQ(signs_of(html_letter("A <a@khac.test>", good)), "") << good;
  }
}

TEST(MailSigns, OurOwnHostShownOverAForeignTargetIsOneEvenInANewsletter) {
  EXPECT_EQ(
      signs_of(html_letter("A <a@xau.test>", "<a href='https://xau.test'>thu.somau.example</a>",
                           "List-Id: x\r\n")),
      "link_shows_other_host");
}

TEST(MailSigns, NumbersAndPasswordFieldsAre) {
  EXPECT_EQ(signs_of(html_letter("A <a@x.test>", "<a href='http://192.0.2.7/a'>xem</a>")),
            "link_to_number");
  EXPECT_EQ(signs_of(html_letter("A <a@x.test>", "<a href='http://172.16.0.7/a'>xem</a>")), "");
  EXPECT_EQ(signs_of(html_letter("A <a@x.test>", "<form><INPUT name=p type=\"Password\"></form>")),
            "asks_password");
}

TEST(MailSigns, AttachmentsByTheEndsOfTheirNames) {
  EXPECT_EQ(signs_of(attached("CongVan.pdf.exe")), "double_extension");
  EXPECT_EQ(signs_of(attached("caidat.EXE")), "program_attached");
  EXPECT_EQ(signs_of(attached("hoadon.pdf.html")), "double_extension");
  for (const char* good :
       {"congvan.pdf", "bang.xlsx", "trang.html", "v1.2.docx", ".gitignore", "x."}) {
    EXPECT_EQ(signs_of(attached(good)), "") << good;
  }
}

TEST(MailSigns, OurNameFromOutsideAndOurDomainUnverified) {
  EXPECT_EQ(signs_of(letter("\"SỞ MẪU TỈNH MẪU\" <a@gmail.test>", "x")), "agency_name_outside");
  EXPECT_EQ(signs_of(letter("\"giamdoc@somau.example\" <a@gmail.test>", "x")),
            "agency_name_outside,name_shows_other_address");
  EXPECT_EQ(signs_of(letter("UBND tỉnh Mẫu <a@gmail.test>", "x")), "authority_name_outside");
  EXPECT_EQ(signs_of(letter("UBND tỉnh Mẫu <a@tinhmau.gov.vn>", "x")), "");
  EXPECT_EQ(signs_of(letter("Facebook <a@fb-bao-mat.test>", "x")), "service_name_false");
  const std::string own = "Sở Mẫu tỉnh Mẫu <vanthu@somau.example>";
  EXPECT_EQ(signs_of(letter(own, "x", "Authentication-Results: m; spf=fail dkim=none\r\n")),
            "own_domain_unverified");
  EXPECT_EQ(signs_of(letter(own, "x", "Authentication-Results: m; spf=fail dkim=pass\r\n")), "");
  EXPECT_EQ(signs_of(letter(own, "x", "Authentication-Results: m; spf=softfail dkim=none\r\n")),
            "");
  EXPECT_EQ(signs_of(letter(own, "x")), "");
}

TEST(MailRegistration, NeedsASenderOfTheListAndASubjectThatTells) {
  EXPECT_EQ(
      service_of(letter("Facebook <no-reply@facebookmail.com>", "Xác nhận tài khoản của bạn")),
      "Facebook");
  EXPECT_EQ(service_of(letter("Shopee <info@mail.shopee.vn>", "Mã xác minh của bạn là 123")),
            "Shopee");
  EXPECT_EQ(service_of(letter("LinkedIn <a@linkedin.com>", "Welcome to LinkedIn, An")), "LinkedIn");
  EXPECT_EQ(service_of(letter("A <a@diendan.test>", "Kích hoạt tài khoản diễn đàn")),
            "diendan.test");
  EXPECT_EQ(service_of(letter("Shopee <info@shopee.vn>", "Giảm giá cuối tuần")), "");
  EXPECT_EQ(service_of(letter("A <a@notshopee.vn>", "Mã xác minh của bạn")), "");
  EXPECT_EQ(service_of(letter("A <a@somau.example>", "Kích hoạt tài khoản diễn đàn")), "");
}

TEST(MailLinks, RegistrableDomainsOfCountries) {
  using mail::registrable;
  EXPECT_EQ(registrable("a.b.example.com.vn"), "example.com.vn");
  EXPECT_EQ(registrable("www.tinh.gov.vn"), "tinh.gov.vn");
  EXPECT_EQ(registrable("mail.example.vn"), "example.vn");
  EXPECT_EQ(registrable("example.test"), "example.test");
  EXPECT_EQ(registrable("mail.so.example.test"), "example.test");  // no suffix anyone listed
  EXPECT_EQ(registrable("a.b.example.co.jp"), "example.co.jp");
  EXPECT_EQ(registrable("a.example.kawasaki.jp"), "a.example.kawasaki.jp");  // "*.kawasaki.jp"
  EXPECT_EQ(registrable("www.city.kawasaki.jp"), "city.kawasaki.jp");        // but for this one
  EXPECT_EQ(registrable("a.mot-trang.github.io"), "mot-trang.github.io");
  EXPECT_EQ(registrable("gov.vn"), "gov.vn");
  EXPECT_EQ(registrable("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(registrable(""), "");
  EXPECT_EQ(mail::host_of_url("https://a@B.test:8080/x", false), "b.test");
  EXPECT_EQ(mail::host_of_url("ftp://b.test", false), "");
  EXPECT_EQ(mail::host_of_url("//b.test/x", false), "b.test");
  EXPECT_EQ(mail::host_of_url("https:/b%2Etest", false), "b.test");
  EXPECT_EQ(mail::host_of_url("http://3405803785/x", false), "203.0.113.9");
}


TEST(MailWords, WithoutADomainOfItsOwnNothingCanBeTold) {
  EXPECT_EQ(mail_words(words_content(), {}, {}).error().code, err::no_own_domain);
}

}  // namespace
}  // namespace khien::mail
