// Progress on a terminal: phase, done/total, rate and time left, on standard error, one line
// rewritten in place. Without a terminal it says nothing.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"

namespace khien {

class Progress {
 public:
  Progress(const Clock& clock, bool shown) : clock_(clock), shown_(shown) {}
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void phase(std::string name, std::int64_t total = 0);
  void advance(std::int64_t by = 1);
  void finish();  // wipes the line

 private:
  void show();
  const Clock& clock_;
  bool shown_;
  std::string name_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::int64_t started_ms_ = 0;
  std::int64_t drawn_ms_ = 0;
  bool drawn_ = false;
};

}  // namespace khien
