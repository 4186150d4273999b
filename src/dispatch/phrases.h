// The phrase language of content/measures and its matcher.
//
//   mật khẩu              words, compared folded; punctuation between words does not count
//   [đổi|thay đổi]        one of; a | inside may be empty
//   định? [..]?           optional word or group
//   ~ ~8                  a gap of up to 4 (8) words; never across the end of a sentence
//   #                     a number written in digits
//   {app}                 a named group of content/measures/words.yaml
//
// A phrase begins with a word, a group or a number. Text is cut into tokens once; every phrase of
// the vocabulary is tried only where its first word stands, so cost follows the text's length.
// Words match by their folded form. When the whole text has lost its diacritics the skeleton form
// counts too; else only for at most a quarter of a phrase's words, and only for a word that no
// phrase knows as it stands (a scan broke it) or that has no mark left: "và" is never "vá".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace khien {

struct Token {
  std::uint32_t fold = 0;      // word ids; 0: in no phrase
  std::uint32_t skeleton = 0;
  std::uint32_t begin = 0;     // code points in the text
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
  std::int64_t number = -1;    // value when all digits
  bool broken = false;         // in no phrase as it stands, or without any mark
};

struct Hit {
  int owner = 0;               // who added the phrase
  std::uint32_t first = 0;     // token indexes, both included
  std::uint32_t last = 0;
  bool exact = true;           // every word matched with its marks
  std::int64_t number = -1;    // value of the phrase's last #
};

class Phrases {
 public:
  using Macros = std::map<std::string, std::string>;

  // K0320, K0322. `place` is for the message.
  [[nodiscard]] Done add(std::string_view phrase, int owner, const Macros& macros,
                         const std::string& place);

  // `text` is NFC. Barriers are the ends of sentences and empty lines.
  [[nodiscard]] std::vector<Token> tokenize(std::u32string_view text) const;
  // Every hit whose tokens lie in [from, to), in order of their first token. `bare`: the text has
  // no diacritics at all. A text made to cost much is matched only as far as a step budget goes;
  // `exhausted` says so.
  [[nodiscard]] std::vector<Hit> find(const std::vector<Token>& tokens, std::size_t from,
                                      std::size_t to, bool bare,
                                      bool* exhausted = nullptr) const;
  [[nodiscard]] std::size_t size() const { return phrases_; }

 private:
  enum class Op : std::uint8_t { word, number, gap, split, jump, match };
  struct Step {
    Op op = Op::match;
    std::uint32_t a = 0;  // word: fold id; gap: words; split, jump: target
    std::uint32_t b = 0;  // word: skeleton id; split: second target
  };
  struct Start {
    std::uint32_t pc = 0;     // of the first word or number itself: no alternative is tried in vain
    std::uint32_t phrase = 0;
    int owner = 0;
  };
  struct Run;
  class Parser;

  std::uint32_t intern(std::unordered_map<std::u32string, std::uint32_t>& ids,
                       std::u32string word);
  void index(std::uint32_t pc, const Start& start);
  bool step(Run& run, std::uint32_t pc, std::size_t at) const;

  std::vector<Step> program_;
  std::uint32_t phrases_ = 0;
  std::unordered_map<std::uint32_t, std::vector<Start>> by_word_;  // by skeleton id
  std::vector<Start> by_number_;
  std::unordered_map<std::u32string, std::uint32_t> fold_ids_;
  std::unordered_map<std::u32string, std::uint32_t> skeleton_ids_;
};

}  // namespace khien
