// What this room's tests share: the packed content, a vocabulary, and short ways to compile text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/content.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/measures.h"
#include "dispatch/programme.h"

namespace khien::dispatch::testing {

inline const Content& content() {
  static const Content made = Content::open(built_in_content()).value();
  return made;
}
inline const Vocabulary& vocabulary() {
  static const Vocabulary made = Vocabulary::load(content()).value();
  return made;
}
inline const Texts& texts(std::string_view lang = "vi") {
  static const Texts vi = Texts::load(content(), "vi").value();
  static const Texts en = Texts::load(content(), "en").value();
  return lang == "vi" ? vi : en;
}
inline std::string bytes_of(const std::string& path) {
  const auto bytes = read_file(path, limits::dispatch_file_bytes);
  EXPECT_TRUE(bytes) << path;
  return bytes ? *bytes : "";
}
inline Order order_of(std::string_view text) {
  const auto document = document_from_text(text, "test.txt");
  EXPECT_TRUE(document);
  if (!document) return {};
  auto order = compile(*document, vocabulary());
  EXPECT_TRUE(order);
  return order ? std::move(*order) : Order{};
}
// One numbered demand under an opening; the way most cases are said.
inline Order demand(const std::string& text) {
  return order_of("Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các đơn vị\n\n"
                  "Sở X đề nghị các đơn vị thực hiện các nội dung sau:\n\n1. " + text + "\n");
}
inline const KindMatch* kind_in(const Order& order, std::string_view kind) {
  for (const Measure& m : order.measures) {
    for (const KindMatch& k : m.kinds) {
      if (k.kind == kind) return &k;
    }
  }
  return nullptr;
}
inline std::string parameter(const Order& order, std::string_view kind, std::string_view name) {
  const KindMatch* k = kind_in(order, kind);
  return k == nullptr ? "no " + std::string(kind) : to_json(k->parameters[name]);
}

}  // namespace khien::dispatch::testing
