// This machine behind the seam of collect/host_windows. Reads only; every handle asks for no more
// than reading.
#pragma once

#include <functional>
#include <memory>

#include "collect/host_windows/machine.h"

namespace khien::windows {

[[nodiscard]] std::unique_ptr<host_windows::Registry> live_registry();
[[nodiscard]] std::unique_ptr<host_windows::Files> live_files();

struct AskOptions {
  bool search_updates = true;
};
// Fills every answer; what an interface refuses is a Problem with its detail. The slow ones have
// limits of time.
[[nodiscard]] host_windows::Answers live_answers(const AskOptions& options);

// The parts, each in a file of its own.
void ask_system(host_windows::Answers& out);
void ask_accounts(host_windows::Answers& out);
void ask_services(host_windows::Answers& out);
void ask_sockets(host_windows::Answers& out);
void ask_shares(host_windows::Answers& out);
void ask_volumes(host_windows::Answers& out);
void ask_certificates(host_windows::Answers& out);
void ask_management(host_windows::Answers& out);   // Security Center, WMI consumers
void ask_tasks(host_windows::Answers& out);
void ask_updates(host_windows::Answers& out);

}  // namespace khien::windows
