// `khien compile --explain`: the whole paper sentence by sentence with what became of each, and the
// example a kind was recognised by.
#pragma once

#include "app/context.h"
#include "dispatch/examples.h"
#include "store/order.h"
#include "dispatch/vocabulary.h"

namespace khien::app {

void explain_sentences(const Context& context, const Order& order);
// "giống câu mẫu: ..." under a kind; nothing when no example is like it.
void explain_by_example(const Context& context, const Vocabulary& vocabulary, Nearest& nearest,
                        const Measure& measure, const KindMatch& kind);
// One line: how much of the paper was read as what.
[[nodiscard]] std::string sentence_summary(const Context& context, const Order& order);

}  // namespace khien::app
