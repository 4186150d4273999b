#include "hub/service/service.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/calendar.h"
#include "hub/api/handlers.h"
#include "hub/data/agency.h"
#include "hub/data/reminder.h"
#include "hub/data/session.h"
#include "hub/data/setting.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr const char* kFirstLogin = "admin";
constexpr double kBurstSeconds = 4;
constexpr std::int64_t kKeepHouseMs = 3'600'000;
constexpr std::int64_t kMostIdleMs = 12 * 3'600'000;

void empty_folder(const fs::path& folder) {
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    std::error_code ignored;
    fs::remove_all(it->path(), ignored);
  }
}

// The names a browser on this machine calls a loopback server by.
std::vector<std::string> host_names(const ServerOptions& server, std::uint16_t port) {
  if (!server.certificate.empty()) return {};
  std::vector<std::string> out;
  for (const char* name : {"127.0.0.1", "localhost", "[::1]"}) {
    out.push_back(fmt::format("{}:{}", name, port));
    if (port == 80) out.emplace_back(name);
  }
  return out;
}

// The first administrator, of the root agency; made when there is nobody.
Result<std::int64_t> first_admin(Data& data, const Texts& texts, Mode mode) {
  {
    KHIEN_TRY(const Data::Reading db, data.read());
    KHIEN_TRY(const Value id, db->one("select id from user where role = 'admin' and disabled_at is"
                                      " null order by id limit 1"));
    if (const auto* found = std::get_if<std::int64_t>(&id)) return *found;
  }
  Act act;
  act.action = "users.first";
  act.what = "users";
  return data.change(act, [&](const Database& db, Act& row) -> Result<std::int64_t> {
    KHIEN_TRY(const std::int64_t agency, root_agency(db));
    User user;
    user.agency_id = agency;
    user.login = kFirstLogin;
    user.name = texts("hub.first_admin");
    user.role = "admin";
    user.must_change = mode == Mode::centre;
    user.created_at = data.clock().now_ms();
    KHIEN_TRY(row.what_id, add_user(db, user));
    return row.what_id;
  });
}

}  // namespace

struct Service::Impl {
  ServiceOptions options;
  Texts vi, en;
  Api api;
  std::unique_ptr<Data> data;
  std::unique_ptr<Runner> runner;
  std::unique_ptr<Passwords> passwords;
  Authority authority;
  std::unique_ptr<Throttle> throttle;
  std::unique_ptr<RateLimit> rate;
  RollupCache rollups;
  std::unique_ptr<Hub> hub;
  WireCounts counts;
  std::unique_ptr<Pages> pages;
  std::unique_ptr<HubApplication> application;
  std::unique_ptr<CertificateWatch> certificate;
  std::unique_ptr<Server> server;
  std::mutex mutex;
  std::condition_variable ending;
  bool ended = false;

  Event event_of(const Job& job) const {
    const std::int64_t now = data->clock().now_ms();
    return {"job", to_json(job_node(job, vi, now)), to_json(job_node(job, en, now)), job.user_id};
  }
};

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Service::~Service() = default;

namespace {

// Of a centre that was given none: one of its own.
bool takes_own_certificate(ServiceOptions& options) {
  ServerOptions& server = options.server;
  if (options.mode == Mode::office || !server.certificate.empty()) return false;
  server.certificate = options.folder / "tls" / "hub.crt";
  server.key = options.folder / "tls" / "hub.key";
  return true;
}

// Sessions that no setting could still let live.
Done drop_what_is_old(Data& data, const SessionRules& rules) {
  const std::int64_t now = data.clock().now_ms();
  return data.touch([&](const Database& db) {
    return drop_old_sessions(db, now - rules.lasts_ms, now - kMostIdleMs);
  });
}

}  // namespace

Result<std::unique_ptr<Service>> Service::open(ServiceOptions given, const Content& content,
                                               const Clock& clock) {
  auto impl = std::make_unique<Impl>();
  Impl& me = *impl;
  me.options = std::move(given);
  KHIEN_TRY(me.vi, Texts::load(content, "vi"));
  KHIEN_TRY(me.en, Texts::load(content, "en"));
  KHIEN_TRY(me.api, Api::load(content, me.options.version));
  Handlers handlers = all_handlers();
  KHIEN_DO(check_handlers(me.api, handlers));
  KHIEN_TRY(me.data, Data::open(me.options.folder, content, clock));
  empty_folder(me.options.folder / "upload");
  me.options.runner.describe = [&me](const Job& job) { return me.event_of(job); };
  me.options.runner.texts = &me.vi;
  me.runner = std::make_unique<Runner>(*me.data, all_job_kinds(), me.options.runner);
  KHIEN_TRY(me.passwords, Passwords::load(content));
  me.throttle = std::make_unique<Throttle>(clock);
  me.rate = std::make_unique<RateLimit>(clock, me.options.calls_a_second,
                                        me.options.calls_a_second * kBurstSeconds);
  const bool own = takes_own_certificate(me.options);
  me.certificate = std::make_unique<CertificateWatch>(me.options.server, own, clock,
                                                      me.options.certificate_news);
  KHIEN_DO(me.certificate->prepare());
  const SessionRules rules =
      me.options.mode == Mode::office ? kOfficeSessions : SessionRules{};
  KHIEN_TRY(me.authority, Authority::open(me.options.folder, clock.now_ms()));
  me.hub = std::make_unique<Hub>(Hub{
      *me.data, *me.runner, *me.passwords, *me.throttle, *me.rate, content, me.vi, me.en, me.api,
      me.authority, me.options.mode, rules, me.options.version, me.certificate->served(),
      me.rollups});
  KHIEN_DO(drop_what_is_old(*me.data, rules));
  me.pages = std::make_unique<Pages>(me.options.assets, me.vi, me.en, me.counts);
  if (!me.options.server.certificate.empty()) me.options.server.authority = me.authority.pem();
  me.options.server.uploads = me.options.folder / "upload";
  const Pages& pages = *me.pages;
  // The port is known once we listen, and the names only then.
  me.application = std::make_unique<HubApplication>(
      *me.hub, std::move(handlers),
      [&pages](const Request& request, const Hub& hub) { return pages.answer(request, hub); },
      ApplicationOptions{{}, me.options.check_answers});
  KHIEN_TRY(me.server, Server::listen(me.options.server, *me.application, me.data->events(),
                                      me.counts));
  me.certificate->begin();
  me.application->set_hosts(host_names(me.options.server, me.server->port()));
  return std::unique_ptr<Service>(new Service(std::move(impl)));
}

Done Service::run() {
  KHIEN_DO(impl_->runner->start());
  std::thread house([this] { keep_house(); });
  impl_->server->run();
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->ended = true;
  }
  impl_->ending.notify_all();
  house.join();
  impl_->runner->stop();
  impl_->data->checkpoint();
  return {};
}

// Every few seconds the certificate is looked at; once an hour what is old goes.
void Service::keep_house() {
  Impl& me = *impl_;
  std::int64_t cleaned = 0;
  for (;;) {
    const std::int64_t now = me.data->clock().steady_ms();
    if (cleaned == 0 || now - cleaned > kKeepHouseMs) {
      const Done dropped = drop_what_is_old(*me.data, me.hub->sessions);
      static_cast<void>(dropped);  // a full disk: healthz says so; the next hour tries again
      remind_when_asked();
      const Done named = me.data->touch([&](const Database& db) {
        return settle_names(db, to_iso(local_date(me.data->clock().now_ms())));
      });
      static_cast<void>(named);
      cleaned = now;
    }
    me.certificate->look(*me.server);
    std::unique_lock lock(me.mutex);
    const auto look = std::chrono::milliseconds(me.options.look_ms);
    if (me.ending.wait_for(lock, look, [&me] { return me.ended; })) return;
  }
}

// Reminders of a centre that wants them: a job, when an hour has something to make or to send.
void Service::remind_when_asked() {
  const auto wanted = [this]() -> Result<Actor> {
    KHIEN_TRY(const Data::Reading db, impl_->data->read());
    KHIEN_TRY(const Node rules, read_setting(*db, "reminders"));
    Actor nobody;
    if (!rules["on"].boolean()) return nobody;
    const std::int64_t now = impl_->data->clock().now_ms();
    KHIEN_TRY(const auto due, due_reminders(*db, to_iso(local_date(now)), rules_from(rules)));
    KHIEN_TRY(const auto waiting, waiting_messages(*db, now, 1));
    if (due.empty() && waiting.empty()) return nobody;
    KHIEN_TRY(const Value root, db->one("select id from agency where parent_id is null"
                                        " order by id limit 1"));
    if (const auto* id = std::get_if<std::int64_t>(&root)) nobody.agency_id = *id;
    return nobody;
  }();
  if (!wanted || wanted->agency_id == 0) return;
  const auto job = impl_->runner->submit(*wanted, "remind", Node::map());
  static_cast<void>(job);  // a full disk: the next hour tries again
}

std::string Service::certificate_print() const {
  const auto facts = impl_->certificate->served().get();
  return facts ? facts->sha256 : "";
}

void Service::stop() { impl_->server->stop(); }
std::uint16_t Service::port() const { return impl_->server->port(); }
Hub& Service::hub() { return *impl_->hub; }

std::string Service::origin() const {
  const ServerOptions& server = impl_->options.server;
  const bool any = server.address == "0.0.0.0" || server.address == "::";
  const std::string host = any ? own_names().front() : server.address;
  const bool v6 = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", server.certificate.empty() ? "http" : "https",
                     v6 ? "[" : "", host, v6 ? "]" : "", port());
}

Result<std::string> Service::first_link() {
  Data& data = *impl_->data;
  if (impl_->options.mode == Mode::centre) {
    KHIEN_TRY(const Data::Reading db, data.read());
    KHIEN_TRY(const Value ready, db->one("select count(*) from user where password is not null"));
    if (std::get<std::int64_t>(ready) > 0) return std::string();
  }
  KHIEN_TRY(const std::int64_t admin, first_admin(data, impl_->vi, impl_->options.mode));
  KHIEN_TRY(const std::string secret, make_link(data, admin));
  return origin() + "/#link=" + secret;
}

}  // namespace khien::hub
