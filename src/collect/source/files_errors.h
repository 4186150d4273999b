// Error codes of mail_files, log_files, backup_files and pdf_signature (K093x, K094x). Texts in
// content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_mail = "K0930";            // no file in it is a message or a mailbox
inline constexpr Code too_many_files = "K0932";     // args: limit
inline constexpr Code no_log_line = "K0933";        // no line with a time we read
inline constexpr Code listing_empty = "K0938";      // no line with a date and a size
inline constexpr Code no_document = "K0941";        // a folder without a PDF

}  // namespace khien::err
