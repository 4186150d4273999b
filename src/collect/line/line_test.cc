#include "collect/line/line.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "collect/network/testing.h"

namespace khien {
namespace {

namespace fixture = net::testing;

TEST(NetworkLine, AnOpenPortAnswersAndAClosedOneIsRefusedNotLost) {
  const FixedClock clock(end_of_day_ms({2026, 11, 21}));
  fixture::FakeServer open([](fixture::Stream&) {});
  LineSpec spec{"Đường truyền mẫu", {"127.0.0.1", open.port()}, 3, 1000, 0};
  Row row = collect_line(spec, clock).tables["line_probe"].rows.at(0);
  EXPECT_EQ(to_text(row["state"]), "answered");
  EXPECT_EQ(std::get<std::int64_t>(row["answered_count"]), 3);
  EXPECT_EQ(std::get<double>(row["loss_percent"]), 0.0);
  EXPECT_TRUE(row.contains("latency_ms"));
  std::uint16_t closed = 0;
  { const Fd gone = fixture::loopback(SOCK_STREAM, closed); }
  spec.target.port = closed;
  row = collect_line(spec, clock).tables["line_probe"].rows.at(0);
  EXPECT_EQ(to_text(row["state"]), "refused");
  EXPECT_FALSE(row.contains("loss_percent"));
}

}  // namespace
}  // namespace khien
