// Words of the head of a dispatch, of its end and of the lines that lead to its demands. Grammar of
// dates, numbers and marks is code; words are content.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"

namespace khien {

// content/words/head_words.yaml, folded; each list is told there. A content without the file knows
// no such words.
struct HeadWords {
  using List = std::vector<std::u32string>;
  struct Named {
    std::u32string folded;
    std::string name;  // as the file writes it
    std::string mark;  // letters of a symbol, prefix of ids
  };
  std::vector<Named> forms, attached;
  List agencies, mottos, titled, rests, capacities, titles, deputies, reasons, own_verbs, own_forms,
      bodies, asks, sends, addressed, acts, binds, all_of, signed_at, carries,
      lead_orders, lead_weak, lead_bodies, lead_data, purposes, everybody, time;
  [[nodiscard]] static Result<HeadWords> load(const Content& content);
};

}  // namespace khien
