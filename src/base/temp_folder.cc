// Temporary folders hold what people gave us, so they must not outlive the program, also when it is
// told to end. A handler may call almost nothing, so it knows the folders from a fixed table and
// removes them with bare system calls.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/errors.h"
#include "base/file.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct Slot {
  std::atomic<bool> taken = false;
  std::atomic<bool> filled = false;
  pid_t owner = 0;
  char path[PATH_MAX] = {};
};

constexpr int kSlots = 32;
constexpr int kDeepest = 8;  // our programs write files, hardly ever folders

std::array<Slot, kSlots>& slots() {
  static std::array<Slot, kSlots> all;
  return all;
}

struct Entry {  // linux_dirent64
  std::uint64_t inode;
  std::int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[1];
};

// Only what a signal handler may call. Removing while reading skips nothing: each round begins
// again until a round removes nothing.
void empty_folder(int parent, const char* name, int depth) {
  const int fd = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return;
  alignas(Entry) char buffer[2048];
  for (bool removed = true; removed;) {
    removed = false;
    ::lseek(fd, 0, SEEK_SET);
    long n = 0;
    while ((n = ::syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0) {
      for (long at = 0; at < n;) {
        const auto* entry = reinterpret_cast<const Entry*>(buffer + at);
        at += entry->size;
        const char* child = entry->name;
        if (std::strcmp(child, ".") == 0 || std::strcmp(child, "..") == 0) continue;
        if (entry->type == DT_DIR && depth < kDeepest) empty_folder(fd, child, depth + 1);
        removed |= ::unlinkat(fd, child, entry->type == DT_DIR ? AT_REMOVEDIR : 0) == 0;
      }
    }
  }
  ::close(fd);
}

void remove_all_and_die(int signal) {
  for (Slot& slot : slots()) {
    if (!slot.filled || slot.owner != ::getpid()) continue;
    empty_folder(AT_FDCWD, slot.path, 0);
    ::rmdir(slot.path);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void watch_signals() {
  static_cast<void>(slots());  // before a handler needs it
  for (const int s : {SIGTERM, SIGINT, SIGHUP}) {
    struct sigaction now {};
    if (::sigaction(s, nullptr, &now) != 0 || now.sa_handler != SIG_DFL) continue;
    struct sigaction ours {};
    ours.sa_handler = remove_all_and_die;
    ::sigaction(s, &ours, nullptr);
  }
}

int register_folder(const std::string& path) {
  watch_signals();
  if (path.size() >= PATH_MAX) return -1;
  for (int i = 0; i < kSlots; ++i) {
    Slot& slot = slots()[static_cast<std::size_t>(i)];
    if (slot.taken.exchange(true)) continue;
    std::memcpy(slot.path, path.c_str(), path.size() + 1);
    slot.owner = ::getpid();
    slot.filled = true;
    return i;
  }
  return -1;
}

void forget_folder(int index) {
  if (index < 0) return;
  Slot& slot = slots()[static_cast<std::size_t>(index)];
  slot.filled = false;
  slot.taken = false;
}

}  // namespace

Result<TempFolder> TempFolder::make() {
  const char* base = std::getenv("TMPDIR");
  std::string name = std::string(base != nullptr && *base != 0 ? base : "/tmp") + "/khien-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(err::file_unwritable, name, {{"detail", std::strerror(errno)}});
  }
  std::error_code ec;  // the handler may run after a change of folder
  const fs::path whole = fs::absolute(name, ec);
  return TempFolder(ec ? fs::path(name) : whole, register_folder(ec ? name : whole.string()));
}

TempFolder::TempFolder(TempFolder&& other) noexcept
    : path_(std::move(other.path_)), slot_(std::exchange(other.slot_, -1)) {
  other.path_.clear();
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  forget_folder(slot_);
}

}  // namespace khien
