// The two ways an order comes in (a document, a programme) and the files other machines made.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "dispatch/document.h"
#include "dispatch/vocabulary.h"
#include "store/assessment.h"
#include "store/order.h"

namespace khien::app {

// document -> anatomy -> measures, in a worker; with what a person confirmed of it
// (app/confirmation.h). `read`, when given, becomes what was read.
[[nodiscard]] Result<Order> order_from_document(Reader& context, const Vocabulary& vocabulary,
                                                const std::filesystem::path& file,
                                                Document* read = nullptr);
// The reading alone, of files that follow each other as parts of one dispatch (pages scanned one
// by one).
[[nodiscard]] Result<Order> order_from_documents(Reader& context, const Vocabulary& vocabulary,
                                                 const std::vector<std::filesystem::path>& parts,
                                                 Document* read = nullptr);
// An id of content/programs or a YAML file.
[[nodiscard]] Result<Order> order_from_programme(Reader& context, const Vocabulary& vocabulary,
                                                 const std::string& id_or_file);

struct OpenedAssessment {
  Assessment assessment;
  bool intact = false;
  bool signature_ok = false;
  std::string public_key;  // raw
  std::string sha256;      // of the file
};
// The seal of any sealed file (*.khien, *.facts); the assessment stays empty.
[[nodiscard]] Result<OpenedAssessment> open_seal(Reader& context,
                                                 const std::filesystem::path& file);
// Opens X.khien in a worker. Not intact: the assessment is empty.
[[nodiscard]] Result<OpenedAssessment> open_assessment(Reader& context,
                                                       const std::filesystem::path& file);
// The name under which this installation knows a key (raw): "" when it does not.
[[nodiscard]] std::string key_name(Context& context, const std::string& public_key);
// Says on standard error that `file` was sealed by a key nobody here trusts, and how to.
void note_unknown_key(Context& context, const std::filesystem::path& file,
                      const std::string& public_key);
// This installation has a key, or can make one: asked before the work, not after it.
[[nodiscard]] Done check_own_key();
// Every collection of one *.facts file with the key that sealed it; K0212 when the seal is broken.
[[nodiscard]] Result<std::vector<Collection>> open_facts(Context& context,
                                                         const std::filesystem::path& file);

// K0005 when writing `out` would destroy `input`, the file being read.
[[nodiscard]] Done spare_input(const std::filesystem::path& input,
                               const std::filesystem::path& out);

}  // namespace khien::app
