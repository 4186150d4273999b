// Reading path 3/11. Takes a Document, gives its head (number, issuer, dates, recipients, contacts)
// and the tree of its clauses with spans and citations. Knows nothing of kinds. Next:
// dispatch/measures.h.
//
// A clause is a numbered or bulleted piece, or a sentence of an unnumbered paragraph, of the body,
// of an annex or of a document attached after the signature (quy chế, kế hoạch, hướng dẫn).
// Footnotes, "Nơi nhận" and the signature are no clauses. A clause's own text runs to its first
// child.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "dispatch/document.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

enum class ClauseForm { roman, article, number, letter, ordinal, bullet, paragraph };

struct Clause {
  ClauseForm form = ClauseForm::paragraph;
  std::string label;           // "2", "a", "IV", "1.2"; "" for bullets and paragraphs
  int parent = -1;             // index of the clause above; -1 at the top
  int position = 0;            // bullets and paragraphs: 1-based among their siblings
  std::uint32_t begin = 0;     // code points, the marker included
  std::uint32_t text_begin = 0;
  std::uint32_t end = 0;
  int sentence = 0;            // of a paragraph's sentences, counted from 0
  bool introduces = false;     // ends with ':' and something follows
  bool led = false;            // one of those a line that leads to demands is followed by
  bool told = false;           // stands before the demands: the reasons, the situation
  bool purpose = false;        // under "Mục đích, yêu cầu", "Tình hình": orders nothing
  bool in_annex = false;
  bool attached = false;       // in a document attached after the signature
  std::string id;
  std::string cite_vi;
};

struct Anatomy {
  Dispatch head;
  std::u32string text;          // NFC, as stored
  std::u32string clean;         // the same length, markdown marks and brackets of URLs blanked
  std::vector<Clause> clauses;  // document order
  std::uint32_t body_begin = 0; // after the recipients
  std::uint32_t opening = 0;    // of the line that leads to the demands, or of the first item
  std::uint32_t first_clause = 0;  // where the demands begin
  std::uint32_t body_end = 0;   // before "Nơi nhận"
  std::vector<Token> tokens;    // of `clean`
  bool bare = false;            // the text has lost its diacritics
};

// The first token that begins at or after the place, in code points.
[[nodiscard]] std::size_t token_at(const Anatomy& anatomy, std::size_t place);

[[nodiscard]] Result<Anatomy> dissect(const Document& document, const Vocabulary& vocabulary);

}  // namespace khien
