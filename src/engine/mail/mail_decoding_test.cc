// Names and addresses that senders code in pieces, and files within other parts.
#include <gtest/gtest.h>

#include "engine/mail/mail_bytes.h"
#include "engine/mail/mail_encoding.h"
#include "engine/mail/mail_packed.h"
#include "engine/mail/mail_parameters.h"
#include "engine/mail/testing_mail.h"

namespace khien::mail {
namespace {

using namespace testing;

using Names = std::vector<std::string>;

TEST(MailParameters, PiecesOfOneValueAreJoinedBeforeTheyAreDecoded) {
  EXPECT_EQ(parameters("a; filename*1=\".scr\"; filename*0*=utf-8'vi'Gi%E1%BA%A5y", "filename"),
            Names({"Giấy.scr"}));
  EXPECT_EQ(parameters("a; filename*0*=UTF-8''Gi%E1%BA; filename*1*=%A5y.pdf; filename*2=.exe",
                       "filename"),
            Names({"Giấy.pdf.exe"}));
  EXPECT_EQ(parameters("a; name=\"=?utf-8?q?Gi=E1=BA=A5y?=.pdf\"", "name"), Names({"Giấy.pdf"}));
  EXPECT_EQ(parameters("a; filename=bao cao.pdf.exe; size=3", "filename"),
            Names({"bao cao.pdf.exe"}));
  EXPECT_EQ(parameters("a; filename=\"a.pdf\"; filename*=utf-8''b%2Eexe", "filename"),
            Names({"a.pdf", "b.exe"}));
  EXPECT_EQ(parameter("multipart/mixed; charset=x; boundary=\"a;b\"", "boundary"), "a;b");
  for (const char* broken : {"", ";", "a;filename", "a;filename=", "a;=x",
                             "a;filename*99999999999=x", "a;filename*x=y"}) {
    EXPECT_TRUE(parameters(broken, "filename").empty()) << broken;
  }
}

TEST(MailEncoding, WordsCutWithinALetterAreOneWord) {
  EXPECT_EQ(
      decode_words("=?utf-8?B?U+E=?= =?utf-8?B?u58=?= =?utf-8?Q?_M=E1?=\n =?UTF-8?Q?=BA=ABu?="),
      "Sở Mẫu");
  EXPECT_EQ(decode_words("=?utf-8*vi?Q?M=E1=BA=ABu?="), "Mẫu");
  EXPECT_EQ(decode_words("a =?utf-8?q?b?= c =?utf-8?q?d?="), "a b c d");
}

TEST(MailEncoding, EntitiesAndUtf16AreText) {
  EXPECT_EQ(decode_entities("h&#116;tp&#x73;&colon;&sol;&#47x.test&period;a&amp;b&khong;&"),
            "https://x.test.a&b&khong;&");
  EXPECT_EQ(charset_to_utf8(std::string("M\0\xAB\x1E" "u\0", 6), "utf-16le"), "Mẫu");
  EXPECT_EQ(charset_to_utf8(std::string("\xFE\xFF\0M\x1E\xAB\0u", 8), "UTF-16"), "Mẫu");
}

TEST(MailPacked, NamesInUuencodeAreRead) {
  const std::string line = "#0V%T\n";
  EXPECT_EQ(uuencoded_names("chao\r\nbegin 644 a.pdf.exe\r\n" + line + "`\r\nend\r\n"),
            Names({"a.pdf.exe"}));
  EXPECT_EQ(uuencoded_names("begin 0755 b.scr\n" + line), Names({"b.scr"}));
  EXPECT_TRUE(
      uuencoded_names("begin the day with 644 things\nlong sentence of a letter\n").empty());
  EXPECT_TRUE(uuencoded_names("begin 644 x.exe\n").empty());
}

std::string tnef_part(std::uint32_t id, const std::string& data) {
  std::string out(1, '\x02');
  for (const std::uint32_t n : {id, static_cast<std::uint32_t>(data.size())}) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(n >> shift));
  }
  return out + data + std::string(2, '\0');
}

TEST(MailPacked, NamesInOutlooksPackageAreReadAndABrokenOneIsSaidToBe) {
  const std::string head("\x78\x9f\x3e\x22\x01\x00", 6);
  const std::string wide("\x01\x00\x00\x00\x1f\x00\x07\x37\x01\x00\x00\x00\x0c\x00\x00\x00"
                         "b\0.\0h\0t\0a\0\0\0", 28);
  const std::string whole =
      head + tnef_part(0x00018010, std::string("a.exe\0", 6)) + tnef_part(0x00069005, wide);
  EXPECT_EQ(tnef_names(whole), Names({"a.exe", "b.hta"}));
  EXPECT_EQ(tnef_names(head), Names());
  EXPECT_FALSE(tnef_names("MZ"));
  for (std::size_t n = 7; n < whole.size(); ++n) {  // cut anywhere: nothing, or what was whole
    const auto cut = tnef_names(whole.substr(0, n));
    EXPECT_TRUE(!cut || cut->size() == 1) << n;
  }
}

TEST(MailMessage, WhatWasNotLookedAtMakesItIncomplete) {
  EXPECT_FALSE(read_message(letter("a@b.test", "x", "\r\nchao\r\n")).incomplete);
  const auto of_type = [](const std::string& type, const std::string& body) {
    return read_message(letter("a@b.test", "x", "Content-Type: " + type + "\r\n\r\n" + body));
  };
  EXPECT_TRUE(of_type("multipart/encrypted; boundary=q", "--q\r\n\r\nx\r\n--q--").incomplete);
  EXPECT_TRUE(of_type("application/pkcs7-mime; name=smime.p7m", "MII").incomplete);
  EXPECT_TRUE(of_type("application/ms-tnef; name=winmail.dat", "broken").incomplete);
  EXPECT_TRUE(of_type("multipart/mixed", "x").incomplete);
  const std::string text(kTextBytes, 'a');
  EXPECT_FALSE(of_type("text/plain", text).incomplete);
  EXPECT_TRUE(of_type("text/plain", text + "b").incomplete);
}

MailBytes in_pieces(const std::string& bytes, std::size_t piece, std::vector<MailFound>& found) {
  MailReader reader(office_words(), [&](MailFound one) {
    found.push_back(std::move(one));
    return Done{};
  });
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    EXPECT_TRUE(reader.take(std::string_view(bytes).substr(at, piece)));
  }
  EXPECT_TRUE(reader.finish());
  return reader.totals();
}

TEST(MailReader, AnMboxInPiecesIsTheSameAsWhole) {
  const std::string box = "From a Fri Nov 20\n" + letter("B <b@ban.test>", "x", "\r\nchao\r\n") +
                          "\n\nFrom b Fri Nov 20\n" + attached("a.pdf.exe") +
                          "From here on a line of text\n\nFrom c\nkhong phai thu\n";
  for (const std::size_t piece : {1UL, 7UL, 100'000UL}) {
    std::vector<MailFound> found;
    const MailBytes totals = in_pieces(box, piece, found);
    EXPECT_TRUE(totals.mbox);
    EXPECT_EQ(totals.messages, 2) << piece;
    EXPECT_EQ(totals.unread, 1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].number, 2);
    EXPECT_EQ(found[0].signs, Names({"double_extension"}));
  }
}

TEST(MailReader, AMessageOverTheLimitIsCountedAsNotReadToItsEnd) {
  std::vector<MailFound> found;
  const std::string head = letter("B <b@ban.test>", "x", "\r\n");
  EXPECT_EQ(in_pieces(head + "chao", 1 << 20, found).unread, 0);
  EXPECT_EQ(in_pieces(head + std::string(kMessageBytes, 'a'), 1 << 20, found).unread, 1);
}

TEST(MailSigns, CodedNamesAndAddressesAreSeenThrough) {
  const auto signs = [](const std::string& bytes) {
    std::string out;
    for (const std::string& s : phishing_signs(read_message(bytes), office_words())) {
      out += (out.empty() ? "" : ",") + s;
    }
    return out;
  };
  EXPECT_EQ(signs(letter("=?utf-8?B?VHLhu6VuZyB0w6JtIFPhu58gTeG6q3UgdOG7?= "
                         "=?utf-8?B?iW5oIE3huqt1?= <a@ngoai.test>", "x")),
            "agency_name_outside");
  EXPECT_EQ(signs(html_letter("A <a@khac.test>", "<a href='ht&#x74;ps&colon;//xau.test/x'>"
                                                 "thu.somau.example</a>")),
            "link_shows_other_host");
  EXPECT_EQ(
      signs(letter("A <a@khac.test>", "x",
                   "Content-Type: text/plain\r\n\r\nbegin 644 don.docx.js\r\n#0V%T\r\n`\r\n")),
      "double_extension");
}

}  // namespace
}  // namespace khien::mail
