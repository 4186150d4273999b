// What all connections share, and how one begins. The library that speaks HTTP is known only to
// server.cc, connection.cc and sending.cc's neighbours.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "hub/data/events.h"
#include "hub/server/message.h"

namespace boost::asio {
class io_context;
class thread_pool;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace khien::hub {

inline constexpr std::uint64_t kSpareDisk = std::uint64_t{64} << 20;

struct WireLimits {
  int header_ms = 30'000;      // also how long a connection may idle between requests
  int step_ms = 30'000;        // for each piece of a body, in or out
  int tick_ms = 5'000;         // of an event stream
  int stream_ms = 10 * 60'000; // then the browser connects again and shows who it is
  int linger_ms = 2'000;       // for a client that still sends what we refused
  std::size_t connections = 12'000;
  std::size_t waiting = 512;   // calls that wait for a thread
  std::size_t uploads = 8;     // raw bodies arriving at the same time
  std::uint64_t spare_bytes = kSpareDisk;  // of the disk no upload may use
};

struct WireCounts {  // for /metrics
  std::atomic<std::uint64_t> requests{0}, refused{0}, failed{0}, bytes_in{0};
  std::atomic<std::size_t> connections{0}, waiting{0}, uploads{0}, streams{0};
};

class Open {  // a connection, as the one who ends it sees it
 public:
  virtual ~Open() = default;
  virtual void end(bool at_once) = 0;  // from any thread; else only when it idles or streams events
};

struct Wire {
  boost::asio::io_context& io;
  boost::asio::thread_pool& pool;
  std::shared_ptr<boost::asio::ssl::context> tls;  // null: plain; of connections that begin now
  Application& application;
  Events& events;
  std::filesystem::path uploads;
  WireLimits limits;
  WireCounts& counts;
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::map<std::uint64_t, std::weak_ptr<Open>> open;
  std::uint64_t last = 0;
};

// Serves what comes by an accepted socket (its descriptor is taken over).
void begin_connection(Wire& wire, int descriptor, bool v6, const std::string& remote);

}  // namespace khien::hub
