// Reads the parameters of a matched kind from its clause. Values that content/measures describes
// by phrases come first; the readers below know the forms phrases cannot say:
//   period      "03 tháng", "hằng quý", "02 lần/năm"  -> P3M (kept with as_written)
//   password_period  the same, of the work that passwords are in
//   within, within_hours  "trong vòng 05 ngày", "chậm nhất 24 giờ"
//   hours       "chậm nhất 02 giờ": less than a day, or not whole days
//   password_age  a rate in a clause on changing passwords
//   retention   "lưu nhật ký tối thiểu 06 tháng"
//   idle_days   "không đăng nhập quá 90 ngày"
//   months      "từ tháng 01 đến tháng 4 năm 2023" -> 2023-01 .. 2023-04
//   refs        numbers of documents; each goes to the kind named after it in the same sentence
//   cves        CVE-2021-21972
//   grades      "cấp độ 3 trở lên", "từ cấp độ 1 đến cấp độ 5"
//   layers      "lớp 1"
//   url         the first http address
//   extensions  ".doc, .pdf"
//   examples    "như 123 hoặc 12345678"
//   roles       "(Văn thư, Chuyên viên, Lãnh đạo và Quản trị)"
//   product     "(TDOffice)"
//   date        "trước ngày 30/6/2024", "chậm nhất trong tháng 9"
//   percent     "100%", "95 phần trăm"; whole ones
//   phrase      the words of the kind's phrase
#pragma once

#include <vector>

#include "dispatch/anatomy.h"
#include "dispatch/vocabulary.h"

namespace khien {

struct ClauseText {
  const Anatomy* anatomy = nullptr;
  const Vocabulary* vocabulary = nullptr;
  const std::u32string* folded = nullptr;  // fold(anatomy->clean)
  std::uint32_t begin = 0;                 // code points
  std::uint32_t end = 0;
  std::size_t token_from = 0;
  std::size_t token_to = 0;
  const std::vector<Hit>* hits = nullptr;  // of the clause
};

// The parameters of `kind` (index in vocabulary.kinds()) whose phrases hit at `kind_hits`.
[[nodiscard]] Node read_parameters(const ClauseText& clause, int kind,
                                   const std::vector<Hit>& kind_hits);

// Parameters any kind may have (content/measures/common.yaml): what no kind of the measure has
// read goes to its main kind.
void read_common(const ClauseText& clause, std::vector<KindMatch>& kinds);

}  // namespace khien
