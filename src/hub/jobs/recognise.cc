// A child says what a file is, or reads it as an officer said it is.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/data/office.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"

namespace khien::hub {
namespace {

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
  const bool nothing = row.entries.items().empty();
  if (nothing) row.rows = -1, row.certainty.clear();
  row.state = nothing ? "unread" : row.problem.is_null() ? "read" : "partly";
}

Result<Node> ask_child(JobContext& context, const SourceRow& row) {
  const auto file = context.data().folder() / "office" / row.path;
  std::vector<std::string> words = {"--lang", "vi", "recognise", "--json"};
  if (row.stated && !row.entries.items().empty()) {
    words.insert(words.end(), {"--as", to_json(row.entries.items().front())});
  }
  words.push_back(file.string());
  KHIEN_TRY(const ChildResult child, context.khien(std::move(words)));
  return child_json(child);
}

}  // namespace

Result<Node> recognise_job(JobContext& context) {
  const std::int64_t id = context.job().args["source_id"].integer();
  std::optional<SourceRow> row;
  Node profile;
  {
    KHIEN_TRY(const Data::Reading db, context.data().read());
    KHIEN_TRY(row, find_source(*db, id));
    if (row) {
      KHIEN_TRY(profile, office_profile(*db, row->agency_id));
    }
  }
  const Node result = Node::map({{"source_id", fmt::format("{}", id)}});
  if (!row) return result;
  KHIEN_DO(context.phase("recognise"));
  const auto answer = ask_child(context, *row);
  if (!answer && answer.error().code == err::hub_cancelled && !context.asked_to_end()) {
    return pass_on(answer.error());
  }
  if (answer) {
    take_answer(*answer, *row);
    settle_application(profile, *row);
  } else {
    row->state = "unread";
    row->problem = problem_of(answer.error());
  }
  KHIEN_DO(context.data().change(
      act_of_job(context.job(), "source.read", "sources", id),
      [&](const Database& db, Act& act) -> Done {
        act.detail.set("state", row->state);
        return save_source(db, *row);
      }));
  if (!answer) return pass_on(answer.error());
  return result;
}

}  // namespace khien::hub
