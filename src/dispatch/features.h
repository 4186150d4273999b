// What the model of kinds sees of a clause: hashed features of its words, its letters, the heading
// above it, the subject line and the phrases that fired. The same code serves training and use.
//
// Blocks of features, each with a weight of its own so that a long clause does not drown the rest:
//   words      1-3-grams of folded words, digits as #; pairs of words up to five apart
//   skeletons  1-2-grams without marks, for text that lost them
//   letters    2-5-grams of letters within and across words
//   opening    the first words, how the clause ends, how long it is
//   heading, subject   words of the heading above and of the paper's subject line
//   notions    what is done and to what, however worded (content/measures/notions.yaml), alone
//              and two by two within a sentence, in any order
//   phrases    each kind of which a phrase fired
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace khien {

struct Notion {
  std::string_view name;
  std::uint32_t sentence = 0;
  std::uint32_t token = 0;
};

struct ClauseView {
  std::u32string_view text;        // clean, without its number
  std::u32string_view heading;     // of the clauses above, nearest first; may be empty
  std::u32string_view subject;
  std::vector<Notion> notions;
  std::vector<std::string> fired;  // names of kinds whose phrases fired
};

struct Feature {
  std::uint32_t id = 0;
  float value = 0;
};

// Features of one source, not yet scaled: each id once.
struct FeatureBlock {
  std::vector<Feature> features;
  double square = 0;  // sum of the squares of the values
};
[[nodiscard]] FeatureBlock text_block(const ClauseView& clause);  // all but heading and subject
[[nodiscard]] FeatureBlock heading_block(std::u32string_view heading);
[[nodiscard]] FeatureBlock subject_block(std::u32string_view subject);

// The three blocks together by ascending id, scaled by the root of their squares.
[[nodiscard]] std::vector<Feature> features_of(const ClauseView& clause);

// Parts of a long clause that may order something of their own; none when it has one part only.
// Offsets in `text`.
struct ClausePart {
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] std::vector<ClausePart> parts_of(std::u32string_view text);

}  // namespace khien
