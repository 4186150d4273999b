// Tokens over runs: positions in the joined text of a paragraph are mapped back to its w:t nodes.
#include "report/template.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include "base/hash.h"
#include "base/text.h"
#include "base/zip_parts.h"
#include "report/docx.h"
#include "report/errors.h"
#include "report/words.h"

namespace khien::report {
namespace {

using pugi::xml_node;

bool named(const xml_node& node, std::string_view name) { return name == node.name(); }

// The next node in document order below `root`; paragraphs inside it (text boxes) are left out.
xml_node next_in(const xml_node& at, const xml_node& root) {
  const bool inner = at != root && named(at, "w:p");
  if (!inner && at.first_child()) return at.first_child();
  xml_node n = at;
  while (n && n != root) {
    if (n.next_sibling()) return n.next_sibling();
    n = n.parent();
  }
  return {};
}

struct Piece {
  xml_node node;      // w:t
  std::size_t start;  // in the joined text
  std::string text;
};

std::vector<Piece> pieces_of(const xml_node& paragraph) {
  std::vector<Piece> out;
  std::size_t start = 0;
  for (xml_node n = paragraph; n; n = next_in(n, paragraph)) {
    if (!named(n, "w:t")) continue;
    std::string text;
    for (const xml_node& part : n.children()) text += part.value();
    const std::size_t length = text.size();
    out.push_back({n, start, std::move(text)});
    start += length;
  }
  return out;
}

struct Token {
  std::size_t from, to;  // in the joined text
  std::string name;
};

// One paragraph's worth of work, repeated over all paragraphs of one part.
class Filler {
 public:
  Filler(const Fields& fields, std::string place) : fields_(fields), place_(std::move(place)) {}

  [[nodiscard]] Result<std::string> part(const std::string& xml) {
    pugi::xml_document doc;
    const auto parsed = doc.load_buffer(xml.data(), xml.size(),
                                        pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return fail(err::template_broken, place_, {{"detail", parsed.description()}});
    KHIEN_TRY(const std::vector<xml_node> paragraphs, paragraphs_of(doc));
    for (const xml_node& p : paragraphs) KHIEN_DO(paragraph(p));
    struct Writer : pugi::xml_writer {
      std::string out;
      void write(const void* data, std::size_t size) override {
        out.append(static_cast<const char*>(data), size);
      }
    } writer;
    doc.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
    return std::move(writer.out);
  }

  [[nodiscard]] std::size_t tokens() const { return tokens_; }

 private:
  tl::unexpected<Error> over(std::size_t limit) const {
    return fail(err::template_limit, place_, {{"limit", std::to_string(limit)}});
  }

  Result<std::vector<xml_node>> paragraphs_of(const xml_node& doc) const {
    std::vector<xml_node> out;
    std::size_t depth = 0;
    for (xml_node n = doc.first_child(); n;) {
      if (named(n, "w:p")) out.push_back(n);
      if (n.first_child()) {
        n = n.first_child();
        if (++depth > kTemplateDepth) return over(kTemplateDepth);
        continue;
      }
      while (n && !n.next_sibling()) {
        n = n.parent();
        if (depth == 0) break;
        --depth;
      }
      if (n) n = n.next_sibling();
    }
    return out;
  }

  Result<std::vector<Token>> tokens_of(const std::string& text) {
    std::vector<Token> out;
    for (std::size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at)) {
      const std::size_t end = text.find("}}", at);
      const std::string name =
          end == text.npos ? std::string() : text.substr(at + 2, end - at - 2);
      if (end == text.npos || name.find('{') != name.npos || code_points(name) > kTemplateName) {
        return fail(err::template_token, place_, {{"text", excerpt(text.substr(at), 60)}});
      }
      out.push_back({at, end + 2, field_key(name)});
      if (!fields_.contains(out.back().name)) {
        return fail(err::template_field, place_, {{"field", excerpt(name, 60)},
                                                  {"allowed", allowed()}});
      }
      if (++tokens_ > kTemplateTokens) return over(kTemplateTokens);
      at = end + 2;
    }
    return out;
  }

  std::string allowed() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : fields_) names.push_back(name);
    return fmt::format("{}", fmt::join(names, ", "));
  }

  Done paragraph(xml_node p) {
    std::string text;
    for (const Piece& piece : pieces_of(p)) text += piece.text;
    if (text.find("{{") == text.npos) return {};
    KHIEN_TRY(const std::vector<Token> tokens, tokens_of(text));
    const bool alone = tokens.size() == 1 && trim(text.substr(0, tokens[0].from)).empty() &&
                       trim(text.substr(tokens[0].to)).empty();
    const auto& first = fields_.at(tokens[0].name);
    if (alone && first.size() > 1 && !p.child("w:pPr").child("w:sectPr")) {
      xml_node last = p;
      for (std::size_t i = 1; i < first.size(); ++i) {
        last = p.parent().insert_copy_after(p, last);
        for (const char* id : {"w14:paraId", "w14:textId"}) last.remove_attribute(id);
        for (const char* mark : {"w:bookmarkStart", "w:bookmarkEnd"}) {
          while (last.remove_child(mark)) {}
        }
        fill(last, tokens, first[i]);
      }
      fill(p, tokens, first[0]);
      return {};
    }
    fill(p, tokens, std::nullopt);
    return {};
  }

  std::string value(const Token& token) const {
    std::vector<std::string> lines;
    for (const std::string& line : fields_.at(token.name)) lines.push_back(clean(line));
    return fmt::format("{}", fmt::join(lines, "; "));
  }

  // Last token first, so that the positions before it still hold.
  void fill(const xml_node& p, const std::vector<Token>& tokens,
            const std::optional<std::string>& one) const {
    std::vector<Piece> pieces = pieces_of(p);
    std::vector<bool> changed(pieces.size(), false);
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
      const std::string words = one ? clean(*one) : value(*token);
      bool placed = false;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        Piece& piece = pieces[i];
        const std::size_t end =
            i + 1 < pieces.size() ? pieces[i + 1].start : std::string::npos;
        if (end <= token->from || piece.start >= token->to) continue;
        const std::size_t from = std::max(token->from, piece.start) - piece.start;
        const std::size_t to = std::min(token->to, end) - piece.start;
        piece.text.replace(from, to - from, placed ? "" : words);
        placed = changed[i] = true;
      }
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (!changed[i]) continue;
      xml_node node = pieces[i].node;
      while (node.first_child()) node.remove_child(node.first_child());
      node.append_child(pugi::node_pcdata).set_value(pieces[i].text.c_str());
      if (!node.attribute("xml:space")) node.append_attribute("xml:space");
      node.attribute("xml:space").set_value("preserve");
    }
  }

  const Fields& fields_;
  std::string place_;
  std::size_t tokens_ = 0;
};

bool has_text(const std::string& part) {
  if (part == "word/document.xml") return true;
  const bool running = part.starts_with("word/header") || part.starts_with("word/footer");
  return running && part.ends_with(".xml") && part.find('/', 5) == part.npos;
}

Result<std::vector<std::string>> names_of(std::string_view bytes, const std::string& place) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) {
    const std::string detail = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source != nullptr) zip_source_free(source);
    return fail(err::template_broken, place, {{"detail", detail}});
  }
  std::vector<std::string> out;
  const zip_int64_t count = zip_get_num_entries(zip, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(zip, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
    if (name != nullptr && *name != '\0') out.emplace_back(name);
  }
  zip_discard(zip);
  return out;
}

Result<Node> run_job(const JobInput& input) {
  Fields fields;
  for (const auto& [name, lines] : input.args["fields"].pairs()) fields[name] = lines.texts();
  KHIEN_TRY(const std::string docx, fill_template(input.bytes, input.name, fields));
  return Node::map({{"docx", hex(docx)}});  // a reply is text
}

}  // namespace

std::string field_key(std::string_view name) {
  std::string out = skeleton(squeeze(name));
  std::replace_if(out.begin(), out.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return out;
}

Fields named_fields(const Fields& fields, const Texts& texts) {
  Fields out;
  for (const auto& [name, lines] : fields) {
    out[field_key(name)] = lines;
    if (const std::string id = "draft.field." + name; texts.has(id)) {
      out[field_key(texts(id))] = lines;
    }
  }
  return out;
}

Result<std::string> fill_template(std::string_view bytes, const std::string& place,
                                  const Fields& fields) {
  const ZipErrors errors{err::template_broken, err::template_bomb, err::template_password};
  KHIEN_TRY(ZipParts zip, ZipParts::open(bytes, place, errors));
  KHIEN_TRY(const std::vector<std::string> names, names_of(bytes, place));
  if (!zip.has("word/document.xml")) {
    return fail(err::template_broken, place, {{"detail", "word/document.xml"}});
  }
  Filler filler(fields, place);
  std::vector<ZipPart> parts;
  for (const std::string& name : names) {
    if (name.ends_with('/')) continue;
    if (fold(name).ends_with("vbaproject.bin")) return fail(err::template_macro, place);
    KHIEN_TRY(std::string part, zip.read(name));
    if (has_text(name)) {
      KHIEN_TRY(part, filler.part(part));
    }
    parts.push_back({name, std::move(part)});
  }
  if (filler.tokens() == 0) {
    std::vector<std::string> known;
    for (const auto& [name, value] : fields) known.push_back(name);
    return fail(err::template_empty, place,
                {{"allowed", fmt::format("{}", fmt::join(known, ", "))}});
  }
  return zip_of(parts);
}

Job template_job() { return {"report.template", kTemplateBytes, run_job}; }

Result<std::string> fill_in_worker(WorkerPool& pool, std::string_view bytes,
                                   const std::string& name, const Fields& fields) {
  Node list = Node::map();
  for (const auto& [key, lines] : fields) list.set(key, Node::list_of(lines));
  KHIEN_TRY(const Node reply,
            pool.run_bytes("report.template", bytes, name, Node::map({{"fields", list}})));
  return unhex(reply["docx"].text());
}

}  // namespace khien::report
