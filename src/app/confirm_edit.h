// The changes `khien confirm` offers, each asked for in words. All return false once standard input
// has ended.
#pragma once

#include "app/context.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien::app {

[[nodiscard]] bool edit_measure(const Context& context, const Vocabulary& vocabulary, Measure& m);
// Kinds by some of their words; those that stay keep their parameters.
[[nodiscard]] bool edit_kinds(const Context& context, const Vocabulary& vocabulary, Measure& m);
[[nodiscard]] bool edit_window(const Context& context, WatchWindow& window);
// "" or YYYY-MM-DD; asked again until it is one.
[[nodiscard]] bool edit_day(const Context& context, std::string& day,
                            const char* question = "confirm.edit.day");

}  // namespace khien::app
