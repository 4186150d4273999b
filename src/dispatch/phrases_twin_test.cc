// The matcher against a slow twin made from the words at the head of phrases.h alone: it tries
// every way a phrase can be read at every place, and knows how a text was put together instead of
// cutting it. Thousands of small phrases and texts, the same ones every run; small, because the
// matcher gives up one phrase at one place after a number of steps.
#include "dispatch/phrases.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <tuple>

#include "base/text.h"

namespace khien {
namespace {

// A word as it may be written: which word it is (case and place of the tone mark do not count), and
// which it is without its marks. Told by hand, so that folding is compared too.
struct Spelling {
  const char* text;
  int word;
  int bare;
  std::int64_t number = -1;
  // Has no marks at all.
  [[nodiscard]] bool plain() const {
    for (const char* c = text; *c != 0; ++c) {
      if (static_cast<unsigned char>(*c) >= 0x80) return false;
    }
    return true;
  }
};
constexpr Spelling kSpellings[] = {
    {"khóa", 1, 1},   {"khoá", 1, 1}, {"KHÓA", 1, 1},  {"khoa", 2, 1},  {"Khoả", 3, 1},
    {"đổi", 4, 2},    {"Đổi", 4, 2},  {"doi", 5, 2},   {"đối", 6, 2},   {"ký", 7, 3},
    {"kí", 7, 3},     {"ky", 8, 3},   {"kỳ", 9, 3},    {"thủy", 10, 4}, {"thuỷ", 10, 4},
    {"thuy", 11, 4},  {"số", 12, 5},  {"Số", 12, 5},   {"so", 13, 5},   {"sổ", 14, 5},
    {"5", 15, 6, 5},  {"05", 16, 7, 5}, {"24", 17, 8, 24}, {"mới", 18, 9}, {"moi", 19, 9},
};

struct Said {  // one token of a text
  const Spelling* as = nullptr;
  int sentence = 0;
};

struct Part;
using Row = std::vector<Part>;
struct Part {
  enum class Kind { word, number, gap, group } kind = Kind::word;
  const Spelling* word = nullptr;
  int most = 0;                // words a gap may skip
  std::vector<Row> ways;       // of a group
  bool optional = false;
};

// One way through a phrase as far as `end`.
struct Way {
  std::size_t end = 0;
  int words = 0;
  int lost = 0;
  std::int64_t number = -1;
  auto operator<=>(const Way&) const = default;
};
using Ways = std::set<Way>;

class Twin {
 public:
  // `known`: the words of all phrases. A word with its marks that is one of them is no other word;
  // one that is none may have been broken by a scan, one without marks may have lost them.
  Twin(const std::vector<Said>& text, bool bare, const std::set<int>& known)
      : text_(text), bare_(bare), known_(known) {}

  Ways matches(const Row& phrase, std::size_t at) const {
    Ways out;
    for (const Way& w : row(phrase, Way{at}, text_[at].sentence)) {
      if (w.end > at && (bare_ || w.lost * 4 <= w.words)) out.insert(w);
    }
    return out;
  }

 private:
  const std::vector<Said>& text_;
  bool bare_;
  const std::set<int>& known_;

  Ways row(const Row& parts, const Way& from, int sentence) const {
    Ways now = {from};
    for (const Part& p : parts) {
      Ways next;
      for (const Way& w : now) {
        for (const Way& further : part(p, w, sentence)) next.insert(further);
        if (p.optional) next.insert(w);
      }
      now = next;
    }
    return now;
  }

  bool inside(std::size_t at, int sentence) const {
    return at < text_.size() && text_[at].sentence == sentence;
  }

  Ways part(const Part& p, Way w, int sentence) const {
    Ways out;
    if (p.kind == Part::Kind::group) {
      for (const Row& way : p.ways) {
        for (const Way& further : row(way, w, sentence)) out.insert(further);
      }
      return out;
    }
    if (p.kind == Part::Kind::gap) {
      out.insert(w);
      for (int i = 0; i < p.most && inside(w.end, sentence); ++i) {
        ++w.end;
        out.insert(w);
      }
      return out;
    }
    if (!inside(w.end, sentence)) return out;
    const Spelling& said = *text_[w.end].as;
    ++w.end;
    if (p.kind == Part::Kind::number) {
      if (said.number < 0) return out;
      w.number = said.number;
    } else {
      if (said.bare != p.word->bare) return out;
      const bool other = said.word != p.word->word;
      if (other && !bare_ && known_.contains(said.word) && !said.plain()) return out;
      ++w.words;
      w.lost += other;
    }
    return {w};
  }
};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Row phrase() {
    Row out = row(2);
    out.insert(out.begin(), first());
    return out;
  }

  // The text and what the twin knows of it.
  std::string text(std::vector<Said>& said) {
    static const std::vector<std::pair<const char*, bool>> between = {
        {" ", false},  {" ", false},  {" ", false},  {" ", false}, {", ", false}, {"\n", false},
        {" “", false}, {"/", false},  {": ", false}, {".", false}, {". ", true},  {"; ", true},
        {"! ", true},  {"\n\n", true}, {"… ", true}, {"? ", true}};
    std::string out;
    int sentence = 0;
    const int count = number(1, 14);
    for (int i = 0; i < count; ++i) {
      const Spelling& word = spelling();
      out += word.text;
      said.push_back({&word, sentence});
      const auto& [mark, ends] = between[static_cast<std::size_t>(number(0, 15))];
      out += mark;
      sentence += ends ? 1 : 0;
    }
    return out;
  }

  std::string written(const Row& row, Phrases::Macros& macros) {
    std::string out;
    for (const Part& p : row) {
      if (!out.empty()) out += number(0, 5) == 0 ? ", " : " ";
      if (p.kind == Part::Kind::word) out += p.word->text;
      if (p.kind == Part::Kind::number) out += "#";
      if (p.kind == Part::Kind::gap) out += p.most == 4 ? "~" : "~" + std::to_string(p.most);
      if (p.kind == Part::Kind::group) out += group(p, macros);
      if (p.optional) out += "?";
    }
    return out;
  }

  int number(int least, int most) {
    return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
  }

 private:
  std::mt19937 random_;

  const Spelling& spelling() {
    // A few words much more often than the rest, so that phrases are met.
    const int of = number(0, 2) == 0 ? static_cast<int>(std::size(kSpellings)) - 1 : 8;
    return kSpellings[number(0, of)];
  }

  std::string group(const Part& p, Phrases::Macros& macros) {
    std::string inner;
    for (std::size_t i = 0; i < p.ways.size(); ++i) {
      if (i > 0) inner += "|";
      inner += written(p.ways[i], macros);
    }
    if (number(0, 2) > 0) return "[" + inner + "]";
    const std::string name = "m" + std::to_string(macros.size());
    macros.emplace(name, inner);
    return "{" + name + "}";
  }

  // Not optional and not a gap: a phrase begins with something that is there.
  Part first() {
    Part out;
    out.word = &spelling();
    if (number(0, 5) == 0) out.kind = Part::Kind::number;
    return out;
  }

  Part part(int depth) {
    Part out = first();
    const int what = number(0, 9);
    if (what < (depth == 2 ? 3 : 1)) {
      out.kind = Part::Kind::gap;
      out.most = number(0, depth == 2 ? 5 : 2);
      return out;
    }
    if (what < 6 && depth > 0) {
      out.kind = Part::Kind::group;
      const int ways = number(1, 2);
      for (int i = 0; i < ways; ++i) out.ways.push_back(row(depth - 1));
      // "a | inside may be empty"
      if (number(0, 4) == 0) out.ways.emplace_back();
    }
    out.optional = number(0, 3) == 0;
    return out;
  }

  Row row(int depth) {
    Row out;
    const int count = number(1, depth == 2 ? 3 : 2);
    for (int i = 0; i < count; ++i) out.push_back(part(depth));
    return out;
  }
};

void add_words(const Row& row, std::set<int>& to) {
  for (const Part& p : row) {
    if (p.kind == Part::Kind::word) to.insert(p.word->word);
    for (const Row& way : p.ways) add_words(way, to);
  }
}

// By owner and first token.
using Found = std::map<std::pair<int, std::size_t>, Ways>;

void compare_with_twin(unsigned seed) {
  Maker make(seed);
  Phrases phrases;
  Phrases::Macros macros;
  std::vector<Row> rows;
  std::string all;
  for (int owner = 0; owner < 6; ++owner) {
    rows.push_back(make.phrase());
    const std::string text = make.written(rows.back(), macros);
    all += "\n  " + text;
    ASSERT_TRUE(phrases.add(text, owner, macros, "twin")) << seed << ": " << text;
  }
  std::vector<Said> said;
  const std::string text = make.text(said);
  const bool bare = make.number(0, 3) == 0;
  SCOPED_TRACE("seed " + std::to_string(seed) + (bare ? " bare" : "") + "\n  text: " + text + all);

  const auto tokens = phrases.tokenize(to_u32(nfc(text)));
  ASSERT_EQ(tokens.size(), said.size());
  std::set<int> words;
  for (const Row& row : rows) add_words(row, words);
  const Twin twin(said, bare, words);
  Found wanted;
  for (std::size_t at = 0; at < said.size(); ++at) {
    for (std::size_t owner = 0; owner < rows.size(); ++owner) {
      const Ways ways = twin.matches(rows[owner], at);
      if (!ways.empty()) wanted[{static_cast<int>(owner), at}] = ways;
    }
  }
  bool exhausted = false;
  std::size_t before = 0;
  for (const Hit& hit : phrases.find(tokens, 0, tokens.size(), bare, &exhausted)) {
    EXPECT_LE(before, hit.first) << "not in order of the first token";
    before = hit.first;
    const auto at = wanted.find({hit.owner, hit.first});
    ASSERT_NE(at, wanted.end()) << "phrase " << hit.owner << " at " << hit.first;
    const bool known = std::any_of(at->second.begin(), at->second.end(), [&](const Way& w) {
      return w.end == hit.last + 1 && (w.lost == 0) == hit.exact && w.number == hit.number;
    });
    EXPECT_TRUE(known) << "phrase " << hit.owner << " ends at " << hit.last;
    wanted.erase(at);
  }
  EXPECT_FALSE(exhausted);
  for (const auto& [place, ways] : wanted) {
    ADD_FAILURE() << "phrase " << place.first << " at " << place.second << " was missed";
  }
}

TEST(PhrasesTwin, FindsWhatTheSlowTwinFindsAndNothingElse) {
  for (unsigned seed = 1; seed <= 20'000 && !testing::Test::HasFailure(); ++seed) {
    compare_with_twin(seed);
  }
}

// The twin's own eyes: a comparison in which hardly anything is ever found would prove nothing.
TEST(PhrasesTwin, ManyOfTheGeneratedPhrasesAreMet) {
  int met = 0, missed = 0, across = 0;
  for (unsigned seed = 1; seed <= 2'000; ++seed) {
    Maker make(seed);
    const Row row = make.phrase();
    std::vector<Said> said;
    (void)make.text(said);
    across += said.back().sentence > 0;
    std::set<int> known;
    add_words(row, known);
    for (std::size_t at = 0; at < said.size(); ++at) {
      (Twin(said, false, known).matches(row, at).empty() ? missed : met) += 1;
    }
  }
  EXPECT_GT(met, 300);
  EXPECT_GT(missed, 300);
  EXPECT_GT(across, 300);
}

}  // namespace
}  // namespace khien
