// The office's folder and its confirmed dispatches are assessed by a child; the *.khien is kept as
// it is, its JSON becomes rows.
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"
#include "hub/data/assessment.h"
#include "hub/data/file_store.h"
#include "hub/errors.h"
#include "hub/jobs/assessment_rows.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/inventory_rows.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kResultBytes = std::size_t{1} << 30;
constexpr std::int64_t kAssessMs = 60 * 60'000;
constexpr std::int64_t kMostDispatches = 500;
constexpr std::int64_t kSteps = 4;

struct Asked {
  fs::path agency;
  std::vector<fs::path> programmes;
};

bool is_asked(const DispatchRow& row, const Node& ids) {
  const bool known = row.state == "confirmed" || row.state == "issued" || row.state == "answered";
  if (!known || ids.is_null()) return known;
  for (const Node& id : ids.items()) {
    if (id.text() == fmt::format("{}", row.id)) return true;
  }
  return false;
}

// Everything the child reads, written from the rows.
Result<Asked> lay_out_orders(JobContext& context) {
  const Job& job = context.job();
  KHIEN_TRY(const Data::Reading db, context.data().read());
  Asked out;
  KHIEN_TRY(out.agency, write_office_folder(context.data(), *db, job.agency_id));
  DispatchSearch all;
  all.agency_id = job.agency_id;
  all.own = true;
  all.limit = kMostDispatches;
  KHIEN_TRY(const auto dispatches, list_dispatches(*db, all));
  for (auto row = dispatches.rbegin(); row != dispatches.rend(); ++row) {  // oldest first
    if (!is_asked(*row, job.args["dispatch_ids"])) continue;
    KHIEN_TRY(const auto measures, measures_of(*db, row->id));
    const Node programme = programme_node(*row, measures);
    if (programme["measures"].items().empty()) continue;
    const fs::path file =
        context.folder() / fmt::format("{}{}.yaml", kProgrammePrefix, row->id);
    KHIEN_DO(write_file(file, to_json(programme, 1), Access::owner));
    out.programmes.push_back(file);
  }
  if (out.programmes.empty()) return fail(err::office_no_dispatch, "");
  return out;
}

Result<fs::path> run_assessment(JobContext& context, const Asked& asked) {
  const fs::path out = context.folder() / "ket-qua.khien";
  std::vector<std::string> words = {"--lang", "vi", "assess", "--agency", asked.agency.string(),
                                    "--out", out.string()};
  for (const fs::path& file : asked.programmes) {
    words.insert(words.end(), {"--programme", file.string()});
  }
  KHIEN_TRY(const ChildResult child, context.khien(std::move(words), kAssessMs));
  std::error_code ec;
  if (fs::exists(out, ec)) return out;
  // It says why on its standard error.
  const auto why = child_json({child.exit_code, child.err, child.err});
  return pass_on(why ? Error{err::hub_child_failed, "", {{"exit", "-"}, {"detail", ""}}}
                     : why.error());
}

Result<Node> report_in(JobContext& context, const fs::path& file, const std::string& lang,
                       std::vector<std::string> more = {}) {
  std::vector<std::string> words = {"--lang", lang, "report", file.string(), "--words"};
  words.insert(words.end(), more.begin(), more.end());
  words.emplace_back("--json");
  KHIEN_TRY(const ChildResult child, context.khien(std::move(words)));
  return child_json(child);
}

Result<Upload> digest_of(const fs::path& file) {
  KHIEN_TRY(const std::string bytes, read_file(file, kResultBytes));
  return Upload{file, bytes.size(), sha256_hex(bytes)};
}

Result<Node> result_of(const Database& db, std::int64_t id, const std::string& control) {
  Node out = Node::map({{"assessment_id", fmt::format("{}", id)}});
  if (control.empty()) return out;
  KHIEN_TRY(const OutcomeCounts counts, control_counts(db, id, control));
  out.set("pass", counts.pass);
  out.set("fail", counts.fail);
  out.set("unknown", counts.unknown);
  return out;
}

}  // namespace

Result<Node> assess_job(JobContext& context) {
  const Job& job = context.job();
  KHIEN_DO(context.phase("assess", 0, kSteps));
  KHIEN_TRY(const Asked asked, lay_out_orders(context));
  KHIEN_DO(context.phase("assess", 1, kSteps));
  KHIEN_TRY(const fs::path file, run_assessment(context, asked));
  KHIEN_DO(context.phase("assess_read", 2, kSteps));
  const fs::path inventory = context.folder() / kInventoryFile;
  KHIEN_TRY(const Node vi, report_in(context, file, "vi", {"--inventory", inventory.string()}));
  KHIEN_TRY(const Node en, report_in(context, file, "en"));
  KHIEN_DO(context.phase("assess_keep", 3, kSteps));
  KHIEN_TRY(const Upload kept, digest_of(file));
  KHIEN_DO(keep_upload(context.data().folder(), kept));
  AssessmentRow row;
  row.agency_id = job.agency_id;
  row.made_at = context.data().clock().now_ms();
  row.sha256 = kept.sha256;
  row.note = job.args["note"].text();
  row.partial = !job.args["dispatch_ids"].is_null();
  const auto keep = [&](const Database& db, Act& act) -> Result<JobEnd> {
    KHIEN_TRY(act.what_id, keep_assessment(db, row, vi, en, inventory));
    act.detail.set("sha256", row.sha256);
    KHIEN_TRY(Node result, result_of(db, act.what_id, job.args["control"].text()));
    return JobEnd{std::move(result), {}};
  };
  return context.end(act_of_job(job, "assessment.add", "assessments", 0), keep);
}

}  // namespace khien::hub
