// How khien account audit took each file of a folder: what for, how sure, why; --explain: and each
// column of its tables.
#pragma once

#include <vector>

#include "app/context.h"
#include "collect/account_folder/recognise.h"

namespace khien::app {

// One line a file or sheet; of a large folder those alone that are not certain. With --json one
// object each: {file, sheet, taken_for, certainty, why ...}.
void tell_files(const Teller& context, const std::vector<Recognised>& files);
// Of tables that agency.yaml names: those of which few columns were understood, one line each.
void tell_doubtful(const Teller& context, const std::vector<SourceNote>& notes);
void explain_folder(const Teller& context, const std::vector<Recognised>& files,
                    const std::vector<SourceNote>& notes);

}  // namespace khien::app
