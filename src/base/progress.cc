// Redrawn at most five times a second, so that it costs nothing beside the work.
#include "base/progress.h"

#include <cstdio>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {

void Progress::phase(std::string name, std::int64_t total) {
  name_ = visible(name);
  total_ = total;
  done_ = 0;
  started_ms_ = clock_.steady_ms();
  drawn_ms_ = 0;
  show();
}

void Progress::advance(std::int64_t by) {
  done_ += by;
  show();
}

void Progress::show() {
  if (!shown_) return;
  const std::int64_t now = clock_.steady_ms();
  if (drawn_ && drawn_ms_ != 0 && now - drawn_ms_ < 200) return;
  drawn_ms_ = now;
  drawn_ = true;
  std::string line = name_;
  if (total_ > 0) {
    line += fmt::format(" {}/{}", done_, total_);
    const double seconds = static_cast<double>(now - started_ms_) / 1000;
    if (done_ > 0 && seconds > 0.5) {
      const double rate = static_cast<double>(done_) / seconds;
      line +=
          fmt::format(" · {:.0f}/s · {:.0f} s", rate, static_cast<double>(total_ - done_) / rate);
    }
  }
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void Progress::finish() {
  if (drawn_) std::fprintf(stderr, "\r\033[K");
  drawn_ = false;
}

}  // namespace khien
