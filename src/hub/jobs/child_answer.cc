// What a child leaves behind: JSON on its standard output, a reason on its standard error.
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"

namespace khien::hub {
namespace {

constexpr std::size_t kAnswerBytes = std::size_t{512} << 20;
constexpr std::size_t kReasonBytes = 2'000;

}  // namespace

Result<Node> child_json(const ChildResult& child) {
  KHIEN_TRY(std::string text, read_file(child.out, kAnswerBytes));
  auto node = parse_json(text, "khien");
  if (node && node->is_map()) return node;
  const auto reason = read_head(child.err, kReasonBytes);
  return fail(err::hub_child_failed, "",
              {{"exit", fmt::format("{}", child.exit_code)},
               {"detail", reason ? std::string(trim(*reason)) : std::string()}});
}

Node problem_of(const Error& error) {
  Node args = Node::map();
  for (const auto& [name, value] : error.args) args.set(name, value);
  return Node::map({{"code", error.code}, {"place", error.place}, {"args", std::move(args)}});
}

Error error_in(const Node& problem) {
  Error out{problem["code"].text(), problem["place"].text(), {}};
  for (const auto& [name, value] : problem["args"].pairs()) out.args[name] = value.text();
  return out;
}

Act act_of_job(const Job& job, std::string action, std::string what, std::int64_t what_id) {
  Act out;
  out.user_id = job.user_id;
  out.action = std::move(action);
  out.what = std::move(what);
  out.what_id = what_id;
  out.detail.set("job", fmt::format("{}", job.id));
  return out;
}

}  // namespace khien::hub
