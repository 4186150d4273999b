// Lists that a word processor numbers by itself, and their counters: what it prints before a
// paragraph. Lists of one abstract definition count on together unless one of them restarts.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

namespace khien {

struct ListLevel {
  bool legal = false;            // all numbers in digits
  int start = 1;
  int restart = -1;              // -1: after any higher level; 0: never; n: after level n (1-based)
  std::string format = "decimal";  // as w:numFmt names them
  std::string text;              // "%1.%2)"
  std::string style;             // the paragraph style bound to it
};
using ListLevels = std::map<int, ListLevel>;  // by depth, from 0

class ListNumbering {
 public:
  static constexpr int kLevels = 9;
  struct List {
    int abstract = 0;
    std::map<int, int> starts;   // restarts still to happen, by level
    ListLevels own;              // levels it defines anew
  };
  void define(int abstract, ListLevels levels) { abstracts_[abstract] = std::move(levels); }
  void add(int id, List list) { lists_[id] = std::move(list); }
  void restart(int id);
  // "2. ", "a) ", "- " for the next paragraph of list `id` at `level`; "" when there is none.
  [[nodiscard]] std::string next(int id, int level);
  // The level a list gives to paragraphs of a style.
  [[nodiscard]] std::optional<int> level_of_style(int id, const std::string& style) const;

 private:
  struct Counter {
    int value = 0;
    bool begun = false;
  };
  using Counters = std::array<Counter, kLevels>;
  std::map<int, ListLevels> abstracts_;
  std::map<int, List> lists_;
  std::map<int, Counters> counters_;

  [[nodiscard]] const ListLevel* level(const List& list, std::size_t index) const;
  [[nodiscard]] std::string print(const List& list, const Counters& counters,
                                  std::size_t index) const;
};

}  // namespace khien
