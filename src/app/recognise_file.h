// What one file is that nobody described: which source of agency.yaml it would be, how sure that is
// and why. Contents decide; the name only tells what contents cannot (the application).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "store/facts.h"

namespace khien::app {

struct ReadColumn {
  std::string heading;
  std::string field;  // "" = not understood
};

struct ReadTable {
  std::string table;
  std::string status;  // complete | partial | missing
  std::int64_t rows = 0;
  std::string reason;  // text id, or ""
};

struct RecognisedFile {
  // Entries of `sources` in agency.yaml without their path; several where a workbook has several
  // tables of use. Empty: nothing we know.
  std::vector<Node> entries;
  std::string certainty = "unsure";  // sure | likely | unsure
  std::string why;                   // text id app.recognise.why.<why>
  std::vector<ReadTable> tables;
  std::vector<ReadColumn> columns;   // of the first table
  std::vector<Error> problems;
  [[nodiscard]] std::int64_t rows() const;
};

// One that lies in an archive, once it is unpacked: an archive within it is named and not opened.
struct RecognisedMember {
  std::string name;            // as the archive calls it
  std::filesystem::path path;  // below the folder it was unpacked into
  std::uint64_t bytes = 0;
  RecognisedFile file;         // without entries and with the reason where it is of no use
};
// Nothing when `file` is no archive of files: a workbook, a document, one packed list. The folder
// exists and is empty. K0003, K1024-K1026, K0002.
[[nodiscard]] Result<std::optional<std::vector<RecognisedMember>>> recognise_archive(
    Context& context, const std::filesystem::path& file, const std::filesystem::path& folder);

[[nodiscard]] Result<RecognisedFile> recognise_file(Context& context,
                                                    const std::filesystem::path& file);
// The same of a file somebody described: `entry` is one of agency.yaml without its path. K0413,
// K0761 and what the check of its type says.
[[nodiscard]] Result<RecognisedFile> read_as(Context& context, const std::filesystem::path& file,
                                             const Node& entry,
                                             const std::filesystem::path& folder);

}  // namespace khien::app
