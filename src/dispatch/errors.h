// Error codes of dispatch (K03xx). Texts in content/text/{vi,en}/dispatch.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

// Reading the document.
inline constexpr Code document_empty = "K0301";       // no bytes, or no text in them
inline constexpr Code document_unknown = "K0302";     // bytes of no format we read; args: detail
inline constexpr Code document_password = "K0303";    // encrypted DOCX or PDF
inline constexpr Code document_old_word = "K0304";    // .doc older than Word 97
inline constexpr Code document_scan = "K0306";        // pictures of pages in which no text is found
inline constexpr Code document_broken = "K0307";      // cut or damaged; args: detail
inline constexpr Code document_bomb = "K0308";        // unpacks beyond the limits; args: limit
inline constexpr Code document_pages = "K0309";       // args: pages, limit
inline constexpr Code document_text_large = "K0310";  // args: limit
inline constexpr Code document_clauses = "K0311";     // args: limit
inline constexpr Code document_other_zip = "K0312";   // a zip that is no DOCX; args: detail
inline constexpr Code document_pdf_tool = "K0313";    // pdftotext failed; args: detail
inline constexpr Code document_no_ocr = "K0314";      // a picture, and no tesseract with Vietnamese
inline constexpr Code document_ocr = "K0315";         // tesseract failed; args: detail
inline constexpr Code document_folder = "K0316";      // a folder without any dispatch

// Vocabulary (content/measures).
inline constexpr Code phrase_invalid = "K0320";       // args: phrase, detail
inline constexpr Code kind_repeated = "K0321";        // args: kind
inline constexpr Code macro_unknown = "K0322";        // args: macro
inline constexpr Code model_broken = "K0323";         // the trained model of kinds

// Programmes and corrections.
inline constexpr Code kind_unknown = "K0330";         // args: kind, near
inline constexpr Code parameter_unknown = "K0331";    // args: kind, parameter, allowed
inline constexpr Code parameter_value = "K0332";      // args: kind, parameter, value, wanted
inline constexpr Code measure_repeated = "K0333";     // args: id
inline constexpr Code measure_unknown = "K0334";      // args: id, allowed
inline constexpr Code programme_empty = "K0335";      // no measures
inline constexpr Code programme_date = "K0336";       // args: field, value
inline constexpr Code corrections_unsigned = "K0337"; // --confirm without --by

}  // namespace khien::err
