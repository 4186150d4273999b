// Slows guessing down without locking anybody out: who fails waits, and only he. Counted are
//   (login, address)  after 5 failures 1, 2, 4 ... 300 s;
//   address           after 30 failures of any logins, the same;
//   login             after 50 failures from anywhere, 5 s at most, and never for a browser that
//                     has signed in to this login before (its device cookie).
// So somebody who guesses from many addresses costs the owner nothing. In memory, bounded; a
// restart forgets. From any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace khien::hub {

class Throttle {
 public:
  explicit Throttle(const Clock& clock) : clock_(clock) {}
  // Milliseconds until the next try is looked at; 0: now.
  [[nodiscard]] std::int64_t wait_ms(const std::string& login, const std::string& address,
                                     bool known_device);
  void failed(const std::string& login, const std::string& address);
  void passed(const std::string& login, const std::string& address);

 private:
  struct Count {
    std::int64_t failures = 0;
    std::int64_t last_ms = 0;
  };
  std::int64_t left(const std::string& key, std::int64_t free, std::int64_t most_ms) const;
  void count(const std::string& key);
  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
};

// At most `a_second` calls a second of one key on average, `burst` at once. From any thread.
class RateLimit {
 public:
  RateLimit(const Clock& clock, double a_second, double burst)
      : clock_(clock), a_second_(a_second), burst_(burst) {}
  // Seconds to wait; 0: go on.
  [[nodiscard]] std::int64_t take(const std::string& key);

 private:
  struct Bucket {
    double tokens = 0;
    std::int64_t at_ms = 0;
  };
  const Clock& clock_;
  double a_second_, burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace khien::hub
