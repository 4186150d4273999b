// One paper per order: the part of an assessment that answers one dispatch.
#pragma once

#include <string>
#include <vector>

#include "report/view.h"
#include "store/model.h"

namespace khien::report {

// Documents of others first, then programmes of our own, which have neither number nor date.
[[nodiscard]] std::vector<const DispatchRecord*> orders_of(const Assessment& assessment);

// The orders of a view as orders_of() has them.
void put_own_first(View& view);

// The same assessment with this order, its measures, runs and findings; stricter runs that
// concern a kind it asks for; norms that stand behind what is left.
[[nodiscard]] Assessment only(const Assessment& assessment, std::int64_t dispatch);

// "128-skhcn-cds": of its number, else of its subject, for the name of a file. Never empty.
[[nodiscard]] std::string file_word(const DispatchRecord& dispatch);

}  // namespace khien::report
