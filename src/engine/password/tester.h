// The test of one share of the accounts, by one worker among several that share a Board.
//
// Order: unsalted stores first (each word hashed once for all accounts), then salted ones, those
// that cost alike together: every source of words (the account's own, what opened other accounts,
// the user's lists, the shipped list, the agencies' names) has its turn, a piece at a time, small
// pieces first where a try is dear. Then every mobile number, on digests fast enough for that. A
// group that runs out of time goes on where it stopped when there is some left. What was not
// reached is not finished, and said so; mobile numbers too, where the digest takes them.
#pragma once

#include <array>
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
  ~Tester();
  Tester(const Tester&) = delete;
  Tester& operator=(const Tester&) = delete;
  void run();
  [[nodiscard]] std::uint64_t tried() const { return tried_; }

 private:
  // Words for the accounts of a group, in order. The account's own are made when needed.
  struct Source {
    enum class Kind { likely, wide, words, list };
    Kind kind = Kind::words;
    std::span<const Word> words;          // Kind::words
    std::uint16_t list = 0;               // that a word is said to be of
    const ByteSource* bytes = nullptr;    // Kind::list
    std::unique_ptr<WordReader> reader;
    std::span<const std::string_view> read;
    std::size_t at = 0;                   // of `words`, `read` or an account's own: the next
    bool dry = false;                     // the list has no more words
    bool ended = false;                   // its last piece was tried on everybody
  };
  struct Group {                        // salted accounts of this share that cost alike
    std::vector<std::uint32_t> open;    // not found yet
    std::vector<Source> sources;
    std::vector<Word> popular;          // what opened other accounts, the commonest first
    std::size_t source = 0;             // whose turn it is
    std::size_t piece = 0, most = 0;    // words an account is tried with in a turn
    std::vector<Word> words;            // of the running piece
    std::size_t account = 0;            // the next of `open` in it
    bool running = false, more = false;
    bool pooled = false;                // a person's words of other accounts were all tried
    bool finished = false;
  };
  [[nodiscard]] std::array<Group*, 5> groups() {
    return {&fast_, &wide_, &slow_, &wide_heavy_, &heavy_};
  }
  void share_out_the_time();
  void settle_plain_cases();
  void stored_hashes_in_leaked();
  void unsalted_words();
  void unsalted_own_words();
  void unsalted_numbers();
  void numbers(Group& group, bool of_sha512);
  void part_by_cost();
  void work(Group& group);
  void add_sources(Group& group);
  bool run_piece(Group& group, Source& source);
  void load_piece(Group& group, Source& source);
  bool try_piece(Group& group, const Source& source, std::uint32_t account);
  void pool(Group& group);  // words of the same person
  void find_popular(Group& group);
  // True when one of the words opened it. Stops, late, between handfuls of words.
  bool try_words(std::uint32_t account, std::span<const Word> words, std::uint16_t list);
  void hit(std::uint32_t account, std::string_view word, Class as, std::uint16_t list);
  [[nodiscard]] Class classify(std::uint32_t account, std::string_view word, Class as,
                               std::uint16_t& list);
  [[nodiscard]] bool is_mobile_number(std::string_view word) const;
  [[nodiscard]] std::uint16_t leaked_list_of(std::string_view word);
  [[nodiscard]] bool is_open(std::uint32_t account) const;
  [[nodiscard]] bool is_wide(std::uint32_t account) const;
  void drop_found(Group& group);
  void until(double share_left);  // this part ends when so much of the time is left
  [[nodiscard]] bool late();
  [[nodiscard]] std::uint64_t person_key(std::uint32_t account) const;

  TestPlan& plan_;
  Board& board_;
  Deadline left_;
  std::int64_t stop_at_ = 0;  // ms left at which the running part ends
  bool late_ = false;
  Verifier verifier_;
  std::vector<Word> own_, defaults_, rare_defaults_, dates_;
  std::set<std::string> default_set_;
  std::set<std::uint32_t> refused_;  // hashes the library cannot compute
  std::unique_ptr<class UnsaltedIndexes> unsalted_;
  std::size_t next_prefix_ = 0;            // of unsalted_numbers()
  bool unsalted_words_done_ = false, unsalted_done_ = false;
  std::set<std::uint32_t> swept_;          // of numbers()
  Group fast_, wide_, slow_, wide_heavy_, heavy_;  // wide: many words at once; heavy: dear
  std::uint64_t tried_ = 0;
};

}  // namespace khien::password
