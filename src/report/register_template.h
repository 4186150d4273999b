// An empty register as XLSX for an officer to fill: headings (needed ones with (*)), drop-down
// lists, date formats, a frozen heading row, one example row that the importer ignores because its
// number says "Ví dụ", and a sheet that explains each column. Words come ready from the caller.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/texts.h"

namespace khien::report {

struct TemplateColumn {
  std::string heading;
  std::string kind;  // text | integer | date | datetime | choice
  std::vector<std::string> choices;
  std::string example;
  std::string help;
  bool required = false;
};

struct RegisterTemplate {
  std::string title;
  std::string help;
  std::vector<TemplateColumn> columns;
  bool filled = false;  // rows instead of the example
  std::vector<std::vector<std::string>> rows;
};

// K0604. `created_at` goes into the file's properties.
[[nodiscard]] Result<std::string> register_template(const RegisterTemplate& what,
                                                    const Texts& texts, std::int64_t created_at);

}  // namespace khien::report
