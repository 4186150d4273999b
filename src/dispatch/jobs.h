// The jobs this room runs in workers. Pure functions: bytes in, Node out; tests and fuzzers call
// them directly.
#pragma once

#include <vector>

#include "base/worker.h"

namespace khien::dispatch {

// "dispatch.txt", ".docx", ".doc", ".rtf", ".odt", ".html", ".md", ".pdf" (the words of pdftotext),
// ".scan" (the tables of tesseract) -> a Reading; ".picture" -> {bytes, dpi, pages}, pixels in the
// memory handed along.
[[nodiscard]] std::vector<Job> jobs();

}  // namespace khien::dispatch
