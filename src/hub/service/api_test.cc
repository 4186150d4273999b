// The API as a whole, generated from its description: nobody does what he may not, every list and
// page answers as described.
#include "hub/testing_hub.h"

#include <set>

#include "hub/access/actor.h"
#include "hub/data/job.h"
#include "hub/data/token.h"
#include "hub/server/api.h"

namespace khien::hub {
namespace {

// The id of a row in an agency, by one insert that takes it as ?1.
std::int64_t insert_row(TestHub& hub, std::int64_t agency_id, const char* sql) {
  const auto made = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
    KHIEN_TRY(Statement s, db.prepare(sql));
    KHIEN_DO(s.bind(1, agency_id).run());
    return db.last_rowid();
  });
  if (!made) ADD_FAILURE() << sql << ": " << to_string(made.error());
  return made.value_or(0);
}

constexpr const char* kDispatchRow =
    "insert into dispatch(agency_id, file_name, sha256, bytes, state, created_at)"
    " values(?1, 'a.docx', 'x', 1, 'unconfirmed', 1)";

constexpr const char* kAttestationRow =
    "insert into attestation(agency_id, kinds, statement, signed_by, signed_on, created_at)"
    " values(?1, '[]', 'x', 'x', '2026-11-21', 1)";

std::int64_t insert_task(TestHub& hub, std::int64_t agency_id) {
  const std::int64_t dispatch = insert_row(hub, agency_id, kDispatchRow);
  const std::string id = std::to_string(dispatch);
  const std::string measure =
      "insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine, kinds,"
      " state) select " + id + ", 1, '1', '1', 'x', 'must', 1, '[]', 'read' where ?1 > 0";
  const std::int64_t made = insert_row(hub, agency_id, measure.c_str());
  const std::string task =
      "insert into task(agency_id, dispatch_id, measure_id, updated_at) values(?1, " + id + ", " +
      std::to_string(made) + ", 1)";
  return insert_row(hub, agency_id, task.c_str());
}

// An object of each kind that a path names, in an agency; a new kind of x-object needs its line.
using Make = std::int64_t (*)(TestHub& hub, std::int64_t agency_id);
using Makes = std::map<std::string, Make>;
Makes objects_of_an_office() {
  return {
      {"job",
       [](TestHub& hub, std::int64_t agency_id) {
         return hub.data().touch([&](const Database& db) {
           return add_job(db, "none", Node::map(), 0, agency_id, 1);
         }).value_or(0);
       }},
      {"user", [](TestHub& hub, std::int64_t agency_id) {
         return hub.as("clerk", agency_id).user_id;
       }},
      {"token",
       [](TestHub& hub, std::int64_t agency_id) {
         const std::int64_t user = hub.as("officer", agency_id).user_id;
         return hub.data().touch([&](const Database& db) {
           return add_token(db, {0, "hash" + std::to_string(user), user, "máy", "read", 1, 0, 0});
         }).value_or(0);
       }},
      {"dispatch", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id, kDispatchRow);
       }},
      {"task", insert_task},
      {"source", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id,
                           "insert into source(agency_id, name, path, bytes, sha256, received_at,"
                           " state) values(?1, 'a.csv', 'a.csv', 1, 'x', 1, 'waiting')");
       }},
      {"assessment", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id,
                           "insert into assessment(agency_id, made_at, as_of, sha256, dispatches,"
                           " coverage) values(?1, 1, '2026-11-21', 'x', 0, '{}')");
       }},
  };
}

Makes objects_of_a_centre() {
  return {
      {"exception", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id,
                           "insert into exception(agency_id, control, subject, reason, until_on,"
                           " state, asked_by, asked_at) values(?1, 'x', 'x', 'x', '2026-12-31',"
                           " 'asked', 'x', 1)");
       }},
      {"extension", [](TestHub& hub, std::int64_t agency_id) {
         const std::string id = std::to_string(insert_row(hub, agency_id, kDispatchRow));
         const std::string row =
             "insert into extension(agency_id, dispatch_id, due_on_old, due_on, reason, state,"
             " asked_by, asked_at) values(?1, " + id + ", '2026-11-01', '2026-12-01', 'x',"
             " 'asked', 'x', 1)";
         return insert_row(hub, agency_id, row.c_str());
       }},
      {"agency", [](TestHub&, std::int64_t agency_id) { return agency_id; }},
      {"group", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id, "insert into agency_group(agency_id, name)"
                                           " values(?1, 'x')");
       }},
      {"enrolment", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id,
                           "insert into enrolment(hash, agency_id, name, left_uses, expires_at,"
                           " made_at, made_by) values('e' || ?1, ?1, 'x', 1, 1, 1, 'x')");
       }},
      {"agent", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id,
                           "insert into agent(agency_id, name, machine_id, print, ends_at, version,"
                           " enrolled_at, seen_at) values(?1, 'x', 'x', 'p' || ?1, 1, '1', 1, 1)");
       }},
      {"attestation", [](TestHub& hub, std::int64_t agency_id) {
         return insert_row(hub, agency_id, kAttestationRow);
       }},
  };
}

const Makes& objects() {
  static const Makes all = [] {
    Makes out = objects_of_an_office();
    out.merge(objects_of_a_centre());
    return out;
  }();
  return all;
}

std::string path_of(const Operation& op, std::int64_t id) {
  std::string out(kApiRoot);
  for (const std::string& part : op.segments) {
    const bool named = part.starts_with('{');
    const bool number = named && (part == "{id}" || part == "{mid}" || part.ends_with("_id}"));
    out += "/" + (number ? std::to_string(id) : named ? "x" : part);
  }
  return out;
}

// A role that may do much, but not this; "" when whoever is signed in may.
std::string too_low(Need need) {
  switch (need) {
    case Need::write: return "leader";
    case Need::decide:
    case Need::audit: return "officer";
    case Need::admin: return "leader";
    default: return "";
  }
}

TEST(Api, nobody_does_what_he_may_not) {
  TestHub hub;
  const std::int64_t root = hub.root();
  const std::int64_t here = hub.agency(root, "Sở A");
  TestClient stranger = hub.stranger();
  TestClient other = hub.as("admin", here);
  std::size_t refused = 0;
  for (const Operation& op : hub.service().hub().api.operations()) {
    if (op.need == Need::open) continue;
    const std::string path = path_of(op, 1);
    EXPECT_EQ(stranger.call(op.method, path).status, 401) << op.id;
    if (const std::string role = too_low(op.need); !role.empty()) {
      TestClient low = hub.as(role, root);
      EXPECT_EQ(low.call(op.method, path).status, 403) << op.id << " as " << role;
      ++refused;
    }
    if (op.need == Need::root) {
      EXPECT_EQ(other.call(op.method, path).status, 403) << op.id;
    }
    if (op.method != "GET") {
      TestClient forged = hub.as("admin", root);
      forged.csrf = "forged";
      EXPECT_EQ(forged.call(op.method, path).status, 403) << op.id;
    }
  }
  EXPECT_GT(refused, 5U);
}

TEST(Api, nobody_sees_what_is_in_another_subtree) {
  TestHub hub;
  const std::int64_t root = hub.root();
  const std::int64_t here = hub.agency(root, "Sở A");
  const std::int64_t elsewhere = hub.agency(root, "Sở B");
  TestClient other = hub.as("admin", here);
  std::set<std::string> seen;
  for (const Operation& op : hub.service().hub().api.operations()) {
    if (op.object.empty() || op.object == "none" || op.object == "actor") continue;
    const auto make = objects().find(op.object);
    ASSERT_NE(make, objects().end()) << "no test object of x-object " << op.object;
    const std::int64_t id = make->second(hub, elsewhere);
    ASSERT_GT(id, 0) << op.object;
    EXPECT_EQ(other.call(op.method, path_of(op, id)).status, 404) << op.id;
    seen.insert(op.object);
  }
  for (const auto& [name, make] : objects()) EXPECT_TRUE(seen.contains(name)) << name;
}

TEST(Api, every_list_and_page_answers_as_described) {
  TestHub hub;
  TestClient admin = hub.admin();
  ASSERT_EQ(admin.call("POST", "/api/v1/backup").status, 202);
  std::size_t answered = 0;
  for (const Operation& op : hub.service().hub().api.operations()) {
    if (op.method != "GET" || !op.object.empty() || op.id == "event_stream") continue;
    bool needs = false;
    for (const auto& [name, field] : op.query.pairs()) needs |= field["required"].boolean();
    if (needs) continue;
    const Reply reply = admin.call("GET", path_of(op, 1));
    EXPECT_LT(reply.status, 500) << op.id << ": " << reply.body;  // an undeclared field is a 500
    answered += reply.status == 200 ? 1 : 0;
  }
  EXPECT_GT(answered, 6U);
}

TEST(Api, the_document_is_whole) {
  TestHub hub;
  const Node document = hub.stranger().get("/openapi.json").json();
  EXPECT_EQ(document["openapi"].text(), "3.1.0");
  for (const Operation& op : hub.service().hub().api.operations()) {
    const Node& there = document["paths"][op.path][ascii_lower(op.method)];
    EXPECT_EQ(there["operationId"].text(), op.id);
    EXPECT_TRUE(there["responses"].has("default")) << op.id;
    for (const std::string& part : op.segments) {
      if (!part.starts_with('{')) continue;
      bool declared = false;
      for (const Node& p : there["parameters"].items()) {
        declared |= "{" + p["name"].text() + "}" == part;
      }
      EXPECT_TRUE(declared) << op.id << " " << part;
    }
  }
}

TEST(Api, texts_that_answers_use_are_there) {
  const auto content = Content::open(built_in_content());
  const auto texts = Texts::load(*content, "vi");
  for (const char* action : {"session.begin", "users.add", "tokens.drop", "settings.save"}) {
    EXPECT_TRUE(texts->has(std::string("hub.action.") + action)) << action;
  }
}

}  // namespace
}  // namespace khien::hub
