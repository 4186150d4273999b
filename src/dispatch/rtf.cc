// One pass over groups and control words (RTF 1.9). A group inherits the state around it; what a
// destination holds that is no text (fonts, pictures, information) is passed over.
#include "dispatch/rtf.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

constexpr std::size_t kGroups = 400;
constexpr std::size_t kCells = 64;

struct Font {
  std::string name;
  bool vietnamese = false;  // charset 163
};

enum class Place { text, skipped, fonts, note, mark };

struct Group {
  Place place = Place::text;
  int font = 0;
  int skip = 1;             // bytes that stand for a \u
  bool hidden = false, struck = false, deleted = false, capitals = false;
  bool starred = false;     // \* was read, its word is not
  bool in_table = false;
};

struct Word {
  std::string name;
  std::optional<int> value;
};

class RtfReader {
 public:
  RtfReader(std::string_view bytes, std::string place) : in_(bytes), place_(std::move(place)) {}

  Result<Reading> read() {
    groups_.emplace_back();
    while (at_ < in_.size() && !writer_.full()) {
      const char c = in_[at_++];
      if (c == '{') {
        if (groups_.size() > kGroups)
          return fail(err::document_bomb, place_, {{"limit", std::to_string(kGroups)}});
        Group inner = groups_.back();
        inner.starred = false;
        groups_.push_back(std::move(inner));
        pending_ = 0;
      } else if (c == '}') {
        close();
      } else if (c == '\\') {
        control();
      } else if (c != '\r' && c != '\n') {
        byte(static_cast<unsigned char>(c));
      }
    }
    flush_text();
    if (!paragraph_.empty()) end_paragraph();
    end_table();
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      writer_.gap();
      writer_.line(superscript(static_cast<int>(i) + 1) + " " + squeeze(notes_[i]));
    }
    return writer_.finish(place_, err::document_empty);
  }

 private:
  std::string_view in_;
  std::string place_;
  std::size_t at_ = 0;
  LineWriter writer_;
  std::vector<Group> groups_;
  std::map<int, Font> fonts_;
  int defining_ = 0;        // the font being named
  int pending_ = 0;         // bytes still to pass over after a \u
  char32_t high_ = 0;       // first half of a surrogate pair
  bool vietnamese_ = false; // \ansicpg1258
  std::u32string run_;      // not yet converted from its font
  std::string paragraph_;
  std::string mark_;        // of the list the paragraph stands in
  std::vector<std::string> cell_;                     // paragraphs of the cell being read
  std::vector<std::vector<std::string>> row_;         // cells
  std::vector<std::vector<std::vector<std::string>>> rows_;
  std::vector<std::string> notes_;

  Group& now() { return groups_.back(); }

  void close() {
    if (groups_.size() < 2) return;
    flush_text();
    high_ = 0;
    groups_.pop_back();
    pending_ = 0;
  }

  // ---- control words
  void control() {
    if (at_ >= in_.size()) return;
    const char c = in_[at_];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) {
      ++at_;
      symbol(c);
      return;
    }
    Word word;
    while (at_ < in_.size() && ((in_[at_] >= 'a' && in_[at_] <= 'z') ||
                                (in_[at_] >= 'A' && in_[at_] <= 'Z')) && word.name.size() < 32) {
      word.name += in_[at_++];
    }
    const bool minus = at_ < in_.size() && in_[at_] == '-';
    std::size_t digits = at_ + (minus ? 1 : 0);
    long value = 0;
    bool any = false;
    for (; digits < in_.size() && in_[digits] >= '0' && in_[digits] <= '9'; ++digits) {
      value = std::min(value * 10 + (in_[digits] - '0'), 1'000'000'000L);
      any = true;
    }
    if (any) {
      word.value = static_cast<int>(minus ? -value : value);
      at_ = digits;
    }
    if (at_ < in_.size() && in_[at_] == ' ') ++at_;
    obey(word);
  }

  void symbol(char c) {
    if (c == '\'') {
      const auto hex = [](char x) {
        return x >= '0' && x <= '9' ? x - '0' : x >= 'a' && x <= 'f' ? x - 'a' + 10
                                            : x >= 'A' && x <= 'F' ? x - 'A' + 10 : -1;
      };
      if (at_ + 1 >= in_.size()) return;
      const int high = hex(in_[at_]);
      const int low = hex(in_[at_ + 1]);
      at_ += 2;
      if (high >= 0 && low >= 0) byte(static_cast<unsigned char>(high * 16 + low));
    } else if (c == '*') {
      now().starred = true;
    } else if (c == '~') {
      letter(U' ');
    } else if (c == '_') {
      letter(U'-');
    } else if (c == '\n' || c == '\r') {
      obey({"par", {}});
    } else if (c == '\\' || c == '{' || c == '}') {
      byte(static_cast<unsigned char>(c));
    }
  }

  void enter(Place place) {
    flush_text();
    if (now().place == Place::skipped) return;
    now().place = place;
  }

  void obey(const Word& word) {
    const bool starred = std::exchange(now().starred, false);
    const int value = word.value.value_or(1);
    if (destination(word.name, starred)) return;
    if (word.name == "u") {
      unicode(word.value.value_or(0));
    } else if (word.name == "uc") {
      now().skip = std::clamp(value, 0, 16);
    } else if (word.name == "bin") {
      at_ = std::min(in_.size(), at_ + static_cast<std::size_t>(std::max(value, 0)));
    } else if (word.name == "ansicpg") {
      vietnamese_ = value == 1258;
    } else if (now().place == Place::fonts) {
      font_word(word);
    } else if (!look(word, value)) {
      layout(word.name);
    }
  }

  bool destination(const std::string& name, bool starred) {
    static const std::map<std::string, Place, std::less<>> kPlaces = {
        {"fonttbl", Place::fonts},      {"colortbl", Place::skipped},
        {"stylesheet", Place::skipped}, {"info", Place::skipped},
        {"pict", Place::skipped},       {"object", Place::skipped},
        {"header", Place::skipped},     {"footer", Place::skipped},
        {"headerl", Place::skipped},    {"headerr", Place::skipped},
        {"headerf", Place::skipped},    {"footerl", Place::skipped},
        {"footerr", Place::skipped},    {"footerf", Place::skipped},
        {"fldinst", Place::skipped},    {"listtable", Place::skipped},
        {"xe", Place::skipped},         {"tc", Place::skipped},
        {"nonshppict", Place::skipped}, {"filetbl", Place::skipped}};
    if (name == "footnote") {
      if (now().place != Place::text) return true;
      flush_text();
      notes_.emplace_back();
      paragraph_ += superscript(static_cast<int>(notes_.size()));
      enter(Place::note);
      return true;
    }
    if (name == "listtext" || name == "pntext") {  // what is printed before the paragraph
      if (now().place == Place::text) {
        mark_.clear();
        enter(Place::mark);
      }
      return true;
    }
    const auto found = kPlaces.find(name);
    if (found != kPlaces.end()) {
      enter(found->second);
      return true;
    }
    const bool copy = name == "shprslt" || name == "pntxta" || name == "pntxtb" || name == "sp";
    const bool known = name == "shpinst" || name == "shptxt";  // text boxes
    if (!copy && (!starred || known)) return false;
    enter(Place::skipped);
    return true;
  }

  void font_word(const Word& word) {
    if (word.name == "f") defining_ = word.value.value_or(0);
    if (word.name == "fcharset") fonts_[defining_].vietnamese = word.value.value_or(0) == 163;
  }

  bool look(const Word& word, int value) {
    Group& g = now();
    const auto set = [&](auto& field, auto wanted) {
      if (field == wanted) return true;
      flush_text();
      field = wanted;
      return true;
    };
    if (word.name == "f") return set(g.font, word.value.value_or(0));
    if (word.name == "v") return set(g.hidden, value != 0);
    if (word.name == "strike" || word.name == "striked") return set(g.struck, value != 0);
    if (word.name == "deleted") return set(g.deleted, value != 0);
    if (word.name == "caps") return set(g.capitals, value != 0);
    if (word.name != "plain") return false;
    flush_text();
    g.hidden = g.struck = g.deleted = g.capitals = false;
    return true;
  }

  void layout(const std::string& name) {
    if (now().place == Place::skipped) return;
    static const std::map<std::string, char32_t, std::less<>> kSigns = {
        {"tab", 0},         {"emdash", U'—'},    {"endash", U'–'},    {"lquote", U'‘'},
        {"rquote", U'’'},   {"ldblquote", U'“'}, {"rdblquote", U'”'}, {"bullet", U'•'},
        {"emspace", U' '},  {"enspace", U' '}};
    const auto sign = kSigns.find(name);
    if (sign != kSigns.end()) {
      if (sign->second != 0) return letter(sign->second);
      for (int i = 0; i < 3; ++i) letter(U' ');
      return;
    }
    if (now().place == Place::mark) return;
    if (now().place == Place::note) {
      if (name == "par" || name == "line") letter(U' ');
      return;
    }
    if (name == "par" || name == "sect" || name == "page") end_paragraph();
    else if (name == "line") letter(U'\n');
    else if (name == "pard") now().in_table = false;
    else if (name == "intbl") now().in_table = true;
    else if (name == "trowd") now().in_table = true;
    else if (name == "cell") end_cell();
    else if (name == "nestcell") letter(U' ');
    else if (name == "row") end_row();
  }

  // ---- letters
  void byte(unsigned char c) {
    if (pending_ > 0) {
      --pending_;
      return;
    }
    if (now().place == Place::fonts) {
      if (c == ';') return;
      std::string& name = fonts_[defining_].name;
      if (name.size() < 64) name += static_cast<char>(c);
      return;
    }
    const auto font = fonts_.find(now().font);
    const bool old =
        font != fonts_.end() && legacy_font_named(font->second.name) != LegacyFont::none;
    if (c < 0x80 || old) return letter(c);
    letter(from_windows(c, vietnamese_ || (font != fonts_.end() && font->second.vietnamese)));
  }

  void unicode(int value) {
    const auto unit = static_cast<char32_t>(value < 0 ? value + 65536 : value) & 0xFFFF;
    pending_ = now().skip;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high_ != 0) letter(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
    } else if (unit != 0) {
      letter(unit);
    }
  }

  void letter(char32_t c) {
    if (now().place != Place::skipped && now().place != Place::fonts) run_ += c;
    if (run_.size() > limits::kMiB) flush_text();
  }

  // The run so far belongs to the state in force: called before that state changes.
  void flush_text() {
    if (run_.empty()) return;
    const std::u32string run = std::exchange(run_, {});
    const Group& g = now();
    if (g.hidden || g.struck || g.deleted) {
      const std::string sample = squeeze(nfc(to_utf8(run)));
      const char* code = g.deleted ? "text_deleted" : g.struck ? "text_struck" : "text_hidden";
      if (!sample.empty()) writer_.warn(code, {{"sample", shorten(sample, 80)}});
      return;
    }
    const auto font = fonts_.find(g.font);
    const std::string name = font == fonts_.end() ? "" : font->second.name;
    std::string shown = to_utf8(from_font(run, legacy_font_named(name)));
    if (g.capitals || is_capital_font(name)) shown = to_capitals(shown);
    if (g.place == Place::mark) mark_ += shown;
    else (g.place == Place::note && !notes_.empty() ? notes_.back() : paragraph_) += shown;
  }

  // ---- paragraphs and tables
  std::string marked(std::string text) {
    const std::string mark = squeeze(std::exchange(mark_, {}));
    return mark.empty() ? text : mark + " " + text;
  }
  void end_paragraph() {
    flush_text();
    std::string text = marked(std::exchange(paragraph_, {}));
    if (now().in_table) {
      cell_.push_back(std::move(text));
      return;
    }
    end_table();
    writer_.line(text);
  }
  void end_cell() {
    flush_text();
    cell_.push_back(marked(std::exchange(paragraph_, {})));
    if (row_.size() < kCells) row_.push_back(std::exchange(cell_, {}));
    cell_.clear();
  }
  void end_row() {
    if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
  }

  void end_table() {
    end_row();
    write_table(writer_, std::exchange(rows_, {}));
  }
};

}  // namespace

Result<Reading> read_rtf(std::string_view bytes, const std::string& name) {
  return RtfReader(bytes, name).read();
}

}  // namespace khien
