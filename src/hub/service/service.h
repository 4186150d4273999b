// A whole hub: data, jobs, API, server. Made by `khien serve` and by tests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "hub/server/application.h"
#include "hub/server/pages.h"
#include "hub/server/server.h"
#include "hub/service/certificate_watch.h"

namespace khien::hub {

struct ServiceOptions {
  std::filesystem::path folder;
  Mode mode = Mode::office;
  ServerOptions server;
  RunnerOptions runner;
  std::string version;
  FindAsset assets;
  double calls_a_second = 500;  // of one address, on average; four seconds' worth at once
  // Told every look_ms how many days the certificate still has, and when it was renewed.
  CertificateWatch::Tell certificate_news;
  int look_ms = 5'000;
  bool check_answers = false;  // tests
};

class Service {
 public:
  // `content` and `clock` outlive it. Listens, but serves nothing before run().
  [[nodiscard]] static Result<std::unique_ptr<Service>> open(ServiceOptions options,
                                                             const Content& content,
                                                             const Clock& clock);
  ~Service();
  [[nodiscard]] Done run();  // until stop() or, when asked for, a signal
  void stop();  // from any thread
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string origin() const;  // "http://127.0.0.1:8765"
  // What opens the console as the first administrator, once: origin()/#link=... Nothing when a
  // centre has its users already.
  [[nodiscard]] Result<std::string> first_link();
  [[nodiscard]] Hub& hub();
  [[nodiscard]] std::string certificate_print() const;  // its fingerprint; "" without one

 private:
  struct Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  void keep_house();
  void remind_when_asked();
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien::hub
