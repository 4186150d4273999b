// What happened, told to whoever listens: the open event streams of browsers. From any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace khien::hub {

struct Event {
  std::string kind;           // "job", "changed"
  std::string data;           // JSON, one line; sentences in it are Vietnamese
  std::string data_en;        // the same for who reads English; "" when there are none
  std::int64_t user_id = 0;   // only for this user; 0: for all
};

class Events {
 public:
  using Listener = std::function<void(const Event&)>;  // quick, calls nothing of Events

  std::int64_t listen(Listener listener) {
    const std::lock_guard lock(mutex_);
    listeners_[++last_] = std::move(listener);
    return last_;
  }
  void leave(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    listeners_.erase(id);
  }
  void publish(const Event& event) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, listener] : listeners_) listener(event);
  }
  [[nodiscard]] std::size_t listeners() const {
    const std::lock_guard lock(mutex_);
    return listeners_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::int64_t last_ = 0;
  std::map<std::int64_t, Listener> listeners_;
};

}  // namespace khien::hub
