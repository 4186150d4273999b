// khien account audit: the controls on accounts alone, on a folder nobody described or an agency's
// own file.
#pragma once

namespace CLI {
class App;
}

namespace khien::app {

struct Context;
void add_account_audit(CLI::App& account, Context& context);

}  // namespace khien::app
