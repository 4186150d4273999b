// content/ packed and overlaid.
#include "base/content.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace khien {
namespace {
namespace fs = std::filesystem;

class Contents : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TempFolder::make();
    ASSERT_TRUE(made);
    folder = std::make_unique<TempFolder>(std::move(*made));
    root = folder->path() / "content";
    over = folder->path() / "overlay";
    write(root / "text/vi/a.yaml", "a: một\nb: hai\n");
    write(root / "text/vi/b.yaml", "c: ba\n");
    write(root / "controls/x.sql", "select 1");
    auto packed = pack_content(root);
    ASSERT_TRUE(packed) << to_string(packed.error());
    blob = *packed;
  }
  static void write(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    ASSERT_TRUE(write_file(path, bytes));
  }
  std::unique_ptr<TempFolder> folder;
  fs::path root;
  fs::path over;
  std::string blob;
};

TEST_F(Contents, gives_trees_and_raw_bytes) {
  const auto content = Content::open(blob);
  ASSERT_TRUE(content);
  const auto node = content->yaml("text/vi/a.yaml");
  ASSERT_TRUE(node);
  EXPECT_EQ((*node)["b"].text(), "hai");
  EXPECT_EQ((*node)["b"].line(), 2);
  EXPECT_EQ(*content->raw("controls/x.sql"), "select 1");
  EXPECT_EQ(*content->raw("text/vi/b.yaml"), "c: ba\n");
}

TEST_F(Contents, lists_by_folder_and_ending) {
  const auto content = Content::open(blob);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->list("text/vi/"),
            (std::vector<std::string>{"text/vi/a.yaml", "text/vi/b.yaml"}));
  EXPECT_EQ(content->list("", ".sql"), (std::vector<std::string>{"controls/x.sql"}));
  EXPECT_TRUE(content->list("none").empty());
}

TEST_F(Contents, says_which_file_is_missing) {
  const auto content = Content::open(blob);
  ASSERT_TRUE(content);
  const auto none = content->yaml("text/vi/z.yaml");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "K0030");
  EXPECT_EQ(none.error().place, "text/vi/z.yaml");
  EXPECT_FALSE(content->raw("z"));
  EXPECT_FALSE(content->has("z"));
}

TEST_F(Contents, an_overlay_replaces_one_file_and_adds_one) {
  write(over / "text/vi/a.yaml", "a: khác\n");
  write(over / "controls/new.sql", "select 2");
  const auto content = Content::open(blob, over);
  ASSERT_TRUE(content) << to_string(content.error());
  EXPECT_EQ((*content->yaml("text/vi/a.yaml"))["a"].text(), "khác");
  EXPECT_EQ((*content->yaml("text/vi/b.yaml"))["c"].text(), "ba");
  EXPECT_EQ(*content->raw("controls/new.sql"), "select 2");
  EXPECT_NE(content->version(), Content::open(blob)->version());
}

TEST_F(Contents, a_broken_overlay_names_the_file_and_the_line) {
  write(over / "text/vi/a.yaml", "a: [\n");
  const auto content = Content::open(blob, over);
  if (content) {
    const auto node = content->yaml("text/vi/a.yaml");
    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().code, "K0010");
    EXPECT_TRUE(node.error().place.starts_with("text/vi/a.yaml:"));
  }
  EXPECT_FALSE(Content::open(blob, folder->path() / "no such folder"));
}

TEST_F(Contents, the_version_changes_with_any_byte_and_only_then) {
  EXPECT_EQ(*pack_content(root), blob);
  write(root / "controls/x.sql", "select 3");
  const auto changed = pack_content(root);
  ASSERT_TRUE(changed);
  EXPECT_NE(Content::open(*changed)->version(), Content::open(blob)->version());
  EXPECT_EQ(Content::open(blob)->version().size(), 64U);
}

TEST_F(Contents, packing_refuses_a_broken_file) {
  write(root / "bad.yaml", "a: 1\na: 2\n");
  const auto packed = pack_content(root);
  ASSERT_FALSE(packed);
  EXPECT_EQ(packed.error().code, "K0010");
  EXPECT_TRUE(packed.error().place.ends_with("bad.yaml:2"));
}

TEST_F(Contents, a_corrupt_blob_is_refused) {
  for (std::size_t n = 0; n < blob.size(); ++n) {
    const auto content = Content::open(std::string_view(blob).substr(0, n));
    EXPECT_FALSE(content) << n;
  }
  std::string bad = blob;
  bad[0] = 'X';
  const auto content = Content::open(bad);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().code, "K0031");
}

TEST_F(Contents, flipped_bytes_never_crash) {
  for (std::size_t i = 0; i < blob.size(); ++i) {
    std::string bad = blob;
    bad[i] = static_cast<char>(bad[i] ^ 0x81);
    const auto content = Content::open(bad);
    if (!content) continue;
    for (const std::string& path : content->list("", ".yaml")) {
      static_cast<void>(content->yaml(path));
    }
  }
}

TEST(BuiltInContent, is_there_and_every_yaml_of_it_reads) {
  const auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  EXPECT_GT(content->list("text/vi/").size(), 0U);
  for (const std::string& path : content->list("", ".yaml")) {
    EXPECT_TRUE(content->yaml(path)) << path;
  }
}

}  // namespace
}  // namespace khien
