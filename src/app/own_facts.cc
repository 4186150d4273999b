#include "app/own_facts.h"

#include "app/inputs.h"
#include "base/environment.h"

namespace khien::app {

Result<OwnFacts> own_facts(Context& context, const FactSchema& schema, bool sealed) {
  if (sealed) KHIEN_DO(check_own_key());
  OwnFacts out;
  KHIEN_TRY(out.collected,
            collect(this_host(), context.content, context.workers(), context.clock, {}));
  for (const Error& problem : out.collected.problems) context.report(problem);
  if (!sealed) return out;
  KHIEN_TRY(std::string bytes, bundle_bytes(schema, out.collected.collections));
  KHIEN_TRY(KeyPair key, own_key(state_folder()));
  auto made = seal(std::move(bytes), key);
  wipe(key.secret_key);
  KHIEN_TRY(out.sealed, std::move(made));
  return out;
}

}  // namespace khien::app
