// What the officer states of a folder that nobody described: --map FILE of khien account audit.
//
//   columns: {"Mã đăng nhập hệ thống": login}      headings of all tables
//   files:
//     qlvb.csv: {kind: account, app: "Quản lý văn bản", agency: sm, columns: {"Mã": login}}
//     so.xlsx: {sheet: "Danh sách"}                 what is not stated is found as always
//     ghi-chep.csv: {kind: none}                    no account data
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/error.h"
#include "format/heading/lexicon.h"

namespace khien {

struct StatedFile {
  std::string kind;  // account | staff | ... as content/headers; directory | password_store |
                     // word_list | leaked_list | password_policy; none; "" = not stated
  std::string app, agency, sheet;
  Columns columns;
  std::string place;  // "map.yaml:3"
};

struct FolderMap {
  Columns columns;
  std::map<std::string, StatedFile> files;  // by path relative to the folder
};

// K0001, K0010-K0016, K0404 with "place:line".
[[nodiscard]] Result<FolderMap> load_folder_map(const std::filesystem::path& path,
                                                const Lexicon& lexicon);
[[nodiscard]] Result<FolderMap> parse_folder_map(std::string_view text, const std::string& place,
                                                 const Lexicon& lexicon);
// What is stated for a source of `kind`: of all tables' columns those it has fields for, and its
// own.
[[nodiscard]] Columns columns_for(const FolderMap& map, const StatedFile* file,
                                  const std::string& kind, const Lexicon& lexicon);

}  // namespace khien
