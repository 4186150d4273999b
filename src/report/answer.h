// Assessment -> the BÁO CÁO an agency sends back, two or three pages to sign: head by Decree
// 30/2020, who was charged, one table of results in sentences (report/sentences.h), what is left
// and why, what to do by whom and when, Nơi nhận. Annexes stand alone, each numbered from 1: the
// lists, what lacks evidence, how it was judged. Number and date are left blank for the registry.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/annexes.h"
#include "report/blocks.h"
#include "report/particulars.h"
#include "report/view.h"

namespace khien::report {

// Known only once the *.khien file is written; all may be empty.
struct Seal {
  std::string file;         // name of the file
  std::string sha256;       // of its bytes before the trailer
  std::string fingerprint;  // of the signing key
};

inline constexpr std::size_t kAnnexRows = 100;  // rows of one list on paper; all are in XLSX, JSON

[[nodiscard]] Document answer(const View& view, const Texts& texts, const Seal& seal = {},
                              const Particulars& particulars = {});

// The parts of answer(), each in its own file.
void add_head(Document& doc, const View& view, const Texts& texts);
void add_body(Document& doc, const View& view, const Texts& texts, const Particulars& particulars);
void add_lists(Document& doc, const View& view, const Texts& texts,
               const Particulars& particulars);
void add_gaps(Document& doc, const View& view, const Texts& texts);
void add_scope(Document& doc, const View& view, const Texts& texts, const Seal& seal,
               const Particulars& particulars);

// What the parts share.
inline constexpr double kSignedPt = 13;  // Decree 30: 13-14
inline constexpr double kAnnexPt = 12;
[[nodiscard]] inline Cell cell_of(std::string text, bool bold = false) {
  return {{Runs{{std::move(text), bold, false}}}};
}
// "Khóa ngay 02 tài khoản ...; giao đồng chí ..., xong trước ngày ...": an order to act.
[[nodiscard]] std::string order_to_act(const Texts& texts, const View& view, const RunRecord& run,
                                       const Particulars& particulars);
// "Mục 2", in a paper on several orders with the order's number.
[[nodiscard]] std::string place_of(const Texts& texts, const View& view, const MeasureView& m);
// `label`: annex_label() in a paper, "" of an annex that is a paper of its own.
void add_annex_title(Document& doc, const Assessment& a, const Texts& texts, Annex which,
                     const std::string& label = "");

}  // namespace khien::report
