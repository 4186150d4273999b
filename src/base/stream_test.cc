// Streams: constant memory, order, back-pressure, and what is kept when the middle breaks.
#include "base/stream.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/worker.h"
#include "base/worker_errors.h"

namespace khien::stream_test {
namespace {

// Lines of the input as records; the pieces need not end where lines do.
Result<Node> lines(StreamIo& io) {
  std::string rest;
  std::size_t count = 0;
  for (;;) {
    KHIEN_TRY(const std::string_view piece, io.read());
    if (piece.empty()) break;
    rest += piece;
    for (std::size_t end = 0; (end = rest.find('\n')) != std::string::npos;) {
      const std::string line = rest.substr(0, end);
      rest.erase(0, end + 1);
      if (line == "abort") ::abort();
      if (line == "throw") throw std::runtime_error("thrown on purpose");
      if (line == "refuse") return fail(err::yaml_invalid, io.name() + ":3", {{"detail", "x"}});
      if (line == "hang") for (;;) ::sleep(1);
      if (line == "return") return Node("early");
      KHIEN_DO(io.write(Node(line)));
      ++count;
    }
  }
  return Node::map({{"lines", count}, {"word", io.args()["word"]}, {"name", io.name()}});
}

// One small record for each MiB of input.
Result<Node> measure(StreamIo& io) {
  std::int64_t bytes = 0;
  for (;;) {
    KHIEN_TRY(const std::string_view piece, io.read());
    if (piece.empty()) return Node(bytes);
    const std::int64_t before = bytes >> 20;
    bytes += static_cast<std::int64_t>(piece.size());
    if (bytes >> 20 != before) KHIEN_DO(io.write(Node(bytes)));
  }
}

// args: count records of `size` bytes, each with the time it was handed over.
Result<Node> pour(StreamIo& io) {
  const std::string body(static_cast<std::size_t>(io.args()["size"].integer()), 'x');
  for (std::int64_t i = 0; i < io.args()["count"].integer(); ++i) {
    KHIEN_DO(io.write(Node::map({{"at", SystemClock().steady_ms()}, {"body", body}})));
  }
  return Node("poured");
}

std::vector<Job> jobs() {
  constexpr std::size_t most = std::size_t{2} << 30;
  return {{.name = "lines", .max_bytes = most, .stream = lines},
          {.name = "few", .max_bytes = 10, .stream = lines},
          {.name = "measure", .max_bytes = most, .stream = measure},
          {.name = "pour", .max_bytes = 0, .stream = pour},
          {"plain", 10, [](const JobInput&) -> Result<Node> { return Node(); }}};
}

std::int64_t resident_kib() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::int64_t kib = 0;
    if (word == "VmHWM:" && in >> kib) return kib;
  }
  return 0;
}

class Stream : public ::testing::Test {
 protected:
  std::vector<std::string> got;
  WorkerPool pool{jobs()};
  RecordSink keep() {
    return [this](const Node& record) -> Done {
      got.push_back(record.text());
      return {};
    };
  }
  Result<WorkerStream> open(const char* job, const StreamOptions& options = {}) {
    return pool.stream_pieces(job, "in/log.txt", Node::map({{"word", "chữ"}}), keep(), options);
  }
  // The code of what ends a stream of `text`.
  std::string code_of(const char* job, const std::string& text,
                      const StreamOptions& options = {}) {
    auto stream = open(job, options);
    if (!stream) return stream.error().code;
    const Done pushed = stream->push(text);
    const auto done = stream->finish();
    EXPECT_TRUE(pushed || !done) << "an error that push() told must stay";
    return done ? "" : done.error().code;
  }
};

TEST_F(Stream, RecordsComeInOrderWhateverThePiecesAre) {
  auto stream = open("lines");
  ASSERT_TRUE(stream) << to_string(stream.error());
  for (const char* piece : {"mo", "t\nh", "ai\n", "", "ba\n", "không hết dòng"}) {
    EXPECT_TRUE(stream->push(piece));
  }
  const auto done = stream->finish();
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(got, (std::vector<std::string>{"mot", "hai", "ba"}));
  EXPECT_EQ((*done)["lines"].integer(), 3);
  EXPECT_EQ((*done)["word"].text(), "chữ");
  EXPECT_EQ((*done)["name"].text(), "log.txt");
}

TEST_F(Stream, AFileIsReadByTheWorkerItself) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + "\n";
  ASSERT_TRUE(write_file(folder->path() / "log", text));
  auto stream = pool.stream_file("lines", folder->path() / "log", {}, keep());
  ASSERT_TRUE(stream) << to_string(stream.error());
  const auto done = stream->finish();
  ASSERT_TRUE(done) << to_string(done.error());
  ASSERT_EQ(got.size(), 50'000U);
  EXPECT_EQ(got.back(), "49999");
  EXPECT_EQ(pool.stream_file("few", folder->path() / "log", {}, keep()).error().code, "K0003");
  EXPECT_EQ(pool.stream_file("lines", "/dev/zero", {}, keep()).error().code, err::not_regular);
}

TEST_F(Stream, AGigabyteGoesThroughConstantMemory) {
  StreamOptions options;
  options.memory_bytes = std::size_t{32} << 20;
  const std::string piece(1 << 20, 'x');
  auto stream = open("measure", options);
  ASSERT_TRUE(stream) << to_string(stream.error());
  [[maybe_unused]] const std::int64_t before = resident_kib();
  for (int i = 0; i < 1024; ++i) ASSERT_TRUE(stream->push(piece)) << i;
  const auto done = stream->finish();
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->integer(), std::int64_t{1} << 30);
  EXPECT_EQ(got.size(), 1024U);
#ifndef KHIEN_SANITIZED
  EXPECT_LT(resident_kib() - before, 8 * 1024);
#endif
}

TEST_F(Stream, ASlowReaderMakesTheWorkerWait) {
  constexpr std::int64_t kCount = 4096;  // of 64 KiB each: 256 MiB
  StreamOptions options;
  options.memory_bytes = std::size_t{32} << 20;
  [[maybe_unused]] const std::int64_t before = resident_kib();
  std::int64_t seen = 0;
  std::int64_t first = 0;
  std::int64_t hundredth = 0;
  auto stream = pool.stream_pieces(
      "pour", "x", Node::map({{"count", kCount}, {"size", 65'000}}),
      [&](const Node& record) -> Done {
        if (seen == 0) {
          first = record["at"].integer();
          ::usleep(600'000);
        }
        if (seen == 100) hundredth = record["at"].integer();  // 6 MiB on: more than any buffer
        ++seen;
        return {};
      },
      options);
  ASSERT_TRUE(stream) << to_string(stream.error());
  const auto done = stream->finish();
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(seen, kCount);
  EXPECT_GE(hundredth - first, 500) << "the worker went on while nobody read";
#ifndef KHIEN_SANITIZED
  EXPECT_LT(resident_kib() - before, 8 * 1024);
#endif
}

TEST_F(Stream, AWorkerThatDiesInTheMiddleKeepsTheRecordsSoFar) {
  auto stream = open("lines");
  ASSERT_TRUE(stream);
  ASSERT_TRUE(stream->push("một\nhai\n"));
  while (got.size() < 2) ASSERT_TRUE(stream->push("ba\n"));  // until they have come back
  const std::size_t sure = got.size();
  static_cast<void>(stream->push("abort\nnever\n"));
  const auto done = stream->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, err::worker_died);
  EXPECT_EQ(done.error().args.at("signal"), "SIGABRT");
  EXPECT_EQ(done.error().place, "in/log.txt");
  EXPECT_GE(got.size(), sure);
  for (const std::string& line : got) EXPECT_NE(line, "never");
  EXPECT_FALSE(stream->push("x")) << "it stays broken";
}

TEST_F(Stream, ErrorsAndExceptionsOfTheJobComeAfterItsRecords) {
  EXPECT_EQ(code_of("lines", "a\nrefuse\nb\n"), "K0010");
  EXPECT_EQ(got, std::vector<std::string>{"a"});
  got.clear();
  EXPECT_EQ(code_of("lines", "a\nthrow\nb\n"), err::job_broke);
  EXPECT_EQ(got, std::vector<std::string>{"a"});
}

TEST_F(Stream, AJobMayReturnBeforeItsInputEnds) {
  auto stream = open("lines");
  ASSERT_TRUE(stream);
  ASSERT_TRUE(stream->push("a\nreturn\n"));
  const std::string much(1 << 20, 'x');
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(stream->push(much));
  const auto done = stream->finish();
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->text(), "early");
  EXPECT_EQ(got, std::vector<std::string>{"a"});
}

TEST_F(Stream, TimeIsThatOfTheWorkerNotOurs) {
  StreamOptions options;
  options.stall_ms = 400;
  EXPECT_EQ(code_of("lines", "hang\n", options), err::worker_time);
  auto stream = open("lines", options);
  ASSERT_TRUE(stream);
  ASSERT_TRUE(stream->push("a\n"));
  ::usleep(900'000);  // a source that pauses
  ASSERT_TRUE(stream->push("b\n"));
  EXPECT_TRUE(stream->finish());
  EXPECT_EQ(got, (std::vector<std::string>{"a", "b"}));
  options.stall_ms = 60'000;
  options.wait_ms = 300;
  EXPECT_EQ(code_of("lines", "hang\n", options), err::worker_time);
}

TEST_F(Stream, RecordsAndTheirSumAreLimited) {
  StreamOptions options;
  options.record_bytes = 1000;
  EXPECT_EQ(code_of("lines", std::string(900, 'x') + "\n", options), "");
  EXPECT_EQ(code_of("lines", std::string(1000, 'x') + "\n", options), err::reply_too_large);
  options.output_bytes = 2000;
  EXPECT_EQ(code_of("lines", std::string(900, 'x') + "\n", options), "");
  got.clear();
  EXPECT_EQ(code_of("lines", std::string(900, 'x') + "\n" + std::string(900, 'x') + "\n" +
                                 std::string(900, 'x') + "\n", options),
            err::reply_too_large);
  EXPECT_EQ(got.size(), 2U);
  EXPECT_EQ(code_of("few", "123456789\n"), "");
  EXPECT_EQ(code_of("few", "1234567890\n"), "K0003");
}

TEST_F(Stream, TheSinkAndAnotherThreadCanEndIt) {
  auto refused = pool.stream_pieces("pour", "x", Node::map({{"count", 1'000'000}, {"size", 100}}),
                                    [](const Node&) -> Done { return fail("K0002", "disk"); });
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->finish().error().code, "K0002");

  auto stream = open("lines");
  ASSERT_TRUE(stream);
  ASSERT_TRUE(stream->push("hang\n"));
  std::thread other([&] {
    ::usleep(200'000);
    stream->cancel();
  });
  const auto done = stream->finish();
  other.join();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, err::stream_cancelled);
}

TEST_F(Stream, SeveralThreadsStreamAtOnce) {
  std::vector<std::thread> threads;
  std::vector<std::int64_t> sums(8);
  for (std::size_t t = 0; t < sums.size(); ++t) {
    threads.emplace_back([&, t] {
      auto stream = pool.stream_pieces("lines", "x", {}, [&sums, t](const Node& record) -> Done {
        sums[t] += record.integer();
        return {};
      });
      for (int i = 1; i <= 1000 && stream; ++i) {
        if (!stream->push(std::to_string(i) + "\n")) break;
      }
      if (stream) static_cast<void>(stream->finish());
    });
  }
  for (std::thread& t : threads) t.join();
  for (const std::int64_t sum : sums) EXPECT_EQ(sum, 500'500);
}

TEST_F(Stream, KindsOfJobsAreNotMistaken) {
  EXPECT_EQ(open("plain").error().code, err::job_unknown);
  EXPECT_EQ(pool.run_bytes("lines", "", "x").error().code, err::job_unknown);
}

TEST(MemoryStream, RunsAJobWithoutAWorker) {
  MemoryStream io("một\nhai\n", 3);
  const auto done = lines(io);
  ASSERT_TRUE(done) << to_string(done.error());
  ASSERT_EQ(io.records().size(), 2U);
  EXPECT_EQ(io.records()[1].text(), "hai");
}

}  // namespace
}  // namespace khien::stream_test
