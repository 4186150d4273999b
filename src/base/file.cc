// Why by hand and not std::ofstream: a report or an assessment must be whole or absent, also when
// the disk fills or the power goes. So: temporary name in the same folder, fsync, rename, fsync.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "base/errors.h"

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

Done write_aside(const fs::path& aside, std::string_view bytes, const std::string& place) {
  ::unlink(aside.c_str());  // left by a process of this id that was killed
  const Fd fd(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!fd.valid()) return fail(err::file_unwritable, place, {{"detail", reason()}});
  KHIEN_DO(write_all(fd.get(), bytes, place));
  if (::fsync(fd.get()) != 0) return fail(err::file_unwritable, place, {{"detail", reason()}});
  return {};
}

// What is there is no plain file, and a rename would put one in its place: root would lose
// /dev/stdout. Devices and pipes take the bytes as they come; folders and links to files refuse.
Done write_into(const fs::path& path, std::string_view bytes) {
  const std::string place = path.string();
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0) {
    return fail(err::file_unwritable, place, {{"detail", reason()}});
  }
  if (S_ISREG(st.st_mode)) {
    return fail(err::file_unwritable, place, {{"detail", std::strerror(ELOOP)}});
  }
  return write_all(fd.get(), bytes, place);
}

fs::path aside_of(const fs::path& path) {
  return path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::getpid());
}
}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t limit_bytes) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid()) return fail(err::file_unreadable, path.string(), {{"detail", reason()}});
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0 || S_ISDIR(st.st_mode)) {
    return fail(err::file_unreadable, path.string(),
                {{"detail", S_ISDIR(st.st_mode) ? std::strerror(EISDIR) : reason()}});
  }
  std::string bytes;
  if (st.st_size > 0) bytes.reserve(std::min<std::size_t>(st.st_size + 1, limit_bytes + 1));
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
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode)) {
    return fail(err::file_unreadable, path.string(), {{"detail", reason()}});
  }
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

Done commit_file(const fs::path& from, const fs::path& to) {
  {
    const Fd fd(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.valid() || ::fsync(fd.get()) != 0) {
      return fail(err::file_unwritable, to.string(), {{"detail", reason()}});
    }
  }
  if (::rename(from.c_str(), to.c_str()) != 0) {
    return fail(err::file_unwritable, to.string(), {{"detail", reason()}});
  }
  sync_folder(to.parent_path());
  return {};
}

Done write_file(const fs::path& path, std::string_view bytes) {
  struct stat st {};
  if (::lstat(path.c_str(), &st) == 0 && !S_ISREG(st.st_mode)) return write_into(path, bytes);
  const fs::path aside = aside_of(path);
  if (auto done = write_aside(aside, bytes, path.string()); !done) {
    ::unlink(aside.c_str());
    return done;
  }
  auto done = commit_file(aside, path);
  if (!done) ::unlink(aside.c_str());
  return done;
}

Done write_new_file(const fs::path& path, std::string_view bytes) {
  const fs::path aside = aside_of(path);
  auto done = write_aside(aside, bytes, path.string());
  if (done && ::link(aside.c_str(), path.c_str()) != 0) {
    done = fail(err::file_unwritable, path.string(), {{"detail", reason()}});
  }
  ::unlink(aside.c_str());
  if (done) sync_folder(path.parent_path());
  return done;
}

Result<TempFolder> TempFolder::make() {
  const char* base = std::getenv("TMPDIR");
  std::string name = std::string(base != nullptr && *base != 0 ? base : "/tmp") + "/khien-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(err::file_unwritable, name, {{"detail", reason()}});
  }
  return TempFolder(name);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace khien
