// WordprocessingML to lines. Numbers that Word prints by itself (w:numPr) are part of the order's
// text, so they are counted here as Word counts them.
#include "dispatch/docx.h"

#include <array>
#include <map>
#include <vector>

#include <pugixml.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "base/zip_parts.h"

namespace khien {
namespace {

using pugi::xml_node;

constexpr std::size_t kLayoutBytes = 4000;  // read to tell a table of the head from others

bool named(const xml_node& node, std::string_view name) { return name == node.name(); }

std::string roman(int n) {
  static constexpr std::array<std::pair<int, const char*>, 9> kParts = {{{100, "C"},
                                                                         {90, "XC"},
                                                                         {50, "L"},
                                                                         {40, "XL"},
                                                                         {10, "X"},
                                                                         {9, "IX"},
                                                                         {5, "V"},
                                                                         {4, "IV"},
                                                                         {1, "I"}}};
  std::string out;
  n = std::min(n, 399);
  for (const auto& [value, letters] : kParts) {
    for (; n >= value; n -= value) out += letters;
  }
  return out;
}

std::string letter(int n, char first) {
  return std::string(static_cast<std::size_t>((n - 1) / 26 + 1) % 10,
                     static_cast<char>(first + (n - 1) % 26));
}

std::string print_number(const std::string& format, int n) {
  if (n < 1) return std::to_string(n);
  if (format == "upperRoman") return roman(n);
  if (format == "lowerRoman") {
    std::string out = roman(n);
    for (char& c : out) c = static_cast<char>(c + ('a' - 'A'));
    return out;
  }
  if (format == "lowerLetter") return letter(n, 'a');
  if (format == "upperLetter") return letter(n, 'A');
  if (format == "decimalZero") return (n < 10 ? "0" : "") + std::to_string(n);
  return std::to_string(n);
}

// numbering.xml and the counters of its lists.
class Numbering {
 public:
  void load(const xml_node& root) {
    for (const xml_node& a : root.children("w:abstractNum")) {
      Levels& levels = abstracts_[a.attribute("w:abstractNumId").as_int()];
      for (const xml_node& l : a.children("w:lvl")) read_level(levels, l);
    }
    for (const xml_node& n : root.children("w:num")) {
      Num& num = nums_[n.attribute("w:numId").as_int()];
      num.abstract = n.child("w:abstractNumId").attribute("w:val").as_int();
      for (const xml_node& o : n.children("w:lvlOverride")) {
        const xml_node start = o.child("w:startOverride");
        if (start) num.starts[o.attribute("w:ilvl").as_int()] = start.attribute("w:val").as_int(1);
      }
    }
  }

  // "2. ", "a) ", "- " for the next paragraph of list `id` at `level`; "" when the list is unknown.
  std::string next(int id, int level) {
    const auto num = nums_.find(id);
    if (num == nums_.end() || level < 0 || level > 8) return "";
    Levels& levels = abstracts_[num->second.abstract];
    const auto index = static_cast<std::size_t>(level);
    if (!levels.at[index].known) return "";
    auto& counters = counters_[num->second.abstract];
    for (const auto& [l, start] : num->second.starts) {  // a restarted list counts afresh, once
      counters[static_cast<std::size_t>(std::clamp(l, 0, 8))] = start - 1;
    }
    num->second.starts.clear();
    for (std::size_t deeper = index + 1; deeper < 9; ++deeper)
      counters[deeper] = levels.at[deeper].start - 1;
    for (std::size_t upper = 0; upper < index; ++upper) {
      if (counters[upper] < levels.at[upper].start) counters[upper] = levels.at[upper].start;
    }
    int& n = counters[index];
    n = std::max(n, levels.at[index].start - 1) + 1;
    return print(levels, counters, index);
  }

 private:
  struct Level {
    bool known = false;
    int start = 1;
    std::string format = "decimal";
    std::string text;
  };
  struct Levels {
    std::array<Level, 9> at;
  };
  struct Num {
    int abstract = 0;
    std::map<int, int> starts;
  };
  std::map<int, Levels> abstracts_;
  std::map<int, Num> nums_;
  std::map<int, std::array<int, 9>> counters_;

  static void read_level(Levels& levels, const xml_node& l) {
    const int i = l.attribute("w:ilvl").as_int(-1);
    if (i < 0 || i > 8) return;
    Level& level = levels.at[static_cast<std::size_t>(i)];
    level.known = true;
    level.start = std::clamp(l.child("w:start").attribute("w:val").as_int(1), 0, 100'000);
    level.format = l.child("w:numFmt").attribute("w:val").as_string("decimal");
    level.text = l.child("w:lvlText").attribute("w:val").as_string();
  }

  static std::string print(const Levels& levels, const std::array<int, 9>& counters,
                           std::size_t index) {
    const Level& level = levels.at[index];
    if (level.format == "none") return "";
    if (level.format == "bullet") return level.text == "+" ? "+ " : "- ";
    std::string out;
    for (std::size_t i = 0; i < level.text.size(); ++i) {
      if (level.text[i] == '%' && i + 1 < level.text.size() && level.text[i + 1] >= '1' &&
          level.text[i + 1] <= '9') {
        const auto which = static_cast<std::size_t>(level.text[++i] - '1');
        out += print_number(levels.at[which].format, counters[which]);
      } else {
        out += level.text[i];
      }
    }
    return out.empty() ? "" : out + " ";
  }
};

struct ListPlace {
  int id = 0;
  int level = 0;
};

class DocxReader {
 public:
  explicit DocxReader(std::string place) : place_(std::move(place)) {}

  Done load_styles(const xml_node& root) {
    for (const xml_node& s : root.children("w:style")) {
      const xml_node num = s.child("w:pPr").child("w:numPr");
      if (num) styles_[s.attribute("w:styleId").as_string()] = place_of(num, {});
    }
    return {};
  }
  Numbering& numbering() { return numbering_; }

  Done blocks(const xml_node& parent, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    for (const xml_node& node : parent.children()) {
      if (named(node, "w:p")) {
        KHIEN_DO(paragraph(node, depth + 1));
      } else if (named(node, "w:tbl")) {
        KHIEN_DO(table(node, depth + 1));
      } else if (named(node, "w:sdt")) {
        KHIEN_DO(blocks(node.child("w:sdtContent"), depth + 1));
      } else if (named(node, "w:ins") || named(node, "w:customXml") || named(node, "w:smartTag")) {
        KHIEN_DO(blocks(node, depth + 1));
      }
      if (out_.size() > limits::dispatch_text_bytes) {
        return fail(err::document_text_large, place_,
                    {{"limit", std::to_string(limits::dispatch_text_bytes)}});
      }
    }
    return {};
  }

  Done footnotes(const xml_node& root) {
    for (const xml_node& note : root.children("w:footnote")) {
      const int id = note.attribute("w:id").as_int(-1);
      if (id < 1) continue;
      out_ += "\n" + superscript(id) + " ";
      const std::size_t before = out_.size();
      KHIEN_DO(blocks(note, 0));
      const auto text = squeeze(std::string_view(out_).substr(before));
      out_.resize(before);
      out_ += text + "\n";
    }
    return {};
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string place_;
  std::string out_;
  Numbering numbering_;
  std::map<std::string, ListPlace> styles_;
  std::vector<xml_node> boxes_;  // text boxes of the paragraph being read

  tl::unexpected<Error> too_deep() const {
    return fail(err::document_bomb, place_, {{"limit", std::to_string(limits::xml_depth)}});
  }

  static std::string superscript(int n) {
    static constexpr std::array<const char*, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                            "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out;
    for (const char c : std::to_string(n)) out += kDigits[static_cast<std::size_t>(c - '0')];
    return out;
  }

  static ListPlace place_of(const xml_node& num, ListPlace inherited) {
    if (const xml_node id = num.child("w:numId")) inherited.id = id.attribute("w:val").as_int();
    if (const xml_node level = num.child("w:ilvl"))
      inherited.level = level.attribute("w:val").as_int();
    return inherited;
  }

  std::string list_mark(const xml_node& p) {
    const xml_node properties = p.child("w:pPr");
    ListPlace place;
    const auto style = styles_.find(properties.child("w:pStyle").attribute("w:val").as_string());
    if (style != styles_.end()) place = style->second;
    if (const xml_node num = properties.child("w:numPr")) place = place_of(num, place);
    return place.id > 0 ? numbering_.next(place.id, place.level) : "";
  }

  Done inline_text(const xml_node& parent, std::string& text, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    for (const xml_node& node : parent.children()) {
      if (named(node, "w:t")) {
        text += node.text().get();
      } else if (named(node, "w:tab") || named(node, "w:ptab")) {
        text += "   ";
      } else if (named(node, "w:br") || named(node, "w:cr")) {
        text += '\n';
      } else if (named(node, "w:noBreakHyphen")) {
        text += '-';
      } else if (named(node, "w:footnoteReference")) {
        text += superscript(node.attribute("w:id").as_int());
      } else if (named(node, "w:txbxContent")) {
        boxes_.push_back(node);
      } else if (!named(node, "w:pPr") && !named(node, "w:rPr") && !named(node, "w:del") &&
                 !named(node, "w:moveFrom") && !named(node, "mc:Fallback") &&
                 !named(node, "w:instrText")) {
        KHIEN_DO(inline_text(node, text, depth + 1));
      }
    }
    return {};
  }

  Done paragraph(const xml_node& p, int depth) {
    std::string text;
    const std::vector<xml_node> outer = std::move(boxes_);
    boxes_.clear();
    KHIEN_DO(inline_text(p, text, depth));
    const std::vector<xml_node> boxes = std::move(boxes_);
    boxes_ = outer;
    const bool empty = trim(text).empty();
    if (!empty) {
      out_ += list_mark(p);
      out_ += text;
    }
    out_ += '\n';
    for (const xml_node& box : boxes) KHIEN_DO(blocks(box, depth + 1));
    return {};
  }

  // The head and the signature stand in tables without lines: their cells are read one after the
  // other. Any other table gives a line a row, cells joined by " | ".
  static bool is_layout(const xml_node& table) {
    std::string all;
    for (const auto& t : table.select_nodes(".//w:t")) {
      all += t.node().text().get();
      if (all.size() > kLayoutBytes) break;
    }
    const std::string key = skeleton(all);
    for (const char* word : {"cong hoa xa hoi", "doc lap", "noi nhan", "kt. ", "tm. "}) {
      if (key.find(word) != std::string::npos) return true;
    }
    return key.starts_with("so:") || key.find("/ubnd-") != std::string::npos;
  }

  Done table(const xml_node& table, int depth) {
    if (depth > static_cast<int>(limits::xml_depth)) return too_deep();
    const bool layout = is_layout(table);
    for (const xml_node& row : table.children("w:tr")) {
      std::string line;
      for (const xml_node& cell : row.children("w:tc")) {
        if (layout) {
          KHIEN_DO(blocks(cell, depth + 1));
          continue;
        }
        const std::size_t before = out_.size();
        KHIEN_DO(blocks(cell, depth + 1));
        const std::string text = squeeze(std::string_view(out_).substr(before));
        out_.resize(before);
        if (!line.empty()) line += " | ";
        line += text;
      }
      if (!layout && !trim(line).empty()) out_ += line + "\n";
    }
    out_ += '\n';
    return {};
  }
};

Result<xml_node> parse(pugi::xml_document& document, ZipParts& parts, const std::string& name,
                       const std::string& place) {
  KHIEN_TRY(const std::string bytes, parts.read(name));
  if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos) {
    return fail(err::document_broken, place, {{"detail", name + ": DTD"}});
  }
  const auto result = document.load_buffer(bytes.data(), bytes.size(),
                                           pugi::parse_default | pugi::parse_ws_pcdata);
  if (!result)
    return fail(err::document_broken, place, {{"detail", name + ": " + result.description()}});
  return document.document_element();
}

}  // namespace

Result<std::string> read_docx(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(ZipParts parts,
            ZipParts::open(bytes, name, {err::document_broken, err::document_bomb,
                                         err::document_password}));
  if (!parts.has("word/document.xml")) {
    return fail(err::document_other_zip, name, {{"detail", "word/document.xml"}});
  }
  DocxReader reader(name);
  pugi::xml_document styles;
  pugi::xml_document numbering;
  pugi::xml_document notes;
  pugi::xml_document body;
  if (parts.has("word/styles.xml")) {
    KHIEN_TRY(const xml_node root, parse(styles, parts, "word/styles.xml", name));
    KHIEN_DO(reader.load_styles(root));
  }
  if (parts.has("word/numbering.xml")) {
    KHIEN_TRY(const xml_node root, parse(numbering, parts, "word/numbering.xml", name));
    reader.numbering().load(root);
  }
  KHIEN_TRY(const xml_node root, parse(body, parts, "word/document.xml", name));
  KHIEN_DO(reader.blocks(root.child("w:body"), 0));
  if (parts.has("word/footnotes.xml")) {
    KHIEN_TRY(const xml_node foot, parse(notes, parts, "word/footnotes.xml", name));
    KHIEN_DO(reader.footnotes(foot));
  }
  std::string text = nfc(reader.take());
  if (trim(text).empty()) return fail(err::document_scan, name);
  if (text.size() > limits::dispatch_text_bytes) {
    return fail(err::document_text_large, name,
                {{"limit", std::to_string(limits::dispatch_text_bytes)}});
  }
  return text;
}

}  // namespace khien
