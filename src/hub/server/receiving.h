// A raw body on its way to the disk, and what a connection needs to count and refuse.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/file.h"
#include "base/hash.h"
#include "hub/server/wire.h"

namespace khien::hub {

// Goes into a file of its own in `folder`; gone with the object unless finish() handed it over.
class Receiving {
 public:
  explicit Receiving(const std::filesystem::path& folder);
  ~Receiving();
  Receiving(const Receiving&) = delete;
  Receiving& operator=(const Receiving&) = delete;
  [[nodiscard]] bool add(std::string_view bytes);
  [[nodiscard]] bool finish(Upload& out);
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  void failed();
  std::filesystem::path path_;
  Fd fd_;
  Sha256 sum_;
  std::uint64_t bytes_ = 0;
  Error error_;
};

// The file of an upload that no handler kept.
void drop_upload(const Request& request);

class Counted {  // one more while it lives
 public:
  explicit Counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::atomic<std::size_t>& count_;
};

[[nodiscard]] Response too_large(const Application& application, const Request& request,
                                 std::uint64_t most);
// Too many uploads at once, or the disk would be full.
[[nodiscard]] std::optional<Response> no_room(const Wire& wire, const Request& request,
                                              std::uint64_t length);
// Never throws: what a handler threw is a K1325.
[[nodiscard]] Response answer_safely(Application& application, Request& request);
// Of a head that could not be read: 431, 400, or 0 when there is nobody to answer.
[[nodiscard]] int status_of_read(bool too_long, bool malformed);

}  // namespace khien::hub
