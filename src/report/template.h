// An agency's own DOCX with {{field}} in it, filled with the words of a draft. Word splits a token
// over runs: the texts of a paragraph are joined before tokens are looked for, and the value takes
// the looks of the run in which its token began. A paragraph that is one token alone is repeated
// for each paragraph of the value; elsewhere they are joined by "; ". Headers and footers too.
//
// A name is compared without marks, case and kind of space: {{Trích yếu}} is {{trich_yeu}}. One
// that the paper lacks is an error (K0610), so is a token that does not close (K0611) and a form
// without any (K0616). Outside bytes: opened only in workers, the job "report.template". Limits:
// kTemplateBytes, base/limits.h of zips, kTemplateTokens, kTemplateDepth. Macros are refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/texts.h"
#include "base/worker.h"
#include "report/draft.h"

namespace khien::report {

inline constexpr std::size_t kTemplateBytes = 16 * limits::kMiB;
inline constexpr std::size_t kTemplateTokens = 2'000;
inline constexpr std::size_t kTemplateDepth = 200;   // elements within elements
inline constexpr std::size_t kTemplateName = 60;     // code points of a field's name

// The same fields under their names in the language of `texts` too: "subject" and "trich_yeu".
[[nodiscard]] Fields named_fields(const Fields& fields, const Texts& texts);
[[nodiscard]] std::string field_key(std::string_view name);

// Pure: for the job, tests and fuzzers. Keys of `fields` are field_key()s. K0603, K0610-K0617.
[[nodiscard]] Result<std::string> fill_template(std::string_view bytes, const std::string& place,
                                                const Fields& fields);
[[nodiscard]] Job template_job();
// The job in a worker; K08xx too.
[[nodiscard]] Result<std::string> fill_in_worker(WorkerPool& pool, std::string_view bytes,
                                                 const std::string& name, const Fields& fields);

}  // namespace khien::report
