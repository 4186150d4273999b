// The test of one share of the accounts, by one worker among several that share a Board.
//
// Order: unsalted stores first (each word hashed once for all accounts), then salted ones with the
// likeliest words of each account, then what opened other accounts, then the shipped list, then the
// user's lists; on fast digests also every day and every mobile number. Slow schemes get at least
// half of the time and take a piece of each list in turn, as they seldom see the end of one. What
// was not reached is not finished, and said so. Numbers of nobody known do not count for that.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "engine/password/board.h"
#include "engine/password/candidates.h"
#include "engine/password/leaked.h"
#include "engine/password/verify.h"
#include "engine/password/word_list.h"

namespace khien::password {


struct TestPlan {
  std::vector<Entry> entries;       // of all stores, without history
  std::vector<std::uint32_t> store;  // whose store each is
  std::vector<Subject> subjects;     // one an entry
  std::vector<std::string> persons;  // who holds it, "" unknown; one an entry
  std::vector<std::string> admin_defaults;
  std::vector<ByteSource> lists;     // the user's; numbered from 2, 1 is the shipped list
  std::vector<std::unique_ptr<LeakedList>> leaked;  // numbered after the word lists
  WordRules rules;
  Policy policy;
  int year = 2024;
  std::uint32_t share = 0, shares = 1;
  std::int64_t budget_ms = 0;
};

class Tester {
 public:
  Tester(TestPlan& plan, Board& board, Deadline left);
  void run();
  [[nodiscard]] std::uint64_t tried() const { return tried_; }

 private:
  struct ListPlace {                    // how far a list has been tried
    std::unique_ptr<WordReader> reader;
    std::span<const std::string_view> words;  // of the piece being tried
    std::size_t word = 0;
    bool ended = false;
  };
  struct Group {                        // salted accounts of this share that cost alike
    std::vector<std::uint32_t> open;    // not found yet
    std::vector<ListPlace> places;      // one a list of the user's
    std::size_t personal = 0;           // of the likeliest words of each account tried
    bool personal_ended = false;
    std::size_t own = 0, codes = 0;     // words of the shipped list, of the agencies' tried
    std::vector<Word> popular;          // what opened other accounts, the commonest first
    std::size_t known = 0;              // of these tried
    std::size_t piece = 0;              // words of each list in this turn
    bool cut = false;                   // a step before the lists was not finished
    bool finished = false;
    bool slow = false;
    std::size_t at_once = 128;          // words an account is tried with before the next one
  };
  void settle_plain_cases();
  void unsalted();
  void unsalted_lists(class UnsaltedIndexes& indexes);
  void unsalted_numbers(class UnsaltedIndexes& indexes);
  enum class Which { cheap, all };
  void numbers(Group& group, Which which);
  void stored_hashes_in_leaked();
  void personal(Group& group, Reach reach);
  void global(Group& group, std::span<const Word> words, std::uint16_t list);
  void pool(Group& group);         // words of the same person
  void find_popular(Group& group);
  void lists(Group& group);
  void turns(Group& group);  // the shipped list, the user's and what is popular, a piece of each
  bool personal_piece(Group& group, Reach reach, std::size_t from, std::size_t count);
  void from_personal(Group& group);
  void from_words(Group& group, std::span<const Word> words, std::size_t& at, std::uint16_t list);
  void from_list(Group& group, std::size_t list, std::size_t most);
  void part_by_cost();
  void all_steps(Group& group);
  bool ask_for_time(const Group& group);
  // Words for one account, as many at once as its scheme takes. True when one opened it.
  bool try_words(const Group& group, std::uint32_t account, std::span<const Word> words,
                 std::uint16_t list);
  // True when the account is open no more.
  bool try_word(std::uint32_t account, std::string_view word, Class as, std::uint16_t list);
  void hit(std::uint32_t account, std::string_view word, Class as, std::uint16_t list);
  [[nodiscard]] Class classify(std::uint32_t account, std::string_view word, Class as,
                               std::uint16_t& list);
  [[nodiscard]] std::uint16_t leaked_list_of(std::string_view word);
  void drop_found(Group& group);
  [[nodiscard]] bool late();
  [[nodiscard]] bool is_mobile_number(std::string_view word) const;
  [[nodiscard]] bool is_wide(std::uint32_t account) const;
  [[nodiscard]] std::uint64_t person_key(std::uint32_t account) const;

  TestPlan& plan_;
  Board& board_;
  Deadline left_;
  std::int64_t stop_at_ = 0;  // ms left at which the running part ends
  Verifier verifier_;
  std::vector<Word> own_, defaults_, dates_;
  std::set<std::string> default_set_;
  std::set<std::uint32_t> refused_;  // hashes the library cannot compute
  Group fast_, wide_, slow_, heavy_;
  std::uint64_t tried_ = 0;
  std::uint32_t since_check_ = 0;
  bool late_ = false;
};

}  // namespace khien::password
