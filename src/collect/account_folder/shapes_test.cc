// What else lies in folders: archives, documents, hidden sheets, passwords in clear. Everybody is
// invented.
#include <gtest/gtest.h>

#include <fstream>

#include "base/file.h"
#include "collect/account_folder/recognise.h"
#include "collect/archive/archive.h"
#include "collect/jobs.h"
#include "collect/source/files_walk.h"
#include "format/archive/archive_writer.h"
#include "format/table/zip_writer.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct ShapesTest : ::testing::Test {
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("khien-shapes-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    const auto content = Content::open(built_in_content());
    lexicon_ = std::move(*Lexicon::load(*content));
    put("hr/sa_canbo.csv", "STT,Họ và tên,Chức vụ,Email,Tình trạng\n"
                           "1,Lý Thị Mẫu,Văn thư,mau@sa.test,Đang công tác\n");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void put(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  // "type app scope" or the error's code, of each use of what is written so.
  std::string uses(const std::string& path) {
    WorkerPool pool(collect_jobs());
    const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
    if (!folder) return folder.error().code;
    std::string out;
    for (const AgencySource& source : folder->agency.sources) {
      if (source.written != path) continue;
      out += out.empty() ? "" : "; ";
      if (source.unread) out += source.unread->code;
      else out += source.type + " " + source.text("app") + source.text("host") + " " +
                  source.text("scope");
    }
    return out;
  }

  fs::path folder_;
  Lexicon lexicon_;
  FolderMap map_;
};

// "taken for (how sure, by what, rival)" of each file or sheet of the folder but the staff list.
std::string grounds_in(const fs::path& root, const Lexicon& lexicon, const FolderMap& map) {
  WorkerPool pool(collect_jobs());
  const auto folder = recognise_folder(root, lexicon, map, pool);
  std::string out;
  if (!folder) return folder.error().code;
  for (const Recognised& file : folder->files) {
    if (file.path.starts_with("hr/") || file.type.empty()) continue;
    const Grounds& g = file.grounds;
    out += file.path + " " + file.type + " " + name_of(g.sure) + " " + g.by;
    if (g.headings > 0) out += " " + std::to_string(g.fields) + "/" + std::to_string(g.headings);
    out += (g.rival.empty() ? "" : " " + g.rival + " " + std::to_string(g.rival_fields)) + "\n";
  }
  return out;
}

constexpr const char* kList = "Tên đăng nhập,Họ tên,Trạng thái,Ngày đổi mật khẩu\n"
                              "mau,Lý Thị Mẫu,Hoạt động,01/02/2026\n";

// Each with a heading that no list of accounts has, beside "Name", "Status", "User Name".
TEST_F(ShapesTest, ListsOfServicesProcessesTasksAndGroupsAreNoAccounts) {
  put("m/dich-vu.csv", "Name,DisplayName,Status,StartType\nSpooler,Print,Running,Manual\n"
                       "Audio,Sound,Stopped,Manual\n");
  put("m/tien-trinh.csv", "Image Name,PID,Status,User Name\na.exe,1,Running,MAY\\an\n"
                          "b.exe,2,Unknown,MAY\\an\n");
  put("m/cong-viec.csv", "TaskName,Status,Run As User,User name\nx,Ready,SYSTEM,an\n"
                         "y,Ready,an,b\n");
  put("m/nhom.csv", "Name,GroupScope,SamAccountName,ObjectClass\nKe toan,Global,ketoan,group\n"
                    "Van thu,Global,vanthu,group\n");
  put("m/may.csv", "Name,SamAccountName,Enabled,ObjectClass\nM1,M1$,True,computer\n"
                   "M2,M2$,True,computer\n");
  for (const char* file : {"dich-vu", "tien-trinh", "cong-viec", "nhom", "may"}) {
    EXPECT_EQ(uses("m/" + std::string(file) + ".csv"), "") << file;
  }
  put("m/tai-khoan.csv", "Name,SamAccountName,Enabled,ObjectClass\nAn,an,True,user\n"
                         "M2,M2$,True,computer\n");
  EXPECT_EQ(uses("m/tai-khoan.csv"), "accounts m directory");
}

TEST_F(ShapesTest, NamesWithStatesOfNoAccountAreAskedAbout) {
  put("m/dv.txt", "\nStatus   Name      DisplayName\n------   ----      -----------\n"
                  "Running  Dnscache  DNS Client\nStopped  Spooler   Print Spooler\n");
  EXPECT_EQ(uses("m/dv.txt"), "K1031");
  put("m/may-in.csv", "Name,Status\nMay in tang 1,Idle\nMay in tang 2,Printing\n");
  EXPECT_EQ(uses("m/may-in.csv"), "K1031");
  put("m/tk.csv", "Name,DisplayName,Status\nan.lv,Lý An,Locked\nbi.lv,Lý Bì,Running\n");
  EXPECT_EQ(uses("m/tk.csv"), "accounts m application");  // one state is an account's: quoted
}

TEST_F(ShapesTest, ColumnsBelowWordsOfAProgramAreSeen) {
  put("r/ppp.txt", "# 2026-11-21 08:00:00 by RouterOS 7.11\nFlags: X - DISABLED\n"
                   "Columns: NAME, SERVICE, PASSWORD, PROFILE\n"
                   "#   NAME    SERVICE  PASSWORD   PROFILE\n"
                   "0   an.lv   l2tp     Bi@mat77   default\n"
                   "1   bi.lv   l2tp     Bi@mat78   default\n"
                   "2   chi.lv  l2tp     Bi@mat79   default\n");
  EXPECT_EQ(uses("r/ppp.txt"), "K0993");
}

TEST_F(ShapesTest, ListsInAnArchiveAreReadAndOtherMembersNamed) {
  put("Một cửa.zip", testing::make_zip({{"ds/tk.csv", kList}, {"ds/hop.docx", "PK\x03\x04word/"},
                                        {"ad.ldif", "dn: CN=a\nsAMAccountName: a\n"}}));
  EXPECT_EQ(uses("Một cửa.zip/ds/tk.csv"), "accounts Một cửa application");
  EXPECT_EQ(uses("Một cửa.zip/ds/hop.docx"), "K1021");
  EXPECT_EQ(uses("Một cửa.zip/ad.ldif"), "directory Một cửa directory");
  put("hong.zip", "PK\x03\x04 cut");
  EXPECT_EQ(uses("hong.zip"), "K1024");
}

// What only its own reader can read is read from an archive too, with what lies beside it.
TEST_F(ShapesTest, AccountFilesOfMachinesAndDirectoriesInArchivesAreRead) {
  const std::string passwd = "root:x:0:0:root:/root:/bin/sh\nan:x:1000:1000:An:/home/an:/bin/sh\n";
  const std::string shadow = "root:!:20000:0:99999:7:::\nan:$6$ab$cd:20000:0:90:7:::\n";
  const testing::ArchiveParts parts = {{"may/db01/passwd", passwd}, {"may/db01/shadow", shadow}};
  put("x/linux.tar.gz", testing::make_archive("gnutar", "gzip", parts));
  put("x/ad.7z", testing::make_archive("7zip", "none", {
      {"nguoi-dung.ldif", "dn: CN=An,DC=sa,DC=test\nobjectClass: user\nsAMAccountName: an\n"}}));
  EXPECT_EQ(uses("x/linux.tar.gz/may/db01/passwd"), "accounts db01 host");
  EXPECT_EQ(uses("x/linux.tar.gz/may/db01/shadow"), "password_stores db01 host");
  EXPECT_EQ(uses("x/ad.7z/nguoi-dung.ldif").substr(0, 9), "directory");
  WorkerPool pool(collect_jobs());
  const auto folder = recognise_folder(folder_, lexicon_, map_, pool);
  ASSERT_TRUE(folder);
  for (const AgencySource& source : folder->agency.sources) {
    if (source.type != "accounts" || source.unread) continue;
    if (!source.written.ends_with("passwd")) continue;
    EXPECT_TRUE(fs::exists(source.path / "passwd") && fs::exists(source.path / "shadow"));
  }
}

// Names from an archive name nothing outside the folder it is unpacked into.
TEST_F(ShapesTest, EvilNamesInAnArchiveStayInside) {
  EXPECT_EQ(member_path("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(member_path("/etc/shadow"), "etc/shadow");
  EXPECT_EQ(member_path("C:\\Users\\an\\ds.csv"), "Users/an/ds.csv");
  EXPECT_EQ(member_path(".."), "tep");
  EXPECT_EQ(member_path(""), "tep");
  EXPECT_EQ(member_path("a\nb/c\x1B[2J.csv"), "a_x0Ab/c_x1B[2J.csv");
  EXPECT_EQ(member_path("quet\u202Evsc.exe"), "quet_u202Evsc.exe");
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += "a/";
  EXPECT_EQ(member_path(deep + "ds.csv").string().size(), std::string("a/").size() * 11 + 6);
  EXPECT_LT(member_path(std::string(3000, 'x') + ".csv").string().size(), 255U);
  put("p/xau.zip", testing::make_zip({{"../../ra-ngoai/ds.csv", kList}, {"/goc/ds.csv", kList},
                                      {"ds.csv", kList}, {"DS.csv/x.csv", kList}}));
  WorkerPool pool(collect_jobs());
  const auto out = TempFolder::make();
  const auto files = unpack_archive(pool, folder_ / "p/xau.zip", out->path());
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_EQ(files->size(), 4U);
  for (const UnpackedFile& file : *files) {
    EXPECT_TRUE(is_inside(out->path(), file.path)) << file.path;
    EXPECT_TRUE(fs::is_regular_file(file.path)) << file.path;
    EXPECT_EQ(file.bytes, std::string(kList).size());
  }
  EXPECT_EQ((*files)[0].name, "../../ra-ngoai/ds.csv");
  EXPECT_EQ(uses("p/xau.zip/../../ra-ngoai/ds.csv"), "accounts ra-ngoai application");
}

TEST_F(ShapesTest, TwoMembersOfOneNameAreBothKept) {
  put("p/hai.tar", testing::make_archive("gnutar", "none", {
      {"a", "mot"}, {"./a", "hai"}, {"a/b", "ba"}}));
  WorkerPool pool(collect_jobs());
  const auto out = TempFolder::make();
  const auto files = unpack_archive(pool, folder_ / "p/hai.tar", out->path());
  ASSERT_TRUE(files) << to_string(files.error());
  std::string all;
  for (const UnpackedFile& file : *files) all += *read_file(file.path, 10) + " ";
  EXPECT_EQ(all, "mot hai ba ");
}

// Workbooks are bytes and no text: each must come out of the worker as it went in.
TEST_F(ShapesTest, WorkbooksInArchivesOfEveryKindAreRead) {
  const std::string xlsx = testing::make_xlsx(
      "<sheetData><row r=\"1\"><c t=\"str\"><v>Tên đăng nhập</v></c><c t=\"str\"><v>Họ tên</v></c>"
      "<c t=\"str\"><v>Trạng thái</v></c></row><row r=\"2\"><c t=\"str\"><v>mau</v></c><c "
      "t=\"str\"><v>Lý Thị Mẫu</v></c><c t=\"str\"><v>Hoạt động</v></c></row></sheetData>");
  const testing::ArchiveParts parts = {{"Một cửa/tk.xlsx", xlsx}};
  put("p/a.zip", testing::make_zip({parts.begin(), parts.end()}));
  put("p/b.7z", testing::make_archive("7zip", "none", parts));
  put("p/c.rar", testing::make_rar5(parts));
  put("p/d.tar.xz", testing::make_archive("gnutar", "xz", parts));
  put("qlvb/tk.csv.zst", testing::make_archive("raw", "zstd", {{"x", kList}}));
  for (const char* archive : {"a.zip", "b.7z", "c.rar", "d.tar.xz"}) {
    EXPECT_EQ(uses("p/" + std::string(archive) + "/Một cửa/tk.xlsx"),
              "accounts Một cửa application") << archive;
  }
  EXPECT_EQ(uses("qlvb/tk.csv.zst"), "accounts qlvb application");
}

TEST_F(ShapesTest, WhatMayHoldAccountsAndIsNotOpenedIsNamed) {
  put("a/ds.rar", "Rar!\x1A\x07\x01");
  put("a/ds.7z", "7z\xBC\xAF\x27\x1C");
  put("a/ds.pdf", "%PDF-1.4\n");
  put("a/ds.docx", testing::make_zip({{"word/document.xml", "<x/>"}}));
  put("a/ds.xlsb", testing::make_zip({{"xl/workbook.bin", "x"}}));
  put("a/users.sql", "-- MySQL dump 10.13\nCREATE TABLE `u` (`a` int);\n"
                     "INSERT INTO `u` VALUES (1);\n");
  put("a/hop-thu.txt", "mau@sa.test\nthu@sa.test\n");
  put("a/anh.png", "\x89PNG\r\n\x1A\n");
  for (const char* named : {"ds.pdf", "ds.docx", "users.sql"}) {
    EXPECT_EQ(uses(std::string("a/") + named), "K1021") << named;
  }
  for (const char* broken : {"ds.rar", "ds.7z"}) {
    EXPECT_EQ(uses(std::string("a/") + broken), "K1024") << broken;
  }
  EXPECT_EQ(uses("a/ds.xlsb"), "K0476");
  put("a/danh-sach.xlsb", testing::make_zip({{"word/document.xml", "<x/>"}}));  // no workbook
  EXPECT_EQ(uses("a/danh-sach.xlsb"), "K0456");
  EXPECT_EQ(uses("a/hop-thu.txt"), "K1023");
  put("a/.htpasswd", "an:$apr1$abc$def\nbi:$apr1$abc$xyz\n");
  put("a/~$tk.xlsx", "x");
  EXPECT_EQ(uses("a/.htpasswd"), "K1021");
  EXPECT_EQ(uses("a/~$tk.xlsx"), "");
  put("a/ten.txt", "an.nv\nbi.td\nchi\n");
  put("a/htpasswd", "an:$apr1$abc$def\nbi:$apr1$abc$xyz\n");
  put("a/ghi-chu.md", "# Ghi chú\n\nThư mục này có: hai tệp.\nXem thêm ở dưới.\n");
  EXPECT_EQ(uses("a/ten.txt"), "K1023");
  EXPECT_EQ(uses("a/htpasswd"), "K1021");
  put("a/ad.xml", "<Objs Version=\"1.1.0.1\"><Obj RefId=\"0\"/></Objs>");
  put("a/canbo.dbf", std::string("\x03\x7C\x01\x01\x00", 5));
  EXPECT_EQ(uses("a/ad.xml"), "K1021");
  put("a/ban-va.xml", "<?xml version=\"1.0\"?>\n<!-- <a> -->\n<v:cvrfdoc xmlns:v=\"u\"/>");
  EXPECT_EQ(uses("a/ban-va.xml"), "");
  EXPECT_EQ(uses("a/canbo.dbf"), "K1021");
  EXPECT_EQ(uses("a/ghi-chu.md"), "");
  EXPECT_EQ(uses("a/anh.png"), "");
  map_ = *parse_folder_map("files: {a/ds.pdf: {kind: none}, a/hop-thu.txt: {kind: directory}}", "m",
                           lexicon_);
  EXPECT_EQ(uses("a/ds.pdf"), "");
  EXPECT_EQ(uses("a/hop-thu.txt"), "directory a application");
}

TEST_F(ShapesTest, AccountsOfDevicesAndFilesThatStayedBehindAreNamed) {
  put("fw/fortigate.conf", "#config-version=FGT60F-7.2.5\nconfig system global\nend\n");
  put("fw/vpn.txt", "config user local\n  edit \"an.nv\"\n    set type password\n  next\nend\n");
  EXPECT_TRUE(uses("fw/vpn.txt").starts_with("accounts ")) << "users of a FortiGate are read";
  put("sw/cisco.txt", "hostname sw1\n!\nusername quantri privilege 15 secret 9 $9$abc\nend\n");
  put("sw/huawei.cfg", "sysname sw2\naaa\n local-user quantri password irreversible-cipher x\n");
  put("r/mikrotik.rsc", "# by RouterOS\n/user add name=an group=full\n");
  put("r/pf.xml", "<?xml version=\"1.0\"?>\n<pfsense><system><user/></system></pfsense>");
  for (const char* config : {"fw/fortigate.conf", "sw/cisco.txt", "sw/huawei.cfg",
                             "r/mikrotik.rsc", "r/pf.xml"}) {
    EXPECT_EQ(uses(config), "K1021") << config;
  }
  put("ad/dsquery.txt", "\"CN=Ly An,OU=P1,DC=sa,DC=test\"\n\"CN=Do Bi,OU=P1,DC=sa,DC=test\"\n");
  EXPECT_EQ(uses("ad/dsquery.txt"), "K1023");
  put("q/tk.xlsx.lnk", std::string("L\0\0\0\x01\x14\x02\0", 8));
  put("q/thu.eml", "From: a@sa.test\nSubject: Danh sách\nContent-Type: multipart/mixed\n\nx");
  put("q/tk.xlsx.crdownload", "PK");
  for (const char* behind : {"q/tk.xlsx.lnk", "q/thu.eml", "q/tk.xlsx.crdownload"}) {
    EXPECT_EQ(uses(behind), "K1021") << behind;
  }
  put("may/quan-tri.txt", "Alias name     Administrators\nComment        x\n\nMembers\n\n" +
                              std::string(79, '-') + "\nAdministrator\nan\n");
  EXPECT_EQ(uses("may/quan-tri.txt"), "K1023");
  put("app/users.yml", "users:\n  - username: an\n    enabled: true\n");
  put("app/cai-dat.yml", "port: 80\nname: cổng\n");
  EXPECT_EQ(uses("app/users.yml"), "K1021");
  EXPECT_EQ(uses("app/cai-dat.yml"), "");
  put("thu/hop.csv", "Alias,Name,ServerName,Quota\nan,Lý An,m1,x\nbi,Đỗ Bi,m1,x\n");
  EXPECT_EQ(uses("thu/hop.csv"), "K0993");  // two columns of four fit by chance
  put("q/huong-dan.txt", "Nhập username và password để vào.\nLiên hệ quản trị.\n");
  EXPECT_EQ(uses("q/huong-dan.txt"), "");
}

TEST_F(ShapesTest, PasswordsFoundOutAreNoLeakedList) {
  put("x/found.txt", "0123456789abcdef0123456789abcdef:matma\n"
                     "00112233445566778899aabbccddeeff:khac\n");
  put("x/show.txt", "MAU\\an:0123456789abcdef0123456789abcdef:matma\n");
  put("x/counts.txt", "0123456789abcdef0123456789abcdef:12\n");
  EXPECT_EQ(uses("x/found.txt"), "K1022");
  EXPECT_EQ(uses("x/show.txt"), "K1022");
  EXPECT_EQ(uses("x/counts.txt").substr(0, 11), "leaked_list");
}

TEST_F(ShapesTest, EachFileSaysHowSureItsKindIsAndWhy) {
  put("a/tk.csv", kList);
  put("b/it.csv", "Tài khoản,Ghi chú,Phòng,Ngăn,Màu\nan,x,1,2,đỏ\nbi,y,1,2,đỏ\n");
  put("c/users.ldif", "dn: CN=an\nsAMAccountName: an\nobjectClass: user\n");
  put("tu-dien/tu.txt", "matkhau\n123456\n");
  put("d/bam.csv", "user,hash\nan,$2y$10$abcdefghijklmnopqrstuv\n");
  EXPECT_EQ(grounds_in(folder_, lexicon_, map_),
            "a/tk.csv accounts certain columns 4/4\n"
            "b/it.csv accounts likely columns 2/5\n"
            "c/users.ldif directory certain shape\n"
            "d/bam.csv password_stores certain hashes\n"
            "tu-dien/tu.txt word_list likely name\n");
  map_ = *parse_folder_map("files: {b/it.csv: {kind: account, columns: {Tài khoản: login}}}", "m",
                           lexicon_);
  const std::string stated = grounds_in(folder_, lexicon_, map_);
  EXPECT_NE(stated.find("b/it.csv accounts certain stated"), std::string::npos) << stated;
}

TEST_F(ShapesTest, TimesInATableMakeItNoUnixFile) {
  put("q/tk.csv", "Tên đăng nhập,Họ tên,Ngày tạo,Ngày đổi mật khẩu,Đăng nhập cuối\n"
                  "an,Lý An,01/02/2026 08:00:00,02/02/2026 08:00:00,03/02/2026 08:00:00\n");
  put("q/tk4.csv", "Tên đăng nhập,Ngày tạo,Ngày cấp,Ngày đổi mật khẩu,Đăng nhập cuối\n"
                   "an,01/02/2026 08:00:00,01/02/2026 08:00:00,02/02/2026 08:00:00,"
                   "03/02/2026 08:00:00\n");
  EXPECT_EQ(uses("q/tk.csv"), "accounts q application");
  EXPECT_EQ(uses("q/tk4.csv"), "accounts q application");
}

TEST_F(ShapesTest, ServersAreNamedByTheirFolderAndTheirFilesMayBeNamedOtherwise) {
  put("may/web01/etc/passwd", "mau:x:1000:1000:Ly Thi Mau:/home/mau:/bin/bash\n");
  put("may/db01/passwd.txt", "mau:x:1000:1000:Ly Thi Mau:/home/mau:/bin/bash\n");
  put("may/web01/etc/group", "root:x:0:\nsudo:x:27:mau\n");
  put("may/web01/etc/gshadow", "root:*::\nsudo:!::mau\n");
  EXPECT_EQ(uses("may/web01/etc/group"), "");
  EXPECT_EQ(uses("may/web01/etc/gshadow"), "");
  EXPECT_EQ(uses("may/web01/etc/passwd"), "accounts web01 host");
  EXPECT_EQ(uses("may/db01/passwd.txt"), "accounts db01 host");
}

TEST_F(ShapesTest, DirectoriesAreToldByTheirHeadings) {
  put("ad/users.csv", "SamAccountName,DisplayName,Enabled,PasswordLastSet\nan,Lý An,True,\n");
  put("ad/csvde.csv", "DN,objectClass,userAccountControl,sAMAccountName\n"
                      "\"CN=An,DC=sa,DC=test\",user,512,an\n");
  put("thu/gaa.txt", "# name an@sa.test\nobjectClass: zimbraAccount\nuid: an\n"
                     "userPassword: VALUE-BLOCKED\nzimbraAccountStatus: active\n");
  EXPECT_EQ(uses("ad/users.csv"), "accounts ad directory");
  EXPECT_EQ(uses("ad/csvde.csv"), "directory ad directory");
  EXPECT_EQ(uses("thu/gaa.txt"), "directory thu directory");
}

TEST_F(ShapesTest, APasswordColumnIsAStoreAndAMaskedOneIsNot) {
  put("a/tk.csv", "Tên đăng nhập,Họ tên,Mật khẩu,Trạng thái,Ngày tạo\n"
                  "an,Lý An,Mau@2025,Hoạt động,\n");
  put("b/tk.csv", "Tên đăng nhập,Họ tên,Mật khẩu,Trạng thái,Ngày tạo\n"
                  "an,Lý An,****,Hoạt động,\n");
  EXPECT_EQ(uses("a/tk.csv"), "password_stores a application; accounts a application");
  EXPECT_EQ(uses("b/tk.csv"), "accounts b application");
}

TEST_F(ShapesTest, AColumnOfLogInsThatHoldsSomethingElseIsAskedAbout) {
  put("a/tk.csv", "Tài khoản,Họ tên,Trạng thái,Ngày tạo\nan / Mau!2025,Lý An,Hoạt động,\n"
                  "bi / Mau!2025,Đỗ Bi,Hoạt động,\n");
  put("b/tk.csv", "Tài khoản,Đơn vị,Trạng thái,Ngày tạo\nLý Thị An,P1,Hoạt động,\n"
                  "Đỗ Văn Bi,P1,Hoạt động,\n");
  put("c/tk.csv", "Tài khoản,Đơn vị,Trạng thái,Ngày tạo\nMAU\\an,P1,Hoạt động,\n"
                  "bi@sa.test,P1,Hoạt động,\nchi ha,P2,Khóa,\n");
  EXPECT_EQ(uses("a/tk.csv"), "K1029");
  EXPECT_EQ(uses("b/tk.csv"), "K1029");
  EXPECT_EQ(uses("c/tk.csv"), "accounts c application");
  map_ = *parse_folder_map("columns: {Tài khoản: login}", "m", lexicon_);
  EXPECT_EQ(uses("b/tk.csv"), "accounts b application");
}

TEST_F(ShapesTest, JsonOfAccountsIsATableAndOtherJsonIsNamed) {
  put("sso/users.json", "{\"realm\": \"x\", \"users\": [{\"username\": \"an\", \"enabled\": true, "
                        "\"createdTimestamp\": 1707877800000}]}");
  put("git/users.json", "[{\"id\": 1, \"username\": \"an\", \"name\": \"Lý An\", "
                        "\"state\": \"active\", \"email\": \"an@sa.test\", "
                        "\"created_at\": \"2026-01-02T00:00:00Z\"}]");
  EXPECT_EQ(uses("git/users.json"), "accounts git application");  // no answer about leaks
  put("lo/lo.json", "[{\"email\": \"an@sa.test\", \"name\": \"Dịch vụ\", "
                    "\"date\": \"2026-01-02\"}]");
  EXPECT_EQ(uses("lo/lo.json").substr(0, 13), "external_list");
  put("cl/list.json", "{\"an\": \"Lý An\", \"bi\": \"Đỗ Bi\"}");
  std::string events;
  for (int i = 0; i < 10; ++i) {
    events += (i == 0 ? "" : ", ") + std::string("{\"account\": \"an\", \"agency\": \"sa\", ") +
              "\"role\": \"x\"}";
  }
  put("sso/events.json", "[" + events + "]");
  EXPECT_EQ(uses("sso/events.json"), "K0993");
  EXPECT_EQ(uses("sso/users.json"), "accounts sso application");
  EXPECT_EQ(uses("cl/list.json"), "K0450");
}

}  // namespace
}  // namespace khien
