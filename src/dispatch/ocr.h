// Character recognition of pages that are pictures: pdftoppm draws the pages of a PDF, a worker
// makes each picture ready, tesseract reads it. Each outside program runs in its own profile.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/worker.h"
#include "dispatch/reading.h"

namespace khien {

// K0306 (no letters found), K0307-K0310, K0314 (tesseract or its Vietnamese data missing), K0315
// (it failed), K08xx.
[[nodiscard]] Result<Reading> read_pictures(std::string_view bytes, const std::string& place,
                                            WorkerPool& pool);
[[nodiscard]] Result<Reading> read_scanned_pdf(std::string_view bytes, int pages,
                                               const std::string& place, WorkerPool& pool);

// The worker's parts. "dispatch.picture": a picture to grey pixels in the shared memory handed
// along, args {page}; "dispatch.scan": what tesseract printed, args {dpi: [..]}, to text.
[[nodiscard]] Result<Node> run_picture(const JobInput& input);
[[nodiscard]] Result<Reading> read_scan_tables(std::string_view tables, const std::string& name);

}  // namespace khien
