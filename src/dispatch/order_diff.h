// What changed from one order to another (a dispatch and the one that replaces it): parameters,
// addressees, deadlines, measures added and dropped. Measures are matched by their kinds and by the
// likeness of their words, never by their numbers. Pure.
#pragma once

#include <string>
#include <vector>

#include "store/order.h"
#include "dispatch/vocabulary.h"

namespace khien {

enum class OrderChange { changed, added, dropped, stricter, looser };
[[nodiscard]] const char* to_string(OrderChange change);

struct FieldChange {
  std::string what;        // "due_on", "actor", "obligation", "kind", "parameter"
  std::string kind;        // of "kind" and "parameter"
  std::string parameter;
  Node before, after;      // null when there was none
  OrderChange how = OrderChange::changed;
};

struct MeasurePair {
  const Measure* before = nullptr;  // null: added
  const Measure* after = nullptr;   // null: dropped
  std::vector<FieldChange> changes;
};

struct OrderDiff {
  std::vector<FieldChange> head;              // number, issued_on, issuer, due_on ...
  std::vector<std::string> addressees_added, addressees_dropped;
  std::vector<MeasurePair> measures;          // changed, added, dropped; in the new order's order
  int same = 0;
};

// The orders must outlive the result.
[[nodiscard]] OrderDiff compare_orders(const Order& before, const Order& after,
                                       const Vocabulary& vocabulary);
[[nodiscard]] Node to_node(const OrderDiff& diff);

}  // namespace khien
