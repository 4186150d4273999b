// How a stream is begun; for the pool.
#pragma once

#include <string>

#include "base/file.h"
#include "base/spawner.h"
#include "base/stream.h"

namespace khien {

struct StreamStart {
  const Spawner& spawner;
  StreamOptions options;
  std::string place;
  RecordSink sink;
};

// `input` is the file the worker reads; when empty, push() feeds it.
[[nodiscard]] Result<WorkerStream> begin_stream(StreamStart start, const std::string& request,
                                                const Fd& input);
// A worker's answer as a result; K0805 when it is none. `place` where the worker names none.
[[nodiscard]] Result<Node> reply_of(const Node& reply, const std::string& place);
[[nodiscard]] Result<Node> read_reply(std::string_view body, const std::string& place);
// An ending nobody asked for, as an error.
[[nodiscard]] tl::unexpected<Error> ended(const Ending& ending, const std::string& place);

}  // namespace khien
