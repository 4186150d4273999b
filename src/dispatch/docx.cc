// The parts of the file and their order. A part taken in by w:altChunk is read as the format its
// bytes have, one level deep.
#include "dispatch/docx.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "base/zip_parts.h"
#include "dispatch/docx_body.h"
#include "dispatch/docx_numbering.h"
#include "dispatch/errors.h"
#include "dispatch/html_text.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

constexpr std::size_t kDocxHeadLetters = 2000;  // a table this short may be the head of a paper

using pugi::xml_node;

constexpr int kHeaders = 6;

class DocxFile {
 public:
  DocxFile(ZipParts& parts, std::string place, int depth)
      : parts_(parts), place_(std::move(place)), depth_(depth) {}

  Result<Reading> read() {
    KHIEN_TRY(const xml_node root, part("word/document.xml"));
    if (parts_.has("word/styles.xml")) {
      KHIEN_TRY(const xml_node styles, part("word/styles.xml"));
      styles_.load(styles);
    }
    if (parts_.has("word/numbering.xml")) {
      KHIEN_TRY(const xml_node numbering, part("word/numbering.xml"));
      load_numbering(numbering, styles_, numbering_);
    }
    find_unnamed_font(root);
    DocxBody body(place_, styles_, numbering_,
                  [this](const std::string& id) { return chunk(id); }, unnamed_);
    KHIEN_DO(head_parts(body));
    KHIEN_DO(body.blocks(root.child("w:body"), 0));
    for (const auto& [name, kind] : {std::pair{"word/footnotes.xml", "w:footnote"},
                                     std::pair{"word/endnotes.xml", "w:endnote"}}) {
      if (!parts_.has(name)) continue;
      KHIEN_TRY(const xml_node notes, part(name));
      KHIEN_DO(body.notes(notes, kind));
    }
    return body.writer().finish(place_, err::document_scan);
  }

 private:
  ZipParts& parts_;
  std::string place_;
  int depth_;
  std::vector<std::unique_ptr<pugi::xml_document>> trees_;  // nodes point into them
  DocxStyles styles_;
  ListNumbering numbering_;
  LegacyDetector unnamed_;

  Result<xml_node> part(const std::string& name) {
    KHIEN_TRY(const std::string bytes, parts_.read(name));
    if (bytes.find("<!DOCTYPE") != std::string::npos ||
        bytes.find("<!ENTITY") != std::string::npos) {
      return fail(err::document_broken, place_,
                  {{"detail", name + ": holds definitions that no office program writes"}});
    }
    trees_.push_back(std::make_unique<pugi::xml_document>());
    const auto result = trees_.back()->load_buffer(bytes.data(), bytes.size(),
                                                   pugi::parse_default | pugi::parse_ws_pcdata);
    if (!result)
      return fail(err::document_broken, place_, {{"detail", name + ": " + result.description()}});
    return trees_.back()->document_element();
  }

  void find_unnamed_font(const xml_node& root) {
    const auto texts = root.select_nodes(".//w:t");
    const bool unicode = std::any_of(texts.begin(), texts.end(), [](const auto& t) {
      return is_unicode_vietnamese(t.node().text().get());
    });
    if (unicode) return;
    for (const auto& t : texts) unnamed_.see(t.node().text().get());
    unnamed_.decide();
  }

  // The head of a dispatch may stand in a page header; running heads and page numbers stay out.
  Done head_parts(DocxBody& body) {
    for (int i = 1; i <= kHeaders; ++i) {
      const std::string name = fmt::format("word/header{}.xml", i);
      if (!parts_.has(name)) continue;
      KHIEN_TRY(const xml_node root, part(name));
      std::string all;
      for (const auto& t : root.select_nodes(".//w:t")) all += t.node().text().get();
      const std::string key = skeleton(squeeze(all));
      const bool head = key.find("cong hoa xa hoi") != std::string::npos ||
                        (key.find("so:") != std::string::npos &&
                         key.find('/') != std::string::npos);
      if (head && key.size() < kDocxHeadLetters) return body.blocks(root, 0);
    }
    return {};
  }

  Result<Reading> chunk(const std::string& id) {
    KHIEN_TRY(const xml_node relations, part("word/_rels/document.xml.rels"));
    const xml_node found = relations.find_child_by_attribute("Id", id.c_str());
    std::string target = found.attribute("Target").as_string();
    if (target.starts_with("/")) target.erase(0, 1);
    else target = "word/" + target;
    if (!found || !parts_.has(target)) {
      return fail(err::document_broken, target,
                  {{"detail", "a part of the Word file is missing or damaged"}});
    }
    KHIEN_TRY(const std::string bytes, parts_.read(target));
    const FileFormat format = sniff_format(bytes);
    if (format == FileFormat::html) return read_html_text(bytes, target);
    if (format == FileFormat::docx && depth_ == 0) return read_inner(bytes, target);
    if (format != FileFormat::txt) {
      return fail(err::document_unknown, target, {{"detail", target}});
    }
    KHIEN_TRY(Document document, document_from_text(bytes, target));
    Reading out;
    out.text = std::move(document.text);
    return out;
  }

  Result<Reading> read_inner(std::string_view bytes, const std::string& name) {
    KHIEN_TRY(ZipParts parts,
              ZipParts::open(bytes, name, {err::document_broken, err::document_bomb,
                                           err::document_password}));
    return DocxFile(parts, name, depth_ + 1).read();
  }
};

}  // namespace

Result<Reading> read_docx(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(ZipParts parts,
            ZipParts::open(bytes, name, {err::document_broken, err::document_bomb,
                                         err::document_password}));
  if (!parts.has("word/document.xml")) {
    return fail(err::document_other_zip, name, {{"detail", "an archive of other files"}});
  }
  return DocxFile(parts, name, 0).read();
}

}  // namespace khien
