// /dispatches/{id}/pages: the paper itself, where it came as PDF or scan.
#include "hub/data/dispatch_page.h"

#include <fmt/format.h>

#include "hub/api/handlers.h"
#include "hub/data/file_store.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Result<DispatchPage> the_page(const Call& call) {
  KHIEN_TRY(auto page, find_dispatch_page(call.db, call.id(), call.id("page_id")));
  if (!page) return fail(err::hub_not_found, text_id(call.id("page_id")));
  return std::move(*page);
}

Result<Response> list_pages(Call& call) {
  KHIEN_TRY(const auto pages, dispatch_pages(call.db, call.id()));
  Node items = Node::list();
  for (const DispatchPage& page : pages) {
    items.push(Node::map({{"page", page.page}, {"width", page.width}, {"height", page.height}}));
  }
  return json_response(Node::map({{"items", std::move(items)}}));
}

Result<Response> read_page_picture(Call& call) {
  KHIEN_TRY(const DispatchPage page, the_page(call));
  return download_file(kept_path(call.hub.data.folder(), page.sha256), "image/jpeg", page.sha256,
                       fmt::format("trang-{}.jpg", page.page));
}

Result<Response> read_page_words(Call& call) {
  KHIEN_TRY(DispatchPage page, the_page(call));
  return json_response(Node::map({{"words", std::move(page.words)}}));
}

}  // namespace

void add_dispatch_pages(Handlers& handlers) {
  handlers.add("dispatch_page_list", list_pages);
  handlers.add("dispatch_page_picture", read_page_picture);
  handlers.add("dispatch_page_words", read_page_words);
}

}  // namespace khien::hub
