// A folder of account data nobody described: which file is what. Looks at contents (in workers) and
// takes names only for what contents cannot tell: the application and the agency.
//
//   apps/tdoffice/sm.xlsx   accounts of the application "tdoffice", agency "sm"
//   hr/sm_canbo.csv         staff list of the agency "sm"
//   ad/users.ldif           directory "ad";   hashes/ad.pwdump  its hash store
//   linux/sm-srv1/passwd    accounts of the machine "sm-srv1"
//   browser/pc1/an/...      browser stores of the machine "pc1", user "an"
//
// How sure each answer is, and why, goes with it (grounds.h). A file that is a list of words counts
// as one only where its name or folder says so: a text of unknown words is never tried as
// passwords. What is not recognised is named, never guessed; a table that cannot be used is a
// source with an error (AgencySource::unread): collect() reports it and the accounts are not all
// there. Symbolic links are not followed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "base/worker.h"
#include "collect/account_folder/folder_map.h"
#include "collect/account_folder/grounds.h"
#include "collect/agency.h"
#include "format/heading/lexicon.h"

namespace khien {

struct Recognised {  // a file, or one sheet of a workbook
  std::string path;  // relative to the folder, printable()
  std::string sheet;  // its name
  std::string asked;  // as AgencySource::sheet
  std::string type;  // AgencySource::type; "" = not used
  std::string app, agency, host;
  bool hidden = false;  // a sheet nobody sees: left out
  bool link = false;
  Grounds grounds;   // of its type
  std::optional<Error> error;  // what is missed by not using it
};

struct Folder {
  Agency agency;                  // its sources, and the domains of the mail addresses seen
  std::vector<Recognised> files;  // every file, by path
};

// K0407 nothing in it is account data; K0994 a file of `map` is not there; K0001 and K0932 of the
// walk.
[[nodiscard]] Result<Folder> recognise_folder(const std::filesystem::path& folder,
                                              const Lexicon& lexicon, const FolderMap& map,
                                              WorkerPool& pool);

// Parts of recognise_folder(): what the first bytes of a text say it is: json | ldif | pwdump |
// domain_dump | leaked | passwd | shadow | words | policy | rules | potfile | names | colons |
// sql | config | fortios | yaml | xml | group | table; "" = nothing we know.
[[nodiscard]] std::string sniff_text(std::string_view head, const std::string& name);
[[nodiscard]] std::string sniff_bytes(std::string_view head, const std::string& name);
// The AgencySource::type of a shape that alone decides it, or of a kind that --map states.
[[nodiscard]] std::string type_of_shape(const std::string& shape);

}  // namespace khien
