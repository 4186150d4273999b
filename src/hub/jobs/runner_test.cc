#include "hub/jobs/runner.h"

#include <gtest/gtest.h>

#include "base/testing.h"

namespace khien::hub {
namespace {

const Content& runner_content() {
  static const auto content = Content::open(built_in_content());
  return *content;
}

// Two agencies, 1 and 2, and jobs of the test's own.
struct Jobs {
  explicit Jobs(JobKinds kinds, std::size_t at_once) {
    RunnerOptions options;
    options.at_once = at_once;
    runner = std::make_unique<Runner>(*data, std::move(kinds), std::move(options));
    EXPECT_TRUE(data->touch([](const Database& db) {
      return db.execute("insert into agency(id, name) values(1, 'Sở A'), (2, 'Sở B')");
    }));
  }
  std::int64_t add(const char* kind, std::int64_t agency) {
    Actor actor;
    actor.agency_id = agency;
    return runner->submit(actor, kind, Node::map()).value_or(0);
  }
  Job ended(std::int64_t id) {
    constexpr int kLooksAtMost = 6'000;
    for (int look = 0; look < kLooksAtMost; ++look) {
      const auto db = data->read();
      const auto job = find_job(**db, id);
      if (job && *job && (*job)->state != "queued" && (*job)->state != "running") return **job;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "job " << id << " does not end";
    return {};
  }
  TempFolder folder = std::move(*TempFolder::make());
  FixedClock clock{1'764'547'200'000};
  std::unique_ptr<Data> data =
      std::move(*Data::open(folder.path() / "d", runner_content(), clock));
  std::unique_ptr<Runner> runner;
};

TEST(Runner, jobs_of_two_agencies_run_side_by_side) {
  std::mutex mutex;
  std::condition_variable came;
  int there = 0;
  const auto meet = [&](JobContext&) -> Result<Node> {
    std::unique_lock lock(mutex);
    ++there;
    came.notify_all();
    const bool met = came.wait_for(lock, std::chrono::seconds(60), [&] { return there == 2; });
    return Node::map({{"met", met}});
  };
  Jobs jobs({{"meet", meet}}, 2);
  const std::int64_t one = jobs.add("meet", 1);
  const std::int64_t other = jobs.add("meet", 2);
  ASSERT_TRUE(jobs.runner->start());
  EXPECT_TRUE(jobs.ended(one).result["met"].boolean());
  EXPECT_TRUE(jobs.ended(other).result["met"].boolean());
  jobs.runner->stop();
}

TEST(Runner, jobs_of_one_agency_and_kind_run_one_after_the_other) {
  std::mutex mutex;
  int running = 0;
  int most = 0;
  std::vector<std::int64_t> order;
  const auto alone = [&](JobContext& context) -> Result<Node> {
    {
      const std::lock_guard lock(mutex);
      most = std::max(most, ++running);
      order.push_back(context.job().id);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // others have time to come in
    const std::lock_guard lock(mutex);
    --running;
    return Node::map();
  };
  Jobs jobs({{"alone", alone}}, 3);
  std::vector<std::int64_t> ids;
  for (int n = 0; n < 5; ++n) ids.push_back(jobs.add("alone", 1));
  ASSERT_TRUE(jobs.runner->start());
  for (const std::int64_t id : ids) EXPECT_EQ(jobs.ended(id).state, "done");
  jobs.runner->stop();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(order, ids);
}

TEST(Runner, the_last_change_of_a_job_and_its_end_are_one) {
  const auto last = [](JobContext& context) -> Result<Node> {
    Act act;
    act.action = "test.change";
    act.what = "tests";
    return context.end(act, [&](const Database& db, Act&) -> Result<JobEnd> {
      KHIEN_DO(db.execute("insert into agency(id, name) values(3, 'Sở C')"));
      return JobEnd{Node::map({{"made", 3}}), Error{"K1340", "", {}}};
    });
  };
  const auto broken = [](JobContext& context) -> Result<Node> {
    Act act;
    act.action = "test.change";
    return context.end(act, [&](const Database& db, Act&) -> Result<JobEnd> {
      KHIEN_DO(db.execute("insert into agency(id, name) values(4, 'Sở D')"));
      return fail("K1341", "");
    });
  };
  Jobs jobs({{"last", last}, {"broken", broken}}, 1);
  const std::int64_t refused = jobs.add("last", 1);
  const std::int64_t undone = jobs.add("broken", 1);
  ASSERT_TRUE(jobs.runner->start());
  const Job job = jobs.ended(refused);
  EXPECT_EQ(job.state, "failed");
  EXPECT_EQ(job.problem->code, "K1340");
  EXPECT_EQ(job.result["made"].integer(), 3);
  EXPECT_EQ(jobs.ended(undone).problem->code, "K1341");
  jobs.runner->stop();
  const auto db = jobs.data->read();
  EXPECT_EQ(to_text(*(*db)->one("select group_concat(id) from agency where id > 2")), "3");
}

}  // namespace
}  // namespace khien::hub
