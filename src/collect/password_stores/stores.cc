// What the jobs of this folder share; all of it runs in workers.
#include "collect/password_stores/stores.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "engine/password/store_reader.h"

namespace khien::password {

std::uint64_t size_of(int fd) {  // fstat() is a look-up by name to a locked worker
  const off_t size = ::lseek(fd, 0, SEEK_END);
  return size < 0 ? 0 : static_cast<std::uint64_t>(size);
}

ByteSource file_source(int fd) {
  return {size_of(fd),
          [fd](std::uint64_t offset, char* into, std::size_t size) -> std::size_t {
            std::size_t have = 0;
            while (have < size) {
              const ssize_t n = ::pread(fd, into + have, size - have,
                                        static_cast<off_t>(offset + have));
              if (n < 0 && errno == EINTR) continue;
              if (n <= 0) break;
              have += static_cast<std::size_t>(n);
            }
            return have;
          }};
}

Stores read_all(const JobInput& input) {
  Stores out;
  std::string_view bytes = input.bytes;
  const auto& sizes = input.args["sizes"].items();
  const std::vector<std::string> places = input.args["places"].texts();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto size = std::min(static_cast<std::size_t>(sizes[i].integer()), bytes.size());
    auto store = read_store(bytes.substr(0, size), i < places.size() ? places[i] : "");
    bytes.remove_prefix(size);
    if (store) {
      // Old passwords, and accounts of computers and of trusts ("PC-01$"): no person's.
      std::erase_if(store->entries, [](const Entry& e) {
        return e.history || (e.hash.scheme == Scheme::nt && e.login.ends_with('$'));
      });
      out.stores.push_back(std::move(*store));
      out.states.emplace_back();
    } else {
      out.stores.emplace_back();
      out.states.emplace_back(pass_on(store.error()));
    }
  }
  return out;
}

Mapping::Mapping(int fd, std::size_t bytes) : bytes_(bytes) {
  void* at = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) return;
  at_ = at;
  static_cast<void>(::mlock(at, bytes));
  static_cast<void>(::madvise(at, bytes, MADV_DONTDUMP));
}

Mapping::~Mapping() {
  if (at_ != nullptr) ::munmap(at_, bytes_);
}

}  // namespace khien::password
