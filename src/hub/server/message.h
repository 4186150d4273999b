// A request and its answer as plain values: what handlers see. Only hub/server/server.cc and
// connection*.h know the library that speaks HTTP.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/node.h"
#include "hub/data/file_store.h"

namespace khien::hub {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;                 // "GET"
  std::string path;                   // "/api/v1/session", percent signs decoded
  Fields query;                       // decoded
  Fields headers;                     // names in lower case
  std::string body;                   // JSON, at most kJsonBytes
  Upload upload;                      // of an operation that takes a raw body
  std::string remote;                 // "203.0.113.7"
  bool secure = false;                // by TLS
  std::string client;                 // SHA-256 of an agent's certificate that was shown, or ""
  [[nodiscard]] std::string header(std::string_view name) const;  // "" when absent
  [[nodiscard]] std::string cookie(std::string_view name) const;
};

// "/a%20b?x=1&y" into path and query; false when it is no target we take.
[[nodiscard]] bool parse_target(std::string_view target, Request& out);

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::filesystem::path file;         // in place of body: sent in pieces
  // In place of both: pieces until one is empty; an error cuts the connection.
  std::function<Result<std::string>()> pieces;
  struct EventsFor {
    std::int64_t user_id = 0;
    bool english = false;
  };
  std::optional<EventsFor> events_for;  // an event stream of this user
  Fields headers;
  std::string etag;                   // without quotes; ranges and If-None-Match need it
  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

[[nodiscard]] Response json_response(const Node& node, int status = 200);
[[nodiscard]] Response empty_response(int status = 204);
// As a download under a name people see (RFC 6266).
[[nodiscard]] Response download(std::string bytes, std::string type, std::string_view name);
[[nodiscard]] Response download_file(const std::filesystem::path& file, std::string type,
                                     std::string etag, std::string_view name);

enum class BodyKind { none, json, raw };
struct Reception {  // what may follow a head
  BodyKind kind = BodyKind::none;
  std::uint64_t limit = 0;
};

// What answers. expect() is quick and called on the threads of the connections; the other two on a
// thread of the pool.
class Application {
 public:
  virtual ~Application() = default;
  [[nodiscard]] virtual Reception expect(const Request& head) const = 0;
  // Before a raw body is taken in: an answer when it is not wanted.
  [[nodiscard]] virtual std::optional<Response> refuse(const Request& head) = 0;
  [[nodiscard]] virtual Response answer(Request& request) = 0;
  // An answer for what never reached answer(): K1305, K1308 ...
  [[nodiscard]] virtual Response problem(const Request& head, const Error& error) const = 0;
};

inline constexpr std::size_t kHeaderBytes = std::size_t{16} << 10;
inline constexpr std::size_t kJsonBytes = std::size_t{1} << 20;
inline constexpr std::uint64_t kUploadBytes = std::uint64_t{512} << 20;

}  // namespace khien::hub
