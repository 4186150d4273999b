// What a hit means and how the time is shared out; turns of words are in tester_turns.cc, unsalted
// stores and mobile numbers in tester_unsalted.cc.
#include "engine/password/tester.h"

#include <algorithm>
#include <map>

#include "engine/password/bcrypt.h"
#include "engine/password/chained.h"
#include "engine/password/hash_form.h"
#include "engine/password/numbers.h"
#include "engine/password/tester_unsalted.h"

namespace khien::password {
namespace {

constexpr std::int64_t kHeavyMs = 5;      // of one try
constexpr double kHeavyWeight = 4;        // the dearest get least for their time
constexpr double kLeastShare = 0.1;       // of the time, whatever the others are
constexpr double kLastMoments = 0.1;

// Accounts with the same key cost the same: "$y$j9T$", "$2b$06$", "$argon2id$v=19$m=..",
// "$7$C6...", the rounds of the others.
std::string cost_key(const Hash& hash) {
  const std::string& text = hash.digest;
  const bool written = hash.scheme == Scheme::crypt || hash.scheme == Scheme::phpass ||
                       hash.scheme == Scheme::argon2;
  if (!written) return hash.name + std::to_string(hash.rounds);
  if (const auto chained = read_chained(text)) return hash.name + std::to_string(chained->rounds);
  if (text.starts_with("$7$")) return text.substr(0, 14);
  const std::size_t head = text.starts_with("$argon2") ? 3 : 2;
  std::size_t end = 0;
  for (std::size_t i = 0; i < head && end != std::string::npos; ++i) end = text.find('$', end + 1);
  return text.substr(0, end);
}

}  // namespace

Tester::Tester(TestPlan& plan, Board& board, Deadline left)
    : plan_(plan), board_(board), left_(std::move(left)),
      unsalted_(std::make_unique<UnsaltedIndexes>(plan)) {
  own_ = own_list(plan_.rules, plan_.year);
  std::set<std::string> codes;
  std::set<std::string> more;
  for (const Subject& s : plan_.subjects) {
    codes.insert(s.codes.begin(), s.codes.end());
    more.insert(s.more_codes.begin(), s.more_codes.end());
  }
  for (const std::string& word : plan_.admin_defaults) {
    if (default_set_.insert(word).second) defaults_.push_back({word, Class::default_word});
  }
  for (const std::string& code : codes) {
    for (Word& w : code_words(code, plan_.rules, plan_.year, Reach::likely)) {
      if (default_set_.insert(w.text).second) defaults_.push_back(std::move(w));
    }
  }
  codes.insert(more.begin(), more.end());
  for (const std::string& code : codes) {
    for (const Reach reach : {Reach::likely, Reach::wide, Reach::widest}) {
      for (Word& w : code_words(code, plan_.rules, plan_.year, reach)) {
        if (default_set_.insert(w.text).second) rare_defaults_.push_back(std::move(w));
      }
    }
  }
  std::uint32_t turn = 0;
  for (std::uint32_t i = 0; i < plan_.entries.size(); ++i) {
    const Scheme scheme = plan_.entries[i].hash.scheme;
    if (!testable(scheme) || is_unsalted(scheme)) continue;
    if (turn++ % plan_.shares == plan_.share) {
      (is_fast(scheme) ? fast_ : slow_).open.push_back(i);
    }
  }
  if (!fast_.open.empty() || !unsalted_->all.empty()) dates_ = date_list(plan_.year);
}

Tester::~Tester() {
  wipe(own_);
  wipe(defaults_);
  wipe(rare_defaults_);
  wipe(dates_);
  for (Group* group : groups()) {
    wipe(group->popular);
    wipe(group->words);
  }
}

bool Tester::is_mobile_number(std::string_view word) const {
  const auto& prefixes = plan_.rules.mobile_prefixes;
  return word.size() == kNumberDigits &&
         word.find_first_not_of("0123456789") == std::string_view::npos &&
         std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return word.starts_with(prefix); });
}

bool Tester::late() {
  if (!late_) late_ = left_() <= stop_at_;
  return late_;
}

void Tester::until(double share_left) {
  late_ = false;
  stop_at_ = static_cast<std::int64_t>(static_cast<double>(plan_.budget_ms) * share_left);
}

bool Tester::is_open(std::uint32_t account) const {
  return !board_.word_known(account) && !refused_.contains(account);
}

std::uint64_t Tester::person_key(std::uint32_t account) const {
  const std::string& person = plan_.persons[account];
  return person.empty() ? 0 : board_.keyed("person:" + person);
}

void Tester::run() {
  until(0.5);
  settle_plain_cases();
  stored_hashes_in_leaked();
  unsalted_words();
  work(fast_);
  unsalted_numbers();
  numbers(fast_, false);
  until(0.0);
  part_by_cost();
  share_out_the_time();
  until(0.0);
  if (!unsalted_words_done_) unsalted_words();
  for (Group* group : groups()) {
    if (!group->finished) work(*group);
  }
  unsalted_numbers();
  numbers(fast_, false);
  numbers(fast_, true);
  if (unsalted_done_) board_.share_finished_unsalted();
  for (Group* group : groups()) {
    if (!group->finished) continue;
    for (const std::uint32_t account : group->open) {
      const bool numbers_left = takes_numbers(plan_.entries[account].hash) &&
                                !swept_.contains(account);
      if (is_open(account) && !numbers_left) board_.set_finished(account);
    }
  }
}

// By accounts; those that get least for it have more, and none has too little. What is left in the
// end goes to those that were cut, again in parts.
void Tester::share_out_the_time() {
  for (const double kept : {kLastMoments, 0.0}) {
    std::map<const Group*, double> weight;
    double all = 0;
    for (Group* group : groups()) {
      if (group->open.empty() || group->finished) continue;
      if (group == &fast_ && kept > 0) continue;  // it had its part
      weight[group] = static_cast<double>(group->open.size()) *
                      (group == &heavy_ || group == &wide_heavy_ ? kHeavyWeight : 1);
      all += weight[group];
    }
    double rest = 0;
    for (auto& [group, w] : weight) {
      w = std::max(w, all * kLeastShare);
      rest += w;
    }
    rest /= 1 - kept;
    for (Group* group : groups()) {
      const auto at = weight.find(group);
      if (at == weight.end()) continue;
      const double left = static_cast<double>(left_());
      late_ = false;
      stop_at_ = static_cast<std::int64_t>(left * (1 - at->second / rest));
      rest -= at->second;
      work(*group);
    }
  }
}

// A few accounts whose scheme takes a hundred times longer than that of the others must not take
// the time of all, and schemes that take many words at once want many. The empty word shows what a
// try costs.
void Tester::part_by_cost() {
  std::map<std::string, bool> heavy;  // by cost_key()
  std::vector<std::uint32_t> stay;
  for (const std::uint32_t account : slow_.open) {
    const Hash& hash = plan_.entries[account].hash;
    const auto [at, fresh] = heavy.try_emplace(cost_key(hash), true);
    if (fresh && !late()) {
      const std::int64_t before = left_();
      static_cast<void>(verifier_.matches(hash, ""));
      at->second = before - left_() >= kHeavyMs;
    }
    const bool wide = is_wide(account);
    (at->second ? (wide ? wide_heavy_ : heavy_).open : wide ? wide_.open : stay)
        .push_back(account);
  }
  slow_.open = std::move(stay);
}

bool Tester::is_wide(std::uint32_t account) const {
  return Verifier::width(plan_.entries[account].hash) >= wide::kLanes;
}

void Tester::settle_plain_cases() {
  if (plan_.share != 0) return;
  for (std::uint32_t i = 0; i < plan_.entries.size(); ++i) {
    const Hash& hash = plan_.entries[i].hash;
    if (hash.scheme == Scheme::empty) hit(i, "", Class::empty, 0);
    if (hash.scheme == Scheme::plain) {
      std::uint16_t list = 0;
      const Class as = classify(i, hash.digest, Class::none, list);
      if (as != Class::none) hit(i, hash.digest, as, list);
    }
    if (is_unsalted(hash.scheme)) {
      board_.set_equal_key(i, std::to_string(plan_.store[i]) + "/" + hash.name + "/" + hash.digest);
    }
  }
}

// A piece that was cut goes on at the same account, which may stand further in front then.
void Tester::drop_found(Group& group) {
  const auto tried = group.open.begin() + static_cast<std::ptrdiff_t>(
                                              std::min(group.account, group.open.size()));
  group.account -= static_cast<std::size_t>(std::count_if(
      group.open.begin(), tried, [&](std::uint32_t i) { return !is_open(i); }));
  std::erase_if(group.open, [&](std::uint32_t i) { return !is_open(i); });
}

void Tester::hit(std::uint32_t account, std::string_view word, Class as, std::uint16_t list) {
  if (!word.empty()) as = classify(account, word, as, list);
  board_.found_word(account, word, as, list, breaks_policy(word, plan_.policy),
                    person_key(account));
}

// What a word is to this account, the most specific first, whatever list it was met in.
Class Tester::classify(std::uint32_t account, std::string_view word, Class as,
                       std::uint16_t& list) {
  const std::string text(word);
  if (default_set_.contains(text)) {
    list = 0;
    return Class::default_word;
  }
  if (is_mobile_number(word)) return Class::phone;
  if (as == Class::default_word || as == Class::phone || as == Class::name) return as;
  for (const Reach reach : {Reach::likely, Reach::wide}) {
    std::vector<Word> own =
        personal_words(plan_.subjects[account], plan_.rules, plan_.year, reach);
    const auto same = std::find_if(own.begin(), own.end(),
                                   [&](const Word& w) { return w.text == word; });
    const Class found = same == own.end() ? Class::none : same->as;
    wipe(own);
    if (found == Class::none) continue;
    list = 0;
    return found;
  }
  if (const std::uint16_t in = leaked_list_of(word); in != 0) {
    list = in;
    return Class::leaked;
  }
  return as;
}

std::uint16_t Tester::leaked_list_of(std::string_view word) {
  for (std::size_t i = 0; i < plan_.leaked.size(); ++i) {
    LeakedList& list = *plan_.leaked[i];
    std::string digest =
        unsalted_digest(list.digest() == Digest::nt ? Scheme::nt : Scheme::sha1, word);
    const bool in = list.find(digest) != Found::no;
    wipe(digest);
    if (in) return static_cast<std::uint16_t>(2 + plan_.lists.size() + i);
  }
  return 0;
}

}  // namespace khien::password
