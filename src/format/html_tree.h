// A page as the tree browsers make, by gumbo. Freeing gumbo's tree is recursive and a deep page would
// end the stack, so its memory is a pile that goes as a whole.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

struct GumboInternalNode;

namespace khien {

class HtmlTree {
 public:
  // `text` is UTF-8 and outlives the tree. Throws bad_alloc when the tree needs more than `limit`
  // bytes.
  HtmlTree(std::string_view text, std::size_t limit);
  [[nodiscard]] GumboInternalNode* document() const { return document_; }

 private:
  static void* take(void* self, std::size_t size);
  void* more(std::size_t size);

  std::vector<std::unique_ptr<std::max_align_t[]>> blocks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t total_ = 0;
  std::size_t limit_;
  GumboInternalNode* document_ = nullptr;
};

}  // namespace khien
