// Listens and serves an Application over HTTP/1.1, plain or by TLS, until it is told to stop.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "hub/server/wire.h"

namespace khien::hub {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;               // 0: any free one
  std::filesystem::path certificate;    // PEM; "" serves plain HTTP
  std::filesystem::path key;
  std::string authority;  // PEM: who signs the certificates of agents; "" asks for none
  std::filesystem::path uploads;        // an existing folder, on the disk of the data
  int threads = 2;                      // for connections
  int pool = 4;                         // for answers
  int stop_ms = 10'000;                 // what is being answered may take that long at the end
  bool signals = false;                 // SIGTERM and SIGINT stop it
  WireLimits limits;
};

class Server {
 public:
  // Listens at once. K1321.
  [[nodiscard]] static Result<std::unique_ptr<Server>> listen(ServerOptions options,
                                                              Application& application,
                                                              Events& events, WireCounts& counts);
  ~Server();
  [[nodiscard]] std::uint16_t port() const;
  // Reads the files of certificate and key again: connections that begin from now on get it, those
  // that are open go on. K0001, K1321 they are of no use or not of each other: all stays as it was.
  [[nodiscard]] Done take_certificate();
  void run();   // until stop(): no new connection, what is being answered is finished
  void stop();  // from any thread

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien::hub
