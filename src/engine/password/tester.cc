// Salted accounts and what a hit means; unsalted ones are in tester_unsalted.cc.
#include "engine/password/tester.h"

#include <algorithm>

#include "engine/password/hash_form.h"

namespace khien::password {
namespace {

constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kHeadWords = 100;
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
  slow_.slow = true;
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
  part(slow_.open.empty() ? 0.0 : 0.1);
  all_steps(slow_);
  part(0.0);
  if (!fast_.finished) lists(fast_);  // what the first half of the time did not reach
  if (!slow_.finished) lists(slow_);
  for (Group* group : {&fast_, &slow_}) {
    if (!group->finished) continue;
    for (const std::uint32_t account : group->open) board_.set_finished(account);
  }
  wipe(own_);
  wipe(defaults_);
}

void Tester::all_steps(Group& group) {
  pool(group, Whose::own);
  personal(group, Reach::likely);
  pool(group, Whose::everybody);
  global(group, defaults_, 0);
  list_heads(group);
  global(group, own_, 1);
  personal(group, Reach::wide);
  lists(group);
}

// A slow store may never see the end of the shipped rules: what the agency itself thinks likely,
// the first words of its lists, goes before them.
void Tester::list_heads(Group& group) {
  for (std::size_t i = 0; i < plan_.lists.size(); ++i) {
    WordReader reader(plan_.lists[i], kHeadBytes);
    std::vector<Word> words;
    for (const std::string_view word : reader.next()) {
      if (words.size() == kHeadWords) break;
      words.push_back({std::string(word), Class::dictionary});
    }
    global(group, words, static_cast<std::uint16_t>(i + 2));
    wipe(words);
    if (late_) return;
  }
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

void Tester::personal(Group& group, Reach reach) {
  for (const std::uint32_t account : group.open) {
    if (late()) {
      group.cut = true;
      return;
    }
    if (reach == Reach::likely && try_word(account, "", Class::empty, 0)) continue;
    std::vector<Word> words =
        personal_words(plan_.subjects[account], plan_.rules, plan_.year, reach);
    for (const Word& w : words) {
      if (try_word(account, w.text, w.as, 0)) break;
      if (group.slow && late()) break;
    }
    group.cut = group.cut || late_;
    wipe(words);
  }
  drop_found(group);
  if (reach == Reach::likely && !group.slow) global(group, defaults_, 0);
}

// Every account advances by the same words, so that time is shared evenly.
void Tester::global(Group& group, const std::vector<Word>& words, std::uint16_t list) {
  for (const Word& w : words) {
    bool found = false;
    for (const std::uint32_t account : group.open) {
      found = try_word(account, w.text, w.as, list) || found;
      if ((group.slow || ++since_check_ >= kCheckEvery) && late()) break;
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
  std::map<std::string, std::size_t> counts;
  for (const Board::Shared& s : shared) ++counts[s.word];
  std::vector<const Board::Shared*> order;
  for (const Board::Shared& s : shared) order.push_back(&s);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return counts[a->word] > counts[b->word];
  });
  std::set<std::string_view> tried;
  for (const Board::Shared* s : order) {
    if (!tried.insert(s->word).second) continue;
    std::vector<Word> one = {{s->word, s->as}};
    global(group, one, s->list);
    wipe(one);
    if (late_) return;
  }
}

void Tester::lists(Group& group) {
  while (!group.open.empty() && group.list < plan_.lists.size()) {
    if (!group.reader) {
      group.reader = std::make_unique<WordReader>(plan_.lists[group.list],
                                                  group.slow ? 4096 : 65536);
    }
    if (group.word == group.words.size()) {
      group.words = group.reader->next();
      group.word = 0;
    }
    if (group.words.empty()) {
      group.reader.reset();
      ++group.list;
      continue;
    }
    const auto number = static_cast<std::uint16_t>(group.list + 2);
    for (; group.word < group.words.size(); ++group.word) {
      bool found = false;
      for (const std::uint32_t account : group.open) {
        found = try_word(account, group.words[group.word], Class::dictionary, number) || found;
        if ((group.slow || ++since_check_ >= kCheckEvery) && late()) return;
      }
      if (found) drop_found(group);
    }
  }
  group.finished = !late_ && !group.cut;
}

}  // namespace khien::password
