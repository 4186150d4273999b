// Pages of a dispatch as people see them: pdftoppm draws those of a PDF, a worker those of a scan,
// straight as they were read, so that the places of words fit (dispatch/places.h).
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/worker.h"
#include "dispatch/document.h"

namespace khien {

// How many pages of `document` can be drawn: 0 when its format has no pages.
[[nodiscard]] int drawable_pages(const Document& document);

// Page `page` (from 1) of the file `bytes` that `document` was read from, as JPEG of at most
// kPageJpegBytes. K0307-K0309, K0313, K08xx.
[[nodiscard]] Result<std::string> draw_page(const Document& document, std::string_view bytes,
                                            int page, WorkerPool& pool);
inline constexpr std::size_t kPageJpegBytes = 4 * limits::kMiB;

// The worker's part, "dispatch.look": a picture to a JPEG in the shared memory handed along, args
// {page}, page from 0.
[[nodiscard]] Result<Node> run_look(const JobInput& input);

}  // namespace khien
