// Sources that are no file (content/sources): what a person says of each, checked by its schema.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "base/node.h"
#include "base/texts.h"
#include "hub/data/source.h"
#include "hub/server/call.h"

namespace khien::hub {

// Of `type` the file of content/sources; K1304 when there is none.
[[nodiscard]] Result<Node> asked_definition(const Content& content, const std::string& type);
[[nodiscard]] std::vector<std::string> asked_types(const Content& content);
// {reach, allowed, fields: [{name, title, type, input, required, minimum, maximum, example}]}
[[nodiscard]] Node asked_node(const Node& definition, const Texts& texts, const std::string& type,
                              bool allowed);
// Whether this hub may read it: the network where the administrator said so, its own machine as an
// office. K1360, K1361.
[[nodiscard]] Done asked_allowed(const Call& call, const Database& db, const Node& definition);

// 202 {source, job}: what a new source answers.
[[nodiscard]] Result<Response> taken_source(Call& call, std::int64_t id, std::int64_t job);
// POST /sources/asked
[[nodiscard]] Result<Response> add_asked_source(Call& call);

}  // namespace khien::hub
