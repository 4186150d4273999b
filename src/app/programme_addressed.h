// khien programme addressed FILE, a part of `khien programme`.
#pragma once

#include "app/context.h"

namespace khien::app {

void add_programme_addressed(CLI::App& command, Context& context);

}  // namespace khien::app
