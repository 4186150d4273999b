// Stores of an agency, tested through the workers: rows, what could not be read, whose account an
// entry is. Everybody and every password is invented.
#include "collect/password_stores/password_stores.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "base/hash.h"
#include "collect/jobs.h"
#include "collect/password_stores/subjects.h"
#include "engine/password/errors.h"
#include "engine/password/verify.h"

namespace khien::password_store_test {
namespace {

constexpr const char* kNoLm = "AAD3B435B51404EEAAD3B435B51404EE";
constexpr const char* kOfName = "D8CBDD10A466B58400147EBE6801C68C";   // Mau@2026
constexpr const char* kOfList = "96B3B0C61714030F7180F58F22D60FE1";   // the word below
constexpr const char* kWord = "một mật khẩu dài hơn hai mươi bảy ký tự\n";
constexpr const char* kStrange = "37F9AABA0C321D6D8D9DC1D96F297422";  // in no list
constexpr std::int64_t kNow = 1'795'000'000'000;

class PasswordStore : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TempFolder::make();
    ASSERT_TRUE(made);
    folder_.emplace(std::move(*made));
    agency_.record.name = "Sở Mẫu";
  }

  AgencySource& add(const char* type, const std::string& name, const std::string& text) {
    AgencySource source;
    source.type = type;
    source.path = folder_->path() / name;
    source.written = name;
    source.place = "agency.yaml:1";
    source.fields = Node::map();
    std::filesystem::create_directories(source.path.parent_path());
    EXPECT_TRUE(write_file(source.path, text));
    return agency_.sources.emplace_back(std::move(source));
  }
  AgencySource& store(const std::string& name, const std::string& text) {
    AgencySource& source = add("password_stores", name, text);
    source.fields.set("app", "AD");
    source.fields.set("budget_seconds", 2);
    return source;
  }
  static std::string line(const std::string& login, const std::string& nt,
                          const std::string& rest = ":") {
    return login + ":1104:" + kNoLm + ":" + nt + "::" + rest + "\n";
  }

  void run() {
    const auto content = Content::open(built_in_content());
    ASSERT_TRUE(content);
    WorkerPool pool(collect_jobs());
    const FixedClock clock(kNow);
    auto out = collect_password_stores(agency_, *content, pool, clock, collected_, problems_);
    ASSERT_TRUE(out) << to_string(out.error());
    out_ = std::move(*out);
  }
  [[nodiscard]] const TableFacts& table(std::size_t i = 0) const {
    return out_.at(i).tables.at("password_test");
  }
  // "login class" of each row that was found weak. Whether the rest was finished depends on the
  // machine; a row says so, and only then that nothing opens the account.
  [[nodiscard]] std::vector<std::string> weak(std::size_t i = 0) const {
    std::vector<std::string> out;
    for (const Row& row : table(i).rows) {
      const bool finished = to_text(row.at("exhausted")) == "1";
      EXPECT_EQ(row.contains("weak_class"), finished);
      const std::string found = finished ? to_text(row.at("weak_class")) : "none";
      if (found != "none") out.push_back(to_text(row.at("login")) + " " + found);
    }
    return out;
  }
  // "login value" of each row; "-" for a value that is not there.
  [[nodiscard]] std::vector<std::string> told(const char* column, std::size_t i = 0) const {
    std::vector<std::string> out;
    for (const Row& row : table(i).rows) {
      const auto at = row.find(column);
      out.push_back(to_text(row.at("login")) + " " + (at == row.end() ? "-" : to_text(at->second)));
    }
    return out;
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const Error& e : problems_) out.emplace_back(e.code);
    return out;
  }

  std::optional<TempFolder> folder_;
  Agency agency_;
  std::vector<Collection> collected_;
  std::vector<Error> problems_;
  std::vector<Collection> out_;
};

using Told = std::vector<std::string>;

TEST_F(PasswordStore, FindsWhatIsEasyAndNamesTheList) {
  store("ad.txt", line("TINH\\mau.sa", kOfName) + line("TINH\\thu.sa", kOfList) +
                      line("TINH\\manh.sa", kStrange) + line("TINH\\manh.sa_history0", kOfName));
  add("word_list", "hay-dung.txt", kWord).fields.set("name", "Từ hay dùng");
  run();
  EXPECT_TRUE(problems_.empty()) << to_string(problems_.front());
  EXPECT_EQ(table().status, TableFacts::Status::complete);
  EXPECT_EQ(weak(), (Told{"mau.sa name", "thu.sa dictionary"}));
  EXPECT_EQ(told("list_name"), (Told{"mau.sa -", "thu.sa Từ hay dùng", "manh.sa -"}));
  EXPECT_EQ(told("scheme"), (Told{"mau.sa nt", "thu.sa nt", "manh.sa nt"}));
  EXPECT_EQ(told("weak_store"), (Told{"mau.sa 0", "thu.sa 0", "manh.sa 0"}));
  EXPECT_EQ(told("account_key"),
            (Told{"mau.sa AD:mau.sa", "thu.sa AD:thu.sa", "manh.sa AD:manh.sa"}));
  EXPECT_EQ(told("tested_at").at(0), "mau.sa " + std::to_string(kNow));
}

std::string nt(const std::string& word) {
  return hex(password::unsalted_digest(password::Scheme::nt, word));
}

TEST_F(PasswordStore, DefaultsOfTheMailDomainTheDirectoryAndTheApplicationAreTried) {
  AgencySource& source = store("kho.txt", line("XAMAU.LOCAL\\an", nt("Xamau@2025")) +
                                              line("binh", nt("Phuongthu@123")) +
                                              line("chi", nt("VanBanSo@2026")) +
                                              line("dung", nt("vanbanso@123")) +
                                              line("em", kStrange));
  source.fields.set("app", "VanBanSo");
  Collection& c = collected_.emplace_back();
  c.tables["account"].rows.push_back({{"app", std::string("VanBanSo")},
                                      {"login", std::string("binh")},
                                      {"account_key", std::string("VanBanSo:binh")},
                                      {"mail", std::string("binh@mail.phuongthu.gov.vn")}});
  run();
  EXPECT_EQ(weak(), (Told{"an default", "binh default", "chi default", "dung default"}));
}

TEST_F(PasswordStore, ADigestOfUncertainKindIsOneRowWithTheKindThatOpens) {
  store("tk.csv", "login,hash\nan," + nt("123456") + "\nbinh," + std::string(kStrange) + "\n");
  run();
  EXPECT_EQ(weak(), (Told{"an dictionary"}));
  EXPECT_EQ(told("scheme"), (Told{"an nt", "binh md5"}));
}

TEST_F(PasswordStore, EqualPasswordsAreOneGroup) {
  store("ad.txt", line("an", kStrange) + line("binh", kStrange) + line("chi", kOfList));
  run();
  EXPECT_EQ(told("equal_count"), (Told{"an 2", "binh 2", "chi -"}));
}

TEST_F(PasswordStore, AnAccountNoPasswordOpensHasNoRowAnUnreadFormIsUnknown) {
  store("shadow", "an:*:19000:0:99999:7:::\nbinh::19000:0:99999:7:::\n"
                  "chi:$99$x:19000:0:99999:7:::\ndung:!$1$abcdefgh$GF.kFPbvJVGKlkEwKzbkW1:"
                  "19000:0:99999:7:::\n");
  run();
  EXPECT_EQ(told("weak_class"), (Told{"binh empty", "chi -", "dung none"}));
  EXPECT_EQ(told("scheme"), (Told{"binh empty", "chi unknown", "dung md5crypt"}));
  EXPECT_EQ(told("exhausted"), (Told{"binh 1", "chi 0", "dung 1"}));
  EXPECT_EQ(told("enabled"), (Told{"binh -", "chi -", "dung 0"}));
  EXPECT_EQ(table().status, TableFacts::Status::partial);
  EXPECT_EQ(table().reason, "reason.password.rows_unreadable");
  EXPECT_EQ(table().detail, "1: 3");
}

TEST_F(PasswordStore, AStoreThatIsNoneOrNotThereIsMissingAndTheOthersGoOn) {
  store("khong-phai.txt", "xin chào\n");
  store("ad.txt", line("mau", kOfName));
  store("mat.txt", "").path = folder_->path() / "khong-co.txt";
  run();
  ASSERT_EQ(out_.size(), 3U);
  EXPECT_EQ(codes(), (Told{"K0001", "K0980"}));
  EXPECT_EQ(table(0).status, TableFacts::Status::missing);
  EXPECT_EQ(table(0).reason, "reason.collect.source_unreadable");
  EXPECT_EQ(table(1).status, TableFacts::Status::complete);
  EXPECT_EQ(told("weak_class", 1), Told{"mau name"});
  EXPECT_EQ(table(2).status, TableFacts::Status::missing);
  EXPECT_EQ(out_[1].source_sha256.size(), 64U);
  EXPECT_TRUE(out_[2].source_sha256.empty());
}

TEST_F(PasswordStore, AHashOfARangeFolderIsLeakedAndAnEmptyFolderLeavesTheTableOpen) {
  store("ad.txt", line("an", kStrange));
  add("leaked_list", "lo/37F9A.txt", "0000:1\nABA0C321D6D8D9DC1D96F297422:3\n");
  agency_.sources.back().path = folder_->path() / "lo";
  agency_.sources.back().fields.set("name", "Đã lộ");
  run();
  EXPECT_EQ(weak(), Told{"an leaked"});
  EXPECT_EQ(told("list_name").at(0), "an Đã lộ");
  EXPECT_EQ(table().status, TableFacts::Status::complete);

  agency_.sources.back().path = folder_->path() / "trong";
  std::filesystem::create_directories(folder_->path() / "trong");
  problems_.clear();
  run();
  EXPECT_EQ(codes(), Told{err::hash_list_invalid});
  EXPECT_EQ(weak(), Told{});
  EXPECT_EQ(table().status, TableFacts::Status::partial);
  EXPECT_EQ(table().reason, "reason.password.list_unreadable");
}

TEST_F(PasswordStore, DefaultsTheAdministratorNamesAreDefaultsAndABrokenPolicyIsSaid) {
  store("ad.txt", line("an", kOfList));
  add("password_policy", "chinh-sach.json",
      R"({"defaults_known_to_admin": ["một mật khẩu dài hơn hai mươi bảy ký tự"]})");
  run();
  EXPECT_EQ(told("weak_class"), Told{"an default"});
  add("password_policy", "hong.json", "{");
  run();
  EXPECT_EQ(problems_.size(), 1U);
  EXPECT_EQ(told("weak_class"), Told{"an default"});
}

TEST_F(PasswordStore, WithoutAStoreNothingIsSaid) {
  add("word_list", "hay-dung.txt", kWord);
  run();
  EXPECT_TRUE(out_.empty());
}

// Whose account an entry is.
class PasswordHolders : public ::testing::Test {
 protected:
  void account(const char* key, const char* login, const char* agency, const char* staff,
               const char* mail = "") {
    Row& row = facts_.add("account");
    row = {{"account_key", std::string(key)}, {"app", std::string("Thư")},
           {"login", std::string(login)},     {"agency", std::string(agency)},
           {"staff_key", std::string(staff)}, {"mail", std::string(mail)}};
  }
  void person(const char* key, const char* name, const char* mail) {
    facts_.add("staff") = {{"staff_key", std::string(key)}, {"full_name", std::string(name)},
                           {"mail", std::string(mail)}};
  }
  [[nodiscard]] password::Holder find(const char* login, const char* mail = "",
                                      const char* domain = "") const {
    password::StoreEntry entry;
    entry.login = login;
    entry.mail = mail;
    entry.domain = domain;
    AgencySource source;
    source.fields = Node::map({{"app", "THƯ"}});
    return password::Holders({}, {facts_}).find(entry, source);
  }

  Collection facts_;
};

TEST_F(PasswordHolders, ALogInIsFoundWhateverItsCase) {
  account("thu:an", "An.TT", "sa", "SA-1");
  person("SA-1", "Trần Thị An", "an@sa.test");
  const password::Holder h = find("an.tt");
  EXPECT_EQ(h.account_key + "/" + h.agency + "/" + h.staff_key, "thu:an/sa/SA-1");
  EXPECT_EQ(h.subject.full_name, "Trần Thị An");
  EXPECT_EQ(h.person, "SA-1");
}

TEST_F(PasswordHolders, OfTwoAgenciesTheAddressOrTheUnitDecidesElseNobody) {
  account("thu/sa:thu", "thu", "sa", "A1", "thu_sa@x.test");
  account("thu/sb:thu", "thu", "sb", "B1", "thu_sb@x.test");
  EXPECT_EQ(find("thu", "thu_sb@x.test").staff_key, "B1");
  EXPECT_EQ(find("thu", "", "SA").staff_key, "A1");
  const password::Holder nobody = find("thu");
  EXPECT_EQ(nobody.account_key, "THƯ:thu");
  EXPECT_EQ(nobody.staff_key, "");
}

TEST_F(PasswordHolders, AnEntryOfNoListedAccountIsFoundByItsAddressAlone) {
  person("SA-2", "Lê Văn Bình", "binh@sa.test");
  EXPECT_EQ(find("nvb", "Binh@SA.test").staff_key, "SA-2");
  EXPECT_EQ(find("binh").staff_key, "SA-2");  // the front of the only such address
  person("SB-2", "Lê Thị Bình", "binh@sb.test");
  EXPECT_EQ(find("binh").staff_key, "");
}

}  // namespace
}  // namespace khien::password_store_test
