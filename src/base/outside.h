// Outside programs (pdftotext, tesseract ...) on untrusted input: started without a shell, with an
// environment of LANG, PATH, HOME, TMPDIR and OMP_THREAD_LIMIT only, in a private folder that is
// gone afterwards, with limits on time, memory, output and file size.
//
// What holds (khien doctor asks each of them in a real child):
//   seccomp   no socket of any family, no new process (threads only), no second program: we let one
//             execve pass and the kernel refuses every later one. No reach to other processes, no
//             change of owners, modes or limits.
//   Landlock  reads below /usr, /lib, /etc/fonts and the like; writes in the private folder only;
//             executes the program's own file and the dynamic loader only.
//   root      becomes the user nobody first.
// Where the kernel lacks one of them the program runs with the rest.
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

// `program` is an absolute path in /usr/bin or /bin, or a name looked up there and nowhere else.
// `input` is written to the file "input" of the private folder, which is the working directory; the
// program also gets it as stdin, so it may be read and sought. Errors: K0810 not installed (args:
// program), K0811 time, K0812 ended by a signal or limit (args: signal), K0813 too much output,
// K0814 cannot be started. A non-zero exit code is a result, not an error.
[[nodiscard]] Result<OutsideResult> run_outside(const std::string& program,
                                                const std::vector<std::string>& arguments,
                                                std::string_view input, int timeout_ms);

}  // namespace khien
