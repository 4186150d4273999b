// Runs jobs: rows of the table job, oldest first, a few at a time, but of one kind and agency one
// after the other: what was asked last is what stays. A kind is a function that may be
// run again from its beginning after a restart (it was killed half-way): it writes its result in
// one transaction at its end. What it needs meanwhile is in its folder jobs/<id>/, which is empty
// when it begins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/texts.h"
#include "hub/access/actor.h"
#include "hub/data/data.h"
#include "hub/data/job.h"
#include "hub/jobs/child.h"

namespace khien::hub {

class Runner;

struct JobEnd {  // what is kept of a job; with a problem it failed
  Node result;
  std::optional<Error> problem;
};

class JobContext {  // what a kind's function is given
 public:
  JobContext(Runner& runner, Data& data, Job job)
      : runner_(runner), data_(data), job_(std::move(job)) {}
  [[nodiscard]] const Job& job() const { return job_; }
  [[nodiscard]] Data& data() { return data_; }
  [[nodiscard]] std::filesystem::path folder() const;  // exists, private, empty at the beginning
  // Told to whoever looks; `phase` is the text hub.phase.<phase>. At most a few times a second.
  [[nodiscard]] Done phase(const std::string& phase, std::int64_t done = 0, std::int64_t total = 0);
  [[nodiscard]] bool cancelled() const;     // asked to end, or the hub stops
  [[nodiscard]] bool asked_to_end() const;
  [[nodiscard]] const Texts& texts() const;
  // The last change of a job, f(db, act), and its end in one transaction: a hub that is killed has
  // done both or neither, so that nobody sees it done twice. What the function then returns.
  [[nodiscard]] Result<Node> end(Act act,
                                 const std::function<Result<JobEnd>(const Database&, Act&)>& f);
  // khien ARGUMENTS... in folder(); ends when the job is cancelled or the hub stops. K1335 for a
  // job that was broken off too often: what it works on may be what breaks it.
  [[nodiscard]] Result<ChildResult> khien(std::vector<std::string> arguments,
                                          std::int64_t limit_ms = 15 * 60'000);

 private:
  Runner& runner_;
  Data& data_;
  Job job_;
};

// Its Node becomes the job's result; its error the job's problem.
using JobFunction = std::function<Result<Node>(JobContext& context)>;
using JobKinds = std::map<std::string, JobFunction>;

struct RunnerOptions {
  std::filesystem::path program = "/proc/self/exe";
  bool with_parent = true;  // our own program ends with us
  std::size_t at_once = 2;
  const Texts* texts = nullptr;  // of what jobs write to people: Vietnamese; lives as long
  std::function<Event(const Job&)> describe;  // what listeners are told of a job
};

class Runner {
 public:
  Runner(Data& data, JobKinds kinds, RunnerOptions options = {});
  ~Runner();  // stop()

  [[nodiscard]] Done start();  // interrupted jobs wait again, then the threads run
  // Children are killed, their jobs wait for the next start.
  void stop();

  // Within a change: the row. After it: wake(). Both at once: submit().
  [[nodiscard]] Result<std::int64_t> add(const Database& db, const Actor& actor,
                                         const std::string& kind, const Node& args) const;
  void wake();
  [[nodiscard]] Result<std::int64_t> submit(const Actor& actor, const std::string& kind,
                                            const Node& args);
  [[nodiscard]] Done cancel(const Actor& actor, std::int64_t id);
  [[nodiscard]] bool stopping() const { return stopping_; }
  // khien ARGUMENTS... in `folder`: for a job, or for an answer that is quick to make.
  [[nodiscard]] Result<ChildResult> child(std::vector<std::string> arguments,
                                          const std::filesystem::path& folder,
                                          std::int64_t limit_ms,
                                          const std::function<bool()>& cancelled) const;

 private:
  friend class JobContext;
  void work();
  void run(Job job);
  void clear_folders() const;
  void tell(std::int64_t id) const;

  Data& data_;
  JobKinds kinds_;
  RunnerOptions options_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable woken_;
  bool more_ = true;
  std::vector<std::thread> threads_;
};

}  // namespace khien::hub
