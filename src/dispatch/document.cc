// Sniffs the format, sends the bytes to the right reader, and bounds what comes back.
#include "dispatch/document.h"

#include <array>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/pdf.h"

namespace khien {
namespace {

bool has(std::string_view bytes, std::string_view what, std::size_t within) {
  return bytes.substr(0, within).find(what) != std::string_view::npos;
}

// OLE holds both old Word files and encrypted DOCX; the stream names are UTF-16LE.
std::string wide(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}

FileFormat sniff_ole(std::string_view bytes) {
  if (bytes.find(wide("EncryptedPackage")) != std::string_view::npos)
    return FileFormat::ole_encrypted;
  return FileFormat::old_word;
}

Done refuse(FileFormat format, const std::string& place) {
  switch (format) {
    case FileFormat::empty: return fail(err::document_empty, place);
    case FileFormat::old_word: return fail(err::document_old_word, place);
    case FileFormat::rtf: return fail(err::document_rtf, place);
    case FileFormat::image: return fail(err::document_scan, place);
    case FileFormat::ole_encrypted: return fail(err::document_password, place);
    case FileFormat::other_zip: return fail(err::document_other_zip, place, {{"detail", "zip"}});
    case FileFormat::other: return fail(err::document_unknown, place, {{"detail", "binary"}});
    case FileFormat::txt:
    case FileFormat::docx:
    case FileFormat::pdf: return {};
  }
  return {};
}

}  // namespace

FileFormat sniff_format(std::string_view bytes) {
  if (bytes.empty()) return FileFormat::empty;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) {
    // the name of the main part stands in the clear in a local or central header
    const bool word = bytes.find("word/document.xml") != std::string_view::npos;
    const bool cut = bytes.find("PK\x05\x06") == std::string_view::npos;
    return word || (cut && has(bytes, "[Content_Types].xml", 4096)) ? FileFormat::docx
                                                                    : FileFormat::other_zip;
  }
  if (has(bytes, "%PDF-", 1024)) return FileFormat::pdf;
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return sniff_ole(bytes);
  if (bytes.starts_with("{\\rtf")) return FileFormat::rtf;
  constexpr std::array<std::string_view, 7> kPictures = {
      "\xFF\xD8\xFF", "\x89PNG", "II*\0", "MM\0*", "GIF8", "BM", "RIFF"};
  const std::string_view tiff_le("II*\0", 4);
  const std::string_view tiff_be("MM\0*", 4);
  if (bytes.starts_with(kPictures[0]) || bytes.starts_with(kPictures[1]) ||
      bytes.starts_with(tiff_le) || bytes.starts_with(tiff_be) || bytes.starts_with(kPictures[4])) {
    return FileFormat::image;
  }
  return decode_text(bytes.substr(0, 65536), "") ? FileFormat::txt : FileFormat::other;
}

Result<Document> document_from_text(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(Decoded decoded, decode_text(bytes, name));
  if (decoded.text.size() > limits::dispatch_text_bytes) {
    return fail(err::document_text_large, name,
                {{"limit", std::to_string(limits::dispatch_text_bytes)}});
  }
  if (trim(decoded.text).empty()) return fail(err::document_empty, name);
  Document out;
  out.path = name;
  out.sha256 = sha256_hex(bytes);
  out.format = "txt";
  out.encoding = decoded.encoding;
  out.text = std::move(decoded.text);
  return out;
}

Result<Document> read_document(const std::filesystem::path& path, WorkerPool& pool) {
  const std::string place = path.string();
  KHIEN_TRY(const std::string bytes, read_file(path, limits::dispatch_file_bytes));
  const FileFormat format = sniff_format(bytes);
  KHIEN_DO(refuse(format, place));
  Document out;
  out.path = place;
  out.sha256 = sha256_hex(bytes);
  if (format == FileFormat::pdf) {
    out.format = "pdf";
    KHIEN_TRY(PdfText pdf, read_pdf(bytes, place));
    out.text = std::move(pdf.text);
    out.pages = pdf.pages;
    return out;
  }
  out.format = format == FileFormat::docx ? "docx" : "txt";
  auto reply = pool.run_bytes("dispatch." + out.format, bytes, path.filename().string());
  if (!reply) {
    Error error = reply.error();
    error.place = place;
    return pass_on(std::move(error));
  }
  out.text = (*reply)["text"].text();
  out.encoding = (*reply)["encoding"].text();
  return out;
}

}  // namespace khien
