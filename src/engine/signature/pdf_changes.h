// What was done to a PDF after a signature: the updates appended to it, by what they may alter.
#pragma once

#include <string_view>

namespace khien::signature {

// In rising order of what they can do to what a reader sees.
enum class Change {
  none,
  evidence,  // certificates, revocation data, metadata
  signing,   // further signatures with their fields
  form,      // fields of a form filled in
  notes,     // annotations
  changed,   // pages, their contents, anything else
  unknown,   // it cannot be made out
};
[[nodiscard]] const char* name_of(Change change);

// Of what stands behind the first `end` bytes.
[[nodiscard]] Change changes_after(std::string_view pdf, std::size_t end);

}  // namespace khien::signature
