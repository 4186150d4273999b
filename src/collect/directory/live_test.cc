// A real slapd of Debian on loopback, with more entries than fit a page. Skipped where it is not
// installed (packaging/packages.txt, group "test").
#include "collect/directory/live.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/errors.h"
#include "base/file.h"
#include "base/worker_errors.h"
#include "collect/directory/directory.h"
#include "collect/directory/errors.h"
#include "collect/jobs.h"
#include "collect/network/testing.h"
#include "collect/source/errors.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSlapd = "/usr/sbin/slapd";
constexpr const char* kSchemas = "/etc/ldap/schema/";
constexpr std::size_t kPeople = 1203;

pid_t start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  if (freopen("/dev/null", "w", stderr) == nullptr) _exit(126);
  execv(arguments[0], arguments.data());
  _exit(127);
}

std::string key_pem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string out(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return out;
}

class LiveDirectory : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(access(kSlapd, X_OK), 0) << "packaging/install_missing test installs " << kSlapd;
    auto made = TempFolder::make();
    ASSERT_TRUE(made);
    folder_.emplace(std::move(*made));
    net::testing::make_identity(identity_, "IP:127.0.0.1,DNS:localhost", "20991231000000Z");
    net::testing::make_identity(other_, "IP:127.0.0.1", "20991231000000Z");
    write("ca.pem", identity_.pem);
    write("other.pem", other_.pem);
    write("key.pem", key_pem(identity_.key));
    write("password", "doc-thu-muc\n");
    write("wrong", "sai\n");
    net::testing::loopback(SOCK_STREAM, plain_);
    net::testing::loopback(SOCK_STREAM, secure_);
    fs::create_directory(folder_->path() / "db");
    write("slapd.conf", config());
    write("people.ldif", people());
    const std::string conf = path("slapd.conf");
    const pid_t add = start({kSlapd, "-T", "add", "-q", "-f", conf, "-l", path("people.ldif")});
    int state = 0;
    waitpid(add, &state, 0);
    ASSERT_TRUE(WIFEXITED(state) && WEXITSTATUS(state) == 0) << "slapadd";
    child_ = start({kSlapd, "-d", "0", "-f", conf, "-h", url("ldap") + "/ " + url("ldaps") + "/"});
    ASSERT_TRUE(answers()) << "slapd does not answer";
  }

  void TearDown() override { stop(); }

  void stop() {
    if (child_ <= 0) return;
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
    child_ = -1;
  }

  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_->path() / name).string();
  }
  void write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(write_file(folder_->path() / name, text, Access::owner));
  }
  [[nodiscard]] std::string url(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(scheme == "ldap" ? plain_ : secure_);
  }

  [[nodiscard]] std::string config() const {
    std::string out;
    for (const char* schema : {"core", "cosine", "inetorgperson", "nis"}) {
      out += std::string("include ") + kSchemas + schema + ".schema\n";
    }
    return out + "modulepath /usr/lib/ldap\nmoduleload back_mdb\nmoduleload ppolicy\n" +
           "TLSCACertificateFile " + path("ca.pem") + "\nTLSCertificateFile " + path("ca.pem") +
           "\nTLSCertificateKeyFile " + path("key.pem") + "\nsizelimit 500\npidfile " +
           path("pid") + "\ndatabase mdb\nmaxsize 67108864\nsuffix dc=somau,dc=test\n" +
           "rootdn cn=doc,dc=somau,dc=test\nrootpw doc-thu-muc\ndirectory " + path("db") +
           "\noverlay ppolicy\n";
  }

  static std::string people() {
    std::string out = "dn: dc=somau,dc=test\nobjectClass: dcObject\nobjectClass: organization\n"
                      "dc: somau\no: So Mau\n\ndn: ou=vp,dc=somau,dc=test\n"
                      "objectClass: organizationalUnit\nou: vp\n\n";
    for (std::size_t i = 0; i < kPeople; ++i) {
      const std::string uid = "nguoi" + std::to_string(i);
      out += "dn: uid=" + uid + ",ou=vp,dc=somau,dc=test\nobjectClass: inetOrgPerson\nuid: " + uid +
             "\ncn: Nguoi\nsn: Mau\nmail: " + uid + "@somau.test\nuserPassword: {SSHA}bi-mat\n\n";
    }
    return out + "dn: cn=mac dinh,dc=somau,dc=test\nobjectClass: device\nobjectClass: pwdPolicy\n"
                 "cn: mac dinh\npwdAttribute: userPassword\npwdMinLength: 9\npwdCheckQuality: 2\n";
  }

  [[nodiscard]] bool answers() const {
    for (int i = 0; i < 200; ++i) {
      const Fd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(secure_);
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      if (connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  [[nodiscard]] directory::LiveSpec spec(const std::string& scheme) const {
    directory::LiveSpec out;
    out.url = url(scheme);
    out.bind = "cn=doc,dc=somau,dc=test";
    out.password_file = "password";
    out.ca = "ca.pem";
    out.loopback = true;
    return out;
  }

  [[nodiscard]] std::string code(directory::LiveSpec asked) const {
    const SystemClock clock;
    const auto out = directory::ask_server(std::move(asked), folder_->path(), clock);
    return out ? "" : out.error().code;
  }

  std::optional<TempFolder> folder_;
  net::testing::Identity identity_, other_;
  std::uint16_t plain_ = 0, secure_ = 0;
  pid_t child_ = -1;
};

TEST_F(LiveDirectory, EveryPageArrivesAndNoPasswordIsAsked) {
  AgencySource source;
  source.type = "directory";
  source.folder = folder_->path();
  source.written = url("ldaps");
  source.fields = Node::map({{"type", "directory"},
                             {"url", source.written},
                             {"bind", "cn=doc,dc=somau,dc=test"},
                             {"password_file", "password"},
                             {"ca", "ca.pem"}});
  const auto content = Content::open(built_in_content());
  const auto lexicon = Lexicon::load(*content);
  WorkerPool pool(collect_jobs());
  const SystemClock clock;
  const auto out = collect_directory(source, *lexicon, pool, clock);
  ASSERT_TRUE(out) << to_string(out.error());
  const TableFacts& accounts = (*out)->tables.at("account");
  ASSERT_EQ(accounts.rows.size(), kPeople);
  for (const Row& row : accounts.rows) {
    EXPECT_FALSE(row.contains("password_store"));
    EXPECT_EQ(to_text(row.at("agency")), "vp");
    EXPECT_TRUE(row.contains("created_at"));
  }
  ASSERT_EQ((*out)->tables.at("password_rule").rows.size(), 1U);
  EXPECT_EQ(to_text((*out)->tables.at("password_rule").rows[0].at("min_length")), "9");
  EXPECT_EQ(to_json(to_node(**out)).find("bi-mat"), std::string::npos);
}

TEST_F(LiveDirectory, StartTlsAndPlainOnThisMachineWork) {
  EXPECT_EQ(code(spec("ldap")), "");
  directory::LiveSpec tls = spec("ldap");
  tls.start_tls = true;
  EXPECT_EQ(code(tls), "");
  tls.ca = "other.pem";
  EXPECT_EQ(code(tls), err::directory_tls);
}

TEST_F(LiveDirectory, WhatIsWrongIsSaidAndNeverAnEmptyAnswer) {
  directory::LiveSpec wrong = spec("ldaps");
  wrong.password_file = "wrong";
  EXPECT_EQ(code(wrong), err::directory_refused);
  wrong = spec("ldaps");
  wrong.ca = "other.pem";
  EXPECT_EQ(code(wrong), err::directory_tls);
  wrong.ca = "";  // the system's authorities do not know it
  EXPECT_EQ(code(wrong), err::directory_tls);
  wrong.ca = "absent.pem";
  EXPECT_EQ(code(wrong), err::file_unreadable);
  wrong = spec("ldaps");
  wrong.base = "dc=khac,dc=test";
  EXPECT_EQ(code(wrong), err::directory_search);
  wrong = spec("ldaps");
  wrong.loopback = false;  // plain LDAP to another machine is made StartTLS, and checked
  wrong.url = url("ldap");
  wrong.ca = "other.pem";
  EXPECT_EQ(code(wrong), err::directory_tls);
  stop();
  EXPECT_EQ(code(spec("ldaps")), err::directory_unreached);
}

// agency.yaml could name this machine's own key, and a server of its writer's.
TEST_F(LiveDirectory, OnlyASecretBesideTheAgencyFileAndForItsOwnerGoesOut) {
  const auto elsewhere = TempFolder::make();
  ASSERT_TRUE(elsewhere);
  const fs::path secret = elsewhere->path() / "key";
  ASSERT_TRUE(write_file(secret, "doc-thu-muc\n", Access::owner));
  directory::LiveSpec asked = spec("ldaps");
  asked.password_file = secret.string();
  EXPECT_EQ(code(asked), err::file_outside);
  asked.password_file = "../" + elsewhere->path().filename().string() + "/key";
  EXPECT_EQ(code(asked), err::file_outside);
  fs::create_symlink(secret, folder_->path() / "link");
  asked.password_file = "link";
  EXPECT_EQ(code(asked), err::file_outside);
  write("open", "doc-thu-muc\n");
  fs::permissions(folder_->path() / "open", fs::perms(0644));
  asked.password_file = "open";
  EXPECT_EQ(code(asked), err::secret_open);
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  asked.password_file = "fifo";
  EXPECT_EQ(code(asked), err::not_regular);
  asked = spec("ldaps");
  asked.ca = "fifo";
  EXPECT_EQ(code(asked), err::not_regular);
}

TEST_F(LiveDirectory, APersonsLimitOnTheServerIsAnErrorAndNotAShortList) {
  directory::LiveSpec anonymous = spec("ldaps");
  anonymous.bind.clear();
  anonymous.password_file.clear();
  EXPECT_EQ(code(anonymous), err::directory_search);
}

TEST(LiveSpec, AddressesAndFieldsAreChecked) {
  const auto code = [](const std::string& yaml) {
    const auto node = parse_yaml(yaml, "a.yaml");
    const auto out = directory::live_spec(*node, "a.yaml");
    return out ? "" : out.error().code;
  };
  EXPECT_EQ(code("{type: directory, url: 'ldaps://dc.somau.test', base: 'dc=somau,dc=test'}"), "");
  for (const char* url : {"http://dc.somau.test", "ldaps://", "ldapi:///", "x", "ldap://a@b.test",
                          "ldaps://dc.somau.test/dc=a", "ldap://a.test ldap://b.test"}) {
    EXPECT_EQ(code("{type: directory, url: '" + std::string(url) + "'}"), err::directory_url)
        << url;
  }
  EXPECT_EQ(code("{type: directory, url: 'ldaps://a.test', bind: x}"), err::field_missing);
  EXPECT_EQ(code("{type: directory, url: 'ldaps://a.test', password: x}"), err::field_unknown);
  EXPECT_EQ(code("{type: directory, url: 'ldaps://a.test', insecure: 1}"), err::field_type);
}

}  // namespace
}  // namespace khien
