// The tree and its three outside forms. YAML and packed bytes may come from somebody who wants to
// hurt us.
#include "base/node.h"

#include <random>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace khien {
namespace {

Node yaml(const std::string& text) {
  auto parsed = parse_yaml(text, "t.yaml");
  EXPECT_TRUE(parsed) << to_string(parsed.error());
  return parsed ? *parsed : Node();
}
std::string yaml_error(const std::string& text) {
  const auto parsed = parse_yaml(text, "t.yaml");
  EXPECT_FALSE(parsed) << text.substr(0, 80);
  return parsed ? "" : parsed.error().code + " " + parsed.error().place;
}

TEST(Yaml, keeps_scalars_as_they_are_written) {
  const Node n =
      yaml("{a: 03, b: 3, c: true, d: 1.10, e: 'true', f: ~, g: -7, h: '', i: 2024-05-01}");
  EXPECT_EQ(n["a"].type(), Node::Type::text);
  EXPECT_EQ(n["a"].text(), "03");
  EXPECT_EQ(n["a"].integer(), 3);
  EXPECT_EQ(n["b"].type(), Node::Type::integer);
  EXPECT_TRUE(n["c"].boolean());
  EXPECT_EQ(n["d"].text(), "1.10");
  EXPECT_DOUBLE_EQ(n["d"].real(), 1.1);
  EXPECT_EQ(n["e"].type(), Node::Type::text);
  EXPECT_TRUE(n["f"].is_null());
  EXPECT_EQ(n["g"].integer(), -7);
  EXPECT_TRUE(n["h"].is_scalar());
  EXPECT_EQ(n["i"].text(), "2024-05-01");
  EXPECT_EQ(n["a"].real(-1), 3.0);
  EXPECT_EQ(n["i"].real(-1), -1);
}

TEST(Yaml, nothing_is_nothing) {
  for (const std::string_view text : {std::string_view(), std::string_view("")}) {
    const auto node = parse_yaml(text, "x.yaml");
    ASSERT_TRUE(node) << to_string(node.error());
    EXPECT_TRUE(node->is_null());
  }
}

TEST(Yaml, large_numbers_stay_texts) {
  const Node n = yaml("[999999999999999999, 9999999999999999999, 012345678901]");
  EXPECT_EQ(n.items()[0].integer(), 999999999999999999);
  EXPECT_EQ(n.items()[1].text(), "9999999999999999999");
  EXPECT_EQ(n.items()[2].text(), "012345678901");  // a telephone or staff number
}

TEST(Yaml, keeps_the_order_and_the_lines) {
  const Node n = yaml("# one\nb: 1\na:\n  - x\n  - y: |\n      text\n");
  EXPECT_EQ(n.pairs()[0].first, "b");
  EXPECT_EQ(n.pairs()[1].first, "a");
  EXPECT_EQ(n["b"].line(), 2);
  EXPECT_EQ(n["a"].items()[0].line(), 4);
  EXPECT_EQ(n["a"].items()[1]["y"].text(), "text\n");
  EXPECT_EQ(n["absent"].line(), 0);
  EXPECT_EQ(n.line(), 2);
}

TEST(Yaml, names_the_line_of_an_error) {
  EXPECT_EQ(yaml_error("a: 1\nb: [1, 2\nc: 3\n"), "K0010 t.yaml:3");
  EXPECT_EQ(yaml_error("a: 1\n\tb: 2\n").substr(0, 12), "K0010 t.yaml");
}

TEST(Yaml, refuses_what_makes_small_files_huge_or_odd) {
  EXPECT_EQ(yaml_error("a: &x [1]\nb: *x\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("a: &x 1\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("a: &x {b: c}\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("\na: !!int 3\n"), "K0010 t.yaml:2");
  EXPECT_EQ(yaml_error("a: !x [1]\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("a: !!set {b}\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("a: 1\nb: 2\na: 3\n"), "K0010 t.yaml:3");
  EXPECT_EQ(yaml_error("? [a, b]\n: 1\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("~: 1\n"), "K0010 t.yaml:1");
  EXPECT_EQ(yaml_error("a: 1\n---\nb: 2\n"), "K0017 t.yaml:2");
}

TEST(Yaml, an_empty_file_is_null) {
  EXPECT_TRUE(yaml("").is_null());
  EXPECT_TRUE(yaml("# only a comment\n").is_null());
}

TEST(Yaml, takes_the_depth_of_the_limit_and_refuses_one_more) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_yaml(nested(limits::yaml_depth), "t"));
  EXPECT_EQ(yaml_error(nested(limits::yaml_depth + 1)), "K0012 t.yaml:1");
  EXPECT_EQ(yaml_error(nested(100'000)), "K0012 t.yaml:1");
}

TEST(Yaml, hostile_nesting_and_width_cost_little_memory) {
  const auto filled = [](const std::string& piece) {
    std::string out = "[";
    while (out.size() + piece.size() <= limits::yaml_file_bytes) out += piece;
    return out;
  };
  const auto peak_kib = [] {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
  };
  [[maybe_unused]] const auto before = peak_kib();
  for (const char* piece : {"{", "[", "\n{", "a,", "[],", "\"\" ", "*a ", "&a ", "!a ", "? ",
                            "a: ", "{a: ", "- "}) {
    const auto parsed = parse_yaml(filled(piece), "t");
    ASSERT_FALSE(parsed) << piece;
    EXPECT_TRUE(parsed.error().code == "K0010" || parsed.error().code == "K0012") << piece;
    static_cast<void>(parse_yaml(filled(piece).substr(1), "t"));  // without the bracket
  }
#ifndef KHIEN_SANITIZED
  EXPECT_LT(peak_kib() - before, 100 * 1024);  // a parser that reads ahead took 934 MB
#endif
}

TEST(YamlDocuments, all_are_read_with_their_lines_in_the_file) {
  const auto all = parse_yaml_documents(
      "title: một\n---\ntitle: hai\nlist:\n  - x\n---\n# nothing\n---\nba\n...\n---\n{a: b}\n",
      "r.yaml");
  ASSERT_TRUE(all) << to_string(all.error());
  ASSERT_EQ(all->size(), 5U);
  EXPECT_EQ((*all)[0]["title"].text(), "một");
  EXPECT_EQ((*all)[1]["title"].line(), 3);
  EXPECT_EQ((*all)[1]["list"].items().at(0).line(), 5);
  EXPECT_TRUE((*all)[2].is_null());
  EXPECT_EQ((*all)[3].text(), "ba");
  EXPECT_EQ((*all)[4].line(), 12);
}

TEST(YamlDocuments, one_and_none_are_what_the_one_document_reader_gives) {
  EXPECT_EQ(parse_yaml_documents("---\na: 1\n", "t")->size(), 1U);
  EXPECT_EQ(parse_yaml_documents("", "t")->size(), 0U);
  EXPECT_EQ(parse_yaml_documents("# only a comment\n", "t")->size(), 0U);
  EXPECT_EQ(yaml("--- {a: b}\n...\n")["a"].text(), "b");
}

TEST(YamlDocuments, an_error_in_one_names_its_line_in_the_file) {
  const auto bad = parse_yaml_documents("a: 1\n---\nb: 2\nb: 3\n---\nc: 4\n", "t");
  ASSERT_FALSE(bad);
  EXPECT_EQ(to_string(bad.error()).substr(0, 9), "K0010 t:4");
}

TEST(YamlDocuments, takes_the_number_of_the_limit_and_refuses_one_more) {
  const auto many = [](std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += "---\na\n";
    return out;
  };
  EXPECT_EQ(parse_yaml_documents(many(limits::yaml_documents), "t")->size(),
            limits::yaml_documents);
  const auto over = parse_yaml_documents(many(limits::yaml_documents + 1), "t");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0012");
}

TEST(YamlDocuments, the_nodes_of_all_count_together) {
  std::string text;
  for (int i = 0; i < 2; ++i) {
    text += "---\n[";
    for (std::size_t n = 0; n < limits::yaml_nodes / 2; ++n) text += n == 0 ? "1" : ",1";
    text += "]\n";
  }
  const auto over = parse_yaml_documents(text, "t");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0012");
}

TEST(Yaml, takes_the_nodes_of_the_limit_and_refuses_one_more) {
  const auto list = [](std::size_t nodes) {  // the list itself is one
    std::string out;
    for (std::size_t i = 1; i < nodes; ++i) out += "- a\n";
    return out;
  };
  EXPECT_TRUE(parse_yaml(list(limits::yaml_nodes), "t"));
  EXPECT_EQ(yaml_error(list(limits::yaml_nodes + 1)).substr(0, 5), "K0012");
}

TEST(Yaml, takes_the_bytes_of_the_limit_and_refuses_one_more) {
  const std::string text = "a: '" + std::string(limits::yaml_file_bytes - 5, 'x') + "'";
  ASSERT_EQ(text.size(), limits::yaml_file_bytes);
  EXPECT_TRUE(parse_yaml(text, "t"));
  const auto over = parse_yaml(text + " ", "t");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0003");
}

TEST(Yaml, refuses_bytes_that_are_no_utf8) {
  // The second is valid UTF-8, but the parser would take it for UTF-16.
  for (const std::string& text : {std::string("a: \xFF"), std::string("a\0:\0 \0b\0", 8)}) {
    const auto parsed = parse_yaml(text, "t");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, "K0004");
  }
}

// Were a map quadratic anywhere, this test would take minutes.
TEST(Yaml, a_map_of_ninety_thousand_keys_goes_through_all_forms) {
  std::string text;
  for (int i = 0; i < 90'000; ++i)
    text += "key" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  const Node n = yaml(text);
  ASSERT_EQ(n.pairs().size(), 90'000U);
  EXPECT_EQ(n["key89999"].integer(), 89'999);
  const auto packed = unpack(pack(n));
  ASSERT_TRUE(packed);
  EXPECT_EQ(*packed, n);
  const auto json = parse_json(to_json(n), "j");
  ASSERT_TRUE(json);
  EXPECT_EQ(*json, n);
}

Node random_node(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 8 : 6)) {
    case 0: return {};
    case 1: return Node(random() % 2 == 0);
    case 2: return Node(static_cast<std::int64_t>(random()) - 2'000'000'000);
    case 3: return Node(static_cast<double>(random()) / 7 + 0.5);
    case 4: return Node("chữ \"\\\n\t😀" + std::to_string(random()));
    case 5: return Node("");
    case 6: {
      Node n = Node::list();
      for (unsigned i = random() % 4; i > 0; --i) n.push(random_node(random, depth - 1));
      return n;
    }
    default: {
      Node n = Node::map();
      for (unsigned i = random() % 4; i > 0; --i) {
        n.set("k" + std::to_string(random() % 10), random_node(random, depth - 1));
      }
      return n;
    }
  }
}

TEST(Node, goes_through_json_and_packed_bytes_unchanged) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const Node n = random_node(random, 5);
    const auto packed = unpack(pack(n));
    ASSERT_TRUE(packed);
    ASSERT_EQ(*packed, n) << to_json(n);
    for (const int indent : {0, 2}) {
      const auto json = parse_json(to_json(n, indent), "j");
      ASSERT_TRUE(json) << to_json(n);
      ASSERT_EQ(*json, n) << to_json(n);
    }
  }
}

TEST(Node, packed_bytes_keep_the_lines) {
  const auto n = unpack(pack(yaml("\n\na: b\n")));
  ASSERT_TRUE(n);
  EXPECT_EQ((*n)["a"].line(), 3);
}

TEST(Node, extreme_integers_survive_packing) {
  for (const std::int64_t v : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    EXPECT_EQ(unpack(pack(Node(v)))->integer(), v);
    EXPECT_EQ(parse_json(to_json(Node(v)), "j")->integer(), v);
  }
}

TEST(Unpack, refuses_every_cut_and_survives_every_flipped_byte) {
  const std::string whole =
      pack(Node::map({{"a", Node::list_of({"một", "hai"})}, {"b", 7}, {"c", 1.5}, {"d", true}}));
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const auto cut = unpack(std::string_view(whole).substr(0, n));
    ASSERT_FALSE(cut) << n;
    EXPECT_EQ(cut.error().code, "K0031");
  }
  EXPECT_FALSE(unpack(whole + '\0'));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = whole;
      bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
      const auto n = unpack(bad);
      EXPECT_TRUE(!n || unpack(pack(*n)).has_value());
    }
  }
}

TEST(Unpack, does_not_believe_a_count_that_the_bytes_cannot_hold) {
  const std::string huge("\x05\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 11);
  EXPECT_FALSE(unpack(huge));
  std::string map = huge;
  map[0] = 6;
  EXPECT_FALSE(unpack(map));
  std::string text = huge;
  text[0] = 4;
  EXPECT_FALSE(unpack(text));
  EXPECT_FALSE(unpack(std::string("\x09\x00", 2)));
}

TEST(Unpack, takes_the_depth_of_the_limit_and_refuses_one_more) {
  const auto nested = [](std::size_t depth) {
    Node n;
    for (std::size_t i = 0; i < depth; ++i) n = Node::list({n});
    return pack(n);
  };
  EXPECT_TRUE(unpack(nested(limits::packed_depth)));
  EXPECT_FALSE(unpack(nested(limits::packed_depth + 1)));
  std::string endless;
  for (int i = 0; i < 1'000'000; ++i) endless += std::string("\x05\x00\x01", 3);
  EXPECT_FALSE(unpack(endless));
}

TEST(Unpack, takes_the_nodes_of_the_limit_and_refuses_one_more) {
  const auto list = [](std::size_t nulls) {
    std::string out("\x05\x00", 2);
    for (std::size_t v = nulls; ; v >>= 7) {
      out += static_cast<char>(v >= 0x80 ? v | 0x80 : v);
      if (v < 0x80) break;
    }
    return out + std::string(nulls * 2, '\0');
  };
  EXPECT_TRUE(unpack(list(limits::packed_nodes - 1)));
  EXPECT_FALSE(unpack(list(limits::packed_nodes)));
}

TEST(Unpack, reads_broken_utf8_as_replacement_characters) {
  const auto n = unpack(std::string("\x04\x00\x02\xC3\x28", 5));
  ASSERT_TRUE(n);
  EXPECT_EQ(n->text(), "\uFFFD(");
}

TEST(Json, refuses_what_is_no_json) {
  for (const char* bad : {"", "{", "[1,]", "{\"a\":}", "nul", "\"\xFF\"", "01", "[1] 2"}) {
    const auto parsed = parse_json(bad, "j.json");
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code, "K0011");
    EXPECT_EQ(parsed.error().place, "j.json");
  }
  EXPECT_FALSE(parse_json(std::string(100'000, '['), "j"));
}

TEST(Json, writes_one_line_in_the_order_of_the_node) {
  const Node n = Node::map({{"z", 1}, {"a", Node::list({true, Node(), "x\"y"})}});
  EXPECT_EQ(to_json(n), R"({"z":1,"a":[true,null,"x\"y"]})");
  EXPECT_EQ(to_json(Node(std::string("\xFF"))), "\"\uFFFD\"");
}

TEST(Node, schema_checks_name_the_line_and_what_is_allowed) {
  const Node n = yaml("id: x\nlist: [1]\nodd: 1\n");
  EXPECT_EQ(*need_text(n, "id", "f"), "x");
  const auto missing = need_text(n, "title", "f");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "K0013");
  EXPECT_EQ(missing.error().place, "f:1");
  const auto wrong = need_text(n, "list", "f");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "K0014");
  EXPECT_EQ(wrong.error().place, "f:2");
  const auto unknown = allow_keys(n, {"id", "list"}, "f");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "K0015");
  EXPECT_EQ(unknown.error().place, "f:3");
  EXPECT_EQ(unknown.error().args.at("allowed"), "id, list");
  EXPECT_TRUE(allow_keys(n, {"id", "list", "odd"}, "f"));
  EXPECT_FALSE(allow_keys(Node("x"), {"id"}, "f"));
  EXPECT_TRUE(need_one_of("b", {"a", "b"}, "f", "p"));
  EXPECT_EQ(need_one_of("c", {"a", "b"}, "f", "p").error().args.at("allowed"), "a, b");
}

TEST(Node, a_wrong_type_reads_as_the_empty_value) {
  const Node n = yaml("{list: [1, two], map: {a: b}, text: abc}");
  EXPECT_EQ(n["text"].integer(-1), -1);
  EXPECT_EQ(n["list"].text("none"), "none");
  EXPECT_EQ(n["list"].texts(), (std::vector<std::string>{"1", "two"}));
  EXPECT_EQ(n["text"].texts(), (std::vector<std::string>{"abc"}));
  EXPECT_TRUE(n["text"]["deeper"].is_null());
  EXPECT_TRUE(n["map"].items().empty());
}

}  // namespace
}  // namespace khien
