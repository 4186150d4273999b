// Invented messages: what is counted, what is not, and that nothing of their words comes out.
#include "collect/mailbox/mailbox.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "collect/mailbox/errors.h"
#include "engine/mail/testing_mail.h"

namespace khien {
namespace {

using namespace mail::testing;

TEST(MailPlaces, JunkTrashAndMaildirFlagsAreKnown) {
  const auto at = [](const char* path, bool one = true) {
    const MailPlace p = mail_place(path, one);
    return p.mailbox + " " + p.place;
  };
  EXPECT_EQ(at("an.nv/cur/1:2,S"), "an.nv inbox");
  EXPECT_EQ(at("an.nv/.Spam/new/1"), "an.nv junk");
  EXPECT_EQ(at("an.nv/.Thùng rác/cur/1"), "an.nv trash");
  EXPECT_EQ(at("an.nv/cur/1:2,ST"), "an.nv trash");
  EXPECT_EQ(at("thu.eml"), ". inbox");
  EXPECT_EQ(at("an.nv.mbox", false), "an.nv.mbox inbox");
}

TEST(MailFiles, FoldersAreCountedAndNoWordOfAMessageComesOut) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  const auto put = [&](const std::string& name, const std::string& text) {
    std::filesystem::create_directories((temp->path() / name).parent_path());
    EXPECT_TRUE(write_file(temp->path() / name, text));
  };
  const std::string planted = "TieuDeBiMat Xác nhận tài khoản";
  put("an.nv/cur/1:2,S", letter("Facebook <a@facebookmail.com>", planted, "\r\nThanBaiBiMat\r\n"));
  put("an.nv/.Spam/cur/2", attached("TenTepBiMat.exe"));
  put("an.nv/tmp/3", attached("x.exe"));
  put("binh.mbox", "From a Fri Nov 20\n" + attached("a.exe") + "\n\nFrom b Fri Nov 20\n" +
                       letter("C <c@ban.test>", "x") + "\n\nFrom c\nkhong phai thu\n");
  put("ghichu.txt", "khong phai thu");
  WorkerPool pool(mailbox_jobs());
  const auto read = collect_mailbox(temp->path(), "thu", office_words(), pool);
  ASSERT_TRUE(read) << to_string(read.error());
  const auto& boxes = read->tables.at("mail_box").rows;
  ASSERT_EQ(boxes.size(), 2U);
  EXPECT_EQ(to_text(boxes[0].at("messages_count")), "2");
  EXPECT_EQ(to_text(boxes[1].at("messages_count")), "2");
  EXPECT_EQ(to_text(boxes[1].at("unread_count")), "1");
  EXPECT_EQ(to_text(boxes[0].at("last_on")), "2026-11-20");
  const auto& found = read->tables.at("mail_finding").rows;
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(to_text(found[0].at("place")), "junk");
  EXPECT_EQ(to_text(found[1].at("service")), "Facebook");
  EXPECT_EQ(to_text(found[1].at("owner")), "an.nv@somau.example");
  EXPECT_EQ(to_text(found[2].at("mailbox")), "binh.mbox");
  EXPECT_EQ(to_json(to_node(*read)).find("BiMat"), std::string::npos);
}

TEST(MailFiles, StoresThatAreNotOpenedMakeTheMailboxPartialAndAreNamed) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.eml", letter("C <c@ban.test>", "x")));
  ASSERT_TRUE(write_file(temp->path() / "ghichu.txt", "khong phai thu"));
  WorkerPool pool(mailbox_jobs());
  const auto status = [&](std::vector<std::string>& closed) {
    const auto read = collect_mailbox(temp->path(), "thu", office_words(), pool, &closed);
    return read ? read->tables.at("mail_box").status : TableFacts::Status::missing;
  };
  std::vector<std::string> none;
  EXPECT_EQ(status(none), TableFacts::Status::complete);
  EXPECT_TRUE(none.empty());
  ASSERT_TRUE(write_file(temp->path() / "Luu tru.PST", "!BDN khong doc"));
  std::vector<std::string> closed;
  EXPECT_EQ(status(closed), TableFacts::Status::partial);
  EXPECT_EQ(closed, std::vector<std::string>{"Luu tru.PST"});
}

TEST(MailFiles, SaysWhatIsMissing) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.txt", "khong phai thu"));
  WorkerPool pool(mailbox_jobs());
  EXPECT_EQ(collect_mailbox(temp->path(), "thu", office_words(), pool).error().code, err::no_mail);
}

}  // namespace
}  // namespace khien
