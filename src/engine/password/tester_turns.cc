// Turns: each source of words gives a piece, every open account of the group is tried with it, then
// the next source has its turn. A piece that time cut is taken up at the account it stopped at.
#include <algorithm>
#include <map>

#include "engine/password/bcrypt.h"
#include "engine/password/hash_form.h"
#include "engine/password/tester.h"

namespace khien::password {
namespace {

struct Pieces {
  std::size_t first, most;
};
constexpr std::size_t kAll = std::size_t{1} << 16;
constexpr Pieces kFast{kAll, kAll};
constexpr Pieces kWide{wide::kLanes, 4 * wide::kLanes};  // enough of each length to fill the lanes
constexpr Pieces kSlow{kBcryptLanes, 8 * kBcryptLanes};

}  // namespace

void Tester::work(Group& group) {
  if (group.open.empty() || group.finished) return;
  if (group.sources.empty()) add_sources(group);
  pool(group);
  while (!group.open.empty() && !late()) {
    const bool all_ended = std::all_of(group.sources.begin(), group.sources.end(),
                                       [](const Source& source) { return source.ended; });
    if (all_ended) {
      group.finished = group.pooled;
      return;
    }
    Source& source = group.sources[group.source];
    if (!source.ended && !run_piece(group, source)) return;
    if (++group.source < group.sources.size()) continue;
    group.source = 0;
    group.piece = std::min(group.most, group.piece * 2);
  }
}

void Tester::add_sources(Group& group) {
  const bool wide = &group == &wide_ || &group == &wide_heavy_;
  const Pieces pieces = &group == &fast_ ? kFast : wide ? kWide : kSlow;
  group.piece = pieces.first;
  group.most = pieces.most;
  find_popular(group);
  const auto add = [&](Source::Kind kind, std::span<const Word> words, std::uint16_t list) {
    Source source;
    source.kind = kind;
    source.words = words;
    source.list = list;
    group.sources.push_back(std::move(source));
  };
  add(Source::Kind::likely, {}, 0);
  add(Source::Kind::words, group.popular, 0);
  for (std::size_t i = 0; i < plan_.lists.size(); ++i) {
    add(Source::Kind::list, {}, static_cast<std::uint16_t>(i + 2));
    group.sources.back().bytes = &plan_.lists[i];
  }
  add(Source::Kind::words, own_, 1);
  add(Source::Kind::words, defaults_, 0);
  add(Source::Kind::wide, {}, 0);
  if (&group != &fast_) return;
  add(Source::Kind::words, rare_defaults_, 0);
  add(Source::Kind::words, dates_, 1);
}

// False when time ran out in it.
bool Tester::run_piece(Group& group, Source& source) {
  if (!group.running) {
    load_piece(group, source);
    group.account = 0;
    group.running = true;
    group.more = false;
  }
  for (; group.account < group.open.size(); ++group.account) {
    const std::uint32_t account = group.open[group.account];
    if (!is_open(account)) continue;
    if (late()) return false;
    group.more = try_piece(group, source, account) || group.more;
    if (late_) return false;
  }
  if (source.kind == Source::Kind::words) {
    source.ended = source.at == source.words.size();
  } else if (source.kind == Source::Kind::list) {
    source.ended = source.dry;
  } else {
    source.at += group.piece;
    source.ended = !group.more;
  }
  wipe(group.words);
  group.words.clear();
  group.running = false;
  drop_found(group);
  return true;
}

void Tester::load_piece(Group& group, Source& source) {
  if (source.kind == Source::Kind::words) {
    const std::size_t some = std::min(group.piece, source.words.size() - source.at);
    const auto words = source.words.subspan(source.at, some);
    group.words.assign(words.begin(), words.end());
    source.at += some;
    return;
  }
  if (source.kind != Source::Kind::list) return;
  if (!source.reader) {
    const std::size_t bytes = &group == &fast_ ? kAll : 4096;
    source.reader = std::make_unique<WordReader>(*source.bytes, bytes);
  }
  while (group.words.size() < group.piece && !source.dry) {
    if (source.at == source.read.size()) {
      source.read = source.reader->next();
      source.at = 0;
      source.dry = source.read.empty();
    }
    const std::size_t some =
        std::min(group.piece - group.words.size(), source.read.size() - source.at);
    for (std::size_t i = 0; i < some; ++i) {
      group.words.push_back({std::string(source.read[source.at + i]), Class::dictionary});
    }
    source.at += some;
  }
}

// True when the account has more words of its own than this piece.
bool Tester::try_piece(Group& group, const Source& source, std::uint32_t account) {
  const bool likely = source.kind == Source::Kind::likely;
  if (!likely && source.kind != Source::Kind::wide) {
    try_words(account, group.words, source.list);
    return false;
  }
  std::vector<Word> words = personal_words(plan_.subjects[account], plan_.rules, plan_.year,
                                           likely ? Reach::likely : Reach::wide);
  if (likely) words.insert(words.begin(), {"", Class::empty});
  const std::size_t from = std::min(source.at, words.size());
  const std::size_t some = std::min(group.piece, words.size() - from);
  try_words(account, std::span(words).subspan(from, some), 0);
  const bool more = from + some < words.size();
  wipe(words);
  return more;
}

bool Tester::try_words(std::uint32_t account, std::span<const Word> words, std::uint16_t list) {
  const Hash& hash = plan_.entries[account].hash;
  const std::size_t width = Verifier::width(hash);
  std::vector<std::string_view> texts;
  for (std::size_t from = 0; from < words.size(); from += width) {
    if (from > 0 && late()) return false;
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
  }
  return false;
}

void Tester::pool(Group& group) {
  std::size_t cursor = 0;
  std::vector<Board::Shared> shared = board_.words_since(cursor);
  std::map<std::uint64_t, std::vector<Word>> of_person;
  for (const Board::Shared& s : shared) {
    if (s.person != 0) of_person[s.person].push_back({s.word, s.as, s.list});
  }
  group.pooled = true;
  for (const std::uint32_t account : group.open) {
    const auto own = of_person.find(person_key(account));
    if (own == of_person.end() || !is_open(account)) continue;
    if (!late()) try_words(account, own->second, 0);
    if (late_) group.pooled = false;
  }
  drop_found(group);
  for (auto& [person, words] : of_person) wipe(words);
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

}  // namespace khien::password
