// The signatures inside PDFs: who signed, is what was signed unchanged, is anything after it.
// Fills document_signature. No chain, no revocation: "intact" says nothing about trust.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kSignedPdfBytes = 128 * limits::kMiB;
inline constexpr std::size_t kSignedPdfs = 20'000;

// "sign.pdf" -> {sha256, signatures: [{signer, issuer, serial, digest, sub_filter, valid_from,
// valid_to, signed, time_from, intact, reason, covers_document, last}]}; times are ms UTC.
[[nodiscard]] std::vector<Job> signed_documents_jobs();

// One file or every .pdf below a folder. A document without a signature is one row with
// signed = 0. K0001, K0941 no PDF at all; one that cannot be read makes the table partial.
[[nodiscard]] Result<Collection> collect_signed_documents(const std::filesystem::path& path,
                                                          const std::string& source,
                                                          WorkerPool& pool);
[[nodiscard]] Collections read_signed_documents(const AgencySource& source, Reading& reading);

}  // namespace khien
