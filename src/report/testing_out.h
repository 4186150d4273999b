// For tests only: reads back what was printed. Text comes out with all white space removed, so that
// line breaks of a format do not matter; `raw` keeps it.
#pragma once

#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <zip.h>

#include "base/content.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/outside.h"
#include "base/testing.h"
#include "base/text.h"
#include "base/texts.h"
#include "report/report.h"

namespace khien::report::testing {

inline const Texts& texts_of(const std::string& lang) {
  static const auto load = [](const char* name) {
    const auto content = Content::open(built_in_content(), "tests/golden/report/content");
    EXPECT_TRUE(content) << (content ? "" : to_string(content.error()));
    auto texts = Texts::load(*content, name);
    EXPECT_TRUE(texts) << (texts ? "" : to_string(texts.error()));
    return *texts;
  };
  static const Texts vi = load("vi");
  static const Texts en = load("en");
  return lang == "vi" ? vi : en;
}

inline std::string printed(Format format, const Assessment& a, const std::string& lang = "vi") {
  auto bytes = print(format, a, texts_of(lang));
  EXPECT_TRUE(bytes) << (bytes ? "" : to_string(bytes.error()));
  return bytes.value_or("");
}

inline std::string dense(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c))) out += c;
  }
  return out;
}

inline std::string zip_entry(const std::string& bytes, const char* name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  EXPECT_NE(zip, nullptr);
  zip_file_t* file = zip == nullptr ? nullptr : zip_fopen(zip, name, 0);
  EXPECT_NE(file, nullptr) << name;
  std::string out;
  if (file != nullptr) {
    char buffer[65536];
    for (zip_int64_t n; (n = zip_fread(file, buffer, sizeof buffer)) > 0;) {
      out.append(buffer, static_cast<std::size_t>(n));
    }
    zip_fclose(file);
  }
  if (zip != nullptr) zip_discard(zip);
  return out;
}

// The text of an XML part; the test fails when the part is not well-formed.
inline std::string xml_text(const std::string& xml) {
  pugi::xml_document doc;
  const auto parsed =
      doc.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  EXPECT_TRUE(parsed) << parsed.description();
  std::string out;
  struct Walker : pugi::xml_tree_walker {
    std::string* out = nullptr;
    bool for_each(pugi::xml_node& node) override {
      *out += node.value();
      return true;
    }
  } walker;
  walker.out = &out;
  doc.traverse(walker);
  return out;
}

inline std::string docx_text(const std::string& bytes) {
  return xml_text(zip_entry(bytes, "word/document.xml"));
}

inline std::string pdf_tool(const std::string& bytes, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"-", "-"});
  const auto out = run_outside("pdftotext", arguments, bytes, 20'000);
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  if (!out) return "";
  EXPECT_EQ(out->exit_code, 0) << out->err;
  return out->out;
}
inline std::string pdf_text(const std::string& bytes) { return pdf_tool(bytes, {"-raw"}); }

inline std::string html_text(const std::string& html) {  // without tags and styles
  std::string body = html.substr(html.find("<body>"));
  std::string out;
  bool tag = false;
  for (const char c : body) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') tag = false;
  }
  for (const auto& [from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""},
                                 {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at; (at = out.find(from)) != out.npos;) {
      out.replace(at, std::string_view(from).size(), to);
    }
  }
  return out;
}

inline void expect_golden(const std::string& name, const std::string& bytes) {
  khien::expect_golden("tests/golden/report/" + name, bytes);
}

}  // namespace khien::report::testing
