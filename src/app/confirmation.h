// What a person confirmed of the reading of a dispatch: a file beside it that every command which
// reads the dispatch takes into account.
//
//   sha256: ..          # of the dispatch; of another one nothing is taken over
//   by: Trần Thị Thử
//   on: 2026-12-01
//   measures: [..]      # as `compile --confirm` takes them (dispatch/programme.h)
#pragma once

#include <filesystem>
#include <string>

#include "app/context.h"
#include "dispatch/vocabulary.h"
#include "store/model.h"
#include "store/order.h"

namespace khien::app {

// "cong-van.docx.xac-nhan.yaml"
[[nodiscard]] std::filesystem::path confirmation_file(const std::filesystem::path& dispatch);
// Applies the file beside the dispatch, when there is one. One of another dispatch is a warning of
// the order. K0010-K0016, K0330-K0337 when it cannot be read.
[[nodiscard]] Done apply_confirmation(const Vocabulary& vocabulary,
                                      const std::filesystem::path& dispatch, Order& order);
// The text of that file: what `after` has other than `before`.
[[nodiscard]] std::string confirmation_text(const Context& context, const Order& before,
                                            const Order& after, const std::string& by);
// Warning (text id) of an order that a document gave and nobody confirmed; the first thing that is
// said of an assessment of it.
inline constexpr const char* kUnconfirmed = "warning.unconfirmed";
void tell_unconfirmed(const Context& context, const Assessment& assessment);
// Into the --content folder, so that the same wording is read right the next time.
[[nodiscard]] Done keep_corrections(const Context& context, const Order& before,
                                    const Order& after);

}  // namespace khien::app
