#include "hub/server/pages.h"

#include <sys/statvfs.h>

#include <fmt/format.h>

#include "base/hash.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kHealthMs = 2'000;
constexpr std::int64_t kEndsSoonDays = 30;
constexpr std::string_view kConsole = "console.";

std::string console_texts(const Texts& texts) {
  Node out = Node::map();
  const auto& all = texts.patterns();
  for (auto it = all.lower_bound(std::string(kConsole));
       it != all.end() && it->first.starts_with(kConsole); ++it) {
    out.set(it->first, it->second);
  }
  return to_json(out);
}

Response text_response(std::string body, int status = 200) {
  Response out;
  out.status = status;
  out.type = "text/plain; charset=utf-8";
  out.body = std::move(body);
  return out.with("Cache-Control", "no-store");
}

// The truth: the database can be read and written, the disk has room, the certificate is good.
Response look_at_health(const Hub& hub) {
  const auto db = hub.data.read();
  const bool reads = db && (*db)->one("select count(*) from agency").has_value();
  const bool writes = hub.data.touch([](const Database& w) {
    return w.execute("insert into setting values('health', '0') on conflict(name) do update set"
                     " value = iif(value = '0', '1', '0')");
  }).has_value();
  struct statvfs disk {};
  const bool known = ::statvfs(hub.data.folder().c_str(), &disk) == 0;
  const bool room = known && std::uint64_t{disk.f_bavail} * disk.f_frsize > kSpareDisk;
  const auto shown = hub.certificate.get();
  const std::int64_t days = shown ? shown->days_left(hub.data.clock().now_ms()) : 0;
  const char* ends = days < 0 ? "ended" : days <= kEndsSoonDays ? "ends_soon" : "good";
  const bool good = reads && writes && room && days >= 0;
  Response out = json_response(Node::map({{"status", good ? "ok" : "failing"},
                                          {"reads", reads},
                                          {"writes", writes},
                                          {"disk_room", room},
                                          {"certificate", shown ? Node(ends) : Node()},
                                          {"certificate_days", shown ? Node(days) : Node()},
                                          {"version", hub.version}}),
                               good ? 200 : 503);
  return out.with("Cache-Control", "no-store");
}

Response metrics(const WireCounts& counts, const Hub& hub) {
  std::string out;
  const auto line = [&](const char* name, const char* type, std::uint64_t value) {
    out += fmt::format("# TYPE khien_{} {}\nkhien_{} {}\n", name, type, name, value);
  };
  line("requests_total", "counter", counts.requests);
  line("requests_refused_total", "counter", counts.refused);
  line("requests_failed_total", "counter", counts.failed);
  line("received_bytes_total", "counter", counts.bytes_in);
  line("connections", "gauge", counts.connections);
  line("calls_waiting", "gauge", counts.waiting);
  line("uploads", "gauge", counts.uploads);
  line("event_streams", "gauge", counts.streams);
  const auto db = hub.data.read();
  for (const char* state : {"queued", "running", "failed"}) {
    const auto n = db ? (*db)->one("select count(*) from job where state = ?1",
                                   {std::string(state)})
                      : Result<Value>(Null{});
    if (!n) continue;
    if (const auto* count = std::get_if<std::int64_t>(&*n)) {
      out += fmt::format("khien_jobs{{state=\"{}\"}} {}\n", state, *count);
    }
  }
  return text_response(std::move(out));
}

bool wants_gzip(const Request& request) {
  return request.header("accept-encoding").find("gzip") != std::string::npos;
}

}  // namespace

Pages::Pages(FindAsset find, const Texts& vi, const Texts& en, const WireCounts& counts)
    : find_(std::move(find)), texts_vi_(console_texts(vi)), texts_en_(console_texts(en)),
      counts_(counts) {}

Response Pages::health(const Hub& hub) const {
  const std::lock_guard lock(health_mutex_);
  const std::int64_t now = hub.data.clock().steady_ms();
  if (health_at_ == 0 || now - health_at_ > kHealthMs) {
    health_ = look_at_health(hub);
    health_at_ = now;
  }
  return health_;
}

std::optional<Response> Pages::file(const Request& request) const {
  if (!find_) return {};
  std::string_view path = std::string_view(request.path).substr(1);
  auto found = find_(path);
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const bool page = last.find('.') == std::string_view::npos && !path.starts_with("assets/");
  if (!found && page) found = find_("index.html");
  if (!found) return {};
  Response out;
  out.type = found->type;
  out.etag = found->etag;
  const bool packed = !found->gzip.empty() && wants_gzip(request);
  out.body = packed ? found->gzip : found->plain;
  if (packed) {
    out.etag += "-gz";
    out.with("Content-Encoding", "gzip");
  }
  out.with("Vary", "Accept-Encoding");
  return out.with("Cache-Control",
                  found->hashed ? "public, max-age=31536000, immutable" : "no-cache");
}

std::optional<Response> Pages::answer(const Request& request, const Hub& hub) const {
  if (request.method != "GET" && request.method != "HEAD") return {};
  if (request.path == "/healthz") return health(hub);
  if (request.path == "/metrics") return metrics(counts_, hub);
  for (const auto& [path, texts] : {std::pair("/texts/vi.json", &texts_vi_),
                                    std::pair("/texts/en.json", &texts_en_)}) {
    if (request.path != path) continue;
    Response out;
    out.body = *texts;
    out.etag = sha256_hex(*texts);
    return out.with("Cache-Control", "no-cache");
  }
  return file(request);
}

}  // namespace khien::hub
