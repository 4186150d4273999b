// A subtree on a day: which result counts, what is late, what is kept apart.
#include "hub/data/rollup.h"

#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kHour = 3'600'000;

std::int64_t at_noon(const char* day) { return start_of_day_ms(*parse_date(day)) + 12 * kHour; }

struct RollupWorld {  // a centre with two agencies, a paper issued to both
  TestHub hub;
  std::int64_t root = hub.root();
  std::int64_t one = hub.agency(root, "Sở Một");
  std::int64_t two = hub.agency(root, "UBND xã Hai");
  std::int64_t paper = dispatch(root, 0, "");
  std::int64_t of_one = dispatch(one, paper, "2026-03-31");
  std::int64_t of_two = dispatch(two, paper, "2026-03-31");

  std::int64_t run(const std::string& sql, std::vector<Value> binds = {}) {
    const auto made = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
      KHIEN_TRY(Statement s, db.prepare(sql));
      int n = 0;
      for (const Value& v : binds) s.bind(++n, v);
      KHIEN_DO(s.run());
      return db.last_rowid();
    });
    if (!made) ADD_FAILURE() << sql << ": " << to_string(made.error());
    return made.value_or(0);
  }
  std::int64_t dispatch(std::int64_t agency, std::int64_t from, const std::string& due) {
    return run("insert into dispatch(agency_id, file_name, sha256, bytes, state, number, subject,"
               " issued_on, due_on, created_at, origin_id, paper_id) values(?1, 'a', 'x', 1,"
               " 'issued', '12/UBND', 'V/v thử', '2026-02-01', nullif(?2, ''), ?3, nullif(?4, 0),"
               " nullif(?4, 0))", {agency, due, at_noon("2026-02-02"), from});
  }
  std::int64_t task(std::int64_t dispatch_id, std::int64_t agency) {
    const std::int64_t measure =
        run("insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine,"
            " kinds, state) values(?1, 1, '1', '1', 'x', 'must', 1, '[]', 'read')", {dispatch_id});
    return run("insert into task(agency_id, dispatch_id, measure_id, updated_at) values(?1, ?2,"
               " ?3, ?4)", {agency, dispatch_id, measure, at_noon("2026-02-03")});
  }
  void go_on(std::int64_t task_id, const std::string& progress, const char* day) {
    run("update task set progress = ?2, updated_at = ?3 where id = ?1",
        {task_id, progress, at_noon(day)});
  }
  std::int64_t result(std::int64_t agency, std::int64_t dispatch_id, const std::string& as_of,
                      std::int64_t met, std::int64_t not_met, std::int64_t undetermined) {
    const std::int64_t id =
        run("insert into assessment(agency_id, made_at, as_of, sha256, dispatches, coverage)"
            " values(?1, 1, ?2, hex(randomblob(8)), 1, '{\"machines\":{\"seen\":0,\"total\":null},"
            "\"sources\":[]}')", {agency, as_of});
    run("insert into assessed_dispatch(assessment_id, position, dispatch_id, number) values(?1, 1,"
        " ?2, '12/UBND')", {id, dispatch_id});
    std::int64_t n = 0;
    struct Told {
      const char* verdict;
      std::int64_t count;
      const char* kinds;
    };
    for (const Told& told :
         {Told{"met", met, R"([{"decided_by":"control","outcome":"pass"}])"},
          Told{"not_met", not_met, R"([{"decided_by":null,"outcome":"unknown"},
                                       {"decided_by":"control","outcome":"fail"}])"},
          Told{"undetermined", undetermined, R"([{"decided_by":null,"outcome":"unknown"}])"}}) {
      for (std::int64_t i = 0; i < told.count; ++i) {
        run("insert into assessed_measure values(?1, ?2, 1, '1', '1', 'x', null, ?3, '', '',"
            " ?4)", {id, ++n, told.verdict, told.kinds});
      }
    }
    const auto summed = hub.data().touch([&](const Database& db) {
      return sum_up_assessment(db, id);
    });
    EXPECT_TRUE(summed);
    return id;
  }
  Rollup on(const std::string& day, bool past = false) {
    const auto db = hub.data().read();
    const auto out = roll_up(**db, {root, day, 0, past});
    if (!out) ADD_FAILURE() << to_string(out.error());
    return out.value_or(Rollup{});
  }
};

TEST(Rollup, the_newest_result_of_that_day_counts_for_each_agency) {
  RollupWorld w;
  w.result(w.one, w.of_one, "2026-03-01", 1, 2, 1);
  w.result(w.one, w.of_one, "2026-03-20", 3, 0, 1);
  w.result(w.one, w.of_one, "2026-03-10", 2, 1, 1);  // came late, is older
  const Rollup before = w.on("2026-02-28");
  ASSERT_EQ(before.agencies.size(), 2U);
  ASSERT_EQ(before.dispatches.size(), 1U);
  EXPECT_FALSE(before.at(0, 0).judged());
  EXPECT_EQ(std::string(w.on("2026-03-05").at(0, 0).verdict()), "not_met");
  EXPECT_EQ(w.on("2026-03-15").at(0, 0).verdicts.not_met, 1);
  const Rollup now = w.on("2026-03-25");
  EXPECT_EQ(std::string(now.at(0, 0).verdict()), "undetermined");
  EXPECT_DOUBLE_EQ(now.at(0, 0).coverage(), 0.75);
  EXPECT_FALSE(now.at(1, 0).judged());
  EXPECT_EQ(facts_of(now).silent, 1);
  EXPECT_EQ(facts_of(now).undetermined, 1);
}

TEST(Rollup, what_was_attested_is_decided_and_not_covered) {
  RollupWorld w;
  const std::int64_t id = w.result(w.one, w.of_one, "2026-03-01", 4, 0, 0);
  w.run("update assessed_measure set kinds = '[{\"decided_by\":\"control\",\"outcome\":\"pass\"},"
        "{\"decided_by\":\"attestation\",\"outcome\":\"pass\"}]' where assessment_id = ?1 and"
        " position = 1", {id});
  ASSERT_TRUE(w.hub.data().touch([&](const Database& db) { return sum_up_assessment(db, id); }));
  const Rollup page = w.on("2026-03-02");
  EXPECT_EQ(std::string(page.at(0, 0).verdict()), "met");
  EXPECT_DOUBLE_EQ(page.at(0, 0).coverage(), 0.75);
}

TEST(Rollup, a_result_that_comes_late_does_not_become_the_newest) {
  RollupWorld w;
  const std::int64_t newest = w.result(w.one, w.of_one, "2026-03-20", 3, 0, 1);
  w.result(w.one, w.of_one, "2026-03-10", 2, 1, 1);
  const auto db = w.hub.data().read();
  EXPECT_EQ(latest_assessment(**db, w.one).value_or(0), newest);
  EXPECT_EQ(latest_assessment_of(**db, w.of_one).value_or(0), newest);
}

TEST(Rollup, a_result_that_was_refused_counts_nowhere) {
  RollupWorld w;
  const std::int64_t id = w.result(w.one, w.of_one, "2026-03-01", 4, 0, 0);
  w.run("update assessment set refused = '{\"code\":\"K1385\"}', seal = 'broken' where id = ?1",
        {id});
  const Rollup now = w.on("2026-03-25");
  EXPECT_FALSE(now.at(0, 0).judged());
  EXPECT_TRUE(now.latest.empty());
  EXPECT_TRUE(now.trend.empty());
  EXPECT_EQ(facts_of(now).silent, 2);
}

TEST(Rollup, a_dispatch_the_newest_result_is_silent_of_keeps_its_verdict) {
  RollupWorld w;
  w.result(w.one, w.of_one, "2026-03-01", 1, 1, 0);
  const std::int64_t other = w.dispatch(w.one, 0, "");
  w.result(w.one, other, "2026-03-20", 5, 0, 0);
  EXPECT_EQ(std::string(w.on("2026-03-25").at(0, 0).verdict()), "not_met");
}

TEST(Rollup, late_is_what_is_neither_done_nor_met_after_its_day) {
  RollupWorld w;
  const std::int64_t first = w.task(w.of_one, w.one);
  w.task(w.of_two, w.two);
  EXPECT_TRUE(w.on("2026-03-31").late.empty());
  const Rollup after = w.on("2026-04-10");
  ASSERT_EQ(after.late.size(), 2U);
  EXPECT_EQ(after.late.front().days, 10);
  w.go_on(first, "done", "2026-04-05");
  w.result(w.two, w.of_two, "2026-04-06", 3, 0, 0);
  const Rollup ended = w.on("2026-04-10");
  EXPECT_TRUE(ended.late.empty());
  EXPECT_EQ(ended.at(0, 0).progress, "done");     // said, not shown
  EXPECT_FALSE(ended.at(0, 0).judged());
  EXPECT_EQ(ended.at(1, 0).progress, "not_started");
  EXPECT_EQ(std::string(ended.at(1, 0).verdict()), "met");
  EXPECT_EQ(facts_of(ended).all_met, 1);
}

TEST(Rollup, an_answer_that_was_sent_ends_lateness_from_its_day_on) {
  RollupWorld w;
  w.task(w.of_one, w.one);
  w.run("insert into answer(dispatch_id, state, sent_on) values(?1, 'sent', '2026-04-08')",
        {w.of_one});
  EXPECT_EQ(w.on("2026-04-07", true).late.size(), 2U);
  EXPECT_EQ(w.on("2026-04-08").late.size(), 1U);
}

TEST(Rollup, tasks_are_as_they_were_on_a_past_day) {
  RollupWorld w;
  const std::int64_t task = w.task(w.of_one, w.one);
  w.go_on(task, "doing", "2026-03-01");
  w.go_on(task, "done", "2026-04-05");
  EXPECT_EQ(w.on("2026-02-10", true).at(0, 0).progress, "not_started");
  EXPECT_EQ(w.on("2026-03-15", true).at(0, 0).progress, "doing");
  EXPECT_EQ(w.on("2026-04-02", true).late.size(), 2U);
  EXPECT_EQ(w.on("2026-04-06", true).late.size(), 1U);
  EXPECT_EQ(w.on("2026-02-01", true).at(0, 0).dispatch_id, 0);  // not issued yet
}

TEST(Rollup, one_dispatch_is_shown_measure_by_measure) {
  RollupWorld w;
  for (const std::int64_t id : {w.paper, w.of_one}) {
    for (const char* doc_id : {"1.1", "1.2"}) {
      w.run(
          "insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine, kinds,"
          " state) values(?1, 1, ?2, 'mục ' || ?2, 'Nội dung', 'must', 1, '[]', 'read')",
          {id, doc_id});
    }
  }
  w.run("insert into task(agency_id, dispatch_id, measure_id, updated_at, due_on, progress) select"
        " ?1, ?2, id, ?3, '2026-03-31', 'doing' from measure where dispatch_id = ?2 and doc_id ="
        " '1.2'", {w.one, w.of_one, at_noon("2026-02-03")});
  const std::int64_t result = w.result(w.one, w.of_one, "2026-03-20", 1, 1, 0);
  w.run("update assessed_measure set doc_id = '1.' || position where assessment_id = ?1", {result});
  const auto db = w.hub.data().read();
  const auto page = roll_up_measures(**db, {w.root, "2026-04-10", w.paper, false});
  ASSERT_TRUE(page) << to_string(page.error());
  ASSERT_EQ(page->dispatches.size(), 2U);
  EXPECT_EQ(page->dispatches[1].number, "mục 1.2");
  EXPECT_EQ(std::string(page->at(0, 0).verdict()), "met");
  EXPECT_EQ(page->at(0, 0).days_late, 0);
  EXPECT_EQ(std::string(page->at(0, 1).verdict()), "not_met");
  EXPECT_EQ(page->at(0, 1).progress, "doing");
  EXPECT_EQ(page->at(0, 1).days_late, 10);
  EXPECT_EQ(page->at(1, 0).dispatch_id, 0);
  EXPECT_EQ(w.hub.as("leader", w.root).get("/rollup?by=measure").status, 400);
}

TEST(Rollup, weeks_add_up_what_held_at_their_end) {
  RollupWorld w;
  w.result(w.one, w.of_one, "2026-03-02", 0, 5, 1);
  w.result(w.two, w.of_two, "2026-03-12", 0, 2, 0);
  w.result(w.one, w.of_one, "2026-03-16", 4, 1, 1);
  const Rollup now = w.on("2026-03-20");  // weeks end on 6, 13 and 20 March
  ASSERT_EQ(now.trend.size(), 3U);
  EXPECT_EQ(now.trend[0].day, "2026-03-06");
  EXPECT_EQ(now.trend[0].not_met, 5);
  EXPECT_EQ(now.trend[1].not_met, 7);
  EXPECT_EQ(now.trend[2].not_met, 3);
  EXPECT_EQ(now.trend[2].undetermined, 1);
}

TEST(Rollup, agencies_are_those_of_that_day_by_the_name_they_had) {
  RollupWorld w;
  w.run("update agency set valid_to = '2026-03-31' where id = ?1", {w.two});
  w.run("insert into agency_name values(?1, '', 'Sở Cũ'), (?1, '2026-03-15', 'Sở Một')", {w.one});
  EXPECT_EQ(w.on("2026-03-01").agencies.front().name, "Sở Cũ");
  EXPECT_EQ(w.on("2026-03-15").agencies.front().name, "Sở Một");
  EXPECT_EQ(w.on("2026-03-31").agencies.size(), 2U);
  EXPECT_EQ(w.on("2026-04-01").agencies.size(), 1U);
}

TEST(Rollup, the_page_has_its_shape_and_refuses_a_day_to_come) {
  RollupWorld w;
  w.result(w.one, w.of_one, "2026-03-01", 1, 2, 1);
  TestClient admin = w.hub.as("leader", w.root);
  const Reply page = admin.get("/rollup?at=2026-03-05");
  ASSERT_EQ(page.status, 200) << page.body;
  const Node cell = page.json()["cells"].items().at(0).items().at(0);
  EXPECT_EQ(cell["verdict"].text(), "not_met");
  EXPECT_EQ(cell["coverage"].text(), "0.75");
  EXPECT_NE(page.json()["sentence"].text().find("1 cơ quan chưa gửi kết quả"), std::string::npos)
      << page.body;
  EXPECT_EQ(admin.get("/rollup?at=2999-01-01").status, 422);
  EXPECT_EQ(admin.get("/rollup?at=05/03/2026").status, 422);
  TestClient below = w.hub.as("officer", w.one);
  const Node own = below.get("/rollup?at=2026-03-05").json();
  ASSERT_EQ(own["agencies"].items().size(), 1U);
  EXPECT_EQ(own["agencies"].items()[0]["name"].text(), "Sở Một");
}

TEST(Rollup, the_table_holds_no_formula_and_every_measure) {
  RollupWorld w;
  w.run("update agency set name = '=cmd()' where id = ?1", {w.one});
  w.result(w.one, w.of_one, "2026-03-01", 1, 2, 1);
  const Reply table = w.hub.as("leader", w.root).get("/rollup/export?at=2026-03-05");
  ASSERT_EQ(table.status, 200);
  EXPECT_EQ(std::count(table.body.begin(), table.body.end(), '\n'), 5);
  EXPECT_NE(table.body.find("\"'=cmd()\""), std::string::npos) << table.body;
}

TEST(Rollup, particulars_of_an_agency_are_its_own) {
  RollupWorld w;
  const std::string id = std::to_string(w.result(w.one, w.of_one, "2026-03-01", 1, 0, 0));
  TestClient above = w.hub.as("leader", w.root);
  EXPECT_EQ(above.get("/assessments/" + id).status, 200);
  EXPECT_EQ(above.get("/assessments/" + id + "/findings").status, 403);
  EXPECT_EQ(above.get("/assessments/" + id + "/file").status, 403);
  EXPECT_EQ(above.get("/assessments/" + id + "/report").status, 403);
  EXPECT_EQ(w.hub.as("officer", w.one).get("/assessments/" + id + "/findings").status, 200);
  w.run("update assessment set open = 1 where id = ?1", {std::stoll(id)});
  EXPECT_EQ(above.get("/assessments/" + id + "/findings").status, 200);
}

TEST(Rollup, WhatARowOfAPageAddsUpToIsWhatItsCellsSay) {
  RollupWorld w;
  w.result(w.one, w.of_one, "2026-03-20", 2, 1, 0);
  w.result(w.two, w.of_two, "2026-03-21", 3, 0, 0);
  TestClient admin = w.hub.admin();
  const Node whole = admin.get("/rollup?at=2026-04-10").json();
  const Node page = admin.get("/rollup/page?at=2026-04-10&order=worst").json();
  ASSERT_EQ(page["rows"].items().size(), 2U);
  const Node& worst = page["rows"].items()[0];
  EXPECT_EQ(worst["name"].text(), "Sở Một");
  EXPECT_EQ(worst["verdicts"]["not_met"].integer(), 1);
  EXPECT_EQ(worst["late"].integer(), 1);
  EXPECT_EQ(to_json(worst["cells"].items()[0]), to_json(whole["cells"].items()[0].items()[0]));
  EXPECT_EQ(page["verdicts"]["met"].integer(), 1);
  EXPECT_EQ(page["late_agencies"].integer(), 1);
  EXPECT_EQ(admin.get("/rollup/page?at=2026-04-10&column=1").json()["rows"].items()[0]["cells"]
                .items().size(), 0U);
}

}  // namespace
}  // namespace khien::hub
