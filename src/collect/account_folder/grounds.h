// Why a file is taken for what it is, and how sure that is. What is not sure enough is not taken
// for anything: the officer is asked (an error that names --map).
#pragma once

#include <string>

namespace khien {

enum class Sure { no, likely, certain };

struct Grounds {
  Sure sure = Sure::no;
  // "stated" (--map), "shape" (each line or the whole file has the form of one format), "columns",
  // "hashes" (a column of them), "name" (its own or its folder's name), "browser"; "" = not taken.
  std::string by;
  int fields = 0;        // by columns: how many were understood ...
  int headings = 0;      // ... of how many
  std::string rival;     // the type that fits next best, "" = none fits
  int rival_fields = 0;
};

// Four columns understood, or two of every three, are no chance.
[[nodiscard]] inline bool are_many(int fields, int headings) {
  constexpr int many = 4;
  return fields >= many || fields * 3 >= headings * 2;
}

[[nodiscard]] inline const char* name_of(Sure sure) {
  return sure == Sure::certain ? "certain" : sure == Sure::likely ? "likely" : "no";
}

}  // namespace khien
