// The table of source types: what agency.yaml may name under `sources`, which tables each fills,
// and who checks, reads and parses it. A new type is a folder and one line of sources.cc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/worker.h"
#include "collect/source/source.h"

namespace khien {

struct SourceType {
  const char* name;       // `type:` in agency.yaml
  // Of its collections. Sealed files, JSON and SQL of people's own controls hold it, so it keeps the
  // stem it first had where the type has another now (mail_files, log_files, pdf_signature).
  const char* collector;
  const char* tables;     // missing when the source cannot be read; "a b". A register's is its own
  // The fields of its entry; gives what people are told the source is. K0013-K0016 with the line.
  Result<std::string> (*check)(const Node& map, const std::string& place);
  // Null: read together with others once accounts are joined to people (password_stores).
  Collections (*read)(const AgencySource& source, Reading& reading);
  std::vector<Job> (*jobs)() = nullptr;  // of its folder, for the workers
  // The list of content/headers/account.yaml by which a table of it is known in a folder nobody
  // described; "" = none.
  const char* headings = "";
};

[[nodiscard]] std::span<const SourceType> source_types();
[[nodiscard]] const SourceType* find_source_type(std::string_view name);
// The type most like a word that is none; null when none is like it.
[[nodiscard]] const SourceType* near_source_type(std::string_view word);
[[nodiscard]] std::vector<std::string> tables_of(const SourceType& type);

}  // namespace khien
