#include "dispatch/page_pictures.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "base/outside.h"
#include "dispatch/errors.h"
#include "dispatch/picture.h"

namespace khien {
namespace {

constexpr int kDrawMs = 60'000;

Result<std::string> drawn_by_worker(std::string_view picture, int page, const std::string& place,
                                    WorkerPool& pool) {
  KHIEN_TRY(const Fd input, memory_input(picture, place));
  KHIEN_TRY(const Fd output, shared_memory(kPageJpegBytes, ""));
  const WorkerTask task{"dispatch.look", place, input.get(), {output.get()},
                        Node::map({{"page", Node(page)}})};
  auto replies = pool.run_all({task}, {});
  if (!replies.front()) return pass_on(replies.front().error());
  const std::int64_t said = (*replies.front())["bytes"].integer();
  std::string jpeg(std::min(kPageJpegBytes, static_cast<std::size_t>(std::max<std::int64_t>(
                                                said, 0))), '\0');
  const ssize_t got = ::pread(output.get(), jpeg.data(), jpeg.size(), 0);
  if (got != static_cast<ssize_t>(jpeg.size())) {
    return fail(err::document_broken, place, {{"detail", "image cannot be decoded"}});
  }
  return jpeg;
}

}  // namespace

int drawable_pages(const Document& document) {
  return static_cast<int>(document.places.size());
}

Result<std::string> draw_page(const Document& document, std::string_view bytes, int page,
                              WorkerPool& pool) {
  const std::string& place = document.path;
  std::string jpeg;
  if (document.format == "image") {
    KHIEN_TRY(jpeg, drawn_by_worker(bytes, page - 1, place, pool));
  } else {
    const std::string number = std::to_string(page);
    KHIEN_TRY(const OutsideResult drawn,
              run_outside("pdftoppm",
                          {"-jpeg", "-jpegopt", "quality=80", "-scale-to-x",
                           std::to_string(kLookPixels), "-scale-to-y", "-1", "-f", number, "-l",
                           number, "-"},
                          bytes, kDrawMs));
    if (drawn.exit_code != 0) {
      return fail(err::document_pdf_tool, place, {{"detail", "the pages could not be drawn"}});
    }
    jpeg = drawn.out;
    if (!document.scanned.empty()) {
      KHIEN_TRY(jpeg, drawn_by_worker(drawn.out, 0, place, pool));
    }
  }
  if (!jpeg.starts_with("\xFF\xD8\xFF") || jpeg.size() > kPageJpegBytes) {
    return fail(err::document_pdf_tool, place, {{"detail", "the pages could not be drawn"}});
  }
  return jpeg;
}

Result<Node> run_look(const JobInput& input) {
  const auto no_memory = [&] {
    return fail(err::document_broken, input.name, {{"detail", "out of memory"}});
  };
  if (input.more.size() != 1) return no_memory();
  KHIEN_TRY(const std::string jpeg,
            page_to_look_at(input.bytes, static_cast<int>(input.args["page"].integer()),
                            input.name));
  if (jpeg.size() > kPageJpegBytes) {
    return fail(err::document_bomb, input.name, {{"limit", std::to_string(kPageJpegBytes)}});
  }
  void* at = ::mmap(nullptr, kPageJpegBytes, PROT_READ | PROT_WRITE, MAP_SHARED, input.more[0], 0);
  if (at == MAP_FAILED) return no_memory();
  std::memcpy(at, jpeg.data(), jpeg.size());
  ::munmap(at, kPageJpegBytes);
  return Node::map({{"bytes", Node(jpeg.size())}});
}

}  // namespace khien
