#include "format/html_tree.h"

#include <algorithm>
#include <new>

#include <gumbo.h>

namespace khien {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::size_t kAlign = alignof(std::max_align_t);

}  // namespace

HtmlTree::HtmlTree(std::string_view text, std::size_t limit) : limit_(limit) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take;
  options.deallocator = [](void*, void*) {};
  options.userdata = this;
  options.max_errors = 0;
  document_ = gumbo_parse_with_options(&options, text.data(), text.size())->document;
}

void* HtmlTree::take(void* self, std::size_t size) {
  return static_cast<HtmlTree*>(self)->more(size);
}

void* HtmlTree::more(std::size_t size) {
  size = (size + kAlign - 1) / kAlign * kAlign;
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

}  // namespace khien
