#include "hub/jobs/receive.h"

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "hub/data/file_store.h"
#include "hub/data/office.h"
#include "hub/data/rows.h"
#include "hub/errors.h"
#include "hub/jobs/assessment_rows.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/inventory_rows.h"

namespace khien::hub {
namespace {

// What the agency is and was called, here and on its own papers.
Result<std::vector<std::string>> names_known(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(Statement s, db.prepare("select name from agency where id = ?1 union select name from"
                                    " agency_name where agency_id = ?1"));
  s.bind(1, agency_id);
  KHIEN_TRY(auto out, rows_of<std::string>(s, [](const Statement& r) { return r.text(0); }));
  KHIEN_TRY(const Node profile, office_profile(db, agency_id));
  out.push_back(profile["name"].text());
  return out;
}

// Why it cannot count, if it cannot.
Result<std::optional<Error>> refusal_of(const Database& db, const Node& answer,
                                        std::int64_t agency_id, const std::string& today) {
  using Refusal = std::optional<Error>;
  if (!answer["problem"].is_null()) return Refusal(error_in(answer["problem"]));
  if (!answer["intact"].boolean() || !answer["signature_valid"].boolean()) {
    return Refusal(Error{err::result_seal, "", {}});
  }
  const Node& held = answer["holds"]["assessment"];
  const std::string day = held["as_of"].text();
  if (day > today) return Refusal(Error{err::result_future, "", {{"day", day}}});
  const std::string found = held["agency"]["name"].text();
  KHIEN_TRY(const auto names, names_known(db, agency_id));
  std::string stated;
  for (const std::string& name : names) {
    if (name.empty()) continue;
    if (same_agency(name, found)) return Refusal();
    if (stated.empty()) stated = name;
  }
  return Refusal(Error{err::result_agency, "", {{"stated", stated}, {"found", found}}});
}

AssessmentRow row_of(const Job& job, const Node& answer, std::int64_t now) {
  AssessmentRow out;
  out.agency_id = job.args["agency_id"].integer();
  out.made_at = now;
  out.as_of = to_iso(local_date(now));
  out.sha256 = job.args["sha256"].text();
  out.made_by = "received";
  const bool whole = answer["intact"].boolean() && answer["signature_valid"].boolean();
  out.seal = !whole ? "broken" : answer["key_known"].boolean() ? "known" : "unknown";
  out.sealed_by = answer["fingerprint"].text();
  out.shared = answer["holds"]["assessment"]["shared"].boolean();
  out.open = job.args["open"].boolean();
  out.file_name = job.args["name"].text();
  out.received_by = job.args["by"].text();
  out.coverage = Node::map({{"machines", Node::map({{"seen", 0}, {"total", Node()}})},
                            {"sources", Node::list()}});
  return out;
}

Node told(const AssessmentRow& row, bool already, const std::string& older_than) {
  return Node::map({{"assessment_id", fmt::format("{}", row.id)}, {"already", already},
                    {"seal", row.seal}, {"as_of", row.as_of},
                    {"older_than", node_or_null(older_than)}});
}

// Case, kinds of space and the place of tone marks do not matter, the marks do: "Hòa" is not "Hoa".
std::string agency_key(const std::string& name) {
  std::string out = fold(squeeze(nfc(name)));
  constexpr std::string_view kShort = "ubnd ";
  if (out.starts_with(kShort)) out.replace(0, kShort.size(), fold("Ủy ban nhân dân "));
  return out;
}

// One transaction: looked for once more, for the same file may come twice at a time.
Result<JobEnd> keep_received(const Database& db, AssessmentRow row, const Node& answer,
                             const std::filesystem::path& inventory, const std::string& today,
                             Act& act) {
  KHIEN_TRY(const auto there, find_received(db, row.agency_id, row.sha256));
  if (there && there->counts()) {
    act.what_id = there->id;
    return JobEnd{told(*there, true, ""), {}};
  }
  if (there) KHIEN_DO(delete_assessment(db, there->id));
  JobEnd out;
  KHIEN_TRY(out.problem, refusal_of(db, answer, row.agency_id, today));
  if (out.problem) {
    row.refused = problem_of(*out.problem);
    KHIEN_TRY(row.id, add_assessment(db, row));
  } else {
    row.as_of = answer["holds"]["assessment"]["as_of"].text();
    KHIEN_TRY(const std::string newest, newest_day(db, row.agency_id));
    Node vi = answer["holds"];
    vi.set("words", answer["words"]["vi"]);
    const Node en = Node::map({{"words", answer["words"]["en"]}});
    KHIEN_TRY(row.id, keep_assessment(db, row, vi, en, inventory));
    out.result = told(row, false, newest > row.as_of ? newest : "");
  }
  act.what_id = row.id;
  act.detail.set("sha256", row.sha256);
  act.detail.set("seal", row.seal);
  act.detail.set("refused", row.refused["code"]);
  return out;
}

}  // namespace

bool same_agency(const std::string& one, const std::string& other) {
  const std::string a = agency_key(one);
  const std::string b = agency_key(other);
  if (a.empty() || b.empty()) return false;
  const std::string& longer = a.size() < b.size() ? b : a;
  const std::string& shorter = a.size() < b.size() ? a : b;
  if (!longer.starts_with(shorter)) return false;
  const std::string rest = longer.substr(shorter.size());
  for (const char* place : {" tỉnh ", " thành phố ", ", "}) {
    if (rest.starts_with(place)) return true;
  }
  return rest.empty();
}

Result<Node> receive_job(JobContext& context) {
  const Job& job = context.job();
  const std::string sha256 = job.args["sha256"].text();
  KHIEN_DO(context.phase("receive", 0, 2));
  {
    KHIEN_TRY(const Data::Reading db, context.data().read());
    KHIEN_TRY(const auto there, find_received(*db, job.args["agency_id"].integer(), sha256));
    if (there && there->counts()) return told(*there, true, "");
  }
  const auto asked = context.folder() / kInventoryFile;
  KHIEN_TRY(const ChildResult child,
            context.khien({"verify", kept_path(context.data().folder(), sha256).string(),
                           "--contents", "--inventory", asked.string(), "--json"}));
  KHIEN_TRY(const Node answer, child_json(child));
  KHIEN_DO(context.phase("receive", 1, 2));
  const std::int64_t now = context.data().clock().now_ms();
  const std::string today = to_iso(local_date(now));
  std::error_code ec;  // a result that came without machines and accounts has no such file
  const auto inventory = std::filesystem::exists(asked, ec) ? asked : std::filesystem::path();
  return context.end(act_of_job(job, "assessment.receive", "assessments", 0),
                     [&](const Database& db, Act& act) {
                       return keep_received(db, row_of(job, answer, now), answer, inventory, today,
                                            act);
                     });
}

}  // namespace khien::hub
