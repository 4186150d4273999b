#include "app/compile_pages.h"

#include <fmt/format.h>

#include "app/outputs.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/side_by_side.h"
#include "dispatch/page_pictures.h"

namespace khien::app {
namespace fs = std::filesystem;

Result<Node> write_page_pictures(Context& context, const Document& document,
                                 const fs::path& folder) {
  Node out = Node::list();
  const int pages = drawable_pages(document);
  if (pages == 0) return out;
  std::vector<fs::path> files;
  for (int i = 1; i <= pages; ++i) files.push_back(folder / fmt::format("{}.jpg", i));
  KHIEN_DO(spare_existing(context.outputs, files));
  KHIEN_TRY(const std::string bytes, read_file(document.path, limits::dispatch_file_bytes));
  const auto run = [&](std::size_t i) {
    const auto jpeg = draw_page(document, bytes, static_cast<int>(i) + 1, context.workers());
    return jpeg && save(context.outputs, files[i], *jpeg) ? 0 : 1;
  };
  const Node places = to_node(document.places);
  const auto done = [&](const Said& said) {
    if (said.died || said.code != 0) return;
    Node page = Node::map({{"page", static_cast<std::int64_t>(said.item + 1)},
                           {"file", files[said.item].filename().string()}});
    for (const auto& [name, value] : places.items()[said.item].pairs()) page.set(name, value);
    out.push(std::move(page));
  };
  KHIEN_DO(side_by_side(static_cast<std::size_t>(pages), 0, run, done));
  return out;
}

}  // namespace khien::app
