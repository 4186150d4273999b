// Every kind of archive gives its members; hostile, cut and locked ones are errors of their own.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "format/archive/archive_writer.h"
#include "format/archive/members.h"
#include "format/errors.h"
#include "format/table/zip_writer.h"

namespace khien {
namespace {

using testing::make_archive;
using testing::make_rar5;

const testing::ArchiveParts kParts = {
    {"Phòng Kế hoạch/tài khoản.csv", "Tài khoản;Họ tên\nan.nv;An\n"}, {"b.txt", "b"}};

std::string listed(const std::string& bytes, const std::string& place = "t.7z") {
  testing::ReadMembers read;
  const auto done = archive_members(bytes, place, read);
  if (!done) return to_string(done.error());
  std::string out;
  for (const auto& [name, inside] : read.parts) out += name + "=" + inside + "|";
  return out;
}

std::string archive_code(const std::string& bytes, const MemberLimits& most = {}) {
  testing::ReadMembers read;
  const auto done = archive_members(bytes, "t.7z", read, most);
  return done ? "" : done.error().code;
}

const std::string kWanted =
    "Phòng Kế hoạch/tài khoản.csv=Tài khoản;Họ tên\nan.nv;An\n|b.txt=b|";

TEST(Archive, EachKindGivesItsMembersWithTheirNames) {
  testing::ArchiveParts with_folder = kParts;
  with_folder.insert(with_folder.begin(), {"Phòng Kế hoạch/", ""});
  EXPECT_EQ(listed(make_archive("7zip", "none", with_folder)), kWanted);
  EXPECT_EQ(listed(make_archive("gnutar", "none", with_folder)), kWanted);
  for (const char* filter : {"gzip", "bzip2", "xz", "zstd"}) {
    EXPECT_EQ(listed(make_archive("gnutar", filter, kParts)), kWanted) << filter;
  }
  EXPECT_EQ(listed(make_rar5(kParts)), kWanted);
  EXPECT_EQ(listed(testing::make_zip({kParts.begin(), kParts.end()})), kWanted);
}

TEST(Archive, APackedFileIsCalledAsTheArchiveWithoutItsEnding) {
  const std::string bytes = make_archive("raw", "xz", {{"x", "a;b\n1;2\n"}});
  EXPECT_EQ(listed(bytes, "xuat/nguoi dung.csv.xz"), "nguoi dung.csv=a;b\n1;2\n|");
}

TEST(Archive, TheFirstBytesTellAnArchive) {
  for (const char* filter : {"gzip", "bzip2", "xz", "zstd"}) {
    const std::string bytes = make_archive("raw", filter, {{"x", "text"}});
    EXPECT_TRUE(is_archive(bytes) && is_packed_file(bytes)) << filter;
  }
  EXPECT_TRUE(is_archive(make_rar5(kParts)));
  EXPECT_TRUE(is_archive(make_archive("gnutar", "none", kParts)));
  EXPECT_FALSE(is_packed_file(make_archive("7zip", "none", kParts)));
  EXPECT_FALSE(is_archive("Rar!"));
  EXPECT_FALSE(is_archive("tài khoản;họ tên\n"));
}

TEST(Archive, TooManyMembersAndTooManyBytesAreRefused) {
  testing::ArchiveParts many;
  for (int i = 0; i < 20; ++i) many.push_back({std::to_string(i), "x"});
  const MemberLimits few{20, 1000};
  EXPECT_EQ(archive_code(make_archive("7zip", "none", many), few), "");
  many.push_back({"one more", "x"});
  for (const char* filter : {"none", "gzip"}) {
    EXPECT_EQ(archive_code(make_archive("gnutar", filter, many), few), err::archive_large);
  }
  EXPECT_EQ(archive_code(make_archive("7zip", "none", many), few), err::archive_large);
  EXPECT_EQ(archive_code(testing::make_zip({many.begin(), many.end()}), few), err::archive_large);
  const std::string most(1000, ' ');
  EXPECT_EQ(archive_code(make_archive("raw", "xz", {{"x", most}}), few), "");
  EXPECT_EQ(archive_code(make_archive("raw", "xz", {{"x", most + "y"}}), few),
            err::archive_large);
  EXPECT_EQ(archive_code(make_archive("7zip", "none", {{"a", most}, {"b", "y"}}), few),
            err::archive_large);
  EXPECT_EQ(archive_code(testing::make_zip({{"a", most}, {"b", "y"}}), few), err::archive_large);
}

// A few bytes that grow to many: past the first MiB, 200 times as much is a bomb.
TEST(Archive, WhatGrowsTooMuchIsABomb) {
  const std::string mib(limits::kMiB, ' ');
  for (const char* filter : {"gzip", "xz", "zstd"}) {
    EXPECT_EQ(archive_code(make_archive("raw", filter, {{"x", mib}})), "") << filter;
    EXPECT_EQ(archive_code(make_archive("raw", filter, {{"x", mib + mib}})), err::archive_large)
        << filter;
    EXPECT_EQ(archive_code(make_archive("gnutar", filter, {{"a", mib}, {"b", mib}})),
              err::archive_large) << filter;
  }
  EXPECT_EQ(archive_code(make_archive("7zip", "none", {{"a", mib}, {"b", mib}})),
            err::archive_large);
}

TEST(Archive, WhatMacOsPutsBesideFilesIsNoMember) {
  const testing::ArchiveParts parts = {{"a.csv", "x"}, {"__MACOSX/._a.csv", "y"}};
  EXPECT_EQ(listed(testing::make_zip({parts.begin(), parts.end()})), "a.csv=x|");
  EXPECT_EQ(listed(make_archive("gnutar", "gzip", parts)), "a.csv=x|");
}

TEST(Archive, CutArchivesAreErrorsAndNeverHalfAMember) {
  for (const std::string& whole :
       {make_archive("7zip", "none", kParts), make_archive("gnutar", "xz", kParts),
        make_rar5({{"a.csv", std::string(500, 'a')}})}) {
    for (std::size_t size = 8; size + 8 < whole.size(); size += 7) {
      testing::ReadMembers read;
      if (!archive_members(whole.substr(0, size), "t", read)) continue;
      for (const auto& [name, inside] : read.parts) {  // the end alone may be missing
        const bool whole_one = inside.size() == 500 ||
                               kWanted.find("=" + inside + "|") != std::string::npos;
        EXPECT_TRUE(whole_one) << size;
      }
    }
  }
}

TEST(Archive, WhatIsOfNoFormatIsBrokenAndNoMemberOfItself) {
  for (const char* bytes : {"", "Rar!\x1A\x07\x01", "tài khoản;họ tên\n", "BZh9"}) {
    EXPECT_EQ(archive_code(bytes), err::archive_broken) << bytes;
  }
}

// Made by 7-Zip 16.02 of one file "a.csv" with the password "x": names open, then names hidden.
constexpr const char* kLockedData =
    "377abcaf271c0004916406d230000000000000006200000000000000a8dd0002f858390c7dc8841fe1539900"
    "f4f22ec4d116d75a1a22d5460404dd58ceba47448f22ac62b56e8639857f49b4e3f696b90104060001093000"
    "070b0100022406f1070112530f1a0eac671c2960c4727c56d1270a75922121010001000c242000080a01b853"
    "d2a300000501190100110d0061002e006300730076000000140a010090f43c8c7881dd01150601002080a481"
    "0000";
constexpr const char* kLockedNames =
    "377abcaf271c0004c2366fe2a0000000000000002e00000000000000250cdd7b1fb2ffbc928fab3adec7eab4"
    "715a282f75468f3d6662a21799512f6d3ea51a0b2e809299d167f4af282dedcab64cecd946790063bfe3ad07"
    "998166257c1658a45600ed15b59ca0f03f6b3c138c75a6b1d41d07d85448568a4e4832e2fa60d5e147108506"
    "741d1f70e51db28b0e07d3f0e219829a57d8b3705307116b2f35dd144e8255a56f07ad7786370cbf5171e45a"
    "ed240913ae0da3b04d4ac334c938b6ce17063001097000070b0100012406f1070112530fc1fb1b5da8a11eb0"
    "16ae65d2693559e10c620a010088f3ca0000";

TEST(Archive, APasswordIsNamedAsSuch) {
  for (const char* hex : {kLockedData, kLockedNames}) {
    const auto bytes = unhex(hex);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(archive_code(*bytes), err::archive_password);
  }
}

TEST(PackedFile, AllPartsAreReadUpToTheLimit) {
  for (const char* filter : {"gzip", "bzip2", "xz", "zstd"}) {
    const std::string one = make_archive("raw", filter, {{"x", std::string(1000, 'a')}});
    const std::string two = make_archive("raw", filter, {{"x", "b"}});
    const auto both = unpack_file(one + two, 1001, "t");
    ASSERT_TRUE(both) << filter << to_string(both.error());
    EXPECT_EQ(*both, std::string(1000, 'a') + "b") << filter;
    EXPECT_EQ(unpack_file(one + two, 1000, "t").error().code, err::gzip_large) << filter;
    const auto cut = unpack_file(one.substr(0, one.size() / 2), 5000, "t");
    ASSERT_FALSE(cut) << filter;
    EXPECT_EQ(cut.error().code, err::gzip_broken) << filter;
    EXPECT_FALSE(unpack_file(one.substr(0, 4), 5000, "t")) << filter;
  }
}

}  // namespace
}  // namespace khien
