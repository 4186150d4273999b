// Tables an office gives: kinds of sources with the fields their columns may mean, and registers
// (content/registers), with the names people read.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "base/node.h"
#include "base/texts.h"

namespace khien::hub {

struct TableField {
  std::string field, name;
};

// "staff", "register:duty" ... in the order a person looks for them.
[[nodiscard]] Result<std::vector<std::string>> table_types(const Content& content);
[[nodiscard]] Result<std::string> table_type_name(const Content& content, const Texts& texts,
                                                  const std::string& type);
// What columns of it may mean; empty where a type has no columns.
[[nodiscard]] Result<std::vector<TableField>> table_fields(const Content& content,
                                                           const Texts& texts,
                                                           const std::string& type);
// content/registers/<name>.yaml. K1300 when there is none.
[[nodiscard]] Result<Node> register_definition(const Content& content, const std::string& name);
// The same, or content/lists/<name>.yaml. K1300.
[[nodiscard]] Result<Node> template_definition(const Content& content, const std::string& name);
[[nodiscard]] std::vector<std::string> register_names(const Content& content);

}  // namespace khien::hub
