// Error codes of app (K07xx, K0488). Texts in draft.yaml, compile.yaml and vuln.yaml of
// content/text/<lang>.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code draft_order_missing = "K0710";
inline constexpr Code draft_template_pdf = "K0716";

inline constexpr Code month_invalid = "K0488";         // args: value; --months of vuln match

inline constexpr Code facts_too_many = "K0742";  // args: limit; rows of all bundles

inline constexpr Code diff_needs_two = "K0740";
inline constexpr Code out_needs_one = "K0741";
inline constexpr Code confirm_needs_name = "K0743";
inline constexpr Code confirm_needs_one = "K0751";

inline constexpr Code output_there = "K0744";    // a file has the name of an output
inline constexpr Code no_control = "K0745";      // args: value, near; of content test
inline constexpr Code json_refused = "K0746";    // args: command; --json where nothing prints it
inline constexpr Code programme_unknown = "K0747";  // args: value, near, allowed
inline constexpr Code confirm_no_terminal = "K0748";  // nobody there to ask

inline constexpr Code yaml_is_programme = "K0749";   // a YAML file where a dispatch is read
inline constexpr Code dispatch_is_no_programme = "K0750";  // a document where a programme is read
inline constexpr Code no_such_order = "K0760";     // args: order, count; of a *.khien file
inline constexpr Code entry_invalid = "K0761";     // args: detail; --as of recognise
inline constexpr Code recognise_nothing = "K0762"; // neither a file nor --as

}  // namespace khien::err
