// Reading path 4/11: compile(). Takes the anatomy, gives the Order: which clauses are measures,
// their kinds, parameters, obligation, actor and due date. Knows no control. Next: store/order.h.
//
// Every numbered item is a measure; a bullet or an unnumbered paragraph is one when it commands or
// forbids. What no kind covers is other.manual, never dropped. An unnumbered closing sentence that
// only says whom to call is no measure: it is in Dispatch::contacts. A demand that is lifted,
// repealed or forbidden is other.manual too (dispatch/release.h). Several papers in one file are
// read one by one and joined (dispatch/papers.h).
#pragma once

#include "base/error.h"
#include "dispatch/anatomy.h"
#include "dispatch/document.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

// Pure: the same bytes and the same content give the same order. K0301, K0311.
[[nodiscard]] Result<Order> compile(const Document& document, const Vocabulary& vocabulary);

}  // namespace khien
