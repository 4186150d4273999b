#include "hub/jobs/runner.h"

#include <fmt/format.h>
#include <unistd.h>

#include "hub/access/sign_in.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kAttempts = 10;  // of a job that takes the hub down with it
constexpr auto kLookAgain = std::chrono::seconds(2);  // jobs that another process put in

Result<bool> is_to_end(Data& data, std::int64_t id) {
  KHIEN_TRY(const Data::Reading db, data.read());
  KHIEN_TRY(const Value cancel, db->one("select cancel from job where id = ?1", {id}));
  const auto* asked = std::get_if<std::int64_t>(&cancel);
  return asked == nullptr || *asked != 0;
}

}  // namespace

fs::path JobContext::folder() const {
  return data_.folder() / "jobs" / fmt::format("{}", job_.id);
}

Done JobContext::phase(const std::string& phase, std::int64_t done, std::int64_t total) {
  KHIEN_DO(data_.touch([&](const Database& db) {
    return advance_job(db, job_.id, phase, done, total);
  }));
  runner_.tell(job_.id);
  return {};
}

bool JobContext::asked_to_end() const { return is_to_end(data_, job_.id).value_or(false); }

const Texts& JobContext::texts() const {
  static const Texts none;  // a test of jobs that write to nobody
  return runner_.options_.texts == nullptr ? none : *runner_.options_.texts;
}

bool JobContext::cancelled() const { return runner_.stopping() || asked_to_end(); }

Result<Node> JobContext::end(Act act,
                             const std::function<Result<JobEnd>(const Database&, Act&)>& f) {
  const auto last = [&](const Database& db, Act& row) -> Result<JobEnd> {
    KHIEN_TRY(JobEnd out, f(db, row));
    KHIEN_DO(end_job(db, job_.id, out.problem ? "failed" : "done", out.result, out.problem,
                     data_.clock().now_ms()));
    return out;
  };
  KHIEN_TRY(JobEnd ended, data_.change(std::move(act), last));
  if (ended.problem) return pass_on(std::move(*ended.problem));
  return std::move(ended.result);
}

Result<ChildResult> JobContext::khien(std::vector<std::string> arguments, std::int64_t limit_ms) {
  if (job_.attempts > kAttempts) {
    return fail(err::hub_gave_up, "", {{"attempts", fmt::format("{}", kAttempts)}});
  }
  return runner_.child(std::move(arguments), folder(), limit_ms, [this] { return cancelled(); });
}

Result<ChildResult> Runner::child(std::vector<std::string> arguments, const fs::path& folder,
                                  std::int64_t limit_ms,
                                  const std::function<bool()>& cancelled) const {
  ChildOrder order{options_.program, std::move(arguments), folder, limit_ms};
  if (options_.with_parent) {
    order.arguments.insert(order.arguments.begin(),
                           {"--with-parent", fmt::format("{}", ::getpid())});
  }
  return run_child(order, cancelled);
}

Runner::Runner(Data& data, JobKinds kinds, RunnerOptions options)
    : data_(data), kinds_(std::move(kinds)), options_(std::move(options)) {}

Runner::~Runner() { stop(); }

// What killed jobs left; each begins with an empty folder.
void Runner::clear_folders() const {
  std::error_code ec;
  for (fs::directory_iterator it(data_.folder() / "jobs", ec), end; !ec && it != end;
       it.increment(ec)) {
    std::error_code ignored;
    fs::remove_all(it->path(), ignored);
  }
}

Done Runner::start() {
  clear_folders();
  KHIEN_DO(data_.touch([](const Database& db) { return requeue_jobs(db); }));
  for (std::size_t i = 0; i < options_.at_once; ++i) threads_.emplace_back([this] { work(); });
  return {};
}

void Runner::stop() {
  stopping_ = true;
  wake();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Runner::wake() {
  {
    const std::lock_guard lock(mutex_);
    more_ = true;
  }
  woken_.notify_all();
}

Result<std::int64_t> Runner::add(const Database& db, const Actor& actor, const std::string& kind,
                                 const Node& args) const {
  if (!kinds_.contains(kind)) return fail(err::hub_internal, "job", {{"detail", kind}});
  return add_job(db, kind, args, actor.user_id, actor.agency_id, data_.clock().now_ms());
}

Result<std::int64_t> Runner::submit(const Actor& actor, const std::string& kind,
                                    const Node& args) {
  auto id = data_.change(act_of(actor, "job.add", "jobs"),
                         [&](const Database& db, Act& act) -> Result<std::int64_t> {
                           KHIEN_TRY(const std::int64_t made, add(db, actor, kind, args));
                           act.what_id = made;
                           act.detail.set("kind", kind);
                           return made;
                         });
  if (id) wake();
  return id;
}

Done Runner::cancel(const Actor& actor, std::int64_t id) {
  return data_.change(act_of(actor, "job.cancel", "jobs", id), [&](const Database& db, Act&) {
    return cancel_job(db, id, data_.clock().now_ms());
  });
}

void Runner::work() {
  while (!stopping_) {
    auto job = data_.touch([&](const Database& db) -> Result<std::optional<Job>> {
      return take_job(db, data_.clock().now_ms());
    });
    if (job && *job) {
      run(std::move(**job));
      continue;
    }
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kLookAgain, [this] { return more_ || stopping_; });
    more_ = false;
  }
}

void Runner::run(Job job) {
  JobContext context(*this, data_, job);
  tell(job.id);
  std::error_code ec;
  fs::remove_all(context.folder(), ec);
  Result<Node> result = fail(err::hub_internal, "job", {{"detail", job.kind}});
  if (const auto made = make_folder(context.folder(), Access::owner); !made) {
    result = pass_on(made.error());
  } else if (const auto kind = kinds_.find(job.kind); kind != kinds_.end()) {
    result = kind->second(context);
  }
  if (!result && stopping_ && result.error().code == err::hub_cancelled) {
    const Done waits = data_.touch([&](const Database& db) { return give_back_job(db, job.id); });
    static_cast<void>(waits);  // a full disk: the next start lets it wait again
    return;
  }
  const bool cancelled = !result && result.error().code == err::hub_cancelled;
  const Done ended = data_.touch([&](const Database& db) {
    return end_job(db, job.id, result ? "done" : cancelled ? "cancelled" : "failed",
                   result ? *result : Node{},
                   result ? std::nullopt : std::optional(result.error()),
                   data_.clock().now_ms());
  });
  static_cast<void>(ended);  // a full disk: the job stays running and is tried at the next start
  fs::remove_all(context.folder(), ec);
  tell(job.id);
}

void Runner::tell(std::int64_t id) const {
  if (!options_.describe) return;
  const auto db = data_.read();
  const auto job = db ? find_job(**db, id) : Result<std::optional<Job>>(std::nullopt);
  if (job && *job) data_.events().publish(options_.describe(**job));
}

}  // namespace khien::hub
