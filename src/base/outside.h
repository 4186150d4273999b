// Outside programs (pdftotext, tesseract ...) on untrusted input: started without a shell, with an
// empty environment, a private folder as working directory, limits on time, memory, output and file
// size, sockets denied, and no right to start another program. The input comes on stdin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien {

struct OutsideResult {
  int exit_code = 0;
  std::string out;  // stdout, at most limits::outside_output_bytes
  std::string err;  // the first KiB of stderr, for messages
};

// `program` is an absolute path or a name looked up in /usr/bin and /bin only. `input` is written
// to a private file that the program gets as stdin. Errors: K0810 not installed (args: program),
// K0811 time, K0812 killed by a limit, K0813 too much output.
[[nodiscard]] Result<OutsideResult> run_outside(const std::string& program,
                                                const std::vector<std::string>& arguments,
                                                std::string_view input, int timeout_ms);

}  // namespace khien
