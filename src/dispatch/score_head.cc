// The head's fields against an annotation: texts folded and without the punctuation around them,
// lists as sets.
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/score.h"

namespace khien {
namespace {

std::string essence(const std::string& text) {
  std::string out = squeeze(fold(nfc(text)));
  for (const std::string_view about : {"v/v ", "về việc ", "về "}) {
    if (out.starts_with(about)) out.erase(0, about.size());
  }
  using Spelling = std::pair<std::string_view, std::string_view>;
  constexpr Spelling kSpellings[] = {{"ubnd", "ủy ban nhân dân"}, {"tp. ", "thành phố "}};
  for (const auto& [from, to] : kSpellings) {
    for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + 1)) {
      out.replace(at, from.size(), to);
    }
  }
  const auto mark = [](char c) { return std::string_view(" .,;:-/").find(c) != std::string::npos; };
  while (!out.empty() && mark(out.back())) out.pop_back();
  while (!out.empty() && mark(out.front())) out.erase(0, 1);
  return out;
}

std::string essence(const std::vector<std::string>& texts) {
  std::set<std::string> out;
  for (const std::string& text : texts) {
    if (!essence(text).empty()) out.insert(essence(text));
  }
  return fmt::format("{}", fmt::join(out, " | "));
}

}  // namespace

void score_head(const Dispatch& found, const Node& truth, Score& score) {
  const auto field = [&](const char* name, const std::string& have) {
    if (!truth.has(name)) return;
    const Node& node = truth[name];
    const std::string want = node.type() == Node::Type::list ? essence(node.texts())
                             : node.is_null()                ? ""
                                                             : essence(node.text());
    if (want.empty() && have.empty()) return;
    ++score.head;
    score.head_right += want == have;
    if (want != have)
      score.errors.push_back(fmt::format("{}: wanted '{}' found '{}'", name, want, have));
  };
  std::vector<std::string> basis;
  for (const Cited& c : found.legal_basis) basis.push_back(c.number);
  field("number", essence(found.number));
  field("symbol", essence(found.symbol));
  field("issuer", essence(found.issuer));
  field("parent", essence(found.parent));
  field("place", essence(found.place));
  field("date", essence(found.issued_on));
  field("subject", essence(found.subject_line));
  field("legal_basis", essence(basis));
  field("recipients", essence(found.recipients));
  field("deadline", essence(found.due_on));
  if (!truth.has("contacts_present")) return;
  const bool right = truth["contacts_present"].boolean() == !found.contacts.empty();
  ++score.head;
  score.head_right += right;
  if (!right) score.errors.push_back("contacts_present");
}

}  // namespace khien
