// khien watch-window list: the days to watch that are coming, and what to prepare before them.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/option_checks.h"
#include "app/watch_windows.h"

namespace khien::app {
namespace {

struct Options {
  std::string from;
  int days = 180;
};

Node to_json_node(const Context& context, const CalendarWindow& w, const Date& today) {
  const std::int64_t left = to_days(w.from) - to_days(today);
  return Node::map({{"id", w.entry->id},
                    {"why", context.say("window." + w.entry->id)},
                    {"from", to_iso(w.from)},
                    {"to", to_iso(w.to)},
                    {"days_until", std::max<std::int64_t>(0, left)},
                    {"verified", w.verified},
                    {"days_off_known", w.break_known},
                    {"source", w.source},
                    {"opens", Node::list_of(w.entry->opens)}});
}

void print_window(const Context& context, const CalendarWindow& w, const Date& today) {
  print(window_line(context, w, today));
  std::string kinds;
  for (const std::string& kind : w.entry->opens) {
    kinds += (kinds.empty() ? "" : "; ") + context.say("kind." + kind);
  }
  print("  " + context.say("watch_window.opens", {{"kinds", kinds}}));
  if (!w.verified) {
    print("  " + context.say("watch_window.unverified", {{"source", w.source}}));
  }
  if (!w.break_known && opens_roster(w)) print("  " + context.say("watch_window.days_off_unknown"));
}

Done list(Context& context, const Options& options) {
  KHIEN_TRY(const WatchCalendar calendar, WatchCalendar::load(context.content));
  Date from = local_date(context.clock.now_ms());
  if (!options.from.empty()) {
    KHIEN_TRY(from, parse_date(options.from));
  }
  const Date to = from_days(to_days(from) + options.days);
  const auto watch_windows = calendar.between(from, to);
  if (context.json) {
    Node rows = Node::list();
    for (const CalendarWindow& w : watch_windows) rows.push(to_json_node(context, w, from));
    print(to_json(Node::map({{"from", to_iso(from)}, {"to", to_iso(to)}, {"windows", rows}})));
    return {};
  }
  for (const CalendarWindow& w : watch_windows) print_window(context, w, from);
  if (watch_windows.empty()) print(context.say("watch_window.none", {{"from", from}, {"to", to}}));
  return {};
}

}  // namespace

void add_watch_window(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("watch-window", context.say("watch_window.about"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  auto* all = command->add_subcommand("list", context.say("watch_window.list"));
  all->add_option("--from", options->from, context.say("watch_window.from"))
      ->transform(is_day());
  all->add_option("--days", options->days, context.say("watch_window.days"))
      ->check(CLI::Range(0, 3660));
  context.json_commands.push_back(all);
  all->callback([options, &context] {
    if (const auto done = list(context, *options); !done) context.report(done.error(), usage);
  });
}

}  // namespace khien::app
