// Small DOCX and zip files made in memory for tests.
#pragma once

#include <string>
#include <vector>

#include <zip.h>

#include "dispatch/docx.h"

namespace khien::dispatch::testing {

struct DocxPart {
  std::string name;
  std::string bytes;
};

inline std::string make_zip(const std::vector<DocxPart>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* out = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(out);
  zip_t* zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
  for (const DocxPart& p : parts) {
    zip_source_t* source = zip_source_buffer(zip, p.bytes.data(), p.bytes.size(), 0);
    zip_file_add(zip, p.name.c_str(), source, ZIP_FL_OVERWRITE);
  }
  zip_close(zip);
  zip_source_open(out);
  zip_source_seek(out, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(out)), '\0');
  zip_source_seek(out, 0, SEEK_SET);
  zip_source_read(out, bytes.data(), bytes.size());
  zip_source_close(out);
  zip_source_free(out);
  return bytes;
}

inline std::string word(const std::string& body) {
  return "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>" + body +
         "</w:body></w:document>";
}
inline std::string word_paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
inline std::string docx_of(const std::string& body, std::vector<DocxPart> more = {}) {
  more.insert(more.begin(), {"word/document.xml", word(body)});
  return make_zip(more);
}
inline std::string docx_error(const std::string& bytes) {
  const auto text = read_docx(bytes, "x.docx");
  return text ? "read: " + text->text : text.error().code;
}

}  // namespace khien::dispatch::testing
