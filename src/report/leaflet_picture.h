// What the leaflet shows: an account behind its shield, a letter that is bait.
#pragma once

#include "base/texts.h"
#include "report/blocks.h"

namespace khien::report {

[[nodiscard]] Picture leaflet_picture(const Texts& texts);

}  // namespace khien::report
