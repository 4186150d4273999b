// What is outside /api: the console's files, the texts it shows, health and counts.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "hub/server/call.h"
#include "hub/server/wire.h"

namespace khien::hub {

struct Asset {  // a file of the console, as it is packed into the program
  std::string_view type, etag;
  std::string_view plain, gzip;  // gzip: empty when there is none
  bool hashed = false;           // its name changes with its content
};
using FindAsset = std::function<std::optional<Asset>(std::string_view path)>;

class Pages {
 public:
  Pages(FindAsset find, const Texts& vi, const Texts& en, const WireCounts& counts);
  // /healthz, /metrics, /texts/{lang}.json, files of the console; a path whose last part has no dot
  // is a page of the console: index.html. Nothing when there is no such thing.
  [[nodiscard]] std::optional<Response> answer(const Request& request, const Hub& hub) const;

 private:
  [[nodiscard]] Response health(const Hub& hub) const;
  [[nodiscard]] std::optional<Response> file(const Request& request) const;
  FindAsset find_;
  std::string texts_vi_, texts_en_;  // JSON
  const WireCounts& counts_;
  // Anybody may ask; the disk is asked once in two seconds.
  mutable std::mutex health_mutex_;
  mutable Response health_;
  mutable std::int64_t health_at_ = 0;
};

}  // namespace khien::hub
