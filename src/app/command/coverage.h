// khien content coverage, a part of khien content.
#pragma once

#include "app/context.h"

namespace khien::app {

void add_coverage(CLI::App& content_command, Context& context);

}  // namespace khien::app
