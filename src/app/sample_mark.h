// The invented agency of samples/ stays one as long as any of its data is there.
#pragma once

#include <vector>

#include "app/context.h"
#include "store/facts.h"
#include "store/model.h"

namespace khien::app {

// The first source that is a file of the sample, or whose staff or accounts are its people; "" when
// none is. content/judge/sample.yaml says which those are. K0013, K0014.
[[nodiscard]] Result<std::string> sample_source(const Content& content,
                                                const std::vector<Collection>& collections);

// Marks the agency as the sample, and says why where agency.yaml does not say so itself.
[[nodiscard]] Done keep_sample_mark(const Context& context,
                                    const std::vector<Collection>& collections,
                                    Assessment& assessment);

}  // namespace khien::app
