// The signatures inside PDFs: who signed, is what was signed unchanged, is anything after it.
// Fills document_signature. Revocation is seen in what a document holds and in lists (*.crl) that
// lie in the folder or are named; no trust roots: "intact" says nothing about trust.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kSignedPdfBytes = 128 * limits::kMiB;
inline constexpr std::size_t kSignedPdfs = 20'000;

// "sign.pdf" -> {sha256, signatures: [{signer, issuer, serial, digest, sub_filter, valid_from,
// valid_to, signed, stamped, intact, reason, covers_document, last, problems, later}]}; times are
// ms UTC. "sign.crl" -> {issuer, serials}.
[[nodiscard]] std::vector<Job> signed_documents_jobs();

// One file or every .pdf below a folder. A document without a signature is one row with
// signed = 0. K0001, K0941 no PDF at all; one that cannot be read, or a list of `crls` or of the
// folder that cannot, makes the table partial; so do documents signed in forms that are not read
// (.p7m, signed .docx), whose names `otherwise` takes.
[[nodiscard]] Result<Collection> collect_signed_documents(
    const std::filesystem::path& path, const std::string& source, WorkerPool& pool,
    std::vector<std::filesystem::path> crls = {}, std::vector<std::string>* otherwise = nullptr);
[[nodiscard]] Collections read_signed_documents(const AgencySource& source, Reading& reading);

}  // namespace khien
