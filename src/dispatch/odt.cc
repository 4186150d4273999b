// content.xml in one pass. Deleted text of tracked changes stands apart and is never met; hidden
// and struck-through text is left out and said so.
#include "dispatch/odt.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "base/zip_parts.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"
#include "dispatch/odt_styles.h"

namespace khien {
namespace {

constexpr std::size_t kOdtLayoutBytes = 4000;  // read to tell a table of the head from others

using pugi::xml_node;

constexpr int kRepeat = 64;

bool named(const xml_node& node, std::string_view name) { return name == node.name(); }

class OdtBody {
 public:
  OdtBody(std::string place, OdtStyles& styles) : place_(std::move(place)), styles_(styles) {}

  LineWriter& writer() { return writer_; }

  Done blocks(const xml_node& parent, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    for (const xml_node& node : parent.children()) {
      if (named(node, "text:p") || named(node, "text:h")) {
        KHIEN_DO(paragraph(node, "", depth + 1));
      } else if (named(node, "text:list")) {
        KHIEN_DO(list(node, "", 0, depth + 1));
      } else if (named(node, "table:table")) {
        KHIEN_DO(table(node, depth + 1));
      } else if (named(node, "text:tracked-changes")) {
        deleted(node);
      } else if (named(node, "text:section") || named(node, "text:index-body") ||
                 named(node, "draw:frame") || named(node, "draw:text-box")) {
        KHIEN_DO(blocks(node, depth + 1));
      }
      if (writer_.full()) return {};
    }
    return {};
  }

  void notes() {
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      writer_.gap();
      writer_.line(superscript(static_cast<int>(i) + 1) + " " + notes_[i]);
    }
  }

 private:
  std::string place_;
  OdtStyles& styles_;
  LineWriter writer_;
  std::vector<std::string>* cell_ = nullptr;
  std::vector<xml_node> frames_;
  std::vector<std::string> notes_;

  tl::unexpected<Error> too_deep() const {
    return fail(err::document_bomb, place_, {{"limit", std::to_string(limits::xml_depth)}});
  }
  void emit(std::string text) {
    if (cell_ != nullptr) cell_->push_back(std::move(text));
    else writer_.line(text);
  }
  void deleted(const xml_node& changes) {
    for (const auto& p : changes.select_nodes("text:changed-region/text:deletion//text:p")) {
      const std::string text = squeeze(nfc(p.node().text().get()));
      if (!text.empty()) writer_.warn("text_deleted", {{"sample", shorten(text, 80)}});
    }
  }

  void add(std::string& out, std::string_view text, const OdtLook& look) {
    if (look.hidden || look.struck) {
      const std::string sample = squeeze(nfc(text));
      if (!sample.empty())
        writer_.warn(look.hidden ? "text_hidden" : "text_struck",
                     {{"sample", shorten(sample, 80)}});
      return;
    }
    const LegacyFont font = legacy_font_named(look.font);
    const std::string shown =
        font == LegacyFont::none ? std::string(text) : to_utf8(from_font(to_u32(text), font));
    out += look.capitals || is_capital_font(look.font) ? to_capitals(shown) : shown;
  }

  Done note(const xml_node& node, std::string& text, int depth) {
    std::vector<std::string> paragraphs;
    std::vector<std::string>* const outer = std::exchange(cell_, &paragraphs);
    const Done done = blocks(node.child("text:note-body"), depth + 1);
    cell_ = outer;
    KHIEN_DO(done);
    std::string all;
    for (const std::string& one : paragraphs) all += one + " ";
    notes_.push_back(squeeze(all));
    text += superscript(static_cast<int>(notes_.size()));
    return {};
  }

  Done inline_text(const xml_node& parent, std::string& text, const OdtLook& look, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    for (const xml_node& node : parent.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        add(text, node.value(), look);
      } else if (named(node, "text:s")) {
        add(text, std::string(static_cast<std::size_t>(std::clamp(
                                  node.attribute("text:c").as_int(1), 1, kRepeat)), ' '), look);
      } else if (named(node, "text:tab")) {
        add(text, "   ", look);
      } else if (named(node, "text:line-break")) {
        add(text, "\n", look);
      } else if (named(node, "text:note")) {
        KHIEN_DO(note(node, text, depth + 1));
      } else if (named(node, "draw:frame") || named(node, "draw:custom-shape")) {
        frames_.push_back(node);
      } else if (!named(node, "office:annotation") && !named(node, "text:ruby-text")) {
        OdtLook inner = look;
        styles_.lay_over(inner, node.attribute("text:style-name").as_string());
        KHIEN_DO(inline_text(node, text, inner, depth + 1));
      }
    }
    return {};
  }

  Done paragraph(const xml_node& p, const std::string& mark, int depth) {
    OdtLook look;
    styles_.lay_over(look, p.attribute("text:style-name").as_string());
    std::string text;
    const std::vector<xml_node> outer = std::exchange(frames_, {});
    KHIEN_DO(inline_text(p, text, look, depth));
    const std::vector<xml_node> frames = std::exchange(frames_, outer);
    if (!trim(text).empty()) emit(mark + text);
    else emit(cell_ != nullptr ? mark : "");
    for (const xml_node& frame : frames) {
      KHIEN_DO(
          blocks(named(frame, "draw:frame") ? frame.child("draw:text-box") : frame, depth + 1));
    }
    return {};
  }

  Done list(const xml_node& node, std::string style, int level, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    if (const auto own = node.attribute("text:style-name")) style = own.as_string();
    bool fresh = level == 0 && !node.attribute("text:continue-numbering").as_bool() &&
                 !node.attribute("text:continue-list");
    for (const xml_node& item : node.children()) {
      const bool counted = named(item, "text:list-item");
      bool first = true;
      for (const xml_node& child : item.children()) {
        if (named(child, "text:list")) {
          KHIEN_DO(list(child, style, level + 1, depth + 1));
        } else if (named(child, "text:p") || named(child, "text:h")) {
          const std::string of = style.empty() ? styles_.list_of_paragraph(
                                     child.attribute("text:style-name").as_string()) : style;
          std::string mark;
          if (counted && first) mark = styles_.next(of, level, std::exchange(fresh, false));
          first = false;
          KHIEN_DO(paragraph(child, mark, depth + 1));
        }
      }
      if (writer_.full()) return {};
    }
    return {};
  }

  static std::size_t columns_of(const xml_node& table) {
    std::size_t most = 0;
    for (const auto& r : table.select_nodes(".//table:table-row")) {
      const auto cells = r.node().children("table:table-cell");
      most = std::max(most, static_cast<std::size_t>(std::distance(cells.begin(), cells.end())));
    }
    return most;
  }
  static std::string text_of(const xml_node& parent) {
    std::string all;
    for (const auto& t : parent.select_nodes(".//text()")) {
      all += t.node().value();
      all += ' ';
      if (all.size() > kOdtLayoutBytes) break;
    }
    return all;
  }

  Done table(const xml_node& table, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    const auto rows = table.select_nodes(
        "table:table-row|table:table-header-rows/table:table-row|table:table-rows/table:table-row");
    if (is_layout_table(text_of(table), columns_of(table))) {
      writer_.as_printed(true);
      for (const auto& r : rows) {
        for (const xml_node& cell : r.node().children("table:table-cell"))
          KHIEN_DO(blocks(cell, depth + 1));
      }
      emit("");
      writer_.as_printed(false);
      return {};
    }
    const std::size_t id = writer_.new_table();
    std::vector<std::string> above;
    for (const auto& r : rows) {
      KHIEN_DO(row(r.node(), id, above, depth + 1));
      if (writer_.full()) break;
    }
    return {};
  }

  Done row(const xml_node& row, std::size_t table, std::vector<std::string>& above, int depth) {
    std::vector<std::string> printed;
    std::vector<std::string> full;
    for (const xml_node& cell : row.children()) {
      const bool covered = named(cell, "table:covered-table-cell");
      if ((!covered && !named(cell, "table:table-cell")) || full.size() >= std::size_t{kRepeat})
        continue;
      std::vector<std::string> paragraphs;
      std::vector<std::string>* const outer = std::exchange(cell_, &paragraphs);
      const Done done = blocks(cell, depth + 1);
      cell_ = outer;
      KHIEN_DO(done);
      std::string text;
      for (const std::string& one : paragraphs) text += one + " ";
      text = squeeze(text);
      if (full.empty()) plain_row_number(text);
      printed.push_back(text);
      full.push_back(covered && full.size() < above.size() ? above[full.size()] : text);
    }
    above = full;
    if (cell_ != nullptr) {
      for (std::string& text : printed) cell_->push_back(std::move(text));
      return {};
    }
    writer_.row(table, std::move(printed), std::move(full));
    return {};
  }
};

Done parse(pugi::xml_document& tree, ZipParts& parts, const char* part, const std::string& place) {
  KHIEN_TRY(const std::string bytes, parts.read(part));
  if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos)
    return fail(err::document_broken, place, {{"detail",
                  std::string(part) + ": holds definitions that no office program writes"}});
  const auto result = tree.load_buffer(bytes.data(), bytes.size(),
                                       pugi::parse_default | pugi::parse_ws_pcdata);
  if (result) return {};
  return fail(err::document_broken, place,
              {{"detail", std::string(part) + ": " + result.description()}});
}

}  // namespace

Result<Reading> read_odt(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(ZipParts parts,
            ZipParts::open(bytes, name, {err::document_broken, err::document_bomb,
                                         err::document_password}));
  if (parts.has("META-INF/manifest.xml")) {  // each part of a file with a password is ciphered
    KHIEN_TRY(const std::string manifest, parts.read("META-INF/manifest.xml"));
    if (manifest.find("encryption-data") != std::string::npos)
      return fail(err::document_password, name);
  }
  if (!parts.has("content.xml")) {
    return fail(err::document_other_zip, name, {{"detail", "an archive of other files"}});
  }
  pugi::xml_document styles_tree;
  pugi::xml_document content;
  OdtStyles styles;
  if (parts.has("styles.xml")) {
    KHIEN_DO(parse(styles_tree, parts, "styles.xml", name));
    styles.load(styles_tree.document_element());
  }
  KHIEN_DO(parse(content, parts, "content.xml", name));
  const xml_node root = content.document_element();
  styles.load(root);
  OdtBody body(name, styles);
  KHIEN_DO(body.blocks(root.child("office:body").child("office:text"), 0));
  body.notes();
  return body.writer().finish(name, err::document_scan);
}

}  // namespace khien
