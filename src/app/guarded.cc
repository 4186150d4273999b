#include "app/guarded.h"

#include <exception>
#include <new>

namespace khien::app {

int guarded(Context& context, const std::string& where, const std::function<int()>& work) {
  // Made before: there may be no memory left to make it of.
  const std::string no_memory = context.say("app.no_memory", {{"where", where}});
  try {
    return work();
  } catch (const std::bad_alloc&) {
    note(no_memory);
  } catch (const std::exception& e) {
    note(context.say("app.unexpected", {{"where", where}, {"detail", e.what()}}));
  } catch (...) {
    note(context.say("app.unexpected", {{"where", where}, {"detail", "?"}}));
  }
  return broken;
}

}  // namespace khien::app
