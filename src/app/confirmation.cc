#include "app/confirmation.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/node.h"
#include "base/text.h"
#include "dispatch/corrections.h"
#include "dispatch/examples.h"
#include "dispatch/programme.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

Node kinds_of(const Measure& m) {
  Node list = Node::list();
  for (const KindMatch& k : m.kinds) {
    Node one = Node::map({{"kind", k.kind}});
    if (k.parameters.is_map() && !k.parameters.pairs().empty()) one.set("parameters", k.parameters);
    list.push(std::move(one));
  }
  return list;
}

bool same_kinds(const Measure& a, const Measure& b) { return kinds_of(a) == kinds_of(b); }

Node change_of(const Measure& before, const Measure& after) {
  Node out = Node::map({{"id", after.id}});
  if (!same_kinds(before, after)) out.set("kinds", kinds_of(after));
  if (before.actor != after.actor) out.set("actor", after.actor);
  if (before.due_on != after.due_on) out.set("due_on", after.due_on);
  if (before.obligation != after.obligation) out.set("obligation", to_string(after.obligation));
  return out;
}

Node windows_of(const Order& order) {
  Node list = Node::list();
  for (const WatchWindow& w : order.watch_windows) {
    const std::string why = w.why.substr(w.why.find('.') + 1);
    list.push(Node::map({{"from", w.from}, {"to", w.to}, {"why", why}}));
  }
  return list;
}

}  // namespace

fs::path confirmation_file(const fs::path& dispatch) {
  return fs::path(dispatch.string() + ".xac-nhan.yaml");
}

Done apply_confirmation(const Vocabulary& vocabulary, const fs::path& dispatch, Order& order) {
  const fs::path file = confirmation_file(dispatch);
  std::error_code ec;
  if (!fs::exists(file, ec)) return {};
  KHIEN_TRY(const std::string text, read_file(file, limits::yaml_file_bytes));
  KHIEN_TRY(const Node root, parse_yaml(text, file.string()));
  if (root["sha256"].text() != order.dispatch.sha256) {
    order.warnings.push_back({"confirmation_other", "warning.confirmation_other",
                              {{"file", file.filename().string()}}});
    return {};
  }
  return apply_corrections(order, text, file.string(), root["by"].text(), vocabulary);
}

std::string confirmation_text(const Context& context, const Order& before, const Order& after,
                              const std::string& by) {
  std::string out = "# " + context.say("confirm.file_head") + "\n";
  const auto line = [&](const char* name, const std::string& value) {
    out += std::string(name) + ": " + to_json(Node(value)) + "\n";
  };
  line("sha256", before.dispatch.sha256);
  line("by", by);
  line("on", to_iso(local_date(context.clock.now_ms())));
  if (before.dispatch.due_on != after.dispatch.due_on) line("due_on", after.dispatch.due_on);
  if (const Node windows = windows_of(after); !(windows == windows_of(before))) {
    out += "windows: " + to_json(windows) + "\n";
  }
  std::string measures;
  for (const Measure& m : before.measures) {
    const Measure* now = find_measure(after, m.id);
    Node change = now == nullptr ? Node::map({{"id", m.id}, {"drop", true}}) : change_of(m, *now);
    if (change.pairs().size() > 1) measures += "  - " + to_json(change) + "\n";
  }
  for (const Measure& m : after.measures) {
    if (find_measure(before, m.id) != nullptr) continue;
    measures += "  - " + to_json(Node::map({{"id", m.id}, {"add", true}, {"text", m.text},
                                            {"kinds", kinds_of(m)}})) + "\n";
  }
  return out + (measures.empty() ? "measures: []\n" : "measures:\n" + measures);
}

void tell_unconfirmed(const Context& context, const Assessment& assessment) {
  for (const DispatchRecord& d : assessment.dispatches) {
    if (std::find(d.warnings.begin(), d.warnings.end(), kUnconfirmed) == d.warnings.end()) continue;
    print(context.say("confirm.unconfirmed", {{"source", d.source}}));
  }
}

Done keep_corrections(const Context& context, const Order& before, const Order& after) {
  if (context.overlay.empty()) {
    note(context.say("app.compile.not_kept"));
    return {};
  }
  const std::filesystem::path file = context.overlay / kOwnExamples;
  const auto known = read_file(file, limits::yaml_file_bytes);
  const Remembered kept = remember(before, after, known.value_or(""));
  if (kept.count == 0) return {};
  KHIEN_DO(make_folder(file.parent_path()));
  KHIEN_DO(write_file(file, kept.yaml));  // what it held, and more
  note(context.say("app.compile.kept", {{"count", std::int64_t{kept.count}},
                                        {"file", file.string()}}));
  return {};
}

}  // namespace khien::app
