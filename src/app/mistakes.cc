// What CLI11 says in English, in the user's language, with the word that was most likely meant.
#include <filesystem>

#include "app/commands.h"
#include "app/option_checks.h"
#include "base/near.h"

namespace khien::app {
namespace {

std::string meant(const Context& context, const std::string& word,
                  const std::vector<std::string>& words) {
  const std::string near = nearest(word, words);
  return near.empty() ? "" : " " + context.say("app.mistake.near", {{"near", near}});
}

// "{vi,en}" or "[1 - 99]" out of "--lang: zz not in {vi,en}".
std::string between(const std::string& what, char open, char close) {
  const std::size_t from = what.rfind(open);
  const std::size_t to = what.rfind(close);
  if (from == what.npos || to == what.npos || to < from) return "";
  return what.substr(from + 1, to - from - 1);
}

std::string wrong_value(const Context& context, const std::string& name, const std::string& what) {
  std::string allowed = between(what, '{', '}');
  if (allowed.empty()) allowed = between(what, '[', ']');
  static constexpr std::string_view kRange = " not in range ";
  if (const std::size_t at = what.find(kRange); allowed.empty() && at != what.npos) {
    allowed = what.substr(at + kRange.size());
    if (const std::size_t to = allowed.find(" to "); to != allowed.npos) {
      allowed.replace(to, 4, " - ");
    }
  }
  if (!allowed.empty()) {
    std::string list;
    for (const char c : allowed) list += c == ',' ? ", " : std::string(1, c);
    return context.say("app.mistake.allowed", {{"name", name}, {"allowed", list}});
  }
  if (what.starts_with("Could not convert")) {
    return context.say("app.mistake.number", {{"name", name}});
  }
  return context.say("app.mistake.value", {{"name", name}});
}

// "Could not convert: --pages = x" names the option in its middle.
std::string option_in(const std::string& what) {
  const std::size_t at = what.find("--");
  if (at != what.npos) return what.substr(at, what.find_first_of(": =", at) - at);
  return what.substr(0, what.find_first_of(": "));
}

}  // namespace

std::string mistake(const CLI::App& root, const CLI::ParseError& error, const Context& context) {
  const std::string what = error.what();
  const bool no_command = what.starts_with("A subcommand");
  const bool unexpected = what.starts_with("The following argument");
  const std::vector<std::string> rest = root.remaining(true);
  std::string words;
  for (const std::string& word : rest) words += (words.empty() ? "" : " ") + word;
  if (!words.empty() && (no_command || unexpected)) {
    std::error_code none;
    const bool file = std::filesystem::is_regular_file(rest.front(), none);
    if (file && reached(root).get_option_no_throw("--dispatch") != nullptr) {
      return context.say("app.mistake.unknown", {{"words", words}}) + " " +
             context.say("app.mistake.dispatch", {{"file", rest.front()}});
    }
    return context.say("app.mistake.unknown", {{"words", words}}) +
           meant(context, rest.front().substr(0, rest.front().find('=')),
                 words_of(reached(root)));
  }
  if (no_command) {
    std::string parts;
    for (const CLI::App* part : parts_of(reached(root))) {
      parts += (parts.empty() ? "" : ", ") + part->get_name();
    }
    return context.say("app.mistake.no_command", {{"parts", parts}});
  }
  const std::string name = option_in(what);
  if (error.get_name() == "RequiresError") {  // "--key requires --cert"
    return context.say("app.mistake.missing", {{"name", what.substr(what.rfind(' ') + 1)}});
  }
  if (error.get_name() == "RequiredError") {
    return context.say("app.mistake.missing", {{"name", name}});
  }
  if (what.find(kNoDay) != what.npos) return context.say("app.mistake.day", {{"name", name}});
  if (what.find(kNoSpan) != what.npos) return context.say("app.mistake.span", {{"name", name}});
  if (error.get_name() == "ExcludesError") {
    return context.say("app.mistake.together", {{"name", name}});
  }
  return wrong_value(context, name, what);
}

}  // namespace khien::app
