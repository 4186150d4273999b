// Heads copied out of web pages and narrow columns: what a table of two columns left behind.
#pragma once

#include <string>

namespace khien {

// In the lines before "Kính gửi", the first item or the reasons: the bars between cells become
// blanks, and a line that was broken inside a name, a number or a date goes on ("Số:" over
// "12/SYT-VP", "ngày 18" over "tháng 9"). The text keeps its length.
void mend_head(std::u32string& clean);

}  // namespace khien
