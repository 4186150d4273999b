// Dispatches and their measures as the API says them.
#pragma once

#include "hub/api/kind_book.h"
#include "hub/data/dispatch.h"
#include "hub/data/measure.h"
#include "hub/server/call.h"

namespace khien::hub {

[[nodiscard]] Result<Node> dispatch_node(const Call& call, const Database& db,
                                         const DispatchRow& row);
[[nodiscard]] Result<Node> full_dispatch_node(const Call& call, const Database& db,
                                              const DispatchRow& row);
// Of its newest assessment; null when there is none.
[[nodiscard]] Result<Node> verdicts_of(const Database& db, std::int64_t dispatch_id);
[[nodiscard]] Node measure_node(const Texts& texts, const KindBook& kinds, const MeasureRow& row);
// "Mục 1, gạch đầu dòng thứ hai"; in English by the number alone.
[[nodiscard]] std::string cite_of(const Texts& texts, const std::string& cite_vi,
                                  const std::string& doc_id);

}  // namespace khien::hub
