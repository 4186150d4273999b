// What people read: every id in both languages with the same arguments, every pattern valid, every
// id that C++ asks for there, every error code with its two sentences.
#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <regex>

#include "base/content.h"
#include "base/texts.h"
#include "house/house.h"

namespace house {
namespace {

using Patterns = std::map<std::string, std::string>;
const std::string kLanguages[] = {"vi", "en"};

// Empty when the folder does not parse; `out` then says why.
Patterns load(const Repo& repo, const std::string& lang, Violations& out) {
  const auto folder = repo.root / "content" / "text";
  const auto refused = [&](const khien::Error& e) {
    out.push_back({"text file refused: " + khien::to_string(e), e.place, "mend the file"});
    return Patterns{};
  };
  const auto blob = khien::pack_content(folder);
  if (!blob) return refused(blob.error());
  const auto content = khien::Content::open(*blob);
  if (!content) return refused(content.error());
  // The folder was packed alone, so that its paths begin with the language.
  Patterns all;
  for (const std::string& path : content->list(lang + "/", ".yaml")) {
    const auto node = content->yaml(path);
    if (!node) return refused(node.error());
    const auto flatten = [&](const auto& self, const khien::Node& n,
                             const std::string& at) -> void {
      for (const auto& [key, value] : n.pairs()) {
        const std::string id = at.empty() ? key : at + "." + key;
        if (value.is_map()) {
          self(self, value, id);
        } else if (!all.emplace(id, value.text()).second) {
          out.push_back({"text said twice: " + id, "content/text/" + path, "one of them"});
        }
      }
    };
    flatten(flatten, *node, "");
  }
  return all;
}

icu::UnicodeString unicode(const std::string& text) { return icu::UnicodeString::fromUTF8(text); }

// Names of the arguments; nothing and valid = false when the pattern is no MessageFormat.
std::set<std::string> arguments_of(const std::string& pattern, const std::string& lang,
                                   bool& valid) {
  std::set<std::string> out;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const icu::MessageFormat format(unicode(pattern), icu::Locale(lang.c_str()), where, status);
  const icu::MessagePattern parts(unicode(pattern), &where, status);
  valid = U_SUCCESS(status) != 0;
  for (std::int32_t i = 0; valid && i < parts.countParts(); ++i) {
    const auto type = parts.getPart(i).getType();
    if (type != UMSGPAT_PART_TYPE_ARG_NAME && type != UMSGPAT_PART_TYPE_ARG_NUMBER) continue;
    std::string name;
    parts.getSubstring(parts.getPart(i)).toUTF8String(name);
    out.insert(name);
  }
  return out;
}

std::string join(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : ", ") + w;
  return out.empty() ? "none" : out;
}

const Patterns& first_of(const std::map<std::string, Patterns>& all) { return all.at("vi"); }

std::map<std::string, Patterns> load_both(const Repo& repo, Violations& out) {
  std::map<std::string, Patterns> all;
  for (const std::string& lang : kLanguages) all[lang] = load(repo, lang, out);
  return all;
}

std::size_t line_at(const std::string& text, std::size_t at) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// The names given to variables and members of type Texts, anywhere in src.
std::set<std::string> names_of_texts(const Repo& repo) {
  static const std::regex declared(R"(\bTexts\s*[&*]?\s+?[&*]?(\w+)\s*[;,)=({])");
  std::set<std::string> out;
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || file.code.empty()) continue;
    for (const std::string& line : file.code) {
      for (std::sregex_iterator it(line.begin(), line.end(), declared), end; it != end; ++it) {
        out.insert((*it)[1]);
      }
    }
  }
  for (const char* word : {"load", "error", "of"}) out.erase(word);
  return out;
}

// The argument names of a call `(id, {{"a", x}, {"b", y}})` that begins at `at`, just after the id;
// false when they are not written there.
bool written_arguments(const std::string& text, std::size_t at, std::set<std::string>& names) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  if (at < text.size() && text[at] == ')') return true;
  static const std::regex start(R"(^,\s*\{\s*\{)");
  std::smatch found;
  const std::string rest = text.substr(at, 4000);
  if (!std::regex_search(rest, found, start)) return false;
  static const std::regex key(R"re(^\{\s*"(\w+)"\s*,)re");
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"' && rest[i - 1] != '\\') quoted = !quoted;
    if (quoted) continue;
    if (rest[i] == '{') {
      std::smatch name;
      const std::string here = rest.substr(i, 80);
      if (++depth == 2 && std::regex_search(here, name, key)) names.insert(name[1]);
    }
    if (rest[i] == '}' && --depth == 0) return true;
  }
  return false;
}

}  // namespace

Violations check_text_files(const Repo& repo) {
  Violations out;
  const auto all = load_both(repo, out);
  for (const auto& [id, pattern] : first_of(all)) {
    if (!all.at("en").contains(id)) {
      out.push_back({"text only in vi: " + id, "content/text/en", "the English sentence"});
    }
  }
  for (const std::string& lang : kLanguages) {
    const Patterns& other = all.at(lang == "vi" ? "en" : "vi");
    for (const auto& [id, pattern] : all.at(lang)) {
      const std::string where = "content/text/" + lang + " " + id;
      bool valid = false;
      const auto own = arguments_of(pattern, lang, valid);
      if (!valid) {
        out.push_back({"no valid MessageFormat: " + pattern, where,
                       "balanced braces and a plural with other {...}"});
      }
      if (pattern.empty() && !id.ends_with(".todo")) {
        out.push_back({"empty text", where, "a sentence"});
      }
      const auto it = other.find(id);
      if (lang == "en" && it == other.end()) {
        out.push_back({"text only in en: " + id, "content/text/vi", "the Vietnamese sentence"});
      }
      bool also = false;
      if (lang == "vi" && valid && it != other.end()) {
        const auto theirs = arguments_of(it->second, "en", also);
        if (also && own != theirs) {
          out.push_back({"arguments differ: vi " + join(own) + "; en " + join(theirs), where,
                         "the same arguments in both languages"});
        }
      }
    }
  }
  return out;
}

Violations check_text_uses(const Repo& repo) {
  Violations out;
  Violations ignored;
  const Patterns patterns = load(repo, "vi", ignored);
  std::string names;
  for (const std::string& name : names_of_texts(repo)) names += (names.empty() ? "" : "|") + name;
  if (names.empty()) return out;
  const std::regex use("(?:\\bcontext(?:\\.|->)say|\\b(?:" + names + ")|\\(\\*(?:this|" + names +
                       ")\\))\\s*\\(\\s*\"([a-zA-Z0-9_.]+)\"");
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with(".cc") ||
        file.path.ends_with("_test.cc")) {
      continue;
    }
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), use), end; it != end; ++it) {
      const std::string id = (*it)[1];
      const auto at = static_cast<std::size_t>(it->position());
      const std::string where = file.path + ":" + std::to_string(line_at(file.text, at));
      const std::size_t after = at + static_cast<std::size_t>(it->length());
      if (id.ends_with('.')) {  // the beginning of an id that is put together
        const auto next = patterns.lower_bound(id);
        if (next == patterns.end() || !next->first.starts_with(id)) {
          out.push_back({"no text begins with " + id, where, "texts in content/text"});
        }
        continue;
      }
      const auto pattern = patterns.find(id);
      if (pattern == patterns.end()) {
        out.push_back({"no such text: " + id, where, "the sentence in content/text/{vi,en}"});
        continue;
      }
      bool valid = false;
      std::set<std::string> given;
      if (!written_arguments(file.text, after, given)) continue;
      for (const std::string& wanted : arguments_of(pattern->second, "vi", valid)) {
        if (given.contains(wanted)) continue;
        out.push_back({"text " + id + " is not given its argument " + wanted, where,
                       "{{\"" + wanted + "\", value}}"});
      }
    }
  }
  return out;
}

namespace {

// From the bracket at `at` to the one that closes it, strings left out of the count.
std::string call_at(const std::string& text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '"' && text[i - 1] != '\\' && text[i - 1] != '\'') quoted = !quoted;
    if (quoted) continue;
    depth += text[i] == '(' || text[i] == '{';
    depth -= text[i] == ')' || text[i] == '}';
    if (depth == 0) return text.substr(at, i + 1 - at);
  }
  return "";
}

std::map<std::string, std::string> codes_by_name(const Repo& repo) {
  static const std::regex declared(R"re(\bCode\s+(\w+)\s*=\s*"(K\d{4})")re");
  std::map<std::string, std::string> out;
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with("errors.h")) continue;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), declared), end; it != end;
         ++it) {
      out[(*it)[1]] = (*it)[2];
    }
  }
  return out;
}

}  // namespace

Violations check_error_arguments(const Repo& repo) {
  static const std::regex use(R"((?:\bfail|\bError)\s*[({]\s*err::(\w+)\s*,)");
  static const std::regex key(R"re(\{\s*"(\w+)"\s*,)re");
  Violations out;
  Violations ignored;
  const Patterns patterns = load(repo, "vi", ignored);
  const auto codes = codes_by_name(repo);
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with(".cc")) continue;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), use), end; it != end; ++it) {
      const auto code = codes.find((*it)[1]);
      if (code == codes.end()) continue;
      const auto at = static_cast<std::size_t>(it->position());
      const std::string call = call_at(file.text, file.text.find_first_of("({", at));
      // Texts::error() gives these where the error does not.
      std::set<std::string> given = {"place", "near", "where", "line", "key"};
      for (std::sregex_iterator k(call.begin(), call.end(), key); k != std::sregex_iterator();
           ++k) {
        given.insert((*k)[1]);
      }
      // Arguments that come as a variable are its maker's to give.
      const bool handed_on = given.size() == 5 && std::count(call.begin(), call.end(), ',') > 1 &&
                             call.find("args") != std::string::npos;
      if (handed_on) continue;
      for (const char* part : {".what", ".todo"}) {
        const auto pattern = patterns.find("error." + code->second + part);
        bool valid = false;
        if (pattern == patterns.end()) continue;
        for (const std::string& wanted : arguments_of(pattern->second, "vi", valid)) {
          if (given.contains(wanted)) continue;
          out.push_back({"error " + code->second + " is not given its argument " + wanted,
                         file.path + ":" + std::to_string(line_at(file.text, at)),
                         "{{\"" + wanted + "\", value}}"});
        }
      }
    }
  }
  return out;
}

Violations check_error_codes(const Repo& repo) {
  static const std::regex declared(R"re(\bCode\s+(\w+)\s*=\s*"(K\d{4})")re");
  static const std::regex literal(R"re(\bfail\(\s*"(K\d{4})")re");
  Violations out;
  Violations ignored;
  const auto all = load_both(repo, ignored);
  std::map<std::string, std::string> known;  // code -> where it is declared
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with("errors.h")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      if (!std::regex_search(file.lines[i], found, declared)) continue;
      const std::string where = file.path + ":" + std::to_string(i + 1);
      const std::string code = found[2];
      if (const auto [it, fresh] = known.emplace(code, where); !fresh) {
        out.push_back({"code used twice: " + code, where, "a free code, see " + it->second});
      }
      for (const std::string& lang : kLanguages) {
        for (const char* part : {".what", ".todo"}) {
          const std::string id = "error." + code + part;
          if (all.at(lang).contains(id)) continue;
          out.push_back({"error without its text: " + id, where, "content/text/" + lang});
        }
      }
    }
  }
  for (const auto& [id, pattern] : first_of(all)) {
    if (!id.starts_with("error.K") || known.contains(id.substr(6, 5))) continue;
    out.push_back({"text of an unknown code: " + id, "content/text/vi", "the code in errors.h"});
  }
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || file.path.ends_with("_test.cc") ||
        file.path.ends_with("errors.h") || file.code.empty()) {
      continue;
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      if (std::regex_search(file.lines[i], found, literal) &&
          file.code[i].find('"') != std::string::npos) {
        out.push_back({"bare error code " + found[1].str(),
                       file.path + ":" + std::to_string(i + 1), "its name in errors.h"});
      }
    }
  }
  return out;
}

}  // namespace house
