// Words go on where the last one was found; where a column, a cell or a footnote begins elsewhere,
// the place is the one that the most following words agree with.
#include "dispatch/places.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kPlacedWords = 60'000;   // of all pages
constexpr std::size_t kPlacedPerPage = 10'000;
constexpr std::size_t kSkipped = 6;         // words of the text passed at once: left out, mended
constexpr std::size_t kAgree = 6;           // words compared at a jump
constexpr std::size_t kCandidates = 64;     // places tried at a jump, the nearest
constexpr std::size_t kTellingLetters = 5;  // of a word that is enough by itself
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

struct TextWord {
  std::string key;  // letters and digits without marks: what recognition and mending leave alike
  std::uint32_t from = 0, to = 0;
};

std::string place_key(std::string_view word) {
  std::string out;
  for (const char c : skeleton(word)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

// The words of the text that have a letter or a digit.
std::vector<TextWord> text_words(std::string_view text) {
  std::vector<TextWord> out;
  std::uint32_t at = 0;
  std::uint32_t from = 0;
  std::string word;
  const auto close = [&] {
    std::string key = place_key(word);
    if (!key.empty()) out.push_back({std::move(key), from, at});
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank) close();
    else if (word.empty()) from = at;
    if (!blank) word += c;
    const bool ends = i + 1 == text.size() ||
                      (static_cast<unsigned char>(text[i + 1]) & 0xC0) != 0x80;
    if (ends) ++at;  // the code point
  }
  close();
  return out;
}

struct PrintedWord {
  std::string key;
  std::size_t page = 0;
  const PageWord* word = nullptr;
};

class PlaceMatcher {
 public:
  PlaceMatcher(std::vector<TextWord> tokens, std::vector<PrintedWord> printed)
      : tokens_(std::move(tokens)), printed_(std::move(printed)), taken_(tokens_.size(), false) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) at_[tokens_[i].key].push_back(i);
  }

  // For each printed word the token it is, or kNowhere.
  std::vector<std::size_t> match() {
    std::vector<std::size_t> out(printed_.size(), kNowhere);
    std::size_t next = 0;
    for (std::size_t i = 0; i < printed_.size(); ++i) {
      const std::size_t found = find(i, next);
      if (found == kNowhere) continue;
      taken_[found] = true;
      out[i] = found;
      next = found + 1;
    }
    return out;
  }

  [[nodiscard]] const TextWord& token(std::size_t i) const { return tokens_[i]; }
  [[nodiscard]] const std::vector<PrintedWord>& printed() const { return printed_; }

 private:
  std::vector<TextWord> tokens_;
  std::vector<PrintedWord> printed_;
  std::vector<bool> taken_;
  std::unordered_map<std::string, std::vector<std::size_t>> at_;

  [[nodiscard]] bool same(std::size_t printed, std::size_t token) const {
    return printed < printed_.size() && token < tokens_.size() && !taken_[token] &&
           printed_[printed].key == tokens_[token].key;
  }

  [[nodiscard]] std::size_t agreement(std::size_t printed, std::size_t token) const {
    std::size_t n = 0;
    while (n < kAgree && same(printed + n, token + n)) ++n;
    return n;
  }

  [[nodiscard]] std::size_t find(std::size_t i, std::size_t next) const {
    if (same(i, next)) return next;
    for (std::size_t j = next + 1; j <= next + kSkipped; ++j) {
      if (agreement(i, j) > 1) return j;
    }
    const auto all = at_.find(printed_[i].key);
    if (all == at_.end()) return kNowhere;
    return nearest(i, next, all->second);
  }

  [[nodiscard]] std::size_t nearest(std::size_t i, std::size_t next,
                                    const std::vector<std::size_t>& all) const {
    const auto middle = std::lower_bound(all.begin(), all.end(), next) - all.begin();
    const auto half = static_cast<std::ptrdiff_t>(kCandidates / 2);
    const auto from = std::max<std::ptrdiff_t>(0, middle - half);
    const auto to = std::min(static_cast<std::ptrdiff_t>(all.size()), middle + half);
    std::size_t best = kNowhere;
    std::size_t most = 1;
    std::size_t least = 0;
    for (auto at = from; at < to; ++at) {
      const std::size_t token = all[static_cast<std::size_t>(at)];
      const std::size_t far = token > next ? token - next : next - token;
      const std::size_t n = agreement(i, token);
      if (n < most || (n == most && best != kNowhere && far >= least)) continue;
      const bool alone = n == 1 && all.size() > 1 && printed_[i].key.size() < kTellingLetters;
      if (alone) continue;  // "va" may stand anywhere
      best = token, most = n, least = far;
    }
    return best;
  }
};

std::uint16_t page_part(float at, float whole) {
  if (!(whole > 0)) return 0;
  return static_cast<std::uint16_t>(std::clamp(at / whole * kPageParts, 0.0F, kPageParts));
}

}  // namespace

std::vector<PagePlaces> find_places(std::string_view text, const std::vector<PageWords>& pages) {
  std::vector<PagePlaces> out;
  std::vector<std::vector<PrintedLine>> lines;  // keep the words that `printed` points to
  for (const PageWords& page : pages) {
    if (out.size() == kPlacedPages) break;
    out.push_back({page.width, page.height, {}});
    std::vector<PageWord> words = page.words;
    words.resize(std::min(words.size(), kPlacedPerPage));
    lines.push_back(printed_lines(std::move(words)));
  }
  std::vector<PrintedWord> printed;
  for (std::size_t page = 0; page < lines.size(); ++page) {
    for (const PrintedLine& line : lines[page]) {
      for (const PageWord& word : line.words) {
        std::string key = printed.size() < kPlacedWords ? place_key(word.text) : "";
        if (!key.empty()) printed.push_back({std::move(key), page, &word});
      }
    }
  }
  PlaceMatcher matcher(text_words(text), std::move(printed));
  const std::vector<std::size_t> found = matcher.match();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == kNowhere) continue;
    const TextWord& token = matcher.token(found[i]);
    const PrintedWord& p = matcher.printed()[i];
    PagePlaces& page = out[p.page];
    page.words.push_back({token.from, token.to, page_part(p.word->x0, page.width),
                          page_part(p.word->y0, page.height), page_part(p.word->x1, page.width),
                          page_part(p.word->y1, page.height)});
  }
  return out;
}

Node to_node(const std::vector<PagePlaces>& pages) {
  Node out = Node::list();
  for (const PagePlaces& page : pages) {
    Node words = Node::list();
    for (const PlacedWord& w : page.words) {
      for (const std::int64_t n : {std::int64_t{w.from}, std::int64_t{w.to}, std::int64_t{w.x0},
                                   std::int64_t{w.y0}, std::int64_t{w.x1}, std::int64_t{w.y1}}) {
        words.push(n);
      }
    }
    out.push(Node::map({{"width", double{page.width}},
                        {"height", double{page.height}},
                        {"words", std::move(words)}}));
  }
  return out;
}

std::vector<PagePlaces> places_from(const Node& node) {
  constexpr std::size_t kFields = 6;
  constexpr auto kMost = static_cast<std::int64_t>(kPageParts);
  std::vector<PagePlaces> out;
  for (const Node& page : node.items()) {
    out.push_back({static_cast<float>(page["width"].real()),
                   static_cast<float>(page["height"].real()), {}});
    const auto& n = page["words"].items();
    for (std::size_t i = 0; i + kFields <= n.size(); i += kFields) {
      const auto edge = [&](std::size_t field) {
        return static_cast<std::uint16_t>(
            std::clamp<std::int64_t>(n[i + field].integer(), 0, kMost));
      };
      out.back().words.push_back({static_cast<std::uint32_t>(n[i].integer()),
                                  static_cast<std::uint32_t>(n[i + 1].integer()), edge(2), edge(3),
                                  edge(4), edge(5)});
    }
  }
  return out;
}

}  // namespace khien
