// Empty tables an officer fills in, as XLSX in the user's language.
#pragma once

#include "app/context.h"
#include "collect/register/register.h"

namespace khien::app {

// `example`: with the example row that the reader of registers leaves out. K0604.
[[nodiscard]] Result<std::string> blank_table(const Context& context, const Register& what,
                                              bool example);

}  // namespace khien::app
