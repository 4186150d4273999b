#include "collect/attestations/attestations.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/hash.h"

namespace khien {
namespace {

Result<Collection> attested(const TempFolder& folder, const std::string& yaml) {
  const auto path = folder.path() / "list.yaml";
  EXPECT_TRUE(write_file(path, yaml));
  return collect_attestations(path, "list.yaml");
}

std::string said(const Row& row, const std::string& column) {
  return text_of(row, column, "NULL");
}

TEST(Attestation, ARowCarriesItsDocumentsHashOrSaysThereIsNone) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder && write_file(folder->path() / "a.pdf", "bytes"));
  const auto out = attested(*folder,
                            "attestations:\n"
                            "  - {kind: k.a, statement: s, signed_by: Ai, title: T, signed_on: "
                            "02/03/2026, valid_until: 2027-03-02, file: a.pdf}\n"
                            "  - {kind: k.b, subject: TD, statement: s, file: none.pdf}\n"
                            "  - {kind: k.c, statement: s}\n");
  ASSERT_TRUE(out) << to_string(out.error());
  const std::vector<Row>& rows = out->tables.at("attestation").rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(said(rows[0], "attestation_key"), "list.yaml:1");
  EXPECT_EQ(said(rows[0], "signed_on"), "2026-03-02");
  EXPECT_EQ(said(rows[0], "valid_until_on"), "2027-03-02");
  EXPECT_EQ(said(rows[0], "file_sha256"), sha256_hex("bytes"));
  EXPECT_EQ(said(rows[0], "file_present"), "1");
  EXPECT_EQ(said(rows[1], "file_present"), "0");
  EXPECT_EQ(said(rows[1], "file_sha256"), "NULL");
  EXPECT_EQ(said(rows[1], "subject"), "TD");
  EXPECT_EQ(said(rows[1], "signed_on"), "NULL");
  EXPECT_EQ(said(rows[2], "file_present"), "0");
}

TEST(Attestation, ADocumentOutsideTheFolderOrEmptyIsNotThere) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder && write_file(folder->path() / "empty.pdf", ""));
  const auto out = attested(*folder, "attestations:\n"
                                     "  - {kind: k, statement: s, file: /etc/passwd}\n"
                                     "  - {kind: k, statement: s, file: ../../etc/passwd}\n"
                                     "  - {kind: k, statement: s, file: empty.pdf}\n"
                                     "  - {kind: k, statement: s, file: .}\n");
  ASSERT_TRUE(out);
  for (const Row& row : out->tables.at("attestation").rows) {
    EXPECT_EQ(said(row, "file_present"), "0") << said(row, "file");
  }
}

TEST(Attestation, MistakesNameTheirLine) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const auto code = [&](const std::string& yaml) {
    const auto out = attested(*folder, yaml);
    return out ? "" : out.error().code + " " + out.error().place;
  };
  EXPECT_EQ(code("attestations:\n  - kind: k\n    statement: s\n    signed_on: 31/02/2026\n"),
            "K0401 list.yaml:4");
  EXPECT_EQ(code("attestations:\n  - kind: k\n    statement: s\n    colour: red\n"),
            "K0015 list.yaml:4");
  EXPECT_EQ(code("attestations:\n  - statement: s\n"), "K0013 list.yaml:2");
  EXPECT_EQ(code("attestations: yes\n").substr(0, 5), "K0014");
}

}  // namespace
}  // namespace khien
