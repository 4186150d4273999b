// From one *.khien file to the papers a person signs: one an order, several orders together only
// when asked.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/inputs.h"
#include "report/report.h"

namespace khien::app {

struct OpenedPaper {
  Assessment assessment;
  report::Seal seal;
  report::Particulars particulars;
};
// K0212 when the seal is broken.
[[nodiscard]] Result<OpenedPaper> open_paper(Context& context, const std::filesystem::path& file);

struct PaperFile {
  std::filesystem::path file;
  std::string bytes;
};
// `out` holds the paper of the first order; each further order has a file beside it with the
// order's number in its name (bao-cao.docx, bao-cao-15-ubnd-vx.docx). Tables and machine formats
// are one.
[[nodiscard]] Result<std::vector<PaperFile>> paper_files(const Context& context,
                                                         const OpenedPaper& opened,
                                                         report::Format format,
                                                         const std::filesystem::path& out,
                                                         bool together);

}  // namespace khien::app
