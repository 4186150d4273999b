// The head and the tail of a dispatch: everything around the demands. Best effort on damaged or
// missing parts: what is not there stays empty, nothing is guessed from file names.
#pragma once

#include <vector>

#include "dispatch/anatomy.h"
#include "dispatch/lines.h"

namespace khien {

struct Part {                // an annex, or a document attached: quy chế, kế hoạch, hướng dẫn
  std::size_t title = 0;     // line indexes
  std::size_t begin = 0;     // first line after the title
  bool attached = false;     // false: an annex
  std::string prefix;        // of its ids: "PL.", "QC."; "" when none collide
};
struct Frame {               // line indexes
  std::size_t body = 0;      // first line of the body
  std::size_t tail = 0;      // "Nơi nhận" or the signature; the first part or the end when none
  std::vector<Part> parts;
};

// Fills number, symbol, form, issuer, parent, place, issued_on, subject_line, recipients,
// copies_to, signing_capacity and annexes of `out.head`.
[[nodiscard]] Frame read_head(Anatomy& out, const Vocabulary& vocabulary,
                              const std::vector<Line>& lines);

// After the clauses are known: legal basis, issuer from the prose, contacts.
void read_basis(Anatomy& out, const HeadWords& words);
void read_contacts(Anatomy& out, const Vocabulary& vocabulary);

}  // namespace khien
