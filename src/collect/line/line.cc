// The time of a TCP handshake is one round trip: latency without asking for rights.
#include "collect/line/line.h"

#include <poll.h>

#include "collect/network/connection.h"
#include "collect/network/errors.h"
#include "collect/source/fields.h"

namespace khien {
namespace {

struct Tally {
  int answered = 0;
  int refused = 0;
  int unsent = 0;  // no route, no socket: nothing was asked
  std::vector<std::int64_t> times;
};

Tally probe(const LineSpec& spec, const net::Address& address) {
  const SystemClock clock;  // durations only
  Tally out;
  for (int i = 0; i < spec.count; ++i) {
    if (i > 0) poll(nullptr, 0, spec.pause_ms);
    const std::int64_t from = clock.steady_ms();
    const auto connection = net::Connection::open(address, spec.timeout_ms);
    if (connection) {
      ++out.answered;
      out.times.push_back(clock.steady_ms() - from);
    } else if (connection.error().code == std::string(err::connect_refused)) {
      ++out.refused;
    } else if (connection.error().code == std::string(err::connect_failed)) {
      ++out.unsent;
    }
  }
  std::sort(out.times.begin(), out.times.end());
  return out;
}

}  // namespace

Collection collect_line(const LineSpec& spec, const Clock& clock) {
  Collection out;
  out.collector = "line";
  out.collector_version = "0.1";
  const std::string target = spec.target.host + ":" + std::to_string(spec.target.port);
  out.source = target;
  out.started_at = clock.now_ms();
  Row& row = out.add("line_probe");
  row["name"] = spec.name.empty() ? target : spec.name;
  row["target"] = target;
  // The officer wrote this very target, so private addresses are in scope.
  const auto addresses = net::resolve(spec.target, true);
  if (addresses) {
    const Tally tally = probe(spec, addresses->front());
    row["attempt_count"] = std::int64_t{spec.count};
    row["answered_count"] = std::int64_t{tally.answered};
    row["refused_count"] = std::int64_t{tally.refused};
    if (tally.refused == 0 && tally.unsent < spec.count) {
      row["loss_percent"] = 100.0 * (spec.count - tally.answered) / spec.count;
    }
    if (!tally.times.empty()) {
      row["latency_ms"] = tally.times[tally.times.size() / 2];
      row["latency_max_ms"] = tally.times.back();
    }
    row["state"] = std::string(tally.refused > 0              ? "refused"
                               : tally.unsent == spec.count ? "no_route"
                               : tally.answered == 0          ? "no_answer"
                                                              : "answered");
  } else {
    row["state"] = std::string("no_name");
  }
  row["checked_at"] = clock.now_ms();
  out.finished_at = clock.now_ms();
  return out;
}

Result<LineSpec> line_spec(const Node& map, const std::string& place) {
  KHIEN_DO(allow_keys(map, {"type", "name", "target", "count"}, place));
  LineSpec out;
  KHIEN_TRY(const std::string target, need_text(map, "target", place));
  KHIEN_TRY(out.target, target_field(net::parse_target(target), map, "target", place));
  out.name = map["name"].text();
  KHIEN_TRY(out.count, number_field(map, "count", 5, 1, kLineCount, place));
  return out;
}

Result<std::string> check_line(const Node& map, const std::string& place) {
  KHIEN_DO(line_spec(map, place));
  return map["target"].text();
}

Collections read_line(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const LineSpec spec, line_spec(source.fields, source.place));
  return one(collect_line(spec, reading.clock));
}

}  // namespace khien
