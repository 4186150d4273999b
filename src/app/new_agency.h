// The files of an agency that begins: agency.yaml with its comments, every empty table, an empty
// file of attestations, a folder for what other machines collect.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"

namespace khien::app {

struct AgencyAnswers {  // "" and 0: not told, left open in the file
  std::string name, parent, place, signer, officer;
  std::vector<std::string> applications;
  int machines = 0;
};

// agency.yaml in the user's language; its sources are the files of new_agency_files().
[[nodiscard]] std::string agency_yaml(const Context& context, const AgencyAnswers& answers,
                                      const std::vector<std::string>& registers);
// "so-lieu/tai-khoan-thu-cong-vu.xlsx": the table of one application's accounts.
[[nodiscard]] std::string accounts_file(const Context& context, const std::string& application);
// The entry of agency.yaml for it.
[[nodiscard]] std::string accounts_entry(const Context& context, const std::string& application);

struct NewFile {
  std::filesystem::path path;  // below the agency's folder
  std::string bytes;
};
[[nodiscard]] Result<std::vector<NewFile>> new_agency_files(const Context& context,
                                                            const AgencyAnswers& answers);

}  // namespace khien::app
