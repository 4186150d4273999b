// Reading path 2/11. Takes a dispatch file, gives its NFC text with one paragraph or printed line a
// line, the rows of its tables, and what the person should know of how it was read. Next:
// dispatch/anatomy.h.
//
// The bytes decide the format, never the file name (but Markdown, which no byte tells from text).
// Every format is parsed in a worker; pdftotext, pdftoppm and tesseract run under the
// outside-program profile before it. Spans everywhere later count code points in `text`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"
#include "dispatch/places.h"
#include "store/order.h"

namespace khien {

struct DocumentRow {
  std::uint32_t begin = 0;         // its line "cell | cell" in Document::text, code points
  std::uint32_t end = 0;
  std::vector<std::string> cells;  // a cell merged from above repeats its text
};
struct DocumentTable {
  std::vector<DocumentRow> rows;   // the first is the heading when the table has one
};

struct PageSeen {                  // a page read by character recognition
  int page = 0;
  int percent = 0;                 // mean confidence of its words
  int words = 0;
};

struct Document {
  std::string path;      // as given
  std::string sha256;    // of the file's bytes
  std::string format;    // "txt" | "docx" | "pdf" | "image" | "doc" | "rtf" | "odt" | "html" | "md"
  std::string encoding;  // TXT only
  std::string text;      // NFC
  int pages = 0;         // PDF and pictures
  std::vector<DocumentTable> tables;
  std::vector<Warning> warnings;      // what was left out, what is uncertain
  std::vector<PageSeen> scanned;      // pages whose text was recognised from a picture
  std::vector<PagePlaces> places;     // of PDF and pictures: the words on their pages
  bool marks_unreliable = false;      // diacritics may be wrong: recognised from a picture
};

enum class FileFormat {
  empty,
  txt,
  docx,
  pdf,
  image,
  old_word,
  rtf,
  odt,
  html,
  markdown,
  ole_encrypted,
  other_zip,
  other
};
[[nodiscard]] FileFormat sniff_format(std::string_view bytes);

// K0001, K0003, K0301-K0319, K08xx.
[[nodiscard]] Result<Document> read_document(const std::filesystem::path& path, WorkerPool& pool);

// Parts of one dispatch in several files, in their order, as one; the first gives path and format.
// K0310.
[[nodiscard]] Result<Document> join_documents(std::vector<Document> parts);

// Text already in hand (tests, standard input): NFC, within limits.
[[nodiscard]] Result<Document> document_from_text(std::string_view bytes, const std::string& name);

}  // namespace khien
