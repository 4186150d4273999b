// Salted accounts and what a hit means; unsalted ones are in tester_unsalted.cc.
#include "engine/password/tester.h"

#include <algorithm>
#include <limits>

#include "engine/password/hash_form.h"

namespace khien::password {
namespace {

constexpr std::size_t kPiece = 96;          // words of one list before the next has its turn
constexpr std::size_t kFewAtOnce = 2;
constexpr std::int64_t kHeavyMs = 5;        // of one try
constexpr std::uint32_t kCheckEvery = 512;  // fast verifications between looks at the time

}  // namespace

Tester::Tester(TestPlan& plan, Board& board, Deadline left)
    : plan_(plan), board_(board), left_(std::move(left)) {
  own_ = own_list(plan_.rules, plan_.year);
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
  slow_.slow = heavy_.slow = true;
  std::uint32_t turn = 0;
  for (std::uint32_t i = 0; i < plan_.entries.size(); ++i) {
    const Scheme scheme = plan_.entries[i].hash.scheme;
    if (!testable(scheme) || is_unsalted(scheme)) continue;
    if (turn++ % plan_.shares == plan_.share) {
      (is_fast(scheme) ? fast_ : slow_).open.push_back(i);
    }
  }
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
  pool(fast_, Whose::own);
  lists(fast_);
  part(0.0);
  part_the_heavy();
  part(heavy_.open.empty() ? 0.1 : 0.3);
  all_steps(slow_);
  part(0.1);
  all_steps(heavy_);
  part(0.0);
  if (!fast_.finished) lists(fast_);  // what the first half of the time did not reach
  if (!slow_.finished) turns(slow_);
  if (!heavy_.finished) turns(heavy_);
  for (Group* group : {&fast_, &slow_, &heavy_}) {
    if (!group->finished) continue;
    for (const std::uint32_t account : group->open) board_.set_finished(account);
  }
  wipe(own_);
  wipe(defaults_);
}

// A few accounts whose scheme takes a hundred times longer than that of the others must not take
// the time of all. The empty word, which has to be tried anyway, shows what a try costs.
void Tester::part_the_heavy() {
  std::map<std::string, bool> heavy;  // scheme with its costs
  std::vector<std::uint32_t> stay;
  for (const std::uint32_t account : slow_.open) {
    const Hash& hash = plan_.entries[account].hash;
    // "$y$j9T$", "$2b$06$", "$argon2id$v=19$"; PBKDF2 has its rounds.
    const std::size_t first = hash.digest.starts_with("$") ? hash.digest.find('$', 1) : 0;
    const std::size_t second = first == 0 ? 0 : hash.digest.find('$', first + 1);
    const std::string key = hash.name + std::to_string(hash.rounds) +
                            (second == std::string::npos ? "" : hash.digest.substr(0, second));
    const auto [at, fresh] = heavy.try_emplace(key, false);
    if (fresh) {
      const std::int64_t before = left_();
      static_cast<void>(verifier_.matches(hash, ""));
      at->second = before - left_() >= kHeavyMs;
    }
    (at->second ? heavy_.open : stay).push_back(account);
  }
  slow_.open = std::move(stay);
  // The lanes of PBKDF2 want sixteen words; others share the time best in small steps.
  const auto few = [&](std::uint32_t a) { return Verifier::width(plan_.entries[a].hash) == 1; };
  if (std::any_of(heavy_.open.begin(), heavy_.open.end(), few)) heavy_.at_once = kFewAtOnce;
}

void Tester::all_steps(Group& group) {
  pool(group, Whose::own);
  personal(group, Reach::likely);
  pool(group, Whose::everybody);
  global(group, defaults_, 0);
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
  std::erase_if(group.open, [&](std::uint32_t i) { return board_.word_known(i); });
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
    if (ask_for_time(group)) return false;
  }
  return false;
}

void Tester::personal(Group& group, Reach reach) {
  // Slow accounts take a few words in turn, so that each has had its likeliest when time is over.
  const std::size_t step = group.slow ? group.at_once : std::numeric_limits<std::size_t>::max();
  bool more = true;
  for (std::size_t from = 0; more; from += step) {
    more = false;
    for (const std::uint32_t account : group.open) {
      if (board_.word_known(account)) continue;
      if (late()) {
        group.cut = true;
        return drop_found(group);
      }
      std::vector<Word> words =
          personal_words(plan_.subjects[account], plan_.rules, plan_.year, reach);
      if (reach == Reach::likely) words.insert(words.begin(), {"", Class::empty});
      if (from < words.size()) {
        const std::size_t count = std::min(step, words.size() - from);
        try_words(group, account, std::span(words).subspan(from, count), 0);
        more = more || from + count < words.size();
      }
      group.cut = group.cut || late_;
      wipe(words);
    }
    if (!group.slow) break;
  }
  drop_found(group);
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

void Tester::pool(Group& group, Whose whose) {
  std::size_t cursor = group.pool;
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
  if (whose == Whose::everybody) {
    group.pool = cursor;
    popular(group, shared);
  }
  for (Board::Shared& s : shared) password::wipe(s.word);
}

void Tester::popular(Group& group, const std::vector<Board::Shared>& shared) {
  std::map<std::string_view, std::size_t> counts;  // views: no copy to wipe
  for (const Board::Shared& s : shared) ++counts[s.word];
  std::vector<const Board::Shared*> order;
  for (const Board::Shared& s : shared) order.push_back(&s);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return counts[a->word] > counts[b->word];
  });
  std::set<std::string_view> seen;
  std::vector<Word> words;
  for (const Board::Shared* s : order) {
    if (seen.insert(s->word).second) words.push_back({s->word, s->as, s->list});
  }
  global(group, words, 0);
  wipe(words);
}

void Tester::lists(Group& group) {
  for (std::size_t i = 0; i < plan_.lists.size() && !late_; ++i) {
    from_list(group, i, std::numeric_limits<std::size_t>::max());
  }
  group.finished = !late_ && !group.cut;
}

void Tester::turns(Group& group) {
  group.places.resize(plan_.lists.size());
  const auto all_ended = [&] {
    return group.own == own_.size() &&
           std::all_of(group.places.begin(), group.places.end(),
                       [](const ListPlace& place) { return place.ended; });
  };
  while (!group.open.empty() && !all_ended()) {
    for (std::size_t i = 0; i < plan_.lists.size(); ++i) {
      from_list(group, i, kPiece);
      if (late_) return;
    }
    const std::size_t some = std::min(kPiece, own_.size() - group.own);
    const bool cut = group.cut;
    global(group, std::span(own_).subspan(group.own, some), 1);
    group.cut = cut;  // the place says how far it got
    if (late_) return;
    group.own += some;
  }
  group.finished = !group.cut;
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
