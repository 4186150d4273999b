// The rules keep what they need of the content by themselves; nothing of another's is read here.
#include "app/share_rules.h"

#include <algorithm>
#include <memory>
#include <set>

#include "base/calendar.h"
#include "base/content.h"
#include "base/hash.h"
#include "base/text.h"
#include "dispatch/vocabulary.h"
#include "judge/catalog.h"

namespace khien::app {
namespace {

constexpr std::size_t kLabel = 8;  // letters of "XVIII", "1128", "a"

struct Known {
  Vocabulary vocabulary;
  Catalog catalog;
  std::set<std::string> programmes;  // SHA-256 of each
  std::set<std::string> cite_words;
  std::set<std::string> forms;
};

void add_words(std::string_view text, std::set<std::string>& out) {
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != ',' && c != '|') {
      word += c;
      continue;
    }
    if (!word.empty()) out.insert(word);
    word.clear();
  }
  if (!word.empty()) out.insert(word);
}

// "2", "II.1.a", "15": what numbers a clause, and no word.
bool is_label(const std::string& word) {
  const bool number = word.find_first_not_of("0123456789IVX.()") == std::string::npos;
  return (number && word.size() <= kLabel) || code_points(word) == 1;
}

bool is_cve(std::string_view text) {
  constexpr std::string_view kStart = "CVE-";
  constexpr std::size_t kLongest = 20;
  return text.starts_with(kStart) && text.size() <= kLongest &&
         text.substr(kStart.size()).find_first_not_of("0123456789-") == std::string_view::npos;
}

// Choices of the content are words of the content; free words only where their form says what
// they are.
bool is_public(const ParameterInfo& info, const Node& value) {
  if (!check_value(info, value).empty()) return false;
  if (info.type != ParameterType::text && info.type != ParameterType::list) return true;
  if (!info.allowed.empty()) return true;
  const auto coded = [](const Node& item) {
    return is_dispatch_number(item.text()) || is_cve(item.text());
  };
  if (info.type == ParameterType::text) return coded(value);
  return std::all_of(value.items().begin(), value.items().end(), coded);
}

// A parameter that only a control has: how old facts may be, a limit of its own.
bool is_public(const ControlParameter& own, const Node& value) {
  if (own.type == "integer") return value.type() == Node::Type::integer;
  if (own.type == "period") return parse_period(value.text()).has_value();
  if (own.type == "date") return parse_date(value.text()).has_value();
  return to_json(value) == to_json(own.fallback);  // the content's own words
}

bool is_public(const Known& known, const std::string& kind, const std::string& control,
               const std::string& name, const Node& value) {
  const KindInfo* info = known.vocabulary.find(kind);
  const ParameterInfo* parameter = info == nullptr ? nullptr : info->parameter(name);
  if (parameter != nullptr && is_public(*parameter, value)) return true;
  const Control* judged = known.catalog.find(control);
  const ControlParameter* own = judged == nullptr ? nullptr : judged->find(name);
  return own != nullptr && is_public(*own, value);
}

bool same_norm(const Known& known, const NormRecord& norm) {
  const auto& all = known.catalog.norms();
  return std::any_of(all.begin(), all.end(), [&](const Norm& n) {
    return n.id == norm.id && n.title_vi == norm.title_vi && n.title_en == norm.title_en &&
           n.valid_from == norm.valid_from && n.valid_to == norm.valid_to;
  });
}

bool is_citation(const Known& known, const std::string& cite) {
  std::set<std::string> words;
  add_words(cite, words);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return is_label(word) || known.cite_words.contains(word);
  });
}

Done read_words(const Content& content, Known& out) {
  KHIEN_TRY(const Node texts, content.yaml("text/vi/dispatch.yaml"));
  for (const auto& [id, text] : texts["cite"].pairs()) add_words(text.text(), out.cite_words);
  out.cite_words.erase("{label}");
  KHIEN_TRY(const Node words, content.yaml("measures/words.yaml"));
  const std::string forms = words["groups"]["document"].text();
  for (std::size_t from = 0; from < forms.size();) {
    const std::size_t to = std::min(forms.find('|', from), forms.size());
    out.forms.insert(forms.substr(from, to - from));
    from = to + 1;
  }
  for (const std::string& file : content.list("programs/")) {
    KHIEN_TRY(const std::string text, content.raw(file));
    out.programmes.insert(sha256_hex(text));
    KHIEN_TRY(const Node programme, content.yaml(file));
    for (const Node& m : programme["measures"].items()) {
      add_words(m["cite"].text(), out.cite_words);
    }
  }
  return {};
}

}  // namespace

Result<ShareRules> share_rules() {
  KHIEN_TRY(const Content content, Content::open(built_in_content()));
  KHIEN_TRY(const FactSchema schema, FactSchema::load(content));
  const auto known = std::make_shared<Known>();
  KHIEN_TRY(known->vocabulary, Vocabulary::load(content));
  KHIEN_TRY(known->catalog, Catalog::load(content, schema));
  KHIEN_DO(read_words(content, *known));
  ShareRules out;
  out.parameter = [known](const std::string& kind, const std::string& control,
                          const std::string& name, const Node& value) {
    return is_public(*known, kind, control, name, value);
  };
  out.norm = [known](const NormRecord& norm) { return same_norm(*known, norm); };
  out.programme = [known](const DispatchRecord& d) { return known->programmes.contains(d.sha256); };
  out.cite = [known](const std::string& cite) { return is_citation(*known, cite); };
  out.form = [known](const std::string& form) { return known->forms.contains(fold(form)); };
  return out;
}

}  // namespace khien::app
