// Error codes of mail_files, log_files, backup_files and pdf_signature (K0930-K0959). Texts in
// content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_mail = "K0930";            // no file in it is a message or a mailbox
inline constexpr Code no_own_domain = "K0931";      // nothing tells which addresses are official
inline constexpr Code too_many_files = "K0932";     // args: limit
inline constexpr Code no_log_line = "K0933";        // no line with a time we read
inline constexpr Code gzip_broken = "K0934";        // args: detail
inline constexpr Code gzip_large = "K0935";         // args: limit
inline constexpr Code not_a_pdf = "K0936";          // does not start as a PDF
inline constexpr Code mail_words = "K0937";         // args: detail; the lexicon of senders
inline constexpr Code listing_empty = "K0938";      // no line with a date and a size
inline constexpr Code too_many_messages = "K0939";  // args: limit
inline constexpr Code signature_count = "K0940";    // args: limit
inline constexpr Code no_document = "K0941";        // a folder without a PDF

}  // namespace khien::err
