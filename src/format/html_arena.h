// Memory for gumbo: freeing its tree is recursive and a deep page would end the stack, so the tree
// is never freed, the arena is. Throws bad_alloc over its limit.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace khien {

class HtmlArena {
 public:
  explicit HtmlArena(std::size_t limit) : limit_(limit) {}
  static void* take(void* self, std::size_t size) {
    return static_cast<HtmlArena*>(self)->more(size);
  }
  static void give(void*, void*) {}

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 20;
  void* more(std::size_t size) {
    size = (size + 15) / 16 * 16;
    if (size > left_) {
      const std::size_t block = std::max(size, kBlock);
      total_ += block;
      if (total_ > limit_) throw std::bad_alloc();
      blocks_.push_back(std::make_unique<std::max_align_t[]>(block / sizeof(std::max_align_t) + 1));
      at_ = reinterpret_cast<char*>(blocks_.back().get());
      left_ = block;
    }
    char* out = at_;
    at_ += size;
    left_ -= size;
    return out;
  }
  std::vector<std::unique_ptr<std::max_align_t[]>> blocks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t total_ = 0;
  std::size_t limit_;
};

}  // namespace khien
