// A dispatch is read by a child; its head, its text with every sentence's role and its measures go
// into rows for an officer to confirm.
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/data/dispatch.h"
#include "hub/data/dispatch_page.h"
#include "hub/data/file_store.h"
#include "hub/data/measure.h"
#include "hub/data/utf16.h"
#include "hub/errors.h"
#include "hub/jobs/backup.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr double kSure = 0.75;  // from here on a kind is shown as understood
constexpr std::int64_t kReadMs = 20 * 60'000;  // scans of many pages
constexpr const char* kPages = "trang";        // below the job's folder: pages as pictures

// The child knows formats by content, text files by their name.
std::string extension_of(const std::string& name) {
  std::string out;
  for (const char c : fs::path(name).extension().string()) {
    const char lower = ascii_lower(c);
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) out += lower;
  }
  return out.empty() || out.size() > 8 ? "" : "." + out;
}

Result<fs::path> lay_out(const JobContext& context, Data& data, const DispatchRow& row) {
  const fs::path to = context.folder() / ("van-ban" + extension_of(row.file_name));
  std::error_code ec;
  fs::copy_file(kept_path(data.folder(), row.sha256), to, ec);
  if (ec) return fail(err::hub_internal, to.string(), {{"detail", ec.message()}});
  return to;
}

std::string unsure_of(const Node& measure) {
  double least = 1;
  for (const Node& kind : measure["kinds"].items()) {
    if (kind["kind"].text() == "other.manual") return "open";
    least = std::min(least, kind["confidence"].real());
  }
  return least < kSure ? "low" : "";
}

MeasureRow measure_from(const Node& m, const Node& reading, const Utf16Index& index) {
  const Node& more = reading["measures"][m["id"].text()];
  MeasureRow out;
  out.doc_id = m["id"].text();
  out.cite = m["cite_vi"].text();
  out.text = m["text"].text();
  if (const auto& span = m["span"].items(); span.size() == 2) {
    out.span_from = index.units(span[0].integer());
    out.span_to = index.units(span[1].integer());
  }
  out.obligation = m["obligation"].text("must");
  out.actor = m["actor"].text();
  out.mine = more["addressed"].is_null() || more["addressed"].boolean();
  out.title = more["title"].boolean() || !m["asks"].boolean(true);
  out.due_on = m["due_on"].text();
  out.kinds = m["kinds"];
  out.unsure = out.title ? "" : unsure_of(m);
  return out;
}

void take_head(const Node& answer, DispatchRow& row) {
  const Node& d = answer["dispatch"];
  row.number = d["number"].text(), row.symbol = d["symbol"].text();
  row.subject = d["subject_line"].text(), row.issuer = d["issuer"].text();
  row.issued_on = d["issued_on"].text(), row.due_on = d["due_on"].text();
  row.head = Node::map();
  for (const char* name : {"form", "parent", "place", "recipients", "copies_to", "annexes",
                           "legal_basis", "contacts", "signing_capacity"}) {
    row.head.set(name, d[name]);
  }
  row.warnings = answer["warnings"];
  row.windows = answer["reading"]["windows"];
}

DispatchText text_from(const Node& answer, const Utf16Index& index) {
  DispatchText out;
  const Node& reading = answer["reading"];
  out.body = reading["text"].text();
  out.counts = answer["sentences"];
  out.sentences = Node::list();
  for (const Node& s : reading["sentences"].items()) {
    out.sentences.push(Node::map({{"from", index.units(s["from"].integer())},
                                  {"to", index.units(s["to"].integer())},
                                  {"role", s["role"]},
                                  {"measure", s["measure"]}}));
  }
  return out;
}

// The pictures go to their place before the commit: without it they lie there unnamed until the job
// runs again.
Result<std::vector<DispatchPage>> keep_pages(JobContext& context, const Node& answer,
                                             const Utf16Index& index) {
  constexpr std::size_t kFields = 6;  // from, to, x0, y0, x1, y1
  std::vector<DispatchPage> out;
  for (const Node& page : answer["pages"].items()) {
    const fs::path file = context.folder() / kPages / fs::path(page["file"].text()).filename();
    std::error_code ec;
    Upload picture{file, fs::file_size(file, ec), ""};
    if (ec) continue;
    KHIEN_TRY(picture.sha256, file_digest(file));
    KHIEN_DO(keep_upload(context.data().folder(), picture));
    Node words = Node::list();
    const auto& n = page["words"].items();
    for (std::size_t i = 0; i < n.size(); ++i) {
      const bool place_in_text = i % kFields < 2;
      words.push(place_in_text ? index.units(n[i].integer()) : n[i].integer());
    }
    const auto points = [&](const char* side) { return std::llround(page[side].real()); };
    out.push_back({page["page"].integer(), points("width"), points("height"), picture.sha256,
                   std::move(words)});
  }
  return out;
}

// In place of what an earlier reading left.
Done keep_reading(const Database& db, DispatchRow row, const Node& answer, const Utf16Index& index,
                  const std::vector<DispatchPage>& pages) {
  KHIEN_DO(save_dispatch_pages(db, row.id, pages));
  take_head(answer, row);
  KHIEN_DO(save_dispatch_head(db, row));
  KHIEN_DO(save_dispatch_text(db, row.id, text_from(answer, index)));
  KHIEN_DO(delete_measures(db, row.id));
  std::int64_t position = 0;
  for (const Node& m : answer["measures"].items()) {
    MeasureRow measure = measure_from(m, answer["reading"], index);
    measure.dispatch_id = row.id;
    measure.position = ++position;
    KHIEN_TRY([[maybe_unused]] const std::int64_t id, add_measure(db, measure));
  }
  return set_dispatch_state(db, row.id, "unconfirmed");
}

Result<Node> read_by_child(JobContext& context, const DispatchRow& row) {
  KHIEN_TRY(const fs::path file, lay_out(context, context.data(), row));
  std::vector<std::string> words = {"--lang", "vi", "compile", "--json", "--explain",
                                    "--pages", (context.folder() / kPages).string()};
  KHIEN_TRY(const Data::Reading db, context.data().read());
  if (const auto agency = write_office_folder(context.data(), *db, row.agency_id); agency) {
    words.insert(words.end(), {"--agency", agency->string()});
  } else if (agency.error().code != err::office_unnamed) {
    return pass_on(agency.error());
  }
  words.push_back(file.string());
  KHIEN_TRY(const ChildResult child, context.khien(std::move(words), kReadMs));
  return child_json(child);
}

}  // namespace

Result<Node> compile_job(JobContext& context) {
  const std::int64_t id = context.job().args["dispatch_id"].integer();
  std::optional<DispatchRow> row;
  {
    KHIEN_TRY(const Data::Reading db, context.data().read());
    KHIEN_TRY(row, find_dispatch(*db, id));
  }
  const Node result = Node::map({{"dispatch_id", fmt::format("{}", id)}});
  if (!row || row->state != "reading") return result;
  KHIEN_DO(context.phase("compile"));
  const auto answer = read_by_child(context, *row);
  if (!answer && answer.error().code == err::hub_cancelled && !context.asked_to_end()) {
    return pass_on(answer.error());  // the hub stops; the job waits for its next start
  }
  Node problem;
  if (!answer) problem = problem_of(answer.error());
  else if ((*answer)["error"].is_map()) problem = (*answer)["error"];
  const Utf16Index index(problem.is_null() ? to_u32((*answer)["reading"]["text"].text())
                                           : std::u32string());
  std::vector<DispatchPage> pages;
  if (problem.is_null()) {
    KHIEN_TRY(pages, keep_pages(context, *answer, index));
  }
  const auto keep = [&](const Database& db, Act&) -> Result<JobEnd> {
    if (!problem.is_null()) KHIEN_DO(set_dispatch_state(db, id, "failed", problem));
    else KHIEN_DO(keep_reading(db, *row, *answer, index, pages));
    return JobEnd{result, answer ? std::nullopt : std::optional(answer.error())};
  };
  return context.end(act_of_job(context.job(), "dispatch.read", "dispatches", id), keep);
}

}  // namespace khien::hub
