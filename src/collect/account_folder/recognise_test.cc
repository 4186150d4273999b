// Folders nobody described. Everybody is invented.
#include <gtest/gtest.h>

#include <fstream>

#include "collect/account_folder/recognise.h"
#include "collect/jobs.h"
#include "format/table/zip_writer.h"

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
    const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
    if (!folder) return folder.error().code;
    domains_ = folder->agency.domains;
    for (const Recognised& r : folder->files) {
      if (r.path == path) return r.type + "|" + r.app + "|" + r.agency + "|" + r.host;
    }
    return "absent";
  }
  // "type" or "type/sheet" of each use of the file, then its error code.
  std::string uses(const std::string& path) {
    WorkerPool pool(collect_jobs());
    const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
    if (!folder) return folder.error().code;
    std::string out;
    for (const AgencySource& source : folder->agency.sources) {
      if (source.written != path) continue;
      out += (out.empty() ? "" : " ") + (source.unread ? source.unread->code : source.type);
      if (source.fields.has("sheet")) out += "/" + source.text("sheet");
    }
    return out;
  }

  fs::path folder_;
  Lexicon lexicon_;
  FolderMap map_;
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

// A table nobody understands is never "not used": its accounts would count as audited.
TEST_F(RecogniseTest, ATableThatCannotBeUsedIsAnErrorAndProseIsNot) {
  put("hr/sa_canbo.csv", kStaff);
  put("cut.xlsx", "PK\x03\x04 cut");
  put("head.csv", "Mã hệ thống,Tên CB,TT\nmau,Lý Thị Mẫu,1\n");
  put("bare.txt", "Mã hệ thống;Tên CB;TT\nmau;Lý Thị Mẫu;1\nthu;Trần Thử;0\n");
  put("empty.csv", "");
  put("README.txt", "Thư mục này có hai tệp, của quý trước.\nXem thêm ở dưới.\n\n"
                    "Một, hai, ba: bốn, năm.\nHết.\n");
  put("anh.png", "\x89PNG\r\n\x1A\n");
  put("~$sach.xlsx", "lock");
  put("kev.csv", "cveID,vendorProject\nCVE-2099-0002,Sample\n");
  put("may.txt", "Host Name:       MAY-01\nOS Name:         Windows\nOS Version:      10.0\n");
  EXPECT_EQ(uses("cut.xlsx"), "K0456");
  EXPECT_EQ(uses("head.csv"), "K0993");
  EXPECT_EQ(uses("bare.txt"), "K0993");
  EXPECT_EQ(uses("empty.csv"), "K0460");
  for (const char* quiet : {"README.txt", "anh.png", "~$sach.xlsx", "kev.csv", "may.txt"})
    EXPECT_EQ(uses(quiet), "");
}

TEST_F(RecogniseTest, AnAmbiguousAccountListNeverBecomesAStaffList) {
  put("hr/sa_canbo.csv", kStaff);
  put("qlvb.csv", "Tên đăng nhập,Họ và tên,Trạng thái,Ngày cấp,Đăng nhập lần cuối,"
                  "Truy cập lần cuối\nmau,Lý Thị Mẫu,Hoạt động,01/01/2024,01/02/2026,01/02/2026\n");
  put("tk.csv", "Mã hệ thống,Họ và tên,Trạng thái,Ngày đổi mật khẩu,Đăng nhập cuối\n"
                "mau,Lý Thị Mẫu,Hoạt động,01/01/2024,01/02/2026\n");
  EXPECT_EQ(uses("qlvb.csv"), "K0463");
  EXPECT_EQ(uses("tk.csv"), "K0462");
}

TEST_F(RecogniseTest, WhatTheOfficerStatesComesFirst) {
  put("hr/sa_canbo.csv", kStaff);
  put("qlvb.csv", "Tên đăng nhập,Họ và tên,Trạng thái,Ngày cấp,Đăng nhập lần cuối,"
                  "Truy cập lần cuối\nmau,Lý Thị Mẫu,Hoạt động,01/01/2024,01/02/2026,01/02/2026\n");
  put("la.csv", "Mã hệ thống,Tên CB,TT\nmau,Lý Thị Mẫu,Hoạt động\n");
  put("khac.csv", "a,b\n1,2\n");
  map_ = *parse_folder_map("columns: {\"Truy cập lần cuối\": last_login_at}\n"
                           "files:\n"
                           "  la.csv: {kind: account, app: Một cửa, agency: sb,\n"
                           "           columns: {\"Mã hệ thống\": login, TT: enabled}}\n"
                           "  khac.csv: {kind: none}\n",
                           "map.yaml", lexicon_);
  EXPECT_EQ(uses("qlvb.csv"), "accounts");
  EXPECT_EQ(uses("la.csv"), "accounts");
  EXPECT_EQ(seen("la.csv"), "accounts|Một cửa|sb|");
  EXPECT_EQ(uses("khac.csv"), "");
  map_.files["khong-co.csv"];
  EXPECT_EQ(uses("la.csv"), "K0994");
}

TEST_F(RecogniseTest, SlipsInWhatIsStatedAreNamedWithTheirLine) {
  const auto slip = [&](const std::string& text) {
    const auto map = parse_folder_map(text, "m", lexicon_);
    return map ? "" : map.error().code + " " + map.error().place;
  };
  EXPECT_EQ(slip("columns:\n  Mã: log_in\n"), "K0404 m:2");
  EXPECT_EQ(slip("files:\n  a.csv:\n    kind: acount\n"), "K0016 m:3");
  EXPECT_EQ(slip("files:\n  a.csv: {king: account}\n"), "K0015 m:2");
  EXPECT_EQ(slip("files:\n  a.csv: {kind: staff, columns: {Mã: login}}\n"), "K0404 m:2");
  EXPECT_EQ(slip("column: {}\n"), "K0015 m:1");
  EXPECT_EQ(slip("files: [a]\n"), "K0014 m:1");
}

std::string sheet_of(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<worksheet><sheetData>";
  for (const auto& row : rows) {
    out += "<row>";
    for (const std::string& cell : row) {
      out += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    }
    out += "</row>";
  }
  return out + "</sheetData></worksheet>";
}

std::string workbook_of(const std::vector<std::pair<std::string, std::string>>& sheets) {
  std::string names, links;
  testing::ZipPartsIn parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string id = "r" + std::to_string(i);
    const bool hidden = sheets[i].first.starts_with("-");
    names += "<sheet name=\"" + sheets[i].first + "\"" + (hidden ? " state=\"hidden\"" : "") +
             " r:id=\"" + id + "\"/>";
    links += "<Relationship Id=\"" + id + "\" Target=\"worksheets/" + id + ".xml\"/>";
    parts.emplace_back("xl/worksheets/" + id + ".xml", sheets[i].second);
  }
  parts.emplace_back("xl/workbook.xml",
                     "<workbook xmlns:r=\"o\"><sheets>" + names + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + links + "</Relationships>");
  return testing::make_zip(parts);
}

TEST_F(RecogniseTest, EverySheetThatFitsIsASource) {
  const std::vector<std::string> head = {"Tên đăng nhập", "Họ tên", "Trạng thái", "Ngày cấp"};
  const std::string accounts = sheet_of({head, {"mau", "Lý Thị Mẫu", "Hoạt động", "01/01/2026"}});
  put("so.xlsx", workbook_of({{"Bìa", sheet_of({{"SỞ A"}, {"Danh sách"}})},
                              {"Văn phòng", accounts},
                              {"-cũ", accounts},
                              {"Thanh tra", accounts}}));
  EXPECT_EQ(uses("so.xlsx"), "accounts/Văn phòng accounts/Thanh tra K1027");
  WorkerPool pool(collect_jobs());
  const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
  ASSERT_TRUE(folder);
  std::string left;
  for (const Recognised& r : folder->files) left += r.type.empty() ? r.sheet + ";" : "";
  EXPECT_EQ(left, "Bìa;-cũ;");
  put("bia.xlsx", workbook_of({{"Bìa", sheet_of({{"SỞ A"}, {"Danh sách"}})}}));
  EXPECT_EQ(uses("bia.xlsx"), "K0993");
}

TEST_F(RecogniseTest, ATableOfAccountsAndHashesIsUsedAsBoth) {
  put("hr/sa_canbo.csv", kStaff);
  const std::string hash = "pbkdf2_sha256$260$5d7d25446c1d69b9$"
                           "JzJIRyqpuYqbEtxpdjwOGZnlmaF6wr0UFpD6fRsNn0w=";
  put("mot-cua.csv", "password,last_login,username,full_name,is_active\n" + hash +
                         ",2026-11-20 08:00:00,mau,Lý Thị Mẫu,1\n");
  put("id.csv", "ID,Tên đăng nhập,Họ tên,Trạng thái\n"
                "0123456789abcdef0123456789abcdef,mau,Lý Thị Mẫu,Hoạt động\n");
  EXPECT_EQ(uses("mot-cua.csv"), "password_stores accounts");
  EXPECT_EQ(uses("id.csv"), "accounts");
}

TEST_F(RecogniseTest, HashesAreKnownByTheEngineThatTestsThem) {
  put("hr/sa_canbo.csv", kStaff);
  int n = 0;
  for (const std::string hash :
       {"AKSmzLQK3b441a5BTQpY7v1F6L2xnOhijB5ROViwIzg8TnQQJ4JFfDz9vjTEiLmZFQ==",
        "$S$DABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "pbkdf2:sha256:260000$abcdefgh$"
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) {
    const std::string path = "kho" + std::to_string(++n) + ".csv";
    put(path, "username,password\nmau," + hash + "\n");
    EXPECT_EQ(uses(path), "password_stores") << hash;
  }
}

TEST_F(RecogniseTest, LinksAreCountedAndNotFollowed) {
  put("hr/sa_canbo.csv", kStaff);
  fs::create_symlink("sa_canbo.csv", folder_ / "hr/lien-ket.csv");
  put("a\x1B[31m\n.csv", kAccounts);
  WorkerPool pool(collect_jobs());
  const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
  ASSERT_TRUE(folder);
  ASSERT_EQ(folder->files.size(), 3U);
  EXPECT_EQ(folder->files[0].path, "a\\x1B[31m\\x0A.csv");
  EXPECT_TRUE(folder->files[2].link);
  EXPECT_EQ(folder->files[2].path, "hr/lien-ket.csv");
}

TEST(Sniff, ADumpIsKnownBehindItsBannerAndBetweenItsKeys) {
  const std::string line = "so.test\\an:1101:aad3b435b51404eeaad3b435b51404ee:"
                           "31d6cfe0d16ae931b73c59d7e0c089c0:::\n";
  const std::string banner = "Impacket v0.12.0 - Copyright Fortra\n\n[*] Dumping\n[*] Using\n";
  const std::string keys = "so.test\\an:aes256-cts-hmac-sha1-96:00ff\nso.test\\an:des-cbc-md5:00\n";
  EXPECT_EQ(sniff_text(banner + line, "x"), "pwdump");
  EXPECT_EQ(sniff_text(line + keys + keys, "x"), "pwdump");
  EXPECT_EQ(sniff_text(banner + keys, "x"), "table");
}

TEST(Sniff, PasswordRulesAreKnownAsYamlAndAsWindowsPrintsThem) {
  EXPECT_EQ(sniff_text("# ghi chú\npassword_rules:\n  - app: a\n", "q.yaml"), "rules");
  EXPECT_EQ(sniff_text("other: 1\n", "q.yaml"), "");
  EXPECT_EQ(sniff_text("Force user logoff how long after time expires?:       Never\n"
                       "Minimum password age (days):                          1\n"
                       "Maximum password age (days):                          42\n"
                       "Minimum password length:                              7\n"
                       "Length of password history maintained:                24\n"
                       "Lockout threshold:                                    Never\n"
                       "Lockout duration (minutes):                           30\n"
                       "Lockout observation window (minutes):                 30\n"
                       "Computer role:                                        PRIMARY\n",
                       "net.txt"),
            "policy");
}

TEST(Sniff, ShapesAreToldApartByMostLinesNotByOne) {
  EXPECT_EQ(sniff_text("a:b:c\nmột dòng khác\n", "x"), "table");
  EXPECT_EQ(sniff_text("0123456789ABCDEF0123456789ABCDEF:12\n", "x"), "leaked");
  EXPECT_EQ(sniff_text("\n# ghi chú\ndn: cn=a\n", "x"), "ldif");
  EXPECT_EQ(sniff_text("", "x"), "");
}

}  // namespace
}  // namespace khien
