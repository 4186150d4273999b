// The tree of agencies and its groups over HTTP.
#include "hub/testing_hub.h"

#include "base/calendar.h"

namespace khien::hub {
namespace {

class Tree : public ::testing::Test {
 protected:
  Tree() : root(hub.root()), admin(hub.admin()) {}
  // A new agency; its id.
  std::string add(const Node& fields) {
    const Reply reply = admin.post("/agencies", fields);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.json()["id"].text();
  }
  std::string add(const std::string& name, const std::string& kind,
                  const std::string& parent = "") {
    Node fields = Node::map({{"name", name}, {"kind", kind}});
    if (!parent.empty()) fields.set("parent_id", parent);
    return add(fields);
  }
  Reply patch(const std::string& id, const Node& body) {
    const std::string path = "/api/v1/agencies/" + id;
    const std::string etag = admin.call("GET", path).header("etag");
    return admin.call("PATCH", path, to_json(body), {{"If-Match", etag}});
  }
  std::vector<std::string> names(const std::string& query) {
    std::vector<std::string> out;
    const Reply reply = admin.get("/agencies" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    const Node page = reply.json();
    for (const Node& a : page["items"].items()) out.push_back(a["name"].text());
    return out;
  }
  TestHub hub;
  std::int64_t root;
  TestClient admin;
};
using Names = std::vector<std::string>;

TEST_F(Tree, goes_down_to_the_rooms_and_is_found_without_marks) {
  const std::string so = add("Sở Dân tộc và Tôn giáo", "Sở");
  const std::string phong = add("Phòng Hành chính", "Phòng", so);
  add("UBND xã Vĩnh Hậu", "UBND xã");
  EXPECT_EQ(names("?parent=" + so), Names{"Phòng Hành chính"});
  EXPECT_EQ(names("?q=dan%20toc"), Names{"Sở Dân tộc và Tôn giáo"});
  EXPECT_EQ(names("?q=VINH"), Names{"UBND xã Vĩnh Hậu"});
  EXPECT_EQ(names("?kind=ubnd%20xa"), Names{"UBND xã Vĩnh Hậu"});
  EXPECT_EQ(admin.get("/agencies/" + so).json()["children"].integer(), 1);
  EXPECT_EQ(admin.get("/agencies/" + phong).json()["parent_id"].text(), so);
  const Node first = admin.get("/agencies?limit=2").json();
  EXPECT_EQ(first["items"].items().size(), 2U);
  EXPECT_EQ(names("?limit=2&cursor=" + first["next"].text()),
            (Names{"Phòng Hành chính", "UBND xã Vĩnh Hậu"}));
}

TEST_F(Tree, nobody_is_under_himself) {
  const std::string so = add("Sở A", "Sở");
  const std::string phong = add("Phòng B", "Phòng", so);
  for (const std::string& below : {so, phong}) {
    const Reply refused = patch(so, Node::map({{"parent_id", below}}));
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.json()["code"].text(), "K1370");
  }
  const std::string other = add("Sở C", "Sở");
  EXPECT_EQ(patch(phong, Node::map({{"parent_id", other}})).status, 200);
  EXPECT_EQ(names("?parent=" + other), Names{"Phòng B"});
}

TEST_F(Tree, a_code_is_given_once) {
  add(Node::map({{"name", "Sở A"}, {"kind", "Sở"}, {"code", "H01"}}));
  const Reply twice = admin.post("/agencies", Node::map({{"name", "Sở B"}, {"kind", "Sở"},
                                                         {"code", "H01"}}));
  EXPECT_EQ(twice.status, 409) << twice.body;
}

TEST_F(Tree, a_name_has_its_dates) {
  const std::string id = add("Sở Thông tin và Truyền thông", "Sở");
  ASSERT_EQ(patch(id, Node::map({{"name", "Sở Khoa học"}, {"renamed_on", "2025-03-01"}})).status,
            200);
  EXPECT_EQ(names("?at=2025-02-28&kind=so"), Names{"Sở Thông tin và Truyền thông"});
  EXPECT_EQ(names("?at=2025-03-01&kind=so"), Names{"Sở Khoa học"});
  EXPECT_EQ(names("?q=truyen%20thong"), Names{"Sở Khoa học"});  // found by what it was called
  // Put right: no new name of a day.
  ASSERT_EQ(patch(id, Node::map({{"name", "Sở Khoa học và Công nghệ"}})).status, 200);
  const Node now = admin.get("/agencies/" + id).json();
  EXPECT_EQ(now["name"].text(), "Sở Khoa học và Công nghệ");
  EXPECT_EQ(now["names"].items().size(), 2U);
  EXPECT_EQ(now["names"].items()[1]["name"].text(), "Sở Khoa học và Công nghệ");
}

TEST_F(Tree, a_name_of_a_day_to_come_waits_for_it) {
  const std::string id = add("Trung tâm A", "Trung tâm");
  ASSERT_EQ(patch(id, Node::map({{"name", "Trung tâm B"}, {"renamed_on", "2999-01-01"}})).status,
            200);
  EXPECT_EQ(admin.get("/agencies/" + id).json()["name"].text(), "Trung tâm A");
  const auto settled = hub.data().touch(
      [](const Database& db) { return settle_names(db, "2999-01-01"); });
  ASSERT_TRUE(settled);
  EXPECT_EQ(admin.get("/agencies/" + id).json()["name"].text(), "Trung tâm B");
}

TEST_F(Tree, a_dissolved_one_names_its_successor) {
  const std::string old_one = add("UBND xã Mỹ Ẩn", "UBND xã");
  const std::string room = add("Văn phòng", "Phòng", old_one);
  const std::string heir = add("UBND xã Thạnh Quới", "UBND xã");
  const Node dissolve = Node::map({{"valid_to", "2026-06-30"}, {"successor_id", heir}});
  EXPECT_EQ(patch(old_one, dissolve).json()["code"].text(), "K1373");  // a room outlives it
  ASSERT_EQ(patch(room, Node::map({{"valid_to", "2026-06-30"}})).status, 200);
  EXPECT_EQ(patch(old_one, Node::map({{"valid_to", "2026-06-30"}, {"successor_id", old_one}}))
                .json()["code"].text(), "K1371");
  EXPECT_EQ(patch(old_one, Node::map({{"valid_from", "2026-07-01"}, {"valid_to", "2026-06-30"}}))
                .json()["code"].text(), "K1374");
  ASSERT_EQ(patch(old_one, dissolve).status, 200);
  EXPECT_EQ(admin.get("/agencies/" + old_one).json()["successor_name"].text(),
            "UBND xã Thạnh Quới");
  EXPECT_EQ(names("?at=2026-06-30&kind=ubnd%20xa"),
            (Names{"UBND xã Mỹ Ẩn", "UBND xã Thạnh Quới"}));
  EXPECT_EQ(names("?at=2026-07-01&kind=ubnd%20xa"), Names{"UBND xã Thạnh Quới"});
  const Node again = patch(old_one, Node::map({{"valid_to", Node()}})).json();
  EXPECT_TRUE(again["successor_id"].is_null()) << to_json(again);  // it goes on: nobody follows
}

TEST_F(Tree, a_group_is_who_belongs_to_it_that_day) {
  const std::string a = add("Sở A", "Sở");
  const std::string b = add(Node::map({{"name", "Sở B"}, {"kind", "Sở"},
                                       {"valid_from", "2026-01-01"}}));
  const std::string c = add("Hội C", "Hội");
  const Node all = admin.get("/groups").json();  // those a centre begins with
  ASSERT_GE(all.items().size(), 2U);
  EXPECT_EQ(all.items()[0]["agencies"].integer(), 2);
  const std::string path = "/groups/" + all.items()[0]["id"].text();
  EXPECT_EQ(admin.get(path + "/agencies?at=2025-12-31").json()["total"].integer(), 1);
  const Node fields = Node::map({{"name", "Các sở"}, {"kinds", Node::list({"sở"})},
                                 {"agency_ids", Node::list({c})},
                                 {"without_ids", Node::list({a})}});
  const Reply saved = admin.call("PUT", "/api/v1" + path, to_json(fields));
  ASSERT_EQ(saved.status, 200) << saved.body;
  const Node page = admin.get(path + "/agencies?at=2026-01-01").json();
  ASSERT_EQ(page["items"].items().size(), 2U);
  EXPECT_EQ(page["items"].items()[0]["id"].text(), b);
  EXPECT_EQ(page["items"].items()[1]["id"].text(), c);
}

TEST_F(Tree, an_agency_says_its_own_contacts_and_no_more) {
  const std::string so = add("Sở A", "Sở");
  TestClient own = hub.as("officer", std::stoll(so));
  const std::string path = "/api/v1/agencies/" + so;
  const auto change = [&](const Node& body) {
    return own.call("PATCH", path, to_json(body),
                    {{"If-Match", own.call("GET", path).header("etag")}});
  };
  EXPECT_EQ(change(Node::map({{"name", "Sở B"}})).status, 403);
  EXPECT_EQ(change(Node::map({{"valid_to", "2026-01-01"}})).status, 403);
  const Reply told = change(Node::map({{"contact", Node::map({{"phone", "0900.000.123"}})}}));
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["contact"]["phone"].text(), "0900.000.123");
}

TEST_F(Tree, a_group_takes_no_agency_of_elsewhere) {
  const std::string a = add("Sở A", "Sở");
  const std::string b = add("Sở B", "Sở");
  TestClient officer = hub.as("officer", std::stoll(a));
  const Reply refused = officer.post("/groups", Node::map({{"name", "x"},
                                                           {"agency_ids", Node::list({b})}}));
  EXPECT_EQ(refused.status, 404) << refused.body;
  EXPECT_EQ(officer.get("/agencies?parent=" + b).status, 404);
}

}  // namespace
}  // namespace khien::hub
