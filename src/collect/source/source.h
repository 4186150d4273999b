// What every type of source shares: an entry of agency.yaml, the agency it belongs to, what may be
// used to read it, and small helpers. The table of types is collect/sources.h; a folder of a type
// includes this and never the table.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/error.h"
#include "base/file.h"
#include "base/node.h"
#include "base/worker.h"
#include "collect/source/note.h"
#include "format/heading/lexicon.h"
#include "format/table/table.h"
#include "people/join.h"
#include "store/facts.h"
#include "store/model.h"

namespace khien {

class Registers;

struct AgencySource {
  std::string type;              // as collect/sources.cc names it
  std::filesystem::path path;    // resolved; empty for what is no file: host, servers, domains
  std::string written;           // path, URL or name as written: what people are told
  std::string place;             // "agency.yaml:12"
  std::filesystem::path folder;  // of agency.yaml: where files beside it are looked for
  Node fields;                   // as written, checked by the type's own check()
  std::shared_ptr<const KeptTable> kept;  // null where nobody has read the file yet
  std::shared_ptr<const TempFolder> unpacked;  // of a member of an archive: `path` lies in it
  std::optional<Error> unread;   // known already to be of no use: collect() reports it like a file
                                 // that is not there

  [[nodiscard]] std::string text(std::string_view field) const { return fields[field].text(); }
};

struct Agency {
  AgencyRecord record;
  std::vector<std::string> aliases;   // names by which an order may address it
  std::vector<std::string> actor;     // groups as which an order may address it: "các sở, ngành"
  bool enterprise = false;            // a company, not a state agency
  std::int64_t machines = 0;          // computers it has; with fewer collected, host facts are
                                      // partial; 0: not stated
  std::vector<std::string> applications;  // whose accounts must be collected to speak of them all
  std::string officer_phone;          // personal data: kept at the agency
  std::string officer_mail;
  std::vector<std::string> domains;   // of its official systems: looked for in browser stores
  std::vector<AgencySource> sources;
};

// Opens a *.facts file or a folder of them; made by store functions, handed in by the caller.
using OpenFacts = std::function<Result<std::vector<Collection>>(const std::filesystem::path&)>;

// What a source may use while it is read, and what it leaves beside its collections.
struct Reading {
  const Agency& agency;
  const Content& content;
  const Lexicon& lexicon;
  const Registers& registers;
  WorkerPool& pool;
  const Clock& clock;
  const OpenFacts& open_facts;
  JoinDecisions& decisions;
  std::vector<SourceNote>& notes;
  std::vector<Error>& problems;
};

using Collections = Result<std::vector<Collection>>;

[[nodiscard]] Collections one(Result<Collection> collection);
// A source that did not read: its tables must not count as passed, or be forgotten.
[[nodiscard]] Collection missing_collection(std::string collector, std::string version,
                                            std::string source,
                                            const std::vector<std::string>& tables,
                                            const Error& error);

// K0404 for a heading that `columns` gives to no field of `fields`.
[[nodiscard]] Done check_columns(const AgencySource& source,
                                 const std::vector<std::string>& fields);
// The table in the file, with the digest of its bytes; one that somebody read before is taken.
struct SourceTable {
  Table table;
  std::string sha256;
};
[[nodiscard]] Result<SourceTable> source_table(const AgencySource& source, WorkerPool& pool);

// What a folder holds: regular files with one of the extensions, sorted (the path itself when it is
// a file), and the names of all else, which no reader of this type looks at. K0001, K0932.
struct FolderFiles {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> left_out;
};
[[nodiscard]] Result<FolderFiles> files_in(const std::filesystem::path& path,
                                           const std::vector<std::string>& extensions);
// What was left out is named, and as it could be of a machine or month nobody else speaks of, the
// tables of the type are partial: a collection of their own, none where nothing was left out.
void name_left_out(const AgencySource& source, const std::vector<std::string>& left_out,
                   const std::string& collector, const std::vector<std::string>& tables,
                   Reading& reading, std::vector<Collection>& out);
// What people are told a file of files_in(source.path) is.
[[nodiscard]] std::string written_of(const AgencySource& source,
                                     const std::filesystem::path& file);

}  // namespace khien
