// Files: bounded reads and all-or-nothing writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

// One RAII handle for a descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) { reset(); fd_ = other.release(); }
    return *this;
  }
  ~Fd() { reset(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  int release() { const int fd = fd_; fd_ = -1; return fd; }
  void reset();

 private:
  int fd_ = -1;
};

// A regular file opened for reading; never waits for the other end of a pipe and never touches a
// device. K0001; K0808 for anything but a regular file.
[[nodiscard]] Result<Fd> open_regular(const std::filesystem::path& path);
// The whole file; K0001 and K0808 as above, K0003 when larger than `limit_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t limit_bytes);
// The first bytes of a regular file, at most `count`; K0001, K0808.
[[nodiscard]] Result<std::string> read_head(const std::filesystem::path& path, std::size_t count);

// Who may read what is written. `owner`: whatever holds personal data or a secret; mode 0600 and
// 0700 whatever the umask says. `umask`: papers meant to be handed on.
enum class Access { umask, owner };

// Without a name (or, where the file system lacks that, beside the target), fsync, rename, fsync of
// the folder: the old file stands until the new one is whole. K0002 with the system's reason;
// nothing is left behind on failure. A device or pipe at `path` is written into, a symbolic link to
// a file refused.
[[nodiscard]] Done write_file(const std::filesystem::path& path, std::string_view bytes,
                              Access access = Access::umask);
// Like write_file, but never replaces: K0002 when `path` exists.
[[nodiscard]] Done write_new_file(const std::filesystem::path& path, std::string_view bytes,
                                  Access access = Access::umask);
// The folder and those above it that are missing; what exists is left as it is. K0002.
[[nodiscard]] Done make_folder(const std::filesystem::path& path, Access access = Access::umask);

// A private folder (0700) that goes away with the object, and when SIGTERM, SIGINT or SIGHUP ends
// the program (unless the program handles or ignores them itself).
class TempFolder {
 public:
  [[nodiscard]] static Result<TempFolder> make();
  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  TempFolder(std::filesystem::path path, int slot) : path_(std::move(path)), slot_(slot) {}
  std::filesystem::path path_;
  int slot_;  // where the signal handler finds it; -1: nowhere
};

}  // namespace khien
