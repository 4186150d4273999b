// What the children of one test share: a memory file mapped by each. A slot an account, and a list
// of the words found so far, so that a word that opened one account is soon tried on the others
// (people use one word in several applications). The board exists while the test runs and is wiped
// at its end; what is read from it afterwards are classes and groups, never words or keys.
//
// Every word of memory is read and written atomically; a child that dies leaves it usable.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/password/types.h"

namespace khien::password {

struct Outcome {
  Class as = Class::none;
  std::uint16_t list = 0;      // 1-based number of the list that knew it; 0: not from a list
  bool breaks_policy = false;
  bool policy_known = false;   // the word itself was found, so its form is known
  bool probable = false;       // by a compact filter
  bool finished = false;       // found, or everything was tried
  std::uint32_t group = 0;     // accounts with the same number share a password; 0: alone
  std::uint32_t group_size = 0;
};

class Board {
 public:
  // `memory` of at least bytes_for(), zero at first; `key`: 32 random bytes, the same for all.
  Board(std::span<std::uint64_t> memory, std::size_t accounts);
  [[nodiscard]] static std::size_t bytes_for(std::size_t accounts);
  void set_key(std::string_view key32);

  // Keeps the most specific class of an account.
  void found(std::size_t account, Class as, std::uint16_t list, bool probable);
  // The word itself is known: equality and policy too.
  void found_word(std::size_t account, std::string_view word, Class as, std::uint16_t list,
                  bool breaks_policy, std::uint64_t person);
  [[nodiscard]] bool word_known(std::size_t account) const;
  void set_equal_key(std::size_t account, std::string_view scheme_and_digest);
  void set_finished(std::size_t account);
  // Each share says so at the end of its part of the unsalted work.
  void share_finished_unsalted();

  struct Shared {
    std::string word;
    std::uint64_t person = 0;
    Class as = Class::dictionary;  // what it is to anybody else
    std::uint16_t list = 0;
  };
  // Words added since `cursor`, which moves on. Copies: wipe them.
  [[nodiscard]] std::vector<Shared> words_since(std::size_t& cursor) const;
  [[nodiscard]] std::uint64_t keyed(std::string_view text) const;

  // At the end: classes, flags and groups of all accounts; then wipe(). `shares`: how many there
  // were; `unsalted[i]`: the account's hash is of an unsalted scheme.
  [[nodiscard]] std::vector<Outcome> outcomes(std::size_t shares,
                                              const std::vector<bool>& unsalted) const;
  void wipe();

 private:
  [[nodiscard]] std::uint64_t* slot(std::size_t account) const;
  void add_word(std::string_view word, std::uint64_t person, Class as, std::uint16_t list);

  std::span<std::uint64_t> memory_;
  std::size_t accounts_;
};

}  // namespace khien::password
