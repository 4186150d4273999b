// Leading lines and headings.
#include "dispatch/leads.h"

#include <algorithm>

#include "base/text.h"

namespace khien {
namespace {

bool holds(std::u32string_view folded, const HeadWords::List& words) {
  return std::any_of(words.begin(), words.end(), [&](const auto& w) {
    return find_like(folded, w) != std::u32string_view::npos;
  });
}


bool begins_any(std::u32string_view folded, const HeadWords::List& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const auto& w) { return begins(folded, w); });
}

// The last words before the colon.
std::u32string_view last_words(std::u32string_view folded) {
  std::size_t from = folded.size();
  for (int words = 0; from > 0; --from) {
    if (folded[from - 1] == U' ' && ++words > 7) break;
  }
  return folded.substr(from);
}

}  // namespace

Lead lead_of(const HeadWords& words, std::u32string_view clean, const Paragraph& p) {
  const bool open = !p.marker && !p.footnote && p.end > p.begin && clean[p.end - 1] == U':';
  if (!open) return Lead::none;
  const std::u32string f = fold(cut(clean, p.begin, p.end));
  // the sentence of the colon alone: what is told before it leads to nothing
  const std::size_t stop = f.rfind(U". ");
  const std::u32string_view sentence =
      stop == std::u32string::npos ? std::u32string_view(f) : std::u32string_view(f).substr(stop);
  const bool body = f.size() < 120 && begins_any(f, words.lead_bodies);
  if (holds(sentence, words.lead_orders) || (body && !holds(f, words.lead_data)))
    return Lead::strong;
  const bool weak =
      holds(sentence, words.lead_weak) && !holds(last_words(sentence), words.lead_data);
  return weak ? Lead::weak : Lead::none;
}

bool is_heading(std::u32string_view clean, std::size_t begin, std::size_t end) {
  const std::u32string_view text = cut(clean, begin, end);
  if (text.empty() || text.size() > 160) return false;
  const char32_t last = text.back();
  return last != U'.' && last != U';' && last != U',' && last != U'/' &&
         text.find(U';') == std::u32string_view::npos;
}

bool is_purpose_heading(const HeadWords& words, std::u32string_view clean, std::size_t begin,
                        std::size_t end) {
  if (!is_heading(clean, begin, end) || end - begin > 90) return false;
  std::u32string f = fold(cut(clean, begin, end));
  while (!f.empty() && (f.back() == U':' || f.back() == U' ')) f.pop_back();
  if (begins(f, U"yêu cầu") && f.size() <= 12) return true;
  return begins_any(f, words.purposes);
}

}  // namespace khien
