// Whose a file is: the application, the agency, the machine. Contents cannot tell, names of files
// and folders may. The agencies' codes come from the staff lists, so all files are learnt first.
#pragma once

#include <set>
#include <string>

#include "collect/account_folder/seen.h"

namespace khien {

class Whose {
 public:
  void learn(Seen& s);
  void name(Seen& s) const;

 private:
  std::set<std::string> agencies_;
};

}  // namespace khien
