// Assessment -> the BÁO CÁO an agency sends back: head by Decree 30/2020, what was ordered, what
// was found, what could not be checked and why, what to do, Nơi nhận, annexes. Number and date are
// left blank for the registry.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/blocks.h"
#include "report/view.h"

namespace khien::report {

// Known only once the *.khien file is written; all may be empty.
struct Seal {
  std::string file;         // name of the file
  std::string sha256;       // of its bytes before the trailer
  std::string fingerprint;  // of the signing key
};

inline constexpr std::size_t kAnnexRows = 100;  // rows of one list on paper; all are in XLSX, JSON

[[nodiscard]] Document answer(const View& view, const Texts& texts, const Seal& seal = {});

// The parts of answer(), each in its own file.
void add_head(Document& doc, const View& view, const Texts& texts);
void add_body(Document& doc, const View& view, const Texts& texts);
void add_annexes(Document& doc, const View& view, const Texts& texts, const Seal& seal);

}  // namespace khien::report
