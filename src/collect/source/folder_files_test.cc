// What a folder holds is read or named.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "collect/collect.h"
#include "collect/jobs.h"
#include "collect/source/errors.h"
#include "collect/source/files_walk.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct FolderFilesTest : ::testing::Test {
  TempFolder folder = *TempFolder::make();
  void put(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(make_folder((folder.path() / name).parent_path()));
    ASSERT_TRUE(write_file(folder.path() / name, text));
  }
  // What collect() makes of the folder as a source of that type.
  [[nodiscard]] Collected collected(const std::string& type) const {
    Agency agency;
    AgencySource source;
    source.type = type;
    source.path = folder.path();
    source.written = "thu-muc";
    source.fields = Node::map({{"type", type}, {"path", "thu-muc"}});
    agency.sources = {source};
    const auto content = Content::open(built_in_content());
    WorkerPool pool(collect_jobs());
    const SystemClock clock;
    auto out = collect(agency, *content, pool, clock, {});
    EXPECT_TRUE(out);
    return std::move(*out);
  }
};

TEST_F(FolderFilesTest, FilesOfOtherEndingsFoldersAndLinksAreNamed) {
  put("a.csv", "x");
  put("b.CSV", "x");
  put("doc.pdf", "x");
  put("con/c.csv", "x");
  put(".an", "x");
  put("Thumbs.db", "x");
  fs::create_symlink(folder.path() / "khong-co", folder.path() / "gay.csv");
  ASSERT_EQ(::mkfifo((folder.path() / "ong.csv").c_str(), 0600), 0);
  const auto found = files_in(folder.path(), {".csv"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->files.size(), 2U);
  EXPECT_EQ(found->left_out,
            (std::vector<std::string>{"con", "doc.pdf", "gay.csv", "ong.csv"}));
}

TEST_F(FolderFilesTest, WhatNoReaderTookMakesTheTablesPartial) {
  put("PC-1.csv", "CSName,HotFixID,InstalledOn\nPC-1,KB5031356,18/09/2026\n");
  for (const bool more : {false, true}) {
    if (more) put("thang-9/PC-2.csv", "CSName,HotFixID\nPC-2,KB5031356\n");
    const Collected out = collected("hotfix");
    bool partial = false;
    for (const Collection& c : out.collections) {
      const auto table = c.tables.find("installed_update");
      if (table == c.tables.end()) continue;
      partial = partial || table->second.status == TableFacts::Status::partial;
    }
    EXPECT_EQ(partial, more);
    ASSERT_EQ(out.problems.size(), more ? 1U : 0U);
    if (!more) continue;
    EXPECT_EQ(out.problems[0].code, err::files_left_out);
    EXPECT_EQ(out.problems[0].args.at("names"), "thang-9");
  }
}

TEST_F(FolderFilesTest, InsideIsBelowTheFolderWhateverLinksSay) {
  put("co-quan/a.txt", "x");
  put("khac/b.txt", "x");
  const fs::path agency = folder.path() / "co-quan";
  fs::create_symlink(folder.path() / "khac/b.txt", agency / "link");
  EXPECT_TRUE(is_inside(agency, agency / "a.txt"));
  EXPECT_TRUE(is_inside(agency, agency / "chua-co"));
  EXPECT_FALSE(is_inside(agency, agency / "../khac/b.txt"));
  EXPECT_FALSE(is_inside(agency, folder.path() / "khac/b.txt"));
  EXPECT_FALSE(is_inside(agency, agency / "link"));
  EXPECT_FALSE(is_inside(agency, folder.path() / "co-quan-2"));
}

}  // namespace
}  // namespace khien
