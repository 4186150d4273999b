#include "hub/data/task_words.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "hub/data/data.h"

namespace khien::hub {
namespace {

const Content& task_content() {
  static const auto content = Content::open(built_in_content());
  return *content;
}

// A root and 60 agencies below it, each with a copy of one dispatch and 20 tasks of it: more than a
// search looks at one by one. The last has a dispatch of its own, a person, a name of its own.
constexpr const char* kProvince = R"(
with recursive n(i) as (values(1) union all select i + 1 from n where i < 60)
insert into agency(id, name, parent_id)
  select 1, 'UBND tỉnh', null union all select 1 + i, 'Cơ quan ' || i, 1 from n;
update agency set name = 'Trung tâm Hải đăng' where id = 61;
insert into dispatch(id, agency_id, file_name, sha256, bytes, state, number, created_at)
  values(1, 1, 'a', 'x', 1, 'issued', '31/UBND-NC', 1);
with recursive n(i) as (values(1) union all select i + 1 from n where i < 20)
insert into measure(id, dispatch_id, position, doc_id, cite, text, obligation, mine, kinds, state)
  select i, 1, i, i, i, 'Đổi mật khẩu ' || i, 'must', 1, '[]', 'read' from n;
insert into dispatch(id, agency_id, file_name, sha256, bytes, state, number, created_at, origin_id,
  paper_id) select id, id, 'a', 'x', 1, 'confirmed', '31/UBND-NC', 1, 1, 1 from agency where id > 1;
insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine, kinds, state,
  origin_id) select d.id, m.position, m.doc_id, m.cite, m.text, 'must', 1, '[]', 'read', m.id
  from dispatch d, measure m where d.id > 1 and m.dispatch_id = 1 order by d.id, m.id;
insert into dispatch(id, agency_id, file_name, sha256, bytes, state, number, created_at)
  values(99, 60, 'a', 'x', 1, 'confirmed', '7/CATT-ĐP', 1);
insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine, kinds, state)
  values(99, 1, '1', '1', 'Vá thiết bị định tuyến', 'must', 1, '[]', 'read');
insert into task(agency_id, dispatch_id, measure_id, due_on, updated_at)
  select d.agency_id, d.id, m.id, '2026-06-30', 1 from measure m join dispatch d
  on d.id = m.dispatch_id where d.id > 1 order by m.id;
update task set person = 'Bùi Ngọc Lam' where id = 1150;
update task set progress = 'done' where id = 1160;
)";

class RareWords : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = data->touch([](const Database& db) { return db.execute(kProvince); });
    ASSERT_TRUE(made) << to_string(made.error());
  }
  std::vector<std::int64_t> found(const std::string& q, const std::string& state = "",
                                  std::int64_t after = 0, std::int64_t agency = 1) {
    TaskSearch search;
    search.agency_id = agency;
    search.q = q, search.state = state, search.after = after, search.limit = 60;
    search.today = "2026-12-01";
    const auto rows = list_tasks(**data->read(), search);
    std::vector<std::int64_t> out;
    for (const TaskRow& row : rows.value_or(std::vector<TaskRow>{})) out.push_back(row.id);
    return out;
  }
  TempFolder folder = std::move(*TempFolder::make());
  FixedClock clock{1'764'547'200'000};
  std::unique_ptr<Data> data =
      std::move(*Data::open(folder.path() / "d", task_content(), clock));
};
using Ids = std::vector<std::int64_t>;

TEST_F(RareWords, are_found_wherever_they_stand) {
  EXPECT_EQ(found("khong ai viet"), Ids{});
  EXPECT_EQ(found("dinh tuyen"), Ids{1201});           // what is asked
  EXPECT_EQ(found("catt-dp"), Ids{1201});              // the number of its dispatch
  EXPECT_EQ(found("bui ngoc"), Ids{1150});             // a person
  const Ids last = found("hải đăng");                  // an agency
  ASSERT_EQ(last.size(), 20U);
  EXPECT_EQ(last.front(), 1181);
  EXPECT_EQ(last.back(), 1200);
}

TEST_F(RareWords, of_copies_are_found_by_what_they_are_copies_of) {
  Ids wanted;
  for (std::int64_t n = 0; n < 60; ++n) wanted.push_back(20 * n + 17);
  EXPECT_EQ(found("mat khau 17"), wanted);
}

TEST_F(RareWords, keep_the_other_conditions_and_the_page) {
  EXPECT_EQ(found("co quan 58", "done"), Ids{1160});
  EXPECT_EQ(found("co quan 58", "late").size(), 19U);
  EXPECT_EQ(found("hai dang", "", 1190).size(), 10U);
  EXPECT_EQ(found("dinh tuyen", "", 1201), Ids{});
  EXPECT_EQ(found("dinh tuyen", "", 0, 60), Ids{1201});  // of one agency
  EXPECT_EQ(found("dinh tuyen", "", 0, 61), Ids{});
}

}  // namespace
}  // namespace khien::hub
