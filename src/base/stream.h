// Jobs that stream: input arrives in pieces, records go out as they are found, in constant memory
// however long both are (event logs of gigabytes). Who reads slowly makes the worker wait, nothing
// piles up: a piece is at most 64 KiB and the sockets hold little more.
//
//   job:     Result<Node> read_log(StreamIo& io)  // Job::stream
//              while piece = io.read(), not empty: ... io.write(record) ...; return totals
//   caller:  auto stream = pool.stream_pieces("log.read", name, args, [&](Node record) { ... });
//            stream->push(bytes) ...; auto totals = stream->finish();
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/limits.h"
#include "base/node.h"

namespace khien {

// What a job sees; runs in the worker.
class StreamIo {
 public:
  virtual ~StreamIo() = default;
  // The next bytes, valid until the next read(); empty at the end. Records written before it are
  // on their way and survive a death of the worker. K0001, K0003 over Job::max_bytes.
  [[nodiscard]] virtual Result<std::string_view> read() = 0;
  // Waits while the other side is busy. K0803 for a record over the limit.
  [[nodiscard]] virtual Done write(const Node& record) = 0;
  [[nodiscard]] virtual const std::string& name() const = 0;  // of the input, without folder
  [[nodiscard]] virtual const Node& args() const = 0;
};

// A stream within one process, for tests and fuzzers of jobs.
class MemoryStream final : public StreamIo {
 public:
  MemoryStream(std::string_view bytes, std::size_t piece, Node args = {},
               std::string name = "input");
  [[nodiscard]] Result<std::string_view> read() override;
  [[nodiscard]] Done write(const Node& record) override;
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const Node& args() const override { return args_; }
  [[nodiscard]] const std::vector<Node>& records() const { return records_; }

 private:
  std::string_view rest_;
  std::size_t piece_;
  Node args_;
  std::string name_;
  std::vector<Node> records_;
};

struct StreamOptions {
  std::size_t record_bytes = limits::stream_record_bytes;  // one record, packed
  std::uint64_t output_bytes = limits::stream_output_bytes;
  int stall_ms = limits::stream_stall_ms;         // the worker neither reads nor writes: K0802
  std::int64_t wait_ms = limits::stream_wait_ms;  // the same, summed up; our own time is free
  std::size_t memory_bytes = limits::stream_memory_bytes;
  unsigned cpu_seconds = limits::stream_cpu_seconds;
};

// Takes each record in turn, on the thread that calls push() or finish(). An error from it ends the
// stream and is what push() and finish() return.
using RecordSink = std::function<Done(Node record)>;

// The caller's side of one running job. One thread at a time, but for cancel(). Records given to
// the sink before an error stay good; the error is about the rest of the input.
class WorkerStream {
 public:
  struct Impl;
  explicit WorkerStream(std::unique_ptr<Impl> impl);
  WorkerStream(WorkerStream&&) noexcept;
  ~WorkerStream();  // ends the worker

  // Hands over all of `bytes`; records that come meanwhile go to the sink. What comes after the job
  // has returned is dropped.
  [[nodiscard]] Done push(std::string_view bytes);
  // The input is at its end: the rest of the records, then what the job returned.
  [[nodiscard]] Result<Node> finish();
  // From any thread: push() and finish() return K0816 soon, also those that wait.
  void cancel();

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien
