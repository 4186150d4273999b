// Hashing instead of a dictionary: a feature is the 32-bit hash of its block and its letters, so a
// clause costs one pass and no look-ups of strings. The weights of the blocks were chosen by
// cross-validation over whole documents.
#include "dispatch/features.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kWords = 400;  // of one clause; longer ones are cut
constexpr std::size_t kHeadingWords = 60;
constexpr std::size_t kReach = 5;
constexpr std::size_t kLetters = 5;
constexpr std::size_t kPartWords = 3;
constexpr std::size_t kParts = 12;
constexpr double kPair = 0.5;
constexpr double kSkeleton = 0.5;
constexpr double kLetter = 0.2;
constexpr double kOpening = 0.7;
constexpr double kHeading = 0.6;
constexpr double kSubject = 0.15;
constexpr double kPhrase = 3;
constexpr double kNotion = 1;
constexpr double kNotionPair = 0.7;
constexpr std::uint32_t kNotionReach = 15;  // words
constexpr std::size_t kNotions = 40;
constexpr double kBias = 3;

enum class Block : std::uint64_t {
  word = 1,
  pair,
  skeleton,
  letter,
  opening,
  phrase,
  shape,
  notion
};

class Hash {
 public:
  explicit Hash(Block block) { mix(static_cast<std::uint64_t>(block)); }
  Hash& mix(std::uint64_t v) {
    state_ = (state_ ^ v) * 0x9E3779B97F4A7C15ULL;
    state_ ^= state_ >> 29;
    return *this;
  }
  [[nodiscard]] std::uint32_t id() const {
    return static_cast<std::uint32_t>((state_ * 0xBF58476D1CE4E5B9ULL) >> 32);
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

template <class Text>
std::uint64_t hash_of(const Text& word) {
  std::uint64_t h = 0xCBF29CE484222325ULL;
  for (const auto c : word) h = (h ^ static_cast<std::uint32_t>(c)) * 0x100000001B3ULL;
  return h;
}

struct Words {
  std::vector<std::uint64_t> folded;
  std::vector<std::uint64_t> bare;
  std::u32string letters;  // folded, one blank between words
};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

Words words_of(std::u32string_view text, std::size_t limit) {
  Words out;
  const std::u32string folded = fold(text.substr(0, limit * 12));
  std::u32string word;
  for (std::size_t i = 0; i < folded.size() && out.folded.size() < limit;) {
    if (!is_letter(folded[i]) && !is_digit(folded[i])) {
      ++i;
      continue;
    }
    word.clear();
    bool number = true;
    for (; i < folded.size() && (is_letter(folded[i]) || is_digit(folded[i])); ++i) {
      number = number && is_digit(folded[i]);
      word += is_digit(folded[i]) ? U'#' : folded[i];
    }
    if (number) word = U"#";
    out.folded.push_back(hash_of(word));
    out.letters += U' ';
    out.letters += word;
    for (char32_t& c : word) c = skeleton(c);
    out.bare.push_back(hash_of(word));
  }
  out.letters += U' ';
  return out;
}

// Which ids one block has so far. Kept between blocks of a thread: emptying it costs one count up.
class Seen {
 public:
  void clear() {
    if (++round_ == 0) std::fill(slots_.begin(), slots_.end(), Slot{});
  }
  [[nodiscard]] static constexpr std::size_t most() { return kSlots / 2; }
  bool insert(std::uint32_t id) {
    std::size_t at = id & (kSlots - 1);
    for (; slots_[at].round == round_; at = (at + 1) & (kSlots - 1)) {
      if (slots_[at].id == id) return false;
    }
    slots_[at] = {id, round_};
    return true;
  }

 private:
  struct Slot {
    std::uint32_t id = 0;
    std::uint32_t round = 0;
  };
  static constexpr std::size_t kSlots = 1U << 15;
  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
  std::uint32_t round_ = 0;
};

// Each id once: a word said twice is still one word.
class Collector {
 public:
  Collector() { seen().clear(); }
  void add(const Hash& hash, double value) {
    const std::uint32_t id = std::max(hash.id(), 1U);
    // a clause of kWords never fills it
    if (block_.features.size() >= Seen::most() || !seen().insert(id)) return;
    block_.features.push_back({id, static_cast<float>(value)});
    block_.square += value * value;
  }
  FeatureBlock finish() { return std::move(block_); }

 private:
  static Seen& seen() {
    thread_local Seen one;
    return one;
  }
  FeatureBlock block_;
};

void add_words(Collector& out, const Words& w, double value) {
  const std::size_t n = w.folded.size();
  for (std::size_t i = 0; i < n; ++i) {
    Hash gram(Block::word);
    for (std::size_t k = i; k < std::min(n, i + 3); ++k) out.add(gram.mix(w.folded[k]), value);
    for (std::size_t k = i + 2; k < std::min(n, i + kReach); ++k)
      out.add(Hash(Block::pair).mix(w.folded[i]).mix(w.folded[k]), value * kPair);
    Hash bare(Block::skeleton);
    for (std::size_t k = i; k < std::min(n, i + 2); ++k)
      out.add(bare.mix(w.bare[k]), value * kSkeleton);
  }
}

void add_letters(Collector& out, const Words& w) {
  for (std::size_t i = 0; i < w.letters.size(); ++i) {
    Hash gram(Block::letter);
    for (std::size_t k = i; k < std::min(w.letters.size(), i + kLetters); ++k) {
      gram.mix(w.letters[k]);
      if (k > i) out.add(gram, kLetter);
    }
  }
}

void add_shape(Collector& out, std::u32string_view text, const Words& w) {
  Hash opening(Block::opening);
  const std::size_t n = w.folded.size();
  for (std::size_t i = 0; i < std::min<std::size_t>(3, n); ++i)
    out.add(opening.mix(w.folded[i]), kOpening);
  while (!text.empty() && (text.back() == U' ' || text.back() == U'\n')) text.remove_suffix(1);
  const bool colon = !text.empty() && text.back() == U':';
  out.add(Hash(Block::shape).mix(colon ? 1 : 2), kOpening);
  const std::uint64_t length = n < 4 ? 0 : n < 8 ? 1 : n < 14 ? 2 : n < 40 ? 3 : 4;
  out.add(Hash(Block::shape).mix(10 + length), kOpening);
  out.add(Hash(Block::shape).mix(99), kBias);
}

void add_notions(Collector& out, const std::vector<Notion>& notions) {
  const std::size_t n = std::min(notions.size(), kNotions);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t one = hash_of(notions[i].name);
    out.add(Hash(Block::notion).mix(one), kNotion);
    for (std::size_t k = i + 1; k < n; ++k) {
      const Notion& other = notions[k];
      if (other.sentence != notions[i].sentence || other.name == notions[i].name ||
          other.token - notions[i].token > kNotionReach)
        continue;
      const std::uint64_t two = hash_of(other.name);
      out.add(Hash(Block::notion).mix(std::min(one, two)).mix(std::max(one, two)), kNotionPair);
    }
  }
}

}  // namespace

FeatureBlock text_block(const ClauseView& clause) {
  Collector out;
  const Words text = words_of(clause.text, kWords);
  add_words(out, text, 1);
  add_letters(out, text);
  add_shape(out, clause.text, text);
  add_notions(out, clause.notions);
  for (const std::string& kind : clause.fired)
    out.add(Hash(Block::phrase).mix(hash_of(kind)), kPhrase);
  return out.finish();
}

FeatureBlock heading_block(std::u32string_view heading) {
  Collector out;
  add_words(out, words_of(heading, kHeadingWords), kHeading);
  return out.finish();
}

FeatureBlock subject_block(std::u32string_view subject) {
  Collector out;
  add_words(out, words_of(subject, kHeadingWords), kSubject);
  return out.finish();
}

std::vector<Feature> features_of(const ClauseView& clause) {
  std::vector<Feature> out;
  double square = 0;
  for (const FeatureBlock& block :
       {text_block(clause), heading_block(clause.heading), subject_block(clause.subject)}) {
    out.insert(out.end(), block.features.begin(), block.features.end());
    square += block.square;
  }
  std::sort(out.begin(), out.end(),
            [](const Feature& a, const Feature& b) { return a.id < b.id; });
  const auto scale = static_cast<float>(1 / std::sqrt(square));
  for (Feature& f : out) f.value *= scale;
  return out;
}

std::vector<ClausePart> parts_of(std::u32string_view text) {
  std::vector<ClausePart> out;
  std::size_t from = 0;
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size() && out.size() + 1 < kParts; ++i) {
    const char32_t c = text[i];
    const bool ends = i + 1 >= text.size() || text[i + 1] == U' ' || text[i + 1] == U'\n';
    words += (c == U' ' || c == U'\n') ? 1 : 0;
    if (!ends) continue;
    const bool cut = c == U';' || c == U'.' || (c == U',' && words >= kPartWords + 2);
    if (!cut || words < kPartWords) continue;
    out.push_back({from, i});
    from = i + 1;
    words = 0;
  }
  if (from < text.size() && words >= kPartWords) out.push_back({from, text.size()});
  if (out.size() < 2) out.clear();
  return out;
}

}  // namespace khien
