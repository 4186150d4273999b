// Is a text a dispatch on the security of information? News, minutes, laws, reports, CVs and
// advertisements are no dispatches; one on fire or floods is none of ours. Nothing is made of them.
#pragma once

#include <string>
#include <vector>

#include "dispatch/anatomy.h"

namespace khien {

// "" when it is one; else the code of the warning that says why not: "other_form", "no_order",
// "off_subject", "only_tells" (a report of results, an answer, thanks, an invitation). `hits` are
// those of the whole text; `ours` counts the clauses that surely order a kind of the subject's own
// families.
[[nodiscard]] std::string why_none_of_ours(const Anatomy& anatomy, const Vocabulary& vocabulary,
                                           const std::vector<Hit>& hits, std::size_t ours);
// The paper asks for comments on a draft ("V/v góp ý dự thảo"): what the draft says is no order.
[[nodiscard]] bool asks_for_comments(const Anatomy& anatomy, const Vocabulary& vocabulary);
// The kind is one of the subject's own families, and the model is sure of it or half sure of what a
// phrase says too.
[[nodiscard]] bool surely_of_subject(const Vocabulary& vocabulary, const KindMatch& kind,
                                     bool said);

}  // namespace khien
