// Why openat2: one system call resolves a path inside a root and says no to everything that would
// leave it, so a copied tree and a hostile home folder need no path arithmetic of ours.
#include "collect/host_linux/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "collect/host_linux/errors.h"

namespace khien::host {
namespace {

Problem problem_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return Problem::absent;
    case EACCES:
    case EPERM: return Problem::denied;
    case ELOOP:
    case EXDEV:
    case ENXIO: return Problem::unusual;
    default: return Problem::broken;
  }
}

Info info_of(const struct stat& st) {
  return {S_ISREG(st.st_mode), S_ISDIR(st.st_mode), st.st_mode, st.st_uid, st.st_size};
}

// Up to `limit` bytes from where `fd` stands; false on a read error.
bool read_up_to(int fd, std::size_t limit, std::string& out) {
  char buffer[65536];
  while (out.size() < limit) {
    const ssize_t n = ::read(fd, buffer, std::min(sizeof buffer, limit - out.size()));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) break;
    out.append(buffer, static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<Files> Files::open(const HostRoot& root) {
  Files out;
  out.root_ = Fd(::open(root.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!out.root_.valid()) {
    return fail(err::host_root_unreadable, root.root.string(), {{"detail", std::strerror(errno)}});
  }
  out.live_ = root.root == "/";
  out.denied_ = root.denied;
  return out;
}

std::optional<Files> Files::below(const std::string& folder, Problem* problem) const {
  const int fd = is_denied(folder) ? (errno = EACCES, -1)
                                   : open_at(folder, O_PATH | O_DIRECTORY);
  if (fd < 0) {
    *problem = problem_of(errno);
    return std::nullopt;
  }
  Files out;
  out.root_ = Fd(fd);
  out.follow_ = false;
  out.live_ = live_;
  out.prefix_ = prefix_ + folder;
  out.denied_ = denied_;
  *problem = Problem::none;
  return out;
}

bool Files::is_denied(const std::string& path) const {
  if (denied_.empty()) return false;
  const std::string full = prefix_ + (path.starts_with('/') ? path : "/" + path);
  return std::any_of(denied_.begin(), denied_.end(), [&](const std::string& d) {
    return full.starts_with(d) && (full.size() == d.size() || full[d.size()] == '/');
  });
}

int Files::open_at(const std::string& path, int flags) const {
  if (path.find('\0') != std::string::npos) {
    errno = ENOENT;
    return -1;
  }
  struct open_how how {};
  how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | (follow_ ? 0 : RESOLVE_NO_SYMLINKS);
  const std::string relative = path == "/" || path.empty() ? "." : path;
  const long fd = ::syscall(SYS_openat2, root_.get(), relative.c_str(), &how, sizeof how);
  if (fd >= 0 || errno != ENOSYS) return static_cast<int>(fd);
  // Kernels before 5.6: a live root needs no resolution of ours; anything else is refused.
  if (!live_ || !follow_) {
    errno = EXDEV;
    return -1;
  }
  return ::open(path.c_str(), flags | O_CLOEXEC);
}

Fd Files::open_file(const std::string& path, Problem* problem, Info* info) const {
  if (is_denied(path)) {
    *problem = Problem::denied;
    return Fd();
  }
  const Fd probe(open_at(path, O_PATH));  // looks without opening: devices have side effects
  struct stat st {};
  if (!probe.valid() || ::fstat(probe.get(), &st) != 0 || !S_ISREG(st.st_mode)) {
    *problem = probe.valid() ? Problem::unusual : problem_of(errno);
    return Fd();
  }
  constexpr int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
  Fd fd(open_at(path, flags | O_NOATIME));
  if (!fd.valid() && errno == EPERM) fd = Fd(open_at(path, flags));
  if (!fd.valid()) {
    *problem = problem_of(errno);
    return fd;
  }
  if (::fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode)) {
    *problem = Problem::unusual;
    return Fd();
  }
  *problem = Problem::none;
  *info = info_of(st);
  return fd;
}

FileBytes Files::read(const std::string& path, std::size_t limit) const {
  FileBytes out;
  Info found;
  const Fd fd = open_file(path, &out.problem, &found);
  if (!out.ok()) return out;
  if (found.size > 0) out.bytes.reserve(std::min<std::size_t>(found.size, limit) + 1);
  if (!read_up_to(fd.get(), limit + 1, out.bytes)) out.problem = problem_of(errno);
  if (out.bytes.size() > limit) out.problem = Problem::too_large;
  if (!out.ok()) out.bytes.clear();
  return out;
}

FileBytes Files::head(const std::string& path, std::size_t count) const {
  FileBytes out;
  Info found;
  const Fd fd = open_file(path, &out.problem, &found);
  if (out.ok() && !read_up_to(fd.get(), count, out.bytes)) out.problem = problem_of(errno);
  return out;
}

FileBytes Files::tail(const std::string& path, std::size_t count) const {
  FileBytes out;
  Info found;
  const Fd fd = open_file(path, &out.problem, &found);
  if (!out.ok()) return out;
  const auto wanted = static_cast<std::int64_t>(count);
  if (found.size > wanted) ::lseek(fd.get(), found.size - wanted, SEEK_SET);
  if (!read_up_to(fd.get(), count, out.bytes)) out.problem = problem_of(errno);
  return out;
}

Listing Files::list(const std::string& folder) const {
  Listing out;
  if (is_denied(folder)) {
    out.problem = Problem::denied;
    return out;
  }
  const int fd = open_at(folder, O_RDONLY | O_DIRECTORY);
  DIR* dir = fd < 0 ? nullptr : ::fdopendir(fd);
  if (dir == nullptr) {
    out.problem = problem_of(errno);
    if (fd >= 0) ::close(fd);
    return out;
  }
  while (const dirent* entry = ::readdir(dir)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (out.names.size() >= kFolderNames) {
      out.cut = true;
      break;
    }
    out.names.emplace_back(name);
  }
  ::closedir(dir);
  std::sort(out.names.begin(), out.names.end());
  return out;
}

std::optional<std::string> Files::link(const std::string& path) const {
  if (is_denied(path)) return std::nullopt;
  const Fd fd(open_at(path, O_PATH | O_NOFOLLOW));
  if (!fd.valid()) return std::nullopt;
  char buffer[4096];
  const ssize_t n = ::readlinkat(fd.get(), "", buffer, sizeof buffer);
  if (n <= 0 || n == sizeof buffer) return std::nullopt;
  return std::string(buffer, static_cast<std::size_t>(n));
}

std::optional<Info> Files::info(const std::string& path) const {
  if (is_denied(path)) return std::nullopt;
  const Fd fd(open_at(path, O_PATH));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0) return std::nullopt;
  return info_of(st);
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t end = text.find(at);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  constexpr std::string_view blanks = " \t\v\f\r";
  for (;;) {
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return out;
    text.remove_prefix(from);
    const std::size_t end = text.find_first_of(blanks);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end);
  }
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, ec] = std::from_chars(text.data(), end, value);
  if (text.empty() || ec != std::errc() || at != end) return std::nullopt;
  return value;
}

std::string_view bare(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  text = text.substr(from, text.find_last_not_of(blanks) - from + 1);
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.front() == text.back();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace khien::host
