#include "hub/server/receiving.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/errors.h"
#include "hub/access/sign_in.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::uint64_t kOneMiB = std::uint64_t{1} << 20;

}  // namespace

Receiving::Receiving(const std::filesystem::path& folder) {
  const auto name = make_secret();
  path_ = folder / (name ? *name : "x");
  fd_ = Fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd_.valid()) failed();
}

Receiving::~Receiving() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

void Receiving::failed() {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  const bool read_only = errno == EROFS;
  error_ = Error{full ? err::hub_disk_full : read_only ? err::hub_read_only_disk
                                                       : err::file_unwritable,
                 "upload", {{"detail", std::strerror(errno)}}};
}

bool Receiving::add(std::string_view bytes) {
  if (!fd_.valid()) return false;
  sum_.add(bytes);
  bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      failed();
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Receiving::finish(Upload& out) {
  if (!fd_.valid()) return false;
  fd_.reset();
  out.path = std::exchange(path_, {});
  out.bytes = bytes_;
  out.sha256 = hex(sum_.finish());
  return true;
}

void drop_upload(const Request& request) {
  if (!request.upload.path.empty()) ::unlink(request.upload.path.c_str());
}

Response too_large(const Application& application, const Request& request, std::uint64_t most) {
  return application.problem(
      request, Error{err::hub_too_large, "body",
                     {{"limit", fmt::format("{}", std::max<std::uint64_t>(most / kOneMiB, 1))}}});
}

std::optional<Response> no_room(const Wire& wire, const Request& request, std::uint64_t length) {
  if (wire.counts.uploads >= wire.limits.uploads) {
    return wire.application.problem(request, Error{err::hub_busy, "", {}});
  }
  struct statvfs disk {};
  if (::statvfs(wire.uploads.c_str(), &disk) != 0) return {};
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free >= length + wire.limits.spare_bytes) return {};
  return wire.application.problem(request, Error{err::hub_disk_full, "", {}});
}

Response answer_safely(Application& application, Request& request) {
  try {
    return application.answer(request);
  } catch (const std::exception& e) {
    return application.problem(request, Error{err::hub_internal, request.path,
                                              {{"detail", e.what()}}});
  }
}

int status_of_read(bool too_long, bool malformed) {
  if (too_long) return 431;
  return malformed ? 400 : 0;
}

}  // namespace khien::hub
