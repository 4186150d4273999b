// Vietnamese text. Everything here works on UTF-8 and keeps the original: a folded form is only a
// key to compare by.
//
// nfc:      Unicode NFC, with NBSP and other spaces as U+0020, zero-width characters and soft
//           hyphens removed, U+00D0 (Eth) read as Đ and U+01A2/U+01A3 (OI) as Ư/ư, the usual slips
//           of exports.
// fold:     nfc + lower case (Vietnamese: Đ -> đ) + one place for the tone mark (hòa, hoà -> hòa;
//           thúy, thuý -> thúy). One code point in, one code point out, so offsets hold.
// skeleton: fold without any diacritic, đ -> d: the second key, for text whose marks were lost.
//           One code point in, one out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien {

[[nodiscard]] bool is_valid_utf8(std::string_view text);
[[nodiscard]] std::string nfc(std::string_view utf8);
[[nodiscard]] std::string fold(std::string_view utf8);
[[nodiscard]] std::string skeleton(std::string_view utf8);

// The same on code points, for matchers that keep offsets; `text` must be NFC.
[[nodiscard]] std::u32string to_u32(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] std::u32string fold(std::u32string_view nfc_text);
[[nodiscard]] char32_t skeleton(char32_t c);
[[nodiscard]] char32_t lower(char32_t c);
[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);

// A-Z to a-z and back, and nothing else: for words of protocols and files, never for names. Here,
// so that the program for Windows, which has no ICU, uses the same.
[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] inline std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_lower(c);
  return out;
}
[[nodiscard]] constexpr char ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] inline std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_upper(c);
  return out;
}

// Text from outside made safe to print: what moves the cursor, gives the terminal orders or turns
// the direction of writing is shown as \u001B, \u202E, bytes that are no UTF-8 as \xFF. With
// `lines`, line ends and tabs stay: for text that we laid out. JSON stays JSON.
enum class Lines { shown, kept };
[[nodiscard]] std::string visible(std::string_view text, Lines lines = Lines::shown);

// Trims and folds runs of white space (line ends too) to one space.
[[nodiscard]] std::string squeeze(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::size_t code_points(std::string_view utf8);
// At most `count` code points, with "…" when cut.
[[nodiscard]] std::string shorten(std::string_view utf8, std::size_t count);
// Columns a terminal needs (combining marks 0, wide East Asian 2).
[[nodiscard]] std::size_t display_width(std::string_view utf8);

// Shell-style match on folded text: * and ?, everything else literal. Linear in practice.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

// Bytes of unknown encoding -> UTF-8 NFC: BOM, UTF-16 with or without BOM, UTF-8, else the one of
// windows-1258, TCVN3, VNI and windows-1252 that gives most Vietnamese. Unicode text typed for the
// fonts of TCVN3 and VNI is turned into letters too. K0004 when the bytes are binary.
struct Decoded {
  std::string text;      // NFC
  // "utf-8", "utf-16le", "utf-16be", "windows-1258", "windows-1252", "tcvn3", "vni"; with "+tcvn3"
  // or "+vni" when Unicode text held letters of a font.
  std::string encoding;
};
[[nodiscard]] Result<Decoded> decode_text(std::string_view bytes, std::string_view place);

}  // namespace khien
