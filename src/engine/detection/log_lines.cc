// Two passes: the first finds how many years the yearless lines cross and where they end, the
// second counts.
#include "engine/detection/log_lines.h"

#include <algorithm>
#include <optional>

#include "base/calendar.h"
#include "base/text.h"
#include "engine/detection/log_times.h"

namespace khien::detection {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kFallMs = 31 * kDayMs;
constexpr std::size_t kLineBytes = 16 * 1024;  // of a longer line only the start is looked at

template <class F>
void each_line(std::string_view text, F f) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::string_view line = text.substr(at, std::min(end - at, kLineBytes));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") != std::string_view::npos) f(line);
    at = end + 1;
  }
}

class Years {
 public:
  Years(std::string_view text, std::int64_t reference_ms) {
    std::optional<std::int64_t> last;
    each_line(text, [&](std::string_view line) {
      const auto time = line_time(line);
      if (!time || time->has_year) return;
      if (last && time->at_ms < *last - kFallMs) ++crossed_;
      last = time->at_ms;
    });
    if (!last) return;
    any_ = true;
    int year = local_date(reference_ms).year;
    while (in_year(*last, year) > reference_ms + kDayMs) --year;
    year_ = year - crossed_;
  }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] std::int64_t place(const LineTime& time) {
    if (time.has_year) return time.at_ms;
    if (previous_ && time.at_ms < *previous_ - kFallMs) ++year_;
    previous_ = time.at_ms;
    return in_year(time.at_ms, year_);
  }

 private:
  bool any_ = false;
  int crossed_ = 0;
  int year_ = 0;
  std::optional<std::int64_t> previous_;
};

// "" when it cannot be a host name ("kernel:", "[INFO]").
std::string_view host_name(std::string_view word) {
  if (word.empty() || word.size() > 255 || word == "-") return "";
  for (const char c : word) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    if (!plain) return "";
  }
  return word;
}

// The word after the time, when something follows it.
std::string_view host_of(std::string_view rest) {
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  const std::size_t end = rest.find(' ');
  return end == std::string_view::npos ? "" : host_name(rest.substr(0, end));
}

class Reader {
 public:
  Reader(std::string_view text, std::int64_t reference_ms) : years_(text, reference_ms) {
    out_.year_from_file = years_.any();
    each_line(text, [this](std::string_view line) { add(line); });
    for (auto& [host, s] : out_.speakers) {
      std::sort(s.hours.begin(), s.hours.end());
      s.hours.erase(std::unique(s.hours.begin(), s.hours.end()), s.hours.end());
    }
  }
  LogFacts out_;

 private:
  void add(std::string_view line) {
    // W3C extended log format: UTC, but for the firewall of Windows, which says so.
    if (line.starts_with("#Time Format: Local")) local_ = true;
    if (line.starts_with("#Fields:")) utc_ = !local_;
    if (line.front() == '#') return;
    ++out_.lines;
    const auto time = line_time(line);
    if (!time) {
      ++out_.timeless;
      return;
    }
    const bool w3c = utc_ && time->has_year && !time->zoned;
    const std::int64_t at = years_.place(*time) + (w3c ? kVietnamOffsetMs : 0);
    const std::string_view message = line.substr(std::min(time->used, line.size()));
    auto& [host, s] = speaker(!time->host.empty() ? host_name(time->host)
                              : time->names_host  ? host_of(message)
                                                  : "");
    if (s.lines == 0) s.first_ms = s.last_ms = at;
    s.first_ms = std::min(s.first_ms, at);
    s.last_ms = std::max(s.last_ms, at);
    const auto hour = static_cast<std::int32_t>(at / kHourMs);
    if (s.hours.empty() || s.hours.back() != hour) s.hours.push_back(hour);
    ++s.lines;
    if (is_firewall_line(message)) ++s.firewall_lines;
    if (LoginFailure failure = login_failure(message); failure.count > 0) {
      s.failures += failure.count;
      count(FailureKey{host, std::move(failure.account), to_iso(local_date(at))}, failure.count);
    }
  }

  void count(FailureKey key, std::int64_t n) {
    const auto at = out_.failures.find(key);
    if (at != out_.failures.end()) at->second += n;
    else if (out_.failures.size() < kFailureKeys) out_.failures.emplace(std::move(key), n);
    else out_.failures_cut = true;
  }

  std::pair<const std::string, Speaker>& speaker(std::string_view host) {
    if (last_ != nullptr && last_->first == host) return *last_;
    auto at = out_.speakers.find(std::string(host));
    if (at == out_.speakers.end()) {
      const std::string name = out_.speakers.size() < kHosts ? std::string(host) : "";
      at = out_.speakers.try_emplace(name).first;
    }
    last_ = &*at;
    return *at;
  }

  Years years_;
  bool utc_ = false, local_ = false;
  std::pair<const std::string, Speaker>* last_ = nullptr;
};

}  // namespace

LogFacts read_log(std::string_view text, std::int64_t reference_ms) {
  return std::move(Reader(text, reference_ms).out_);
}

}  // namespace khien::detection
