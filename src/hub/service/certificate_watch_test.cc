// The certificate of a server that runs: renewed in time, read again when it is replaced.
#include "hub/service/certificate_watch.h"

#include "base/file.h"
#include "hub/errors.h"
#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

class MovedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return real_.now_ms() + days * 86'400'000; }
  [[nodiscard]] std::int64_t steady_ms() const override { return real_.steady_ms(); }
  std::int64_t days = 0;

 private:
  SystemClock real_;
};

struct CertificateWatchTest : ::testing::Test {
  CertificateWatch watch(bool own) {
    return CertificateWatch(options, own, clock, [this](const CertificateNews& n) {
      if (n.what == CertificateNews::What::renewed) renewed.push_back(n.fingerprint);
      if (n.what == CertificateNews::What::refused) refused.push_back(n.error->code);
      if (n.what == CertificateNews::What::days) days = n.days;
    });
  }
  // A server that listens and is not run: what it was given is what counts here.
  void serve() {
    auto made = Server::listen(options, nothing, events, counts);
    if (made) server = std::move(*made);
    else ADD_FAILURE() << to_string(made.error());
  }
  void SetUp() override {
    options.certificate = folder.path() / "hub.crt";
    options.key = folder.path() / "hub.key";
    options.uploads = folder.path();
  }

  struct Nothing final : Application {
    Response answer(Request&) override { return empty_response(); }
    Reception expect(const Request&) const override { return {}; }
    std::optional<Response> refuse(const Request&) override { return {}; }
    Response problem(const Request&, const Error&) const override {
      return empty_response(500);
    }
  };
  TempFolder folder = std::move(*TempFolder::make());
  MovedClock clock;
  ServerOptions options;
  Nothing nothing;
  Events events;
  WireCounts counts;
  std::unique_ptr<Server> server;
  std::vector<std::string> renewed, refused;
  std::int64_t days = 0;
};

TEST_F(CertificateWatchTest, OurOwnIsMadeAnewAtThirtyDaysAndNotBefore) {
  CertificateWatch own = watch(true);
  ASSERT_TRUE(own.prepare());
  serve();
  own.begin();
  const std::string first = own.served().get()->sha256;
  clock.days = kOwnCertificateDays - 32;
  own.look(*server);
  EXPECT_TRUE(renewed.empty());
  EXPECT_EQ(own.served().get()->sha256, first);
  clock.days = kOwnCertificateDays - 31;  // thirty whole days are left
  own.look(*server);
  ASSERT_EQ(renewed.size(), 1U);
  EXPECT_NE(renewed[0], first);
  EXPECT_EQ(own.served().get()->sha256, renewed[0]);
  EXPECT_GT(days, 390);
  own.look(*server);
  EXPECT_EQ(renewed.size(), 1U);
}

TEST_F(CertificateWatchTest, OneThatWasGivenIsTakenWhenItsFilesChangeAndNeverMade) {
  ASSERT_TRUE(make_certificate(options.certificate, options.key, {"mau.test"}, clock.now_ms()));
  serve();
  CertificateWatch given = watch(false);
  given.begin();
  const std::string first = given.served().get()->sha256;
  clock.days = kOwnCertificateDays - 5;
  given.look(*server);
  EXPECT_TRUE(renewed.empty());
  EXPECT_EQ(days, 4);
  const std::string old_key = *read_file(options.key, 10'000);
  ASSERT_TRUE(make_certificate(options.certificate, options.key, {"mau.test"}, clock.now_ms()));
  const std::string new_key = *read_file(options.key, 10'000);
  ASSERT_TRUE(write_file(options.key, old_key));  // half of the change is written
  given.look(*server);
  given.look(*server);
  EXPECT_EQ(refused, std::vector<std::string>{err::hub_cannot_listen});
  EXPECT_EQ(given.served().get()->sha256, first);
  ASSERT_TRUE(write_file(options.key, new_key));
  given.look(*server);
  EXPECT_EQ(renewed.size(), 1U);
  EXPECT_GT(days, 390);
  ASSERT_TRUE(write_file(options.certificate, "no certificate"));
  given.look(*server);
  EXPECT_EQ(refused.back(), err::hub_certificate);
  clock.days += kOwnCertificateDays + 1;
  given.look(*server);
  EXPECT_LT(days, 0);
}

TEST(Certificate, SettingsAndHealthTellHowLongItLasts) {
  ServiceOptions options;
  options.mode = Mode::centre;
  TempFolder folder = std::move(*TempFolder::make());
  SystemClock clock;
  const auto content = Content::open(built_in_content());
  options.folder = folder.path() / "data";
  options.version = "test";
  const auto service = Service::open(std::move(options), *content, clock);
  ASSERT_TRUE(service) << to_string(service.error());
  const auto shown = (*service)->hub().certificate.get();
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->sha256, (*service)->certificate_print());
  EXPECT_EQ(shown->days_left(clock.now_ms()), kOwnCertificateDays - 1);
  TestHub office;
  const Reply settings = office.admin().get("/settings");
  EXPECT_TRUE(settings.json()["certificate"].is_null());
  EXPECT_FALSE(settings.json()["network"].boolean(true));
  const Reply health = office.stranger().call("GET", "/healthz");
  EXPECT_EQ(health.status, 200) << health.body;
  EXPECT_TRUE(health.json().has("certificate_days"));
}

}  // namespace
}  // namespace khien::hub
