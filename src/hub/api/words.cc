#include "hub/api/words.h"

#include <charconv>

#include "base/calendar.h"
#include "base/file.h"
#include "base/text.h"
#include "hub/errors.h"
#include "report/words.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kPaperMs = 5 * 60'000;
constexpr std::size_t kPaperBytes = std::size_t{512} << 20;
constexpr std::size_t kWhyBytes = 1'000;

}  // namespace

Node problem_words(const Texts& texts, const Node& problem) {
  if (problem.is_null()) return {};
  const std::string base = "error." + problem["code"].text();
  if (!texts.has(base + ".what")) return node_of_text(problem["text"].text());
  Args args;
  for (const auto& [name, value] : problem["args"].pairs()) args[name] = value.text();
  args["place"] = problem["place"].text();
  return Node(report::sentence(texts(base + ".what", args)) + " " + texts(base + ".todo", args));
}

Node node_of_text(const std::string& text) { return text.empty() ? Node() : Node(text); }

std::string today_of(const Hub& hub) { return to_iso(local_date(hub.data.clock().now_ms())); }

Node days_left(const std::string& due_on, const std::string& today) {
  const auto due = parse_date(due_on);
  const auto now = parse_date(today);
  if (!due || !now) return {};
  return Node(to_days(*due) - to_days(*now));
}

std::int64_t id_of(const Node& value) {
  const std::string text = value.text();
  std::int64_t out = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size() && out > 0 ? out : 0;
}

Done check_day(const std::string& value, const char* field, bool partly) {
  if (value.empty() || (value.size() == 10 && parse_date(value))) return {};
  static constexpr std::string_view kRest = "0000-01-01";
  const bool beginning = partly && (value.size() == 4 || value.size() == 7);
  if (beginning && parse_date(value + std::string(kRest.substr(value.size())))) return {};
  return fail(err::office_day, field, {{"field", field}, {"value", value}});
}

Done check_particulars(const AssessmentRow& row, const Actor& actor) {
  if (row.agency_id == actor.agency_id || row.shared || row.open) return {};
  return fail(err::result_own_only, text_id(row.id));
}

Result<std::string> made_by_child(const Hub& hub, std::vector<std::string> arguments,
                                  const std::string& name) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const auto out = folder.path() / name;
  for (std::string& word : arguments) {
    if (word == "{out}") word = out.string();
  }
  KHIEN_TRY(const ChildResult child,
            hub.runner.child(std::move(arguments), folder.path(), kPaperMs,
                             [&] { return hub.runner.stopping(); }));
  auto bytes = read_file(out, kPaperBytes);
  if (bytes) return bytes;
  const auto why = read_head(child.err, kWhyBytes);
  return fail(err::hub_child_failed, "",
              {{"exit", std::to_string(child.exit_code)},
               {"detail", why ? std::string(trim(*why)) : std::string()}});
}

}  // namespace khien::hub
