// What every paper of the agency opens and ends with, by Decree 30/2020: the two columns of the
// head, the signature.
#pragma once

#include <cstdint>
#include <string>

#include "base/texts.h"
#include "report/blocks.h"
#include "store/model.h"

namespace khien::report {

[[nodiscard]] std::string letters_of(const AgencyRecord& agency);  // "SCT-VP" -> "SCT"

// `at_ms` gives the year of the date line; day and month stay blank for the registry.
[[nodiscard]] NoteHead note_head(const AgencyRecord& agency, std::int64_t at_ms,
                                 std::string number, const Texts& texts);

// "- Lưu: VT, VP.": the last line of Nơi nhận.
[[nodiscard]] std::string filed_line(const AgencyRecord& agency, const Texts& texts);

// Title lines and name of the signer; the recipients are the caller's.
[[nodiscard]] SignatureBlock signature_of(const AgencyRecord& agency, const Texts& texts);

}  // namespace khien::report
