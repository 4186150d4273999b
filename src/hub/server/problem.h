// Errors as application/problem+json (RFC 9457), in the asked language.
#pragma once

#include "base/texts.h"
#include "hub/server/message.h"

namespace khien::hub {

[[nodiscard]] int status_of(const Error& error);
// {type, title: what is wrong, detail: what to do, status, code, place}; `more` is added.
[[nodiscard]] Response problem_response(const Error& error, const Texts& texts,
                                        const Node& more = Node::map());

}  // namespace khien::hub
