// Unsalted stores: the words of the lists are dealt to the workers piece by piece; the words of an
// account are tried on that account alone.
#include "engine/password/tester_unsalted.h"

#include <algorithm>
#include <map>

#include "engine/password/hash_form.h"
#include "engine/password/numbers.h"

namespace khien::password {

UnsaltedIndexes::UnsaltedIndexes(const TestPlan& plan) {
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

// All of them again when time cut it: a few seconds at most.
void Tester::unsalted_words() {
  if (unsalted_->all.empty()) {
    unsalted_words_done_ = true;
    return;
  }
  if (plan_.share == 0) {
    const auto known = [&](const std::vector<Word>& words, std::uint16_t list) {
      std::vector<std::string_view> texts;
      for (const Word& w : words) texts.push_back(w.text);
      unsalted_->try_words(texts, [&](std::uint32_t account, std::string_view word) {
        hit(account, word, list == 0 ? Class::default_word : Class::dictionary, list);
      });
      tried_ += words.size();
    };
    const std::string_view nothing;
    unsalted_->try_words(std::span(&nothing, 1), [&](std::uint32_t account, std::string_view) {
      hit(account, "", Class::empty, 0);
    });
    known(defaults_, 0);
    known(rare_defaults_, 0);
    known(own_, 1);
    known(dates_, 1);
  }
  unsalted_own_words();
  std::uint32_t turn = 0;
  for (std::size_t list = 0; list < plan_.lists.size() && !late_; ++list) {
    WordReader reader(plan_.lists[list]);
    for (auto words = reader.next(); !words.empty() && !late(); words = reader.next()) {
      if (turn++ % plan_.shares != plan_.share) continue;
      unsalted_->try_words(words, [&](std::uint32_t account, std::string_view word) {
        hit(account, word, Class::dictionary, static_cast<std::uint16_t>(list + 2));
      });
      tried_ += words.size();
    }
  }
  unsalted_words_done_ = !late_;
}

void Tester::unsalted_own_words() {
  const auto& all = unsalted_->all;
  for (std::size_t k = plan_.share; k < all.size() && !late(); k += plan_.shares) {
    for (const Reach reach : {Reach::likely, Reach::wide}) {
      if (board_.word_known(all[k])) break;
      std::vector<Word> words =
          personal_words(plan_.subjects[all[k]], plan_.rules, plan_.year, reach);
      try_words(all[k], words, 0);
      wipe(words);
    }
  }
}

void Tester::unsalted_numbers() {
  if (unsalted_done_ || !unsalted_words_done_) return;
  const auto& prefixes = plan_.rules.mobile_prefixes;
  for (; next_prefix_ * plan_.shares + plan_.share < prefixes.size(); ++next_prefix_) {
    const std::string& prefix = prefixes[next_prefix_ * plan_.shares + plan_.share];
    for (const auto& index : unsalted_->indexes) {
      if (late()) return;
      search_numbers(*index, prefix, [&] { return late(); },
                     [&](std::uint32_t account, std::string_view word) {
                       if (is_open(account)) hit(account, word, Class::phone, 1);
                     });
      if (late_) return;
    }
  }
  unsalted_done_ = true;
}

// On salted digests, account by account: those first whose number the staff list has not.
// SHA-512 takes a quarter of a minute for all numbers, the others some seconds.
void Tester::numbers(Group& group, bool of_sha512) {
  std::vector<std::uint32_t> accounts;
  for (const std::uint32_t account : group.open) {
    const Hash& hash = plan_.entries[account].hash;
    const bool sha512 = hash.scheme == Scheme::salted_sha512;
    if (sha512 == of_sha512 && takes_numbers(hash) && !swept_.contains(account)) {
      accounts.push_back(account);
    }
  }
  std::stable_partition(accounts.begin(), accounts.end(), [&](std::uint32_t account) {
    return plan_.subjects[account].phone.empty();
  });
  for (const std::uint32_t account : accounts) {
    for (const std::string& prefix : plan_.rules.mobile_prefixes) {
      if (!is_open(account)) break;
      if (late()) return drop_found(group);
      auto number = search_number(plan_.entries[account].hash, prefix, [&] { return late(); });
      if (!number) continue;
      hit(account, *number, Class::phone, 1);
      password::wipe(*number);
    }
    if (!late_) swept_.insert(account);
  }
  drop_found(group);
}

}  // namespace khien::password
