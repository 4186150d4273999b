// Reading path 11/11. Takes an Assessment (as read from a *.khien file) and the texts of a
// language; gives the bytes of one paper. Writing them is the caller's (write_file). Nothing here
// judges: the numbers come from view.h, the words from words.h, the paper from answer.h, its looks
// from docx.h, pdf.h, html.h, xlsx.h; machines read json.h.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/texts.h"
#include "report/answer.h"
#include "store/model.h"

namespace khien::report {

enum class Format { docx, pdf, html, overview, xlsx, json, ocsf, oscal };
[[nodiscard]] Result<Format> format_from(std::string_view name);  // K0605

[[nodiscard]] Result<std::string> print(Format format, const Assessment& assessment,
                                        const Texts& texts, const Seal& seal = {},
                                        const Particulars& particulars = {});

}  // namespace khien::report
