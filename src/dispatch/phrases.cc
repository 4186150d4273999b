// Phrases become a small backtracking program (word, number, gap, split, jump, match); why not a
// regex library: words must match by two keys with a budget of lost marks, and gaps count words.
#include "dispatch/phrases.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

constexpr std::uint32_t kGapWords = 4;
constexpr int kRunSteps = 20'000;                      // one phrase at one place
constexpr std::int64_t kFindSteps = 100'000'000;     // one text: about a second
constexpr int kMacroDepth = 8;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_word(char32_t c) { return is_letter(c) || is_digit(c); }

// One spelling for the y/i pairs of a closed list of words.
void respell(std::u32string& word) {
  if (word == U"kí") word = U"ký";
  if (word == U"kĩ") word = U"kỹ";
  if (word == U"lí") word = U"lý";
  if (word == U"quí") word = U"quý";
}

std::u32string to_skeleton(std::u32string_view folded) {
  std::u32string out(folded);
  for (char32_t& c : out) c = skeleton(c);
  return out;
}

Result<std::string> expand(std::string_view phrase, const Phrases::Macros& macros, int depth,
                           const std::string& place) {
  std::string out;
  while (!phrase.empty()) {
    const std::size_t open = phrase.find('{');
    out += phrase.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = phrase.find('}', open);
    const std::string name(phrase.substr(open + 1, close - open - 1));
    const auto macro = macros.find(name);
    if (close == std::string_view::npos || macro == macros.end() || depth >= kMacroDepth) {
      return fail(err::macro_unknown, place, {{"macro", name}});
    }
    KHIEN_TRY(const std::string inner, expand(macro->second, macros, depth + 1, place));
    out += "[" + inner + "]";
    phrase.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

// Recursive descent over the expanded phrase; emits straight into the program.
class Phrases::Parser {
 public:
  Parser(Phrases& out, std::u32string text) : out_(out), text_(std::move(text)) {}

  // An empty string when the phrase is well formed, else what is wrong.
  std::string run() {
    alternatives(false);
    if (problem_.empty() && at_ < text_.size()) problem_ = "unexpected ]";
    emit({Op::match});
    return problem_;
  }

 private:
  Phrases& out_;
  std::u32string text_;
  std::size_t at_ = 0;
  std::string problem_;

  std::uint32_t here() const { return static_cast<std::uint32_t>(out_.program_.size()); }
  std::uint32_t emit(Step s) {
    out_.program_.push_back(s);
    return here() - 1;
  }
  bool done() const { return at_ >= text_.size() || !problem_.empty(); }

  // a|b|c up to ']' or the end.
  void alternatives(bool inside) {
    std::vector<std::uint32_t> jumps;
    for (;;) {
      const std::uint32_t split = emit({Op::split});
      out_.program_[split].a = here();
      sequence();
      const bool more = !done() && text_[at_] == U'|';
      if (!more) {
        out_.program_[split].b = out_.program_[split].a;  // the last way: no second target
        break;
      }
      if (!inside) problem_ = "| outside [ ]";
      ++at_;
      jumps.push_back(emit({Op::jump}));
      out_.program_[split].b = here();
    }
    for (const std::uint32_t j : jumps) out_.program_[j].a = here();
  }

  void sequence() {
    while (!done() && text_[at_] != U'|' && text_[at_] != U']') {
      const char32_t c = text_[at_];
      if (c == U'[' || c == U'#' || is_word(c)) {
        item();
      } else if (c == U'~') {
        gap();
      } else if (c == U'?') {
        problem_ = "? after nothing";
      } else {
        ++at_;
      }
    }
  }

  void gap() {
    ++at_;
    std::uint32_t words = 0;
    bool given = false;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      words = words * 10 + (text_[at_++] - U'0');
      given = true;
    }
    if (words > 40) problem_ = "gap over 40 words";
    emit({Op::gap, given ? words : kGapWords});
  }

  void item() {
    const std::uint32_t split = emit({Op::split});
    out_.program_[split].a = here();
    if (text_[at_] == U'[') {
      ++at_;
      alternatives(true);
      if (problem_.empty() && (at_ >= text_.size() || text_[at_] != U']')) problem_ = "missing ]";
      ++at_;
    } else if (text_[at_] == U'#') {
      ++at_;
      emit({Op::number});
    } else {
      word();
    }
    const bool optional = at_ < text_.size() && text_[at_] == U'?';
    if (optional) ++at_;
    out_.program_[split].b = optional ? here() : out_.program_[split].a;
  }

  void word() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    std::u32string folded = fold(std::u32string_view(text_).substr(from, at_ - from));
    respell(folded);
    std::u32string bare = to_skeleton(folded);
    const std::uint32_t f = out_.intern(out_.fold_ids_, std::move(folded));
    emit({Op::word, f, out_.intern(out_.skeleton_ids_, std::move(bare))});
  }
};

struct Phrases::Run {
  const std::vector<Token>* tokens = nullptr;
  std::size_t to = 0;
  std::uint32_t sentence = 0;
  bool bare = false;
  int budget = kRunSteps;
  int words = 0;
  int lost = 0;  // words equal in skeleton only
  std::int64_t number = -1;
  std::size_t end = 0;
};

std::uint32_t Phrases::intern(std::unordered_map<std::u32string, std::uint32_t>& ids,
                              std::u32string word) {
  const auto next = static_cast<std::uint32_t>(ids.size() + 1);
  return ids.emplace(std::move(word), next).first->second;
}

Done Phrases::add(std::string_view phrase, int owner, const Macros& macros,
                  const std::string& place) {
  KHIEN_TRY(const std::string expanded, expand(nfc(phrase), macros, 0, place));
  const auto pc = static_cast<std::uint32_t>(program_.size());
  const std::string problem = Parser(*this, to_u32(expanded)).run();
  if (!problem.empty()) {
    return fail(err::phrase_invalid, place,
                {{"phrase", std::string(phrase)}, {"detail", problem}});
  }
  const std::size_t before = program_.size();
  index(pc, {pc, phrases_++, owner});
  if (program_.size() != before) {  // index() marks a phrase that begins with a gap or nothing
    return fail(err::phrase_invalid, place,
                {{"phrase", std::string(phrase)}, {"detail", "begins with a gap or nothing"}});
  }
  return {};
}

void Phrases::index(std::uint32_t pc, const Start& start) {
  const Step s = program_[pc];
  const auto put = [&](std::vector<Start>& list) {
    list.push_back({pc, start.phrase, start.owner});
  };
  switch (s.op) {
    case Op::word: put(by_word_[s.b]); break;
    case Op::number: put(by_number_); break;
    case Op::jump: index(s.a, start); break;
    case Op::split:
      index(s.a, start);
      if (s.b != s.a) index(s.b, start);
      break;
    case Op::gap:
    case Op::match: program_.push_back({Op::match}); break;
  }
}

std::vector<Token> Phrases::tokenize(std::u32string_view text) const {
  std::vector<Token> out;
  const std::u32string folded = fold(text);
  std::uint32_t sentence = 0;
  std::u32string word;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = text[i];
    if (!is_word(c)) {
      const bool gap_next = i + 1 >= text.size() || text[i + 1] == U' ' || text[i + 1] == U'\n' ||
                            text[i + 1] == U'.';
      if (c == U';' || c == U'…' || c == U'!' || c == U'?' || (c == U'.' && gap_next) ||
          (c == U'\n' && i + 1 < text.size() && text[i + 1] == U'\n')) {
        ++sentence;
      }
      ++i;
      continue;
    }
    const std::size_t from = i;
    bool digits = true;
    while (i < text.size() && is_word(text[i])) digits = is_digit(text[i++]) && digits;
    Token t;
    t.begin = static_cast<std::uint32_t>(from);
    t.end = static_cast<std::uint32_t>(i);
    t.sentence = sentence;
    if (digits && i - from <= 12) {
      t.number = 0;
      for (std::size_t k = from; k < i; ++k) t.number = t.number * 10 + (text[k] - U'0');
    }
    word.assign(folded, from, i - from);
    respell(word);
    if (const auto f = fold_ids_.find(word); f != fold_ids_.end()) t.fold = f->second;
    t.broken = t.fold == 0;
    if (std::all_of(word.begin(), word.end(), [](char32_t w) { return skeleton(w) == w; }))
      t.broken = true;
    for (char32_t& w : word) w = skeleton(w);
    if (const auto s = skeleton_ids_.find(word); s != skeleton_ids_.end()) t.skeleton = s->second;
    out.push_back(t);
  }
  return out;
}

bool Phrases::step(Run& run, std::uint32_t pc, std::size_t at) const {
  if (--run.budget < 0) return false;
  const Step& s = program_[pc];
  const std::vector<Token>& tokens = *run.tokens;
  const bool in = at < run.to && tokens[at].sentence == run.sentence;
  switch (s.op) {
    case Op::match:
      run.end = at;
      return run.bare || run.lost * 4 <= run.words;
    case Op::jump: return step(run, s.a, at);
    case Op::split: return step(run, s.a, at) || (s.b != s.a && step(run, s.b, at));
    case Op::gap:
      for (std::size_t skip = 0; skip <= s.a; ++skip) {
        if (step(run, pc + 1, at + skip)) return true;
        if (at + skip >= run.to || tokens[at + skip].sentence != run.sentence) break;
      }
      return false;
    case Op::number: {
      if (!in || tokens[at].number < 0) return false;
      const std::int64_t before = run.number;
      run.number = tokens[at].number;
      if (step(run, pc + 1, at + 1)) return true;
      run.number = before;
      return false;
    }
    case Op::word: {
      if (!in || tokens[at].skeleton != s.b) return false;
      const int lost = tokens[at].fold == s.a ? 0 : 1;
      if (lost > 0 && !run.bare && !tokens[at].broken) return false;
      run.words += 1;
      run.lost += lost;
      if (step(run, pc + 1, at + 1)) return true;
      run.words -= 1;
      run.lost -= lost;
      return false;
    }
  }
  return false;
}

std::vector<Hit> Phrases::find(const std::vector<Token>& tokens, std::size_t from, std::size_t to,
                               bool bare, bool* exhausted) const {
  std::int64_t left = kFindSteps;
  std::vector<Hit> out;
  bool cut = false;
  const auto attempt = [&](const std::vector<Start>& starts, std::size_t at) {
    std::int64_t matched_phrase = -1;  // its first alternative that fits counts
    for (const Start& start : starts) {
      if (start.phrase == matched_phrase) continue;
      Run run;
      run.tokens = &tokens;
      run.to = to;
      run.sentence = tokens[at].sentence;
      run.bare = bare;
      const bool matched = step(run, start.pc, at);
      left -= kRunSteps - std::max(run.budget, 0);
      cut = cut || run.budget < 0;
      if (!matched || run.end == at) continue;
      matched_phrase = start.phrase;
      out.push_back({start.owner, static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(run.end - 1), run.lost == 0, run.number});
    }
  };
  for (std::size_t at = from; at < to; ++at) {
    cut = cut || left < 0;
    if (left < 0) break;
    if (tokens[at].number >= 0) attempt(by_number_, at);
    if (tokens[at].skeleton == 0) continue;
    const auto list = by_word_.find(tokens[at].skeleton);
    if (list != by_word_.end()) attempt(list->second, at);
  }
  if (cut && exhausted != nullptr) *exhausted = true;
  return out;
}

}  // namespace khien
