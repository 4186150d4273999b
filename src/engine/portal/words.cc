// Everything is folded once here, so that a page is only searched.
#include "engine/portal/words.h"

#include "base/text.h"
#include "engine/portal/errors.h"
#include "engine/portal/exposed.h"

namespace khien::portal {
namespace {

tl::unexpected<Error> invalid(std::string place, const std::string& detail) {
  return fail(err::words_invalid, std::move(place), {{"detail", detail}});
}

Result<Node> list_of(const Node& list, const std::string& path, bool pieces) {
  Node out = Node::list();
  for (const Node& entry : list.items()) {
    KHIEN_DO(allow_keys(entry, {"id", "say", "sure"}, path));
    KHIEN_TRY(const std::string id, need_text(entry, "id", path));
    KHIEN_TRY(const std::string say, need_text(entry, "say", path));
    out.push(Node::map({{"id", id},
                        {"say", pieces ? say : as_words(say)},
                        {"sure", entry["sure"].boolean(true)}}));
  }
  if (out.items().empty()) return invalid(path, "empty");
  return out;
}

Result<Node> exposed_files(const Content& content) {
  const char* path = "words/exposed_files.yaml";
  KHIEN_TRY(const Node root, content.yaml(path));
  for (const Node& file : root["files"].items()) {
    KHIEN_DO(allow_keys(file, {"path", "shape"}, path));
    KHIEN_TRY(const std::string where, need_text(file, "path", path));
    KHIEN_TRY(const std::string shape, need_text(file, "shape", path));
    if (!where.starts_with('/') || shape_of(shape) == nullptr) return invalid(path, where);
  }
  if (root["files"].items().empty()) return invalid(path, "empty");
  return root["files"];
}

Done add_own(std::string_view own, const std::string& place, Node& hostile) {
  if (own.empty()) return {};
  KHIEN_TRY(const Decoded decoded, decode_text(own, place));
  std::string_view rest = decoded.text;
  std::size_t count = 0;
  for (int line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    text = trim(text.substr(0, text.find('#')));
    const bool sure = !text.starts_with('?');
    if (!sure) text = trim(text.substr(1));
    if (text.empty()) continue;
    const std::string at = place + ":" + std::to_string(line);
    if (text.size() > kWordBytes) return invalid(at, std::to_string(kWordBytes) + " byte");
    if (++count > kWords) return invalid(at, std::to_string(kWords));
    const std::string say = as_words(text);
    if (trim(say).empty()) return invalid(at, shorten(text, 40));
    hostile.push(Node::map({{"id", "own." + std::to_string(line)}, {"say", say},
                            {"sure", sure}}));
  }
  return count == 0 ? Done(invalid(place, "0")) : Done();
}

}  // namespace

std::string as_words(std::string_view text) {
  std::u32string out = U" ";
  for (const char32_t c : fold(to_u32(nfc(text)))) {
    const bool word = is_letter(c) || (c >= U'0' && c <= U'9');
    if (word) out += c;
    else if (out.back() != U' ') out += U' ';
  }
  if (out.back() != U' ') out += U' ';
  return to_utf8(out);
}

Result<Node> word_lists(const Content& content, std::string_view own, const std::string& place) {
  KHIEN_TRY(const Node gambling, content.yaml("words/gambling.yaml"));
  KHIEN_TRY(const Node hostile, content.yaml("words/hostile.yaml"));
  KHIEN_TRY(Node phrases, list_of(gambling["phrases"], "words/gambling.yaml", false));
  KHIEN_TRY(Node pieces, list_of(gambling["addresses"], "words/gambling.yaml", true));
  KHIEN_TRY(Node words, list_of(hostile["phrases"], "words/hostile.yaml", false));
  KHIEN_DO(add_own(own, place, words));
  KHIEN_TRY(Node exposed, exposed_files(content));
  return Node::map({{"gambling", std::move(phrases)},
                    {"pieces", std::move(pieces)},
                    {"hostile", std::move(words)},
                    {"exposed", std::move(exposed)}});
}

}  // namespace khien::portal
