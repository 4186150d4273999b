// One pass over the tree; what a reader of the printed page does not see is not read.
#include "dispatch/docx_body.h"

#include <algorithm>
#include <array>

#include "base/legacy_text.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

constexpr std::size_t kDocxBodyLayoutBytes = 4000;  // read to tell a table of the head from others

constexpr std::size_t kDocxBodySampleBytes = 400;  // shown of what was left out

using pugi::xml_node;

constexpr std::size_t kColumns = 64;

bool named(const xml_node& node, std::string_view name) { return name == node.name(); }

bool is_deleted(const xml_node& node) { return named(node, "w:del") || named(node, "w:moveFrom"); }

// Text of everything below, for the notice on what was left out.
std::string all_text(const xml_node& parent) {
  std::string out;
  for (const auto& t : parent.select_nodes(".//w:t|.//w:delText")) {
    out += t.node().text().get();
    if (out.size() > kDocxBodySampleBytes) break;
  }
  return out;
}

bool is_layout(const xml_node& table) {
  std::string all;
  for (const auto& t : table.select_nodes(".//w:t")) {
    all += t.node().text().get();
    all += ' ';
    if (all.size() > kDocxBodyLayoutBytes) break;
  }
  std::size_t widest = 0;
  for (const xml_node& row : table.children("w:tr")) {
    const auto cells = row.children("w:tc");
    widest = std::max(widest, static_cast<std::size_t>(std::distance(cells.begin(), cells.end())));
  }
  return is_layout_table(all, widest);
}

}  // namespace

tl::unexpected<Error> DocxBody::too_deep() const {
  return fail(err::document_bomb, place_, {{"limit", std::to_string(limits::xml_depth)}});
}

void DocxBody::emit(std::string text) {
  if (cell_ != nullptr) cell_->push_back(std::move(text));
  else writer_.line(text);
}

void DocxBody::left_out(const char* code, std::string_view text) {
  const std::string sample = squeeze(nfc(text));
  if (!sample.empty()) writer_.warn(code, {{"sample", shorten(sample, 80)}});
}

Done DocxBody::blocks(const xml_node& parent, int depth) {
  if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
  for (const xml_node& node : parent.children()) {
    if (named(node, "w:p")) {
      KHIEN_DO(paragraph(node, depth + 1));
    } else if (named(node, "w:tbl")) {
      KHIEN_DO(table(node, depth + 1));
    } else if (named(node, "w:sdt")) {
      KHIEN_DO(blocks(node.child("w:sdtContent"), depth + 1));
    } else if (named(node, "w:altChunk")) {
      KHIEN_DO(chunk(node));
    } else if (is_deleted(node)) {
      left_out("text_deleted", all_text(node));
    } else if (named(node, "w:ins") || named(node, "w:moveTo") || named(node, "w:customXml") ||
               named(node, "w:smartTag")) {
      KHIEN_DO(blocks(node, depth + 1));
    }
    if (writer_.full()) return {};  // finish() refuses it
  }
  return {};
}

Done DocxBody::chunk(const xml_node& node) {
  auto part = chunk_(node.attribute("r:id").as_string());
  if (!part) {
    if (part.error().code == err::document_bomb) return pass_on(part.error());
    writer_.warn("part_not_read", {{"detail", part.error().place}});
    return {};
  }
  emit(std::string(trim(part->text)));
  return {};
}

void DocxBody::add_text(std::string& out, std::string_view text, Run& run) {
  if (run.look.hidden.value_or(false)) {
    left_out("text_hidden", text);
    run.dropped = run.dropped || !trim(text).empty();
    return;
  }
  if (run.look.struck.value_or(false)) {
    left_out("text_struck", text);
    run.dropped = run.dropped || !trim(text).empty();
    return;
  }
  const LegacyFont font = legacy_font_named(run.look.font);
  const std::string shown = font == LegacyFont::none
                                ? unnamed_.convert(text)
                                : to_utf8(from_font(to_u32(text), font));
  const bool capitals = run.look.capitals.value_or(false) || is_capital_font(run.look.font);
  out += capitals ? to_capitals(shown) : shown;
}

Done DocxBody::inline_text(const xml_node& parent, std::string& text, Run& run, int depth) {
  if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
  for (const xml_node& node : parent.children()) {
    if (named(node, "w:r")) {
      Run inner = run;
      const xml_node properties = node.child("w:rPr");
      const std::string style = properties.child("w:rStyle").attribute("w:val").as_string();
      if (!style.empty()) inner.look.lay_over(styles_.run_of(style));
      inner.look.lay_over(run_look(properties));
      KHIEN_DO(inline_text(node, text, inner, depth + 1));
      run.dropped = run.dropped || inner.dropped;
    } else if (named(node, "w:t") || named(node, "m:t")) {
      add_text(text, node.text().get(), run);
    } else if (named(node, "w:tab") || named(node, "w:ptab")) {
      add_text(text, "   ", run);
    } else if (named(node, "w:br") || named(node, "w:cr")) {
      add_text(text, "\n", run);
    } else if (named(node, "w:noBreakHyphen")) {
      add_text(text, "-", run);
    } else if (named(node, "w:sym")) {
      const auto c =
          static_cast<char32_t>(std::strtoul(node.attribute("w:char").as_string(), nullptr, 16));
      if (c >= 0x20 && c < 0xFFFE) add_text(text, to_utf8(std::u32string(1, c)), run);
    } else if (named(node, "w:footnoteReference") || named(node, "w:endnoteReference")) {
      called_.push_back(
          std::string(node.name()).substr(0, std::string_view(node.name()).size() - 9) + " " +
          node.attribute("w:id").as_string());
      add_text(text, superscript(static_cast<int>(called_.size())), run);
    } else if (named(node, "w:txbxContent")) {
      boxes_.push_back(node);
    } else if (named(node, "mc:Fallback") && node.parent().child("mc:Choice")) {
      continue;  // the same content for older programs
    } else if (is_deleted(node)) {
      left_out("text_deleted", all_text(node));
      run.dropped = true;
    } else if (!named(node, "w:pPr") && !named(node, "w:rPr") && !named(node, "w:instrText") &&
               !named(node, "w:delText")) {
      KHIEN_DO(inline_text(node, text, run, depth + 1));
    }
  }
  return {};
}

std::string DocxBody::mark_of(const xml_node& properties, const ParagraphLook& style) {
  const ParagraphLook own = paragraph_look(properties);
  const int list = own.list.value_or(style.list.value_or(0));
  if (list <= 0) return "";
  int level = style.level.value_or(0);
  if (!own.list) {
    const std::string named_style = properties.child("w:pStyle").attribute("w:val").as_string();
    for (const std::string& id : {named_style, style.list_style}) {
      if (const auto found = numbering_.level_of_style(list, id)) {
        level = *found;
        break;
      }
    }
  }
  return numbering_.next(list, own.level.value_or(level));
}

Done DocxBody::paragraph(const xml_node& p, int depth) {
  const xml_node properties = p.child("w:pPr");
  const ParagraphLook style =
      styles_.of(properties.child("w:pStyle").attribute("w:val").as_string());
  Run run;
  run.look = style.run;
  std::string text;
  const std::vector<xml_node> outer = std::move(boxes_);
  boxes_.clear();
  KHIEN_DO(inline_text(p, text, run, depth));
  const std::vector<xml_node> boxes = std::move(boxes_);
  boxes_ = outer;
  const xml_node mark = properties.child("w:rPr");
  text = std::exchange(carried_, "") + text;
  if (mark.child("w:del") || mark.child("w:moveFrom")) {
    carried_ = text;  // without its end it runs on into the next
  } else {
    const bool unseen = trim(text).empty() && run.dropped &&
                        run_look(mark).hidden.value_or(style.run.hidden.value_or(false));
    const std::string number = unseen ? "" : mark_of(properties, style);
    if (!trim(text).empty()) emit(number + text);
    else emit(cell_ != nullptr ? number : "");
  }
  for (const xml_node& box : boxes) KHIEN_DO(blocks(box, depth + 1));
  return {};
}

Done DocxBody::row(const xml_node& row, std::size_t table, std::vector<std::string>& above,
                   int depth) {
  std::vector<std::string> printed;
  std::vector<std::string> full;
  std::vector<std::string>* const outer = cell_;
  for (const auto& found : row.select_nodes("w:tc|w:sdt/w:sdtContent/w:tc")) {
    const xml_node cell = found.node();
    std::vector<std::string> paragraphs;
    cell_ = &paragraphs;
    const Done done = blocks(cell, depth + 1);
    cell_ = outer;
    KHIEN_DO(done);
    std::string text;
    for (const std::string& one : paragraphs) text += one + " ";
    text = squeeze(text);
    if (full.empty()) plain_row_number(text);
    const xml_node look = cell.child("w:tcPr");
    const xml_node merge = look.child("w:vMerge");
    const bool goes_on =
        merge && std::string_view(merge.attribute("w:val").as_string("continue")) == "continue";
    printed.push_back(text);
    full.push_back(goes_on && full.size() < above.size() ? above[full.size()] : text);
    const int span = std::clamp(look.child("w:gridSpan").attribute("w:val").as_int(1), 1, 32);
    for (int i = 1; i < span && full.size() < kColumns; ++i) {
      printed.emplace_back();
      full.emplace_back();
    }
    if (full.size() >= kColumns) break;
  }
  above = full;
  if (outer != nullptr) {  // a table inside a cell is text of the cell
    for (std::string& text : printed) outer->push_back(std::move(text));
    return {};
  }
  writer_.row(table, std::move(printed), std::move(full));
  return {};
}

Done DocxBody::table(const xml_node& table, int depth) {
  if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
  if (is_layout(table)) {
    writer_.as_printed(true);
    for (const auto& cell : table.select_nodes(
             "w:tr/w:tc|w:sdt/w:sdtContent/w:tr/w:tc|w:tr/w:sdt/w:sdtContent/w:tc")) {
      KHIEN_DO(blocks(cell.node(), depth + 1));
    }
    emit("");
    writer_.as_printed(false);
    return {};
  }
  const std::size_t id = writer_.new_table();
  std::vector<std::string> above;
  for (const auto& r : table.select_nodes("w:tr|w:sdt/w:sdtContent/w:tr|w:ins/w:tr")) {
    if (r.node().child("w:trPr").child("w:del")) {
      left_out("text_deleted", all_text(r.node()));
      continue;
    }
    KHIEN_DO(row(r.node(), id, above, depth + 1));
    if (writer_.full()) break;
  }
  if (cell_ == nullptr) writer_.gap();
  return {};
}

Done DocxBody::notes(const xml_node& root, const char* kind) {
  for (std::size_t i = 0; i < called_.size(); ++i) {
    const std::size_t blank = called_[i].find(' ');
    if (called_[i].substr(0, blank) != kind) continue;
    const xml_node note =
        root.find_child_by_attribute(kind, "w:id", called_[i].c_str() + blank + 1);
    if (!note) continue;
    std::vector<std::string> paragraphs;
    cell_ = &paragraphs;
    const Done done = blocks(note, 0);
    cell_ = nullptr;
    KHIEN_DO(done);
    std::string text;
    for (const std::string& one : paragraphs) text += one + " ";
    text = squeeze(text);
    writer_.gap();
    writer_.line(superscript(static_cast<int>(i) + 1) + " " + text);
  }
  return {};
}

}  // namespace khien
