// Folders nobody described. Everybody is invented.
#include <gtest/gtest.h>

#include <fstream>

#include "collect/account_folder/recognise.h"
#include "collect/jobs.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct RecogniseTest : ::testing::Test {
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("khien-recognise-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    const auto content = Content::open(built_in_content());
    lexicon_ = std::move(*Lexicon::load(*content));
  }
  void TearDown() override { fs::remove_all(folder_); }
  void put(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  std::string seen(const std::string& path) {
    WorkerPool pool(collect_jobs());
    const auto folder = recognise_folder(folder_, lexicon_, pool);
    if (!folder) return folder.error().code;
    domains_ = folder->agency.domains;
    for (const Recognised& r : folder->files) {
      if (r.path == path) return r.type + "|" + r.app + "|" + r.agency + "|" + r.host;
    }
    return "absent";
  }

  fs::path folder_;
  Lexicon lexicon_;
  std::vector<std::string> domains_;
};

constexpr const char* kStaff = "STT,Họ và tên,Ngày sinh,Chức vụ,Email,Tình trạng\n"
                               "1,Lý Thị Mẫu,01/02/1990,Văn thư,mau@sa.test,Đang công tác\n";
constexpr const char* kAccounts = "Tên đăng nhập,Họ tên,Vai trò,Trạng thái,Ngày đổi mật khẩu\n"
                                  "mau,Lý Thị Mẫu,Văn thư,Hoạt động,01/02/2026\n";

TEST_F(RecogniseTest, ContentsSayWhatNamesSayWhose) {
  put("hr/sa_canbo.csv", kStaff);
  put("apps/tdoffice/sa.csv", kAccounts);
  put("linux/sa-srv1/passwd", "mau:x:1000:1000:Ly Thi Mau:/home/mau:/bin/bash\n");
  put("linux/sa-srv1/shadow", "mau:!:19000:0:99999:7:::\n");
  put("hashes/ad.txt", "MAU\\mau:1104:AAD3B435B51404EEAAD3B435B51404EE:"
                       "31D6CFE0D16AE931B73C59D7E0C089C0:::\n");
  put("ad/nguoi-dung.ldif", "version: 1\n\ndn: CN=Mau,DC=sa,DC=test\nsAMAccountName: mau\n");
  put("ngoai/ket-qua.json", "{\"mau\": [\"X\"]}");
  EXPECT_EQ(seen("hr/sa_canbo.csv"), "staff||sa|");
  EXPECT_EQ(domains_, std::vector<std::string>{"sa.test"});
  EXPECT_EQ(seen("apps/tdoffice/sa.csv"), "accounts|tdoffice|sa|");
  EXPECT_EQ(seen("linux/sa-srv1/passwd"), "accounts|||sa-srv1");
  EXPECT_EQ(seen("linux/sa-srv1/shadow"), "password_stores|||sa-srv1");
  EXPECT_EQ(seen("hashes/ad.txt"), "password_stores|ad||");
  EXPECT_EQ(seen("ad/nguoi-dung.ldif"), "directory|ad||");
  EXPECT_EQ(seen("ngoai/ket-qua.json"), "external_list|ngoai||");
}

TEST_F(RecogniseTest, WordsAreAWordListOnlyWhereTheNameSaysSo) {
  put("hr/sa_canbo.csv", kStaff);
  put("ghi-chu.txt", "matkhaucuatoi\nkhongphaitudien\n");
  put("lists/hay-dung.txt", "matkhau\nxinchao\n");
  EXPECT_EQ(seen("ghi-chu.txt"), "|||");
  EXPECT_EQ(seen("lists/hay-dung.txt").substr(0, 9), "word_list");
}

TEST_F(RecogniseTest, AFolderWithoutAccountDataIsAnError) {
  put("a.txt", "xin chào\n");
  EXPECT_EQ(seen("a.txt"), "K0407");
}

TEST_F(RecogniseTest, AnAddressIsTheLogInWhereOnlyAccountsHaveWhatElseStandsThere) {
  put("hr/sa_canbo.csv", kStaff);
  put("mail/hop-thu.csv", "Email,Họ tên,Trạng thái,Đăng nhập gần nhất\n"
                          "mau@sa.test,Lý Thị Mẫu,Hoạt động,01/02/2026\n");
  EXPECT_EQ(seen("mail/hop-thu.csv"), "accounts|mail||");
}

TEST(Sniff, ShapesAreToldApartByMostLinesNotByOne) {
  EXPECT_EQ(sniff_text("a:b:c\nmột dòng khác\n", "x"), "table");
  EXPECT_EQ(sniff_text("0123456789ABCDEF0123456789ABCDEF:12\n", "x"), "leaked");
  EXPECT_EQ(sniff_text("\n# ghi chú\ndn: cn=a\n", "x"), "ldif");
  EXPECT_EQ(sniff_text("", "x"), "");
}

}  // namespace
}  // namespace khien
