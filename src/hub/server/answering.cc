#include "hub/server/answering.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>

#include <fmt/format.h>

namespace khien::hub {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
    " object-src 'none'";

bool has(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return true;
  }
  return false;
}

void add_safety(Fields& fields) {
  fields.emplace_back("X-Content-Type-Options", "nosniff");
  fields.emplace_back("Referrer-Policy", "no-referrer");
  fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (!has(fields, "Content-Security-Policy")) {
    fields.emplace_back("Content-Security-Policy", kPolicy);
  }
}

// "bytes=5-9", "bytes=5-", "bytes=-5" of `size` bytes; one range only.
std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_range(std::string_view text,
                                                                   std::uint64_t size) {
  static constexpr std::string_view kUnit = "bytes=";
  if (!text.starts_with(kUnit) || text.find(',') != std::string_view::npos || size == 0) return {};
  text.remove_prefix(kUnit.size());
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  const auto number = [](std::string_view digits, std::uint64_t& out) {
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return code == std::errc() && end == digits.data() + digits.size();
  };
  std::uint64_t from = 0;
  std::uint64_t to = size - 1;
  if (dash == 0) {
    std::uint64_t last = 0;
    if (!number(text.substr(1), last) || last == 0) return {};
    from = size - std::min(last, size);
  } else {
    if (!number(text.substr(0, dash), from)) return {};
    if (dash + 1 < text.size() && !number(text.substr(dash + 1), to)) return {};
    to = std::min(to, size - 1);
  }
  if (from > to) return {};
  return std::pair(from, to);
}

bool names(const std::string& list, const std::string& etag) {
  return list == "*" || list.find('"' + etag + '"') != std::string::npos;
}

void apply_range(const Request& request, const Response& response, std::uint64_t size,
                 Sending& out) {
  const std::string asked = request.header("range");
  const std::string only_if = request.header("if-range");
  if (asked.empty() || response.status != 200 || response.etag.empty()) return;
  if (!only_if.empty() && !names(only_if, response.etag)) return;
  const auto range = parse_range(asked, size);
  if (!range) {
    if (asked.starts_with("bytes=") && asked.find(',') == std::string::npos) {
      out.status = 416;
      out.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
      out.length = 0;
      out.with_body = false;
    }
    return;
  }
  out.status = 206;
  out.from = range->first;
  out.length = range->second - range->first + 1;
  out.headers.emplace_back("Content-Range",
                           fmt::format("bytes {}-{}/{}", range->first, range->second, size));
}

}  // namespace

Sending prepare_sending(const Request& request, Response& response) {
  Sending out;
  out.status = response.status;
  out.headers = std::move(response.headers);
  out.file = !response.file.empty();
  out.in_pieces = static_cast<bool>(response.pieces);
  if (!response.type.empty()) out.headers.emplace_back("Content-Type", response.type);
  add_safety(out.headers);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (!response.etag.empty()) {
    out.headers.emplace_back("ETag", '"' + response.etag + '"');
    if (reads && response.status == 200 && names(request.header("if-none-match"), response.etag)) {
      out.status = 304;
      out.with_body = false;
      out.file = out.in_pieces = false;
      return out;
    }
  }
  if (!out.in_pieces) {
    std::error_code ec;
    const std::uint64_t size = out.file ? std::filesystem::file_size(response.file, ec)
                                        : response.body.size();
    out.length = ec ? 0 : size;
    if (ec) out.status = 404;
    if (reads && (out.file || response.etag.size() > 0)) {
      out.headers.emplace_back("Accept-Ranges", "bytes");
      apply_range(request, response, *out.length, out);
    }
  }
  if (request.method == "HEAD") out.with_body = false;
  return out;
}

std::string event_stream_head() {
  std::string out = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n";
  Fields safe;
  add_safety(safe);
  for (const auto& [name, value] : safe) out += name + ": " + value + "\r\n";
  return out + "\r\nretry: 3000\nevent: tick\ndata: {}\n\n";
}

Reading_file::Reading_file(const std::filesystem::path& path, std::uint64_t from) {
  auto opened = open_regular(path);
  if (!opened) return;
  fd_ = std::move(*opened);
  if (::lseek(fd_.get(), static_cast<off_t>(from), SEEK_SET) < 0) fd_.reset();
}

std::size_t Reading_file::read(char* to, std::size_t most) {
  while (fd_.valid()) {
    const ssize_t n = ::read(fd_.get(), to, most);
    if (n < 0 && errno == EINTR) continue;
    return n < 0 ? 0 : static_cast<std::size_t>(n);
  }
  return 0;
}

}  // namespace khien::hub
