// What khien account audit --explain prints: how each file of a folder was understood, and each
// column of its tables.
#pragma once

#include <vector>

#include "app/context.h"
#include "collect/account_folder/recognise.h"

namespace khien::app {

void explain_folder(const Teller& context, const std::vector<Recognised>& files,
                    const std::vector<SourceNote>& notes);

}  // namespace khien::app
