// Words of a report: the records of an assessment as a person reads them. Ids, periods (P3M) and
// ISO dates never pass through here unchanged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/texts.h"
#include "report/view.h"

namespace khien::report {

// Valid UTF-8 in NFC on one line: control characters, direction overrides and non-characters are
// gone, white space is one space. Outside text must pass here before it is printed.
[[nodiscard]] std::string clean(std::string_view text);
// clean(), at most `count` code points, cut at a word where one is near, "..." when cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t count);
[[nodiscard]] std::string capital(std::string_view text);  // first letter
[[nodiscard]] std::string sentence(std::string_view text);    // capital(), ends with a stop
[[nodiscard]] std::string caps(std::string_view text);     // all letters, Vietnamese rules

// A name in capitals as it stands inside a sentence: "SỞ TÀI CHÍNH TỈNH MẪU" -> "Sở Tài chính tỉnh
// Mẫu". A name that has small letters stays as it is.
[[nodiscard]] std::string in_sentence(const Texts& texts, std::string_view name);
[[nodiscard]] std::string agency_words(const Texts& texts, const Assessment& assessment);

// "gạch đầu dòng thứ nhất, mục 2" -> "Mục 2, gạch đầu dòng thứ nhất"; English: "Item 2.1".
[[nodiscard]] std::string cite(const Texts& texts, const MeasureRecord& measure);
// "gạch đầu dòng thứ nhất, mục 1" -> "Mục 1, gạch đầu dòng thứ nhất"
[[nodiscard]] std::string cite_words(const Texts& texts, std::string_view cite_vi);
// "Công văn số …/STTTT-CNTT&TT"
[[nodiscard]] std::string number_of(const Texts& texts, const DispatchRecord& dispatch);
// number_of; where another order of the view has the same, with its issuer, and where that is the
// same too, with its subject.
[[nodiscard]] std::string told_apart(const Texts& texts, const View& view,
                                     const DispatchRecord& dispatch);
// number_of + date + issuer + subject, for căn cứ and the title.
[[nodiscard]] std::string full_name(const Texts& texts, const DispatchRecord& dispatch);
// " ngày 08/01/2018", " tháng 8 năm 2021" or ""
[[nodiscard]] std::string dated(const Texts& texts, std::string_view iso);
// Subject line without "V/v" and the final stop.
[[nodiscard]] std::string subject_of(const DispatchRecord& dispatch);

[[nodiscard]] std::string verdict_word(const Texts& texts, Verdict verdict);  // CHƯA ĐẠT
[[nodiscard]] std::string outcome_word(const Texts& texts, Outcome outcome);
[[nodiscard]] std::string severity_word(const Texts& texts, std::string_view severity);
[[nodiscard]] std::string reason_words(const Texts& texts, std::string_view reason_id);
// Said of facts that came in a bundle sealed by a key nobody here knows; "" of others.
[[nodiscard]] std::string unknown_key_words(const Texts& texts, const CollectionRecord& c);
[[nodiscard]] std::string kind_words(const Texts& texts, std::string_view kind);
[[nodiscard]] std::string control_words(const Texts& texts, std::string_view control);
[[nodiscard]] std::string table_words(const Texts& texts, std::string_view table);  // "tài khoản"
[[nodiscard]] std::string facts_words(const Texts& texts, std::string_view table);  // of the annex
// The clause, at most `count` code points; its kinds where the text was left out (shared files).
[[nodiscard]] std::string measure_words(const Texts& texts, const MeasureRecord& measure,
                                        std::size_t count);
[[nodiscard]] std::string fix_words(const Texts& texts, const RunRecord& run);
[[nodiscard]] std::string norm_words(const Texts& texts, const Assessment& a,
                                     std::string_view norm_id);
// Dates as dd/mm/yyyy, periods in words, an id "observed.x" as its text, the rest cleaned.
[[nodiscard]] std::string observed_words(const Texts& texts, std::string_view observed);
[[nodiscard]] std::string day_words(std::int64_t at_ms);      // 21/11/2026
[[nodiscard]] std::string instant_words(std::int64_t at_ms);  // 21/11/2026 07:05

// "độ dài tối thiểu 9, thời hạn 3 tháng": the named parameters that are one value. Lists of words
// to look for are not limits an order would set, and are left out.
[[nodiscard]] std::string limits_words(const Texts& texts, const Node& parameters,
                                       const std::vector<std::string>& names);

// One line a control run, attestation or undecided kind of the measure: what the verdict rests on.
// `annex` true: "(Phụ lục I, danh sách 2)" after runs that have a list there.
[[nodiscard]] std::vector<std::string> basis_lines(const Texts& texts, const View& view,
                                                   const MeasureView& measure, bool annex);
// For a terminal: only what failed, when something did; else as basis_lines.
[[nodiscard]] std::vector<std::string> brief_lines(const Texts& texts, const View& view,
                                                   const MeasureView& m);
[[nodiscard]] std::string run_line(const Texts& texts, const View& view, const RunRecord& run,
                                   bool annex);
// Only what failed and where the list is: for the section of shortcomings.
[[nodiscard]] std::string shortcoming_line(const Texts& texts, const View& view,
                                           const RunRecord& run);
// Why a measure (or part of it) could not be judged; empty when all was judged.
struct Gap {
  std::string title;    // of the control or kind
  std::string reason;
  std::string control;  // "" when no control judges the kind
};
[[nodiscard]] std::vector<Gap> gaps_of(const Texts& texts, const View& view,
                                       const MeasureView& measure);
// The same as lines "title; title: reason".
[[nodiscard]] std::vector<std::string> gap_lines(const Texts& texts, const View& view,
                                                 const MeasureView& measure);

}  // namespace khien::report
