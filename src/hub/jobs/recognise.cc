// A child says what a file is, or reads it as an officer said it is; of an archive it unpacks the
// files, and each becomes a source of its own.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/data/office.h"
#include "hub/data/office_files.h"
#include "hub/data/setting.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/backup.h"
#include "hub/jobs/dispatch_jobs.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kSourceMs = 15 * 60'000;
constexpr std::int64_t kFolderMs = 12 * 3'600'000LL;  // a disk may take that long to scan
constexpr const char* kUnpacked = "goi";  // below the job's folder


// Letters and digits alone, without marks: "Một cửa điện tử" and "tai-khoan-mot-cua" meet.
std::string letters_of(const std::string& text) {
  std::string out;
  for (const char c : skeleton(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
  }
  return out;
}

// The office's application whose name the file name holds, or the other way round; "" when none or
// several do.
std::string application_of(const std::vector<std::string>& known, const std::string& guess,
                           const std::string& file) {
  constexpr std::size_t kTelling = 3;
  const std::string from_guess = letters_of(guess);
  const std::string from_file = letters_of(file);
  std::string out;
  for (const std::string& name : known) {
    const std::string letters = letters_of(name);
    if (letters.size() < kTelling) continue;
    const bool fits = from_file.find(letters) != std::string::npos ||
                      (from_guess.size() >= kTelling &&
                       letters.find(from_guess) != std::string::npos);
    if (!fits) continue;
    if (!out.empty()) return "";
    out = name;
  }
  return out;
}

Node without(const Node& map, std::string_view field) {
  Node out = Node::map();
  for (const auto& [name, value] : map.pairs()) {
    if (name != field) out.set(name, value);
  }
  return out;
}

// An application nobody named is a guess of the file's name: to be looked at.
void settle_application(const Node& profile, SourceRow& row) {
  Node entries = Node::list();
  for (const Node& entry : row.entries.items()) {
    const std::string type = entry["type"].text();
    // Rules name their applications row by row.
    Node out = type == "password_rules" && !row.stated ? without(entry, "app") : entry;
    const bool of_application =
        type == "accounts" || type == "login_log" || type == "password_stores";
    if (of_application && !row.stated) {
      const std::string name = application_of(profile["applications"].texts(),
                                              entry["app"].text(), row.name);
      if (!name.empty()) {
        out.set("app", name);
      } else {
        row.certainty = "unsure";
        row.why = Node::map({{"why", "application"}});
      }
    }
    entries.push(std::move(out));
  }
  row.entries = std::move(entries);
}

void take_answer(const Node& answer, SourceRow& row) {
  row.entries = answer["entries"];
  row.certainty = answer["certainty"].text();
  row.rows = answer["rows"].integer();
  row.columns = answer["columns"];
  const auto& columns = row.columns.items();
  const auto known = std::count_if(columns.begin(), columns.end(),
                                   [](const Node& c) { return !c["field"].is_null(); });
  row.why = Node::map({{"why", answer["why"]}, {"known", std::int64_t{known}},
                       {"columns", columns.size()}});
  row.problem = {};
  if (const auto& problems = answer["problems"].items(); !problems.empty()) {
    row.problem = problems.front();
  }
  // One that is no file stays what a person said it is, whether it gave anything or not.
  const bool silent = row.is_asked() && row.rows == 0 && !row.problem.is_null();
  const bool nothing = row.entries.items().empty() || silent;
  if (nothing) row.rows = -1, row.certainty.clear();
  row.state = nothing ? "unread" : row.problem.is_null() ? "read" : "partly";
}

Result<Node> ask_child(JobContext& context, const SourceRow& row, bool network) {
  if (row.asks_network() && !network) return fail(err::office_network, row.name);
  const fs::path office = office_of(context.data().folder(), row.agency_id);
  std::vector<std::string> words = {"--lang", "vi", "recognise", "--json"};
  if (row.stated && !row.entries.items().empty()) {
    words.insert(words.end(), {"--as", to_json(row.entries.items().front())});
  } else {
    words.insert(words.end(), {"--unpack", (context.folder() / kUnpacked).string()});
  }
  // One that is no file may name a folder of this machine, and files beside agency.yaml.
  const Node entry = row.entries.items().empty() ? Node() : row.entries.items().front();
  const bool folder = row.is_asked() && entry.has("path");
  if (row.is_asked()) words.insert(words.end(), {"--folder", office.string()});
  if (folder) words.push_back(entry["path"].text());
  if (!row.is_asked()) words.push_back((office / row.path).string());
  KHIEN_TRY(const ChildResult child,
            context.khien(std::move(words), folder ? kFolderMs : kSourceMs));
  return child_json(child);
}

// What the child said of an archive: of the files in it how many are of use.
Result<std::vector<SourceRow>> take_members(JobContext& context, const Node& profile,
                                            const Node& answer, SourceRow& archive) {
  std::vector<SourceRow> out;
  std::int64_t used = 0;
  for (const Node& member : answer["members"].items()) {
    SourceRow row;
    row.agency_id = archive.agency_id;
    row.parent_id = archive.id;
    row.name = archive.name + "/" + member["file"].text();
    row.path = archive.unpacked_path() + "/" + member["path"].text();
    row.bytes = member["bytes"].integer();
    row.received_at = archive.received_at;
    KHIEN_TRY(row.sha256, file_digest(context.folder() / kUnpacked / member["path"].text()));
    take_answer(member, row);
    settle_application(profile, row);
    if (row.state != "unread") ++used;
    out.push_back(std::move(row));
  }
  const auto count = static_cast<std::int64_t>(out.size());
  archive.entries = archive.columns = Node::list();
  archive.problem = {};
  archive.certainty = count == 0 ? "" : "sure";
  archive.why = Node::map({{"why", kArchive}, {"known", used}, {"columns", count}});
  archive.rows = -1;
  archive.state = used == 0 ? "unread" : used < count ? "partly" : "read";
  return out;
}

// Before the commit: without it the files lie there until the job runs again.
Done keep_members(JobContext& context, const Database& db, const SourceRow& archive,
                  std::vector<SourceRow>& members) {
  KHIEN_TRY(const auto there, sources_in(db, archive.id));
  if (!there.empty()) return {};  // a person may have said of them what they are
  const fs::path to =
      office_of(context.data().folder(), archive.agency_id) / archive.unpacked_path();
  std::error_code ec;
  fs::remove_all(to, ec);
  fs::rename(context.folder() / kUnpacked, to, ec);
  if (ec) return fail(err::hub_internal, to.string(), {{"detail", ec.message()}});
  for (SourceRow& row : members) {
    KHIEN_TRY(row.id, add_source(db, row));
    KHIEN_DO(save_source(db, row));
  }
  return {};
}

}  // namespace

Result<Node> recognise_job(JobContext& context) {
  const std::int64_t id = context.job().args["source_id"].integer();
  std::optional<SourceRow> row;
  Node profile;
  Settings settings;
  {
    KHIEN_TRY(const Data::Reading db, context.data().read());
    KHIEN_TRY(settings, read_settings(*db));
    KHIEN_TRY(row, find_source(*db, id));
    if (row) {
      KHIEN_TRY(profile, office_profile(*db, row->agency_id));
    }
  }
  const Node result = Node::map({{"source_id", fmt::format("{}", id)}});
  if (!row) return result;
  KHIEN_DO(context.phase("recognise"));
  const auto answer = ask_child(context, *row, settings.network);
  if (!answer && answer.error().code == err::hub_cancelled && !context.asked_to_end()) {
    return pass_on(answer.error());
  }
  std::vector<SourceRow> members;
  if (answer && answer->has("members")) {
    KHIEN_TRY(members, take_members(context, profile, *answer, *row));
  } else if (answer) {
    const Node said = row->entries;
    take_answer(*answer, *row);
    if (row->is_asked()) row->entries = said;  // it is nothing but that
    settle_application(profile, *row);
  } else {
    row->state = "unread";
    row->problem = problem_of(answer.error());
  }
  const auto keep = [&](const Database& db, Act& act) -> Result<JobEnd> {
    act.detail.set("state", row->state);
    if (!members.empty()) KHIEN_DO(keep_members(context, db, *row, members));
    KHIEN_DO(save_source(db, *row));
    return JobEnd{result, answer ? std::nullopt : std::optional(answer.error())};
  };
  return context.end(act_of_job(context.job(), "source.read", "sources", id), keep);
}

}  // namespace khien::hub
