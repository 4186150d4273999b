// A folder of account data nobody described: which file is what. Looks at contents (in workers) and
// takes names only for what contents cannot tell: the application and the agency.
//
//   apps/tdoffice/sm.xlsx   accounts of the application "tdoffice", agency "sm"
//   hr/sm_canbo.csv         staff list of the agency "sm"
//   ad/users.ldif           directory "ad";   hashes/ad.pwdump  its hash store
//   linux/sm-srv1/passwd    accounts of the machine "sm-srv1"
//   browser/pc1/an/...      browser stores of the machine "pc1", user "an"
//
// A file that is a list of words counts as one only where its name or folder says so: a text of
// unknown words is never tried as passwords. What is not recognised is named, never guessed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "base/worker.h"
#include "collect/account_file/lexicon.h"
#include "collect/agency.h"

namespace khien {

struct Recognised {
  std::string path;  // relative to the folder
  std::string type;  // AgencySource::type; "" = not recognised
  std::string app, agency, host;
};

struct Folder {
  Agency agency;                  // its sources, and the domains of the mail addresses seen
  std::vector<Recognised> files;  // every file, by path
};

// K0407 nothing in it is account data; K0001 and K0932 of the walk.
[[nodiscard]] Result<Folder> recognise_folder(const std::filesystem::path& folder,
                                              const Lexicon& lexicon, WorkerPool& pool);

// Parts of recognise_folder(), for tests.
[[nodiscard]] std::string sniff_text(std::string_view head, const std::string& name);

}  // namespace khien
