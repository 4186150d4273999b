// The copy of an assessment that may go up. It is built from an allow-list: codes, counts, dates,
// verdicts, and words that stand in the program's own content. What nobody named here is not in it;
// a sentence that a person wrote has no way in.
#pragma once

#include <functional>
#include <string>

#include "store/model.h"

namespace khien {

// What the content knows; store does not. Each says whether a value may stand in the copy.
struct ShareRules {
  // A number, a period, a date or one of the choices of a parameter `kind` or `control` declares.
  std::function<bool(const std::string& kind, const std::string& control,
                     const std::string& parameter, const Node& value)> parameter;
  std::function<bool(const NormRecord& norm)> norm;             // as the content has it
  std::function<bool(const DispatchRecord& head)> programme;    // one of the content's own
  std::function<bool(const std::string& cite)> cite;            // "gạch đầu dòng thứ hai, mục 2"
  std::function<bool(const std::string& form)> form;            // "công văn"
};

// Of the agency only its name and its parent's stay: the reader must know whose answer it is.
[[nodiscard]] Assessment shared_copy(const Assessment& assessment,
                                     const std::string& original_sha256, const ShareRules& rules);

// "1128/SKHCN-CĐS": digits, then parts of few capitals.
[[nodiscard]] bool is_dispatch_number(std::string_view text);

}  // namespace khien
