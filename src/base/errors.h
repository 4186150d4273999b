// Error codes of base (K00xx-K01xx). One line each; texts in content/text.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code file_unreadable = "K0001";    // args: detail
inline constexpr Code file_unwritable = "K0002";    // args: detail
inline constexpr Code file_too_large = "K0003";     // args: limit
inline constexpr Code encoding_unknown = "K0004";   // bytes are in no encoding we read
inline constexpr Code file_is_input = "K0005";      // the output would overwrite what is read
inline constexpr Code yaml_invalid = "K0010";       // args: detail, line, where, key
inline constexpr Code json_invalid = "K0011";       // args: detail
inline constexpr Code yaml_too_deep = "K0012";      // nesting or node count over the limit
inline constexpr Code field_missing = "K0013";      // args: field
inline constexpr Code field_type = "K0014";         // args: field, wanted
inline constexpr Code field_unknown = "K0015";      // args: field, allowed, near
inline constexpr Code field_value = "K0016";        // args: field, value, allowed, near
inline constexpr Code yaml_documents = "K0017";     // more than one where one is read
inline constexpr Code sqlite = "K0020";             // args: detail
inline constexpr Code content_missing = "K0030";    // a file of content/ is not there
inline constexpr Code content_corrupt = "K0031";    // the packed content does not parse
inline constexpr Code text_invalid = "K0032";       // a text is no valid ICU MessageFormat
inline constexpr Code period_invalid = "K0040";     // args: value
inline constexpr Code date_invalid = "K0041";       // args: value
inline constexpr Code crypto = "K0050";             // args: detail

}  // namespace khien::err
