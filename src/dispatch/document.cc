// Sniffs the format, sends the bytes to the right reader, and bounds what comes back.
#include "dispatch/document.h"

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "format/table/ole.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/ocr.h"
#include "dispatch/pdf.h"
#include "dispatch/reading.h"

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

FileFormat sniff_zip(std::string_view bytes) {
  // the names of the main parts stand in the clear in a local or central header
  if (has(bytes, "application/vnd.oasis.opendocument.text", 256)) return FileFormat::odt;
  const bool word = bytes.find("word/document.xml") != std::string_view::npos;
  const bool cut = bytes.find("PK\x05\x06") == std::string_view::npos;
  return word || (cut && has(bytes, "[Content_Types].xml", 4096)) ? FileFormat::docx
                                                                  : FileFormat::other_zip;
}

bool is_picture(std::string_view bytes) {
  static constexpr std::array<std::string_view, 8> kStarts = {
      std::string_view("\xFF\xD8\xFF"), std::string_view("\x89PNG"), std::string_view("II*\0", 4),
      std::string_view("MM\0*", 4),      std::string_view("GIF8"),    std::string_view("P5\n"),
      std::string_view("P6\n"),          std::string_view("BM")};
  const bool starts = std::any_of(kStarts.begin(), kStarts.end(),
                                  [&](std::string_view s) { return bytes.starts_with(s); });
  // "BM" may begin a text; a bitmap has zeros in its header
  return starts && (!bytes.starts_with("BM") || has(bytes, std::string_view("\0\0", 2), 16));
}

// A page begins with a tag, and one of those that only HTML has stands near.
bool is_html(std::string_view bytes) {
  std::string head;
  for (const char c : bytes.substr(0, 8192)) {
    if (c != '\0') head += ascii_lower(c);
  }
  for (const char* mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
    if (head.starts_with(mark)) head.erase(0, std::string_view(mark).size());
  }
  const std::string_view text = trim(head);
  if (text.empty() || text[0] != '<') return false;
  for (const char* tag :
       {"<!doctype html", "<html", "<body", "<head", "<p>", "<p ", "<div", "<table"}) {
    if (text.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

bool is_markdown_name(const std::string& name) {
  const std::string key = fold(name);
  return key.ends_with(".md") || key.ends_with(".markdown");
}

Done refuse(FileFormat format, const std::string& place) {
  switch (format) {
    case FileFormat::empty: return fail(err::document_empty, place);
    case FileFormat::ole_encrypted: return fail(err::document_password, place);
    case FileFormat::other_zip:
      return fail(err::document_other_zip, place, {{"detail", "an archive of other files"}});
    case FileFormat::other:
      return fail(err::document_unknown, place,
                  {{"detail", "no text and no known kind of file"}});
    default: return {};
  }
}

const char* name_of(FileFormat format) {
  switch (format) {
    case FileFormat::docx: return "docx";
    case FileFormat::pdf: return "pdf";
    case FileFormat::image: return "image";
    case FileFormat::old_word: return "doc";
    case FileFormat::rtf: return "rtf";
    case FileFormat::odt: return "odt";
    case FileFormat::html: return "html";
    case FileFormat::markdown: return "md";
    default: return "txt";
  }
}

Result<Reading> in_worker(const std::string& job, std::string_view bytes, const std::string& place,
                          WorkerPool& pool) {
  auto reply = pool.run_bytes(job, bytes, std::filesystem::path(place).filename().string());
  if (reply) return reading_from(*reply);
  Error error = reply.error();
  error.place = place;
  return pass_on(std::move(error));
}

}  // namespace

FileFormat sniff_format(std::string_view bytes) {
  if (bytes.empty()) return FileFormat::empty;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return sniff_zip(bytes);
  if (has(bytes, "%PDF-", 1024)) return FileFormat::pdf;
  if (bytes.starts_with(kOleMagic)) return sniff_ole(bytes);
  if (bytes.starts_with("{\\rtf")) return FileFormat::rtf;
  if (is_picture(bytes)) return FileFormat::image;
  if (!decode_text(bytes.substr(0, 65536), "")) return FileFormat::other;
  return is_html(bytes) ? FileFormat::html : FileFormat::txt;
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
  FileFormat format = sniff_format(bytes);
  if (format == FileFormat::txt && is_markdown_name(place)) format = FileFormat::markdown;
  KHIEN_DO(refuse(format, place));
  Document out;
  out.path = place;
  out.sha256 = sha256_hex(bytes);
  out.format = name_of(format);
  Reading reading;
  if (format == FileFormat::pdf) {
    KHIEN_TRY(const PdfWords words, pdf_words(bytes, place));
    out.pages = words.pages;
    if (words.scanned) {
      KHIEN_TRY(reading, read_scanned_pdf(bytes, words.pages, place, pool));
    } else {
      KHIEN_TRY(reading, in_worker("dispatch.pdf", words.boxes, place, pool));
    }
  } else if (format == FileFormat::image) {
    KHIEN_TRY(reading, read_pictures(bytes, place, pool));
    out.pages = static_cast<int>(reading.pages.size());
  } else {
    KHIEN_TRY(reading, in_worker("dispatch." + out.format, bytes, place, pool));
  }
  take_reading(out, std::move(reading));
  return out;
}

Result<Document> join_documents(std::vector<Document> parts) {
  Document out = std::move(parts.front());
  std::string hashes = out.sha256;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    Document& part = parts[i];
    hashes += part.sha256;
    if (!out.text.ends_with("\n")) out.text += '\n';
    const auto shift = static_cast<std::uint32_t>(code_points(out.text));
    out.text += part.text;
    if (out.text.size() > limits::dispatch_text_bytes) {
      return fail(err::document_text_large, part.path,
                  {{"limit", std::to_string(limits::dispatch_text_bytes)}});
    }
    for (DocumentTable& table : part.tables) {
      for (DocumentRow& row : table.rows) {
        row.begin += shift;
        row.end += shift;
      }
      out.tables.push_back(std::move(table));
    }
    for (PagePlaces& page : part.places) {
      for (PlacedWord& word : page.words) word.from += shift, word.to += shift;
      out.places.push_back(std::move(page));
    }
    for (PageSeen page : part.scanned) {
      page.page += out.pages;
      out.scanned.push_back(page);
    }
    out.pages += part.pages;
    out.warnings.insert(out.warnings.end(), part.warnings.begin(), part.warnings.end());
    out.marks_unreliable = out.marks_unreliable || part.marks_unreliable;
  }
  if (parts.size() > 1) out.sha256 = sha256_hex(hashes);
  return out;
}

}  // namespace khien
