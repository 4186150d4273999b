// The stores of one memory file, read in a worker.
#pragma once

#include <span>
#include <vector>

#include "base/worker.h"
#include "engine/password/leaked.h"
#include "engine/password/types.h"

namespace khien::password {

struct Stores {
  std::vector<Store> stores;
  std::vector<Done> states;  // why one of them could not be read
};
// args: sizes, places of the stores in `input.bytes`, one after the other.
[[nodiscard]] Stores read_all(const JobInput& input);

// A descriptor the worker was handed, read in place.
[[nodiscard]] ByteSource file_source(int fd);
[[nodiscard]] std::uint64_t size_of(int fd);

class Mapping {  // shared memory, kept out of the swap where the system lets us
 public:
  Mapping(int fd, std::size_t bytes);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  [[nodiscard]] bool valid() const { return at_ != nullptr; }
  [[nodiscard]] void* data() const { return at_; }
  [[nodiscard]] std::span<std::uint64_t> words() const {
    return {static_cast<std::uint64_t*>(at_), bytes_ / sizeof(std::uint64_t)};
  }

 private:
  void* at_ = nullptr;
  std::size_t bytes_;
};

}  // namespace khien::password
