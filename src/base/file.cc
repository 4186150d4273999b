// Why by hand and not std::ofstream: a report or an assessment must be whole or absent, also when
// the disk fills or the power goes. So: temporary name in the same folder, fsync, rename, fsync.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/worker_errors.h"

namespace khien {
namespace fs = std::filesystem;

void Fd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

namespace {
std::string reason() { return std::strerror(errno); }

Done write_all(int fd, std::string_view bytes, const std::string& place) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(err::file_unwritable, place, {{"detail", reason()}});
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

void sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.valid()) ::fsync(fd.get());
}

mode_t mode_of(Access access) { return access == Access::owner ? 0600 : 0666; }

Done unwritable(const std::string& place) {
  return fail(err::file_unwritable, place, {{"detail", reason()}});
}

// The bytes on the disk under the name `aside`, which the system gives only when they are whole.
Done write_aside(const fs::path& aside, std::string_view bytes, Access access,
                 const std::string& place) {
  ::unlink(aside.c_str());  // left by a thread of this id that was killed
  const fs::path folder = aside.parent_path();
  Fd fd;
  if (::access("/proc/self/fd", F_OK) == 0) {  // by which it gets its name
    fd = Fd(::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC,
                   mode_of(access)));
  }
  const bool nameless = fd.valid();
  if (!nameless) {
    fd = Fd(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_of(access)));
  }
  if (!fd.valid()) return unwritable(place);
  if (access == Access::owner && ::fchmod(fd.get(), mode_of(access)) != 0) {
    return unwritable(place);
  }
  KHIEN_DO(write_all(fd.get(), bytes, place));
  if (::fsync(fd.get()) != 0) return unwritable(place);
  const std::string self = fmt::format("/proc/self/fd/{}", fd.get());
  if (nameless && ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, aside.c_str(),
                           AT_SYMLINK_FOLLOW) != 0) {
    return unwritable(place);
  }
  return {};
}

// What is there is no plain file, and a rename would put one in its place: root would lose
// /dev/stdout. Devices and pipes take the bytes as they come; folders and links to files refuse.
Done write_into(const fs::path& path, std::string_view bytes) {
  const std::string place = path.string();
  // Without waiting: a pipe that nobody reads is no place to write to.
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0 || ::fcntl(fd.get(), F_SETFL, O_WRONLY) != 0) {
    return fail(err::file_unwritable, place, {{"detail", reason()}});
  }
  if (S_ISREG(st.st_mode)) {
    return fail(err::file_unwritable, place, {{"detail", std::strerror(ELOOP)}});
  }
  return write_all(fd.get(), bytes, place);
}

fs::path aside_of(const fs::path& path) {
  return path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::gettid());
}
}  // namespace

Result<Fd> open_regular(const fs::path& path) {
  const std::string place = path.string();
  struct stat st {};
  // First without opening: opening some devices already does something.
  if (::stat(place.c_str(), &st) != 0) {
    return fail(err::file_unreadable, place, {{"detail", reason()}});
  }
  if (!S_ISREG(st.st_mode)) return fail(err::not_regular, place);
  Fd fd(::open(place.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0) {
    return fail(err::file_unreadable, place, {{"detail", reason()}});
  }
  if (!S_ISREG(st.st_mode)) return fail(err::not_regular, place);
  return fd;
}

Result<std::string> read_file(const fs::path& path, std::size_t limit_bytes) {
  KHIEN_TRY(const Fd fd, open_regular(path));
  struct stat st {};
  std::string bytes;
  if (::fstat(fd.get(), &st) == 0 && st.st_size > 0) {
    bytes.reserve(std::min<std::size_t>(st.st_size + 1, limit_bytes + 1));
  }
  char buffer[65536];
  for (;;) {
    const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(err::file_unreadable, path.string(), {{"detail", reason()}});
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(n));
    if (bytes.size() > limit_bytes) {
      return fail(err::file_too_large, path.string(), {{"limit", fmt::format("{}", limit_bytes)}});
    }
  }
}

Result<std::string> read_head(const fs::path& path, std::size_t count) {
  KHIEN_TRY(const Fd fd, open_regular(path));
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const ssize_t n = ::read(fd.get(), bytes.data() + have, count - have);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(err::file_unreadable, path.string(), {{"detail", reason()}});
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
  }
  bytes.resize(have);
  return bytes;
}

Done write_file(const fs::path& path, std::string_view bytes, Access access) {
  struct stat st {};
  if (::lstat(path.c_str(), &st) == 0 && !S_ISREG(st.st_mode)) return write_into(path, bytes);
  const fs::path aside = aside_of(path);
  auto done = write_aside(aside, bytes, access, path.string());
  if (done && ::rename(aside.c_str(), path.c_str()) != 0) done = unwritable(path.string());
  if (done) sync_folder(path.parent_path());
  else ::unlink(aside.c_str());
  return done;
}

namespace {
// Gives `aside` the name `path` where nothing has it; false with errno. A USB stick (FAT) has no
// links, so that the name is looked at first there.
bool place_new(const fs::path& aside, const fs::path& path) {
  if (::link(aside.c_str(), path.c_str()) == 0) return true;
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) return false;
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0) {
    errno = EEXIST;
    return false;
  }
  return ::rename(aside.c_str(), path.c_str()) == 0;
}
}  // namespace

Done write_new_file(const fs::path& path, std::string_view bytes, Access access) {
  const fs::path aside = aside_of(path);
  auto done = write_aside(aside, bytes, access, path.string());
  if (done && !place_new(aside, path)) done = unwritable(path.string());
  ::unlink(aside.c_str());
  if (done) sync_folder(path.parent_path());
  return done;
}

Done make_folder(const fs::path& path, Access access) {
  std::error_code ec;
  if (path.empty() || fs::is_directory(path, ec)) return {};
  KHIEN_DO(make_folder(path.parent_path(), access));
  const mode_t mode = access == Access::owner ? 0700 : 0777;
  if (::mkdir(path.c_str(), mode) != 0) {
    // Somebody else was first, or the path ends with a slash.
    return errno == EEXIST && fs::is_directory(path, ec) ? Done{} : unwritable(path.string());
  }
  if (access == Access::owner && ::chmod(path.c_str(), mode) != 0) return unwritable(path.string());
  return {};
}

}  // namespace khien
