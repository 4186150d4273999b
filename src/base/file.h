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

// The whole file; K0001 when it cannot be read, K0003 when larger than `limit_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t limit_bytes);
// The first bytes of a regular file, at most `count`; K0001.
[[nodiscard]] Result<std::string> read_head(const std::filesystem::path& path, std::size_t count);
// Beside the target, fsync, rename, fsync of the folder: the old file stands until the new one is
// whole. K0002 with the system's reason; nothing is left behind on failure. A device or pipe at
// `path` is written into, a symbolic link to a file refused.
[[nodiscard]] Done write_file(const std::filesystem::path& path, std::string_view bytes);
// As write_file for a file somebody else wrote at `from` (same file system).
[[nodiscard]] Done commit_file(const std::filesystem::path& from, const std::filesystem::path& to);
// Like write_file, but never replaces: K0002 when `path` exists.
[[nodiscard]] Done write_new_file(const std::filesystem::path& path, std::string_view bytes);
// A private folder that goes away with the object.
class TempFolder {
 public:
  [[nodiscard]] static Result<TempFolder> make();
  TempFolder(TempFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TempFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace khien
