// Which kind of table a sheet is, by its heading row and its cells. A kind that fits better but
// cannot be used (two columns claim one field) is an error, never a reason to take the next one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "collect/account_folder/grounds.h"
#include "format/heading/lexicon.h"
#include "format/table/table.h"

namespace khien {

struct TableKind {
  std::string type;            // AgencySource::type; "" = none
  bool secrets = false;        // it holds passwords or their hashes beside its accounts
  bool directory = false;      // its headings are those only directories write
  std::optional<Error> error;  // K0460-K0463: why it is not what it nearly is
  Grounds grounds;
};

// `kind`: stated by the officer (as content/headers names it), "" = to be found.
[[nodiscard]] TableKind kind_of(const Table& table, const Lexicon& lexicon, const Columns& stated,
                                const std::string& kind, const std::string& place);
// Two columns or more over several rows, most of them with as many cells: no text of sentences.
[[nodiscard]] bool looks_like_table(const Table& table);
// Its headings are those of lists of holes, updates or scans, which other sources of an agency are,
// or of services, groups, computers and other things that are no accounts.
[[nodiscard]] bool is_of_another_source(const Table& table, const Lexicon& lexicon);
// A name that people give to tables only: .csv, .xlsx ...
[[nodiscard]] bool named_as_table(const std::string& path);
// "account" -> "accounts"; "" for what is no kind of content/headers/account.yaml.
[[nodiscard]] std::string type_of_kind(const std::string& kind);
[[nodiscard]] std::string kind_of_type(const std::string& type);
[[nodiscard]] std::vector<std::string> table_kinds();

}  // namespace khien
