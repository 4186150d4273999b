// What changed since an earlier assessment (judge/compare.h): on a terminal, as JSON, as an
// annex of the answer or a paper of its own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/texts.h"
#include "report/blocks.h"
#include "report/terminal.h"
#include "store/model.h"

namespace khien::report {

// The cases of one control, each subject once however many demands it stands under.
struct CaseCounts {
  std::string control;
  std::int64_t open = 0, added = 0, closed = 0, unclear = 0;
  std::int64_t since = 0;  // of the oldest that still fails
  std::vector<std::string> added_subjects;
};
[[nodiscard]] std::vector<CaseCounts> case_counts(const Comparison& comparison);

struct ChangeTotals {
  std::map<Change, std::int64_t> demands;
  std::int64_t open = 0, added = 0, closed = 0, unclear = 0;  // cases, as case_counts() has them
};
[[nodiscard]] ChangeTotals totals_of(const Comparison& comparison);

[[nodiscard]] std::string change_word(const Texts& texts, Change change);
[[nodiscard]] std::string change_place(const Texts& texts, const ChangeRecord& change);
// "12 → 03 trường hợp chưa đạt; đã khắc phục 09; chưa đạt từ 21/08/2026."
[[nodiscard]] std::string change_figures(const Texts& texts, const ChangeRecord& change);
// "So với kết quả rà soát ngày 21/10/2026: 02 nội dung tiến bộ ...": the paper's one sentence.
[[nodiscard]] std::string changes_sentence(const Texts& texts, const Comparison& comparison);

[[nodiscard]] Node changes_node(const Assessment& after);
[[nodiscard]] Pieces changes_text(const Assessment& after, const Texts& texts, int width);
// The tables, under a title that is already there.
void add_changes(Document& doc, const Assessment& after, const Texts& texts);
[[nodiscard]] Document changes_document(const Assessment& after, const Texts& texts);

}  // namespace khien::report
