// Salted accounts and what a hit means; unsalted ones are in tester_unsalted.cc.
#include "engine/password/tester.h"

#include <algorithm>
#include <limits>

#include "engine/password/bcrypt.h"
#include "engine/password/chained.h"
#include "engine/password/hash_form.h"
#include "engine/password/numbers.h"
#include "engine/password/wide_hash.h"

namespace khien::password {
namespace {

// Words of one list before the next has its turn: few at first.
constexpr std::size_t kFirstPiece = 8, kPiece = 128;
constexpr double kHeavyWeight = 4, kLastMoments = 0.1;
constexpr std::size_t kManyWords = 4096;     // more than an account has of its own
constexpr std::size_t kFewAtOnce = kBcryptLanes;
constexpr std::size_t kSomeAtOnce = wide::kLanes;
constexpr std::size_t kCheapAtOnce = 3 * kBcryptLanes;
constexpr std::int64_t kHeavyMs = 5;        // of one try
constexpr std::uint32_t kCheckEvery = 512;  // fast verifications between looks at the time

// Accounts with the same key cost the same: "$y$j9T$", "$2b$06$", "$argon2id$v=19$m=..",
// "$7$C6...", the rounds of the others.
std::string cost_key(const Hash& hash) {
  const std::string& text = hash.digest;
  if (const auto chained = read_chained(text)) return hash.name + std::to_string(chained->rounds);
  if (!text.starts_with("$")) return hash.name + std::to_string(hash.rounds);
  if (text.starts_with("$7$")) return text.substr(0, 14);
  const std::size_t head = text.starts_with("$argon2") ? 3 : 2;
  std::size_t end = 0;
  for (std::size_t i = 0; i < head && end != std::string::npos; ++i) end = text.find('$', end + 1);
  return text.substr(0, end);
}

}  // namespace

Tester::Tester(TestPlan& plan, Board& board, Deadline left)
    : plan_(plan), board_(board), left_(std::move(left)) {
  own_ = own_list(plan_.rules, plan_.year);
  dates_ = date_list(plan_.year);
  std::set<std::string> codes;
  for (const Subject& s : plan_.subjects) codes.insert(s.codes.begin(), s.codes.end());
  for (const std::string& word : plan_.admin_defaults) {
    if (default_set_.insert(word).second) defaults_.push_back({word, Class::default_word});
  }
  for (const std::string& code : codes) {
    for (Word& w : code_words(code, plan_.rules, plan_.year, Reach::likely)) {
      if (default_set_.insert(w.text).second) defaults_.push_back(std::move(w));
    }
  }
  wide_.slow = slow_.slow = heavy_.slow = true;
  std::uint32_t turn = 0;
  for (std::uint32_t i = 0; i < plan_.entries.size(); ++i) {
    const Scheme scheme = plan_.entries[i].hash.scheme;
    if (!testable(scheme) || is_unsalted(scheme)) continue;
    if (turn++ % plan_.shares == plan_.share) {
      (is_fast(scheme) ? fast_ : slow_).open.push_back(i);
    }
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
  if (late_) return true;
  since_check_ = 0;
  late_ = left_() <= stop_at_;
  return late_;
}

std::uint64_t Tester::person_key(std::uint32_t account) const {
  const std::string& person = plan_.persons[account];
  return person.empty() ? 0 : board_.keyed("person:" + person);
}

void Tester::run() {
  const auto part = [&](double share) {
    late_ = false;
    stop_at_ = static_cast<std::int64_t>(static_cast<double>(plan_.budget_ms) * share);
  };
  part(0.5);
  settle_plain_cases();
  stored_hashes_in_leaked();
  unsalted();
  personal(fast_, Reach::likely);
  global(fast_, own_, 1);
  personal(fast_, Reach::wide);
  pool(fast_);
  lists(fast_);
  const bool cut = fast_.cut;
  global(fast_, dates_, 1);
  fast_.cut = cut;
  numbers(fast_, Which::cheap);
  part(0.0);
  part_by_cost();
  // The time left is shared by accounts; those that get least for it have more. The last moments
  // are for what was cut.
  struct { Group* group; double weight; } kinds[] = {
      {&wide_, static_cast<double>(wide_.open.size())},
      {&slow_, static_cast<double>(slow_.open.size())},
      {&heavy_, static_cast<double>(heavy_.open.size()) * kHeavyWeight}};
  double weights = 0;
  for (const auto& kind : kinds) weights += kind.weight * (1 + kLastMoments);
  for (const auto& kind : kinds) {
    if (kind.group->open.empty()) continue;
    const double left = static_cast<double>(left_());
    late_ = false;
    stop_at_ = static_cast<std::int64_t>(left * (1 - kind.weight / weights));
    weights -= kind.weight;
    all_steps(*kind.group);
  }
  part(0.0);
  if (!fast_.finished) lists(fast_);  // what the first half of the time did not reach
  for (const auto& kind : kinds) {
    if (!kind.group->finished) turns(*kind.group);
  }
  numbers(fast_, Which::all);
  for (Group* group : {&fast_, &wide_, &slow_, &heavy_}) {
    if (!group->finished) continue;
    for (const std::uint32_t account : group->open) board_.set_finished(account);
  }
  wipe(own_);
  wipe(defaults_);
  wipe(dates_);
  for (Group* group : {&wide_, &slow_, &heavy_}) wipe(group->popular);
}

// A few accounts whose scheme takes a hundred times longer than that of the others must not take
// the time of all, and schemes that take many words at once want many. The empty word, which has to
// be tried anyway, shows what a try costs.
void Tester::part_by_cost() {
  std::map<std::string, bool> heavy;  // scheme with its costs
  std::vector<std::uint32_t> stay;
  for (const std::uint32_t account : slow_.open) {
    const Hash& hash = plan_.entries[account].hash;
    const auto [at, fresh] = heavy.try_emplace(cost_key(hash), false);
    if (fresh) {
      const std::int64_t before = left_();
      static_cast<void>(verifier_.matches(hash, ""));
      at->second = before - left_() >= kHeavyMs;
    }
    (at->second ? heavy_.open : is_wide(account) ? wide_.open : stay).push_back(account);
  }
  slow_.open = std::move(stay);
  slow_.at_once = kCheapAtOnce;
  const bool any_wide = std::any_of(heavy_.open.begin(), heavy_.open.end(),
                                    [&](std::uint32_t a) { return is_wide(a); });
  heavy_.at_once = any_wide ? kSomeAtOnce : kFewAtOnce;
}

bool Tester::is_wide(std::uint32_t account) const {
  return Verifier::width(plan_.entries[account].hash) >= kSomeAtOnce;
}

// Mobile numbers. First where the staff list has none and the digest takes seconds for all of them;
// SHA-512 takes a quarter of a minute.
void Tester::numbers(Group& group, Which which) {
  std::vector<std::uint32_t> accounts;
  for (const std::uint32_t account : group.open) {
    const Hash& hash = plan_.entries[account].hash;
    const bool cheap =
        plan_.subjects[account].phone.empty() && hash.scheme != Scheme::salted_sha512;
    if (cheap == (which == Which::cheap) && takes_numbers(hash)) accounts.push_back(account);
  }
  std::stable_sort(accounts.begin(), accounts.end(), [&](std::uint32_t a, std::uint32_t b) {
    return plan_.entries[a].hash.scheme < plan_.entries[b].hash.scheme;
  });
  for (const std::uint32_t account : accounts) {
    for (const std::string& prefix : plan_.rules.mobile_prefixes) {
      if (board_.word_known(account)) break;
      if (late()) return drop_found(group);
      auto number = search_number(plan_.entries[account].hash, prefix, [&] { return late(); });
      if (!number) continue;
      hit(account, *number, Class::phone, 1);
      password::wipe(*number);
      break;
    }
  }
  drop_found(group);
}

void Tester::all_steps(Group& group) {
  pool(group);
  find_popular(group);
  turns(group);
  personal(group, Reach::wide);
  group.finished = group.finished && !group.cut;
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

void Tester::drop_found(Group& group) {
  std::erase_if(group.open, [&](std::uint32_t i) {
    return board_.word_known(i) || refused_.contains(i);
  });
}

bool Tester::try_word(std::uint32_t account, std::string_view word, Class as, std::uint16_t list) {
  ++tried_;
  if (!verifier_.matches(plan_.entries[account].hash, word)) return false;
  hit(account, word, word.empty() ? Class::empty : as, list);
  return true;
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

bool Tester::ask_for_time(const Group& group) {
  return (group.slow || ++since_check_ >= kCheckEvery) && late();
}

bool Tester::try_words(const Group& group, std::uint32_t account, std::span<const Word> words,
                       std::uint16_t list) {
  const Hash& hash = plan_.entries[account].hash;
  const std::size_t width = Verifier::width(hash);
  std::vector<std::string_view> texts;
  for (std::size_t from = 0; from < words.size(); from += width) {
    const auto some = words.subspan(from, std::min(width, words.size() - from));
    texts.clear();
    for (const Word& w : some) texts.push_back(w.text);
    tried_ += some.size();
    if (const std::size_t at = verifier_.first_match(hash, texts); at < some.size()) {
      const Word& w = some[at];
      hit(account, w.text, w.text.empty() ? Class::empty : w.as, w.list != 0 ? w.list : list);
      return true;
    }
    if (verifier_.refused()) {  // never finished, whatever is tried
      refused_.insert(account);
      return false;
    }
    if (ask_for_time(group)) return false;
  }
  return false;
}

// Words `from` to `from + count` of each account's own. True where some account has more.
bool Tester::personal_piece(Group& group, Reach reach, std::size_t from, std::size_t count) {
  bool more = false;
  for (const std::uint32_t account : group.open) {
    if (board_.word_known(account)) continue;
    if (late()) break;
    std::vector<Word> words =
        personal_words(plan_.subjects[account], plan_.rules, plan_.year, reach);
    if (reach == Reach::likely) words.insert(words.begin(), {"", Class::empty});
    if (from < words.size()) {
      const std::size_t some = std::min(count, words.size() - from);
      try_words(group, account, std::span(words).subspan(from, some), 0);
      more = more || from + some < words.size();
    }
    wipe(words);
    if (late_) break;
  }
  drop_found(group);
  return more;
}

void Tester::personal(Group& group, Reach reach) {
  // Slow accounts take a few words in turn, so that each has had its likeliest when time is over.
  const std::size_t step = group.slow ? group.at_once : kManyWords;
  std::size_t from = 0;
  while (!late_ && personal_piece(group, reach, from, step)) from += step;
  group.cut = group.cut || late_;
  if (reach == Reach::likely && !group.slow) global(group, defaults_, 0);
}

// Every account advances by the same words, so that time is shared evenly.
void Tester::global(Group& group, std::span<const Word> words, std::uint16_t list) {
  for (std::size_t from = 0; from < words.size(); from += group.at_once) {
    const auto some = words.subspan(from, std::min(group.at_once, words.size() - from));
    bool found = false;
    for (const std::uint32_t account : group.open) {
      found = try_words(group, account, some, list) || found;
      if (late_) break;
    }
    if (found) drop_found(group);
    if (!late_) continue;
    group.cut = true;
    return;
  }
}

void Tester::pool(Group& group) {
  std::size_t cursor = 0;
  std::vector<Board::Shared> shared = board_.words_since(cursor);
  std::map<std::uint64_t, std::vector<const Board::Shared*>> of_person;
  for (const Board::Shared& s : shared) {
    if (s.person != 0) of_person[s.person].push_back(&s);
  }
  for (const std::uint32_t account : group.open) {
    const auto own = of_person.find(person_key(account));
    if (own == of_person.end() || late()) continue;
    for (const Board::Shared* s : own->second) {
      if (try_word(account, s->word, s->as, s->list)) break;
    }
  }
  drop_found(group);
  for (Board::Shared& s : shared) password::wipe(s.word);
}

void Tester::find_popular(Group& group) {
  std::size_t cursor = 0;
  std::vector<Board::Shared> shared = board_.words_since(cursor);
  std::map<std::string_view, std::size_t> counts;  // views: no copy to wipe
  for (const Board::Shared& s : shared) ++counts[s.word];
  std::vector<const Board::Shared*> order;
  for (const Board::Shared& s : shared) order.push_back(&s);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return counts[a->word] > counts[b->word];
  });
  std::set<std::string_view> seen;
  for (const Board::Shared* s : order) {
    if (seen.insert(s->word).second) group.popular.push_back({s->word, s->as, s->list});
  }
  for (Board::Shared& s : shared) password::wipe(s.word);
}

void Tester::lists(Group& group) {
  for (std::size_t i = 0; i < plan_.lists.size() && !late_; ++i) {
    from_list(group, i, std::numeric_limits<std::size_t>::max());
  }
  group.finished = !late_ && !group.cut;
}

// Slow schemes seldom see the end of a list: what stands first in each comes first.
void Tester::turns(Group& group) {
  group.places.resize(plan_.lists.size());
  const auto all_ended = [&] {
    return group.personal_ended && group.own == own_.size() && group.codes == defaults_.size() &&
           group.known == group.popular.size() &&
           std::all_of(group.places.begin(), group.places.end(),
                       [](const ListPlace& place) { return place.ended; });
  };
  while (!group.open.empty() && !all_ended()) {
    group.piece = std::min(kPiece, std::max(kFirstPiece, group.piece * 2));
    from_personal(group);
    if (!late_) from_words(group, group.popular, group.known, 0);
    for (std::size_t i = 0; i < plan_.lists.size() && !late_; ++i) {
      from_list(group, i, group.piece);
    }
    if (!late_) from_words(group, own_, group.own, 1);
    if (!late_) from_words(group, defaults_, group.codes, 0);
    if (late_) return;
  }
  group.finished = !group.cut;
}

// The next piece of the likeliest words of each account.
void Tester::from_personal(Group& group) {
  if (group.personal_ended) return;
  const bool more = personal_piece(group, Reach::likely, group.personal, group.piece);
  if (late_) return;
  group.personal += group.piece;
  group.personal_ended = !more;
}

// The next piece of words that are at hand; `at` says how far they were tried.
void Tester::from_words(Group& group, std::span<const Word> words, std::size_t& at,
                        std::uint16_t list) {
  const std::size_t some = std::min(group.piece, words.size() - at);
  const bool cut = group.cut;
  global(group, words.subspan(at, some), list);
  group.cut = cut;
  if (!late_) at += some;
}

// The next words of a list, at most `most`.
void Tester::from_list(Group& group, std::size_t list, std::size_t most) {
  group.places.resize(plan_.lists.size());
  ListPlace& place = group.places[list];
  if (!place.reader) {
    place.reader = std::make_unique<WordReader>(plan_.lists[list], group.slow ? 4096 : 65536);
  }
  std::vector<Word> some;
  while (!group.open.empty() && !place.ended && most > 0) {
    if (place.word == place.words.size()) {
      place.words = place.reader->next();
      place.word = 0;
    }
    place.ended = place.words.empty();
    const std::size_t count = std::min({group.at_once, most, place.words.size() - place.word});
    for (std::size_t i = 0; i < count; ++i) {
      some.push_back({std::string(place.words[place.word + i]), Class::dictionary});
    }
    const bool cut = group.cut;
    global(group, some, static_cast<std::uint16_t>(list + 2));
    wipe(some);
    some.clear();
    group.cut = cut;  // the place says how far it got
    if (late_) return;
    place.word += count;
    most -= count;
  }
}

}  // namespace khien::password
