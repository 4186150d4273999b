// What of an assessment stands in the program's own content and may therefore go up as it is.
// Overlays (--content) are the agency's own words and never count.
#pragma once

#include "base/error.h"
#include "store/share.h"

namespace khien::app {

[[nodiscard]] Result<ShareRules> share_rules();

}  // namespace khien::app
