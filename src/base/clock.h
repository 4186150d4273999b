// The only door to the time of day. Everything else is given a Clock or an as-of instant, so that
// the same facts judged twice give the same bytes.
#pragma once

#include <cstdint>

namespace khien {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::int64_t now_ms() const = 0;     // ms since 1970-01-01 UTC
  [[nodiscard]] virtual std::int64_t steady_ms() const = 0;  // for durations only
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override;
  [[nodiscard]] std::int64_t steady_ms() const override;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t now) : now_(now) {}
  [[nodiscard]] std::int64_t now_ms() const override { return now_; }
  [[nodiscard]] std::int64_t steady_ms() const override { return now_; }
  void set(std::int64_t now) { now_ = now; }

 private:
  std::int64_t now_;
};

}  // namespace khien
