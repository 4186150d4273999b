// Unsalted stores: the words of the lists are dealt to the workers piece by piece; the words of an
// account are tried on that account alone.
#include <algorithm>
#include <map>

#include "engine/password/hash_form.h"
#include "engine/password/numbers.h"
#include "engine/password/tester.h"
#include "engine/password/unsalted.h"

namespace khien::password {

class UnsaltedIndexes {  // one a scheme that occurs
 public:
  explicit UnsaltedIndexes(const TestPlan& plan) {
    std::map<Scheme, std::pair<std::vector<std::string_view>, std::vector<std::uint32_t>>> by;
    for (std::uint32_t i = 0; i < plan.entries.size(); ++i) {
      const Hash& hash = plan.entries[i].hash;
      if (!is_unsalted(hash.scheme)) continue;
      by[hash.scheme].first.push_back(hash.digest);
      by[hash.scheme].second.push_back(i);
      all.push_back(i);
    }
    for (const auto& [scheme, part] : by) {
      indexes.push_back(std::make_unique<UnsaltedIndex>(scheme, part.first, part.second));
    }
  }
  void try_words(std::span<const std::string_view> words, const UnsaltedIndex::Hit& hit) {
    for (const auto& index : indexes) index->try_words(words, hit);
  }
  std::vector<std::unique_ptr<UnsaltedIndex>> indexes;
  std::vector<std::uint32_t> all;
};

// The stored hash itself is looked up: no word is needed to know that it leaked.
void Tester::stored_hashes_in_leaked() {
  for (std::uint32_t i = plan_.share; i < plan_.entries.size(); i += plan_.shares) {
    const Hash& hash = plan_.entries[i].hash;
    for (std::size_t k = 0; k < plan_.leaked.size(); ++k) {
      LeakedList& list = *plan_.leaked[k];
      const bool fits = (list.digest() == Digest::nt && hash.scheme == Scheme::nt) ||
                        (list.digest() == Digest::sha1 && hash.scheme == Scheme::sha1);
      if (!fits) continue;
      const Found found = list.find(hash.digest);
      if (found == Found::no) continue;
      board_.found(i, Class::leaked, static_cast<std::uint16_t>(2 + plan_.lists.size() + k),
                   found == Found::probable);
    }
  }
}

void Tester::unsalted() {
  UnsaltedIndexes indexes(plan_);
  if (indexes.all.empty()) return;
  if (plan_.share == 0) {
    const auto known = [&](const std::vector<Word>& words, std::uint16_t list) {
      std::vector<std::string_view> texts;
      for (const Word& w : words) texts.push_back(w.text);
      indexes.try_words(texts, [&](std::uint32_t account, std::string_view word) {
        hit(account, word, list == 0 ? Class::default_word : Class::dictionary, list);
      });
      tried_ += words.size();
    };
    const std::string_view nothing;
    indexes.try_words(std::span(&nothing, 1), [&](std::uint32_t account, std::string_view) {
      hit(account, "", Class::empty, 0);
    });
    known(defaults_, 0);
    known(own_, 1);
    known(dates_, 1);
  }
  std::vector<std::string_view> texts;
  for (std::size_t k = plan_.share; k < indexes.all.size() && !late(); k += plan_.shares) {
    const std::uint32_t account = indexes.all[k];
    const Hash& hash = plan_.entries[account].hash;
    const std::string_view digest = hash.digest;
    for (const Reach reach : {Reach::likely, Reach::wide}) {
      std::vector<Word> words =
          personal_words(plan_.subjects[account], plan_.rules, plan_.year, reach);
      texts.clear();
      for (const Word& w : words) texts.push_back(w.text);
      UnsaltedIndex one(hash.scheme, std::span(&digest, 1), std::span(&account, 1));
      one.try_words(texts, [&](std::uint32_t, std::string_view word) {
        const auto at = static_cast<std::size_t>(
            std::find(texts.begin(), texts.end(), word) - texts.begin());
        hit(account, word, words[at].as, 0);
      });
      tried_ += words.size();
      wipe(words);
    }
  }
  unsalted_lists(indexes);
  unsalted_numbers(indexes);
}

void Tester::unsalted_numbers(UnsaltedIndexes& indexes) {
  const auto& prefixes = plan_.rules.mobile_prefixes;
  for (std::size_t i = plan_.share; i < prefixes.size(); i += plan_.shares) {
    for (const auto& index : indexes.indexes) {
      if (late()) return;
      search_numbers(*index, prefixes[i], [&] { return late(); },
                     [&](std::uint32_t account, std::string_view word) {
                       hit(account, word, Class::phone, 1);
                     });
    }
  }
}

void Tester::unsalted_lists(UnsaltedIndexes& indexes) {
  std::uint32_t turn = 0;
  for (std::size_t list = 0; list < plan_.lists.size(); ++list) {
    WordReader reader(plan_.lists[list]);
    for (auto words = reader.next(); !words.empty(); words = reader.next()) {
      if (turn++ % plan_.shares != plan_.share) continue;
      if (late()) return;
      indexes.try_words(words, [&](std::uint32_t account, std::string_view word) {
        hit(account, word, Class::dictionary, static_cast<std::uint16_t>(list + 2));
      });
      tried_ += words.size();
    }
  }
  board_.share_finished_unsalted();
}

}  // namespace khien::password
