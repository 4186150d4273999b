// A file of a folder, a member of an archive in it, or one sheet, while it is being looked at.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "collect/account_folder/folder_map.h"
#include "collect/account_folder/recognise.h"
#include "collect/source/files_walk.h"
#include "format/table/table.h"

namespace khien {

struct Seen {
  WalkedFile file;
  Recognised what;
  std::string shape;  // as sniff_text(), or "browser", "table"
  std::vector<std::string> folders;
  std::string stem;
  std::shared_ptr<const KeptTable> kept;
  std::shared_ptr<const TempFolder> unpacked;  // of a member of an archive: keeps it while it lives
  std::string archive_sha256;                  // ... and of the archive
  const StatedFile* stated = nullptr;
  bool secrets = false;    // it holds passwords or hashes beside its accounts
  bool directory = false;  // a directory wrote it
};

}  // namespace khien
