// Reading path 2/11. Takes a dispatch file (TXT, DOCX, PDF with text), gives its NFC text with one
// paragraph or printed line a line. Next: dispatch/anatomy.h.
//
// The bytes decide the format, never the file name. TXT and DOCX are parsed in a worker, PDF by
// pdftotext under the outside-program profile. Spans everywhere later count code points in `text`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/worker.h"

namespace khien {

struct Document {
  std::string path;      // as given
  std::string sha256;    // of the file's bytes
  std::string format;    // "txt" | "docx" | "pdf"
  std::string encoding;  // TXT only
  std::string text;      // NFC
  int pages = 0;         // PDF only
};

enum class FileFormat {
  empty,
  txt,
  docx,
  pdf,
  old_word,
  rtf,
  image,
  ole_encrypted,
  other_zip,
  other
};
[[nodiscard]] FileFormat sniff_format(std::string_view bytes);

// K0001, K0003, K0301-K0313, K08xx.
[[nodiscard]] Result<Document> read_document(const std::filesystem::path& path, WorkerPool& pool);

// Text already in hand (tests, standard input): NFC, within limits.
[[nodiscard]] Result<Document> document_from_text(std::string_view bytes, const std::string& name);

}  // namespace khien
