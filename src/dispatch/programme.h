// Programmes: the same measures typed by hand (YAML), and corrections of a compiled order.
//
//   programme: seed2                 # id
//   dispatch: {number: .., symbol: .., form: .., issuer: .., parent: .., place: .., issued_on: ..,
//              subject: .., legal_basis: [{number, issued_on}], recipients: [..], copies_to: [..],
//              due_on: .., contacts: [{unit, title, name, phone, mail, scope}]}
//   measures:
//     - id: "1.2"
//       cite: gạch đầu dòng thứ hai, mục 1   # optional: derived from the id
//       text: ...
//       obligation: must                      # must | should | may; must when absent
//       actor: ..
//       due_on: 2024-06-30
//       kinds:
//         - kind: account.password_rotation
//           parameters: {max_age: P3M}
//   watch_windows: [{from: 2024-02-08, to: 2024-02-14, why: tet}]
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/texts.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

// Errors carry "place:line": K0010-K0016, K0330-K0336.
[[nodiscard]] Result<Order> load_programme(std::string_view text, const std::string& place,
                                           const Vocabulary& vocabulary);

// YAML with comments in the language of `texts` that an officer can edit; load_programme() of it
// gives the same measures.
[[nodiscard]] std::string write_programme(const Order& order, const Texts& texts);

// A commented, loadable beginning for `khien programme new`.
[[nodiscard]] std::string programme_template(const Vocabulary& vocabulary, const Texts& texts);

// corrections.yaml of `compile --confirm`:
//   measures:
//     - id: "2"                      # what is there
//       kinds: [{kind: .., parameters: {..}}]   # replaces the kinds
//       obligation: .. actor: .. due_on: ..     # each optional
//     - {id: "3", drop: true}
//     - {id: "p9", add: true, text: "...", kinds: [..]}
//   watch_windows: [{from: 2024-02-08, to: 2024-02-14, why: tet}]  # replaces the days to watch
//   due_on: 2024-06-30                                        # of the whole paper
//   sha256: .. by: .. on: ..     # whose dispatch and by whom: read by app/confirmation.h, not here
// `by` is recorded in Order::confirmed_by. K0337 when empty.
[[nodiscard]] Done apply_corrections(Order& order, std::string_view text, const std::string& place,
                                     const std::string& by, const Vocabulary& vocabulary);

}  // namespace khien
