// What goes out for an answer: status, fields and which bytes of it; conditional requests and
// ranges (RFC 9110), the fields that keep a browser safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/file.h"
#include "hub/server/message.h"

namespace khien::hub {

struct Sending {
  int status = 200;
  Fields headers;
  std::optional<std::uint64_t> length;  // Content-Length; nothing: in chunks, or no body at all
  std::uint64_t from = 0;               // first byte of the body or file
  bool with_body = true;                // false for HEAD and 304
  bool file = false;
  bool in_pieces = false;
};

// Moves the fields of `response` into it; its body and file stay.
[[nodiscard]] Sending prepare_sending(const Request& request, Response& response);
[[nodiscard]] std::string event_stream_head();

class Reading_file {
 public:
  Reading_file(const std::filesystem::path& path, std::uint64_t from);
  [[nodiscard]] std::size_t read(char* to, std::size_t most);  // 0 at the end, or when it fails

 private:
  Fd fd_;
};

}  // namespace khien::hub
