// Reading path 5/11. Order: what one dispatch asks, as plain values. Made by compile() from a
// document or by load_programme() from YAML; judged, printed and passed on as it is. Next:
// judge/catalog.h.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/texts.h"

namespace khien {

struct Cited {             // a document named as the reason
  std::string number;      // "4749/BTTTT-CATTT"
  std::string issued_on;   // YYYY-MM-DD | YYYY-MM | YYYY | ""
  std::string issuer;      // "" = not named
};

struct Contact {           // personal data: kept at the agency, masked in logs, never shared upward
  std::string unit, title, name, phone, mail, scope;
};

// What an order and the record of it in an assessment have in common.
struct DispatchHead {
  std::string sha256;         // of the document's bytes, or of the programme's text
  std::string source;         // file name or programme id
  bool by_hand = false;       // from a programme
  std::string number;         // "20/UBND-VHXXH"; "" = blank on the document
  std::string symbol;         // "UBND-VHXXH"
  std::string form;           // "công văn", "chỉ thị", ...
  std::string issuer;
  std::string parent;
  std::string place;
  std::string issued_on;      // YYYY-MM-DD | YYYY-MM | YYYY | ""
  std::string subject_line;
  std::string due_on;
  std::vector<Cited> legal_basis;
  std::vector<std::string> recipients;
};

struct Dispatch : DispatchHead {
  std::vector<std::string> annexes;
  std::vector<std::string> copies_to;  // Nơi nhận, as written
  std::vector<Contact> contacts;
  std::string signing_capacity;        // "KT. GIÁM ĐỐC"
};

struct KindMatch {
  std::string kind;
  double confidence = 1;      // 0..1; 1 for what a person typed
  std::string phrase;         // the words of the document that say so
  Node parameters;            // map, in the order's own unit (P3M); null when none
};

struct DueFor {               // a day by which one of several bodies is to act
  std::string due_on;
  std::string actor;          // "" = all others
};

enum class Obligation { must, should, may };
[[nodiscard]] const char* to_string(Obligation obligation);

struct MeasureHead {          // of a measure, and of its record
  std::string cite_vi;        // "gạch đầu dòng thứ hai, mục 2"
  std::string text;           // own words, up to the first child, without the number
  std::int64_t span_from = -1;  // code points in Order::text, with the number; -1 when typed
  std::int64_t span_to = -1;
  std::string actor;          // who is ordered, when not all recipients; as written
  std::string due_on;
};

struct Measure : MeasureHead {
  std::string id;             // the document's own: "1", "1.a", "1.2"; "p1" when unnumbered
  Obligation obligation = Obligation::must;
  std::vector<KindMatch> kinds;  // at least one; "other.manual" when no kind covers it
  std::vector<DueFor> deadlines;  // in the order of its words, where they state several days or
                                  // give several bodies a day; else empty
};

struct WatchWindow {          // days to watch closely, both ends included
  std::string from, to;       // YYYY-MM-DD
  std::string why;            // text id "window.*"
};

struct Warning {
  std::string code;           // "annex_missing"
  std::string text;           // text id "warning.<code>"
  std::map<std::string, std::string> args;
};

struct Sentence {             // or some that stand together and are read alike
  std::string role;           // measure, heading, background, purpose, closing, contact, unsure,
                              // other
  std::int64_t span_from = -1;  // code points in Order::text
  std::int64_t span_to = -1;
  int count = 0;              // sentences in it
  std::string measure;        // id of the measure that took it
  std::string why;            // text id "sentence.why.*"
};

struct Order {
  Dispatch dispatch;
  std::vector<Measure> measures;
  std::vector<WatchWindow> watch_windows;
  std::vector<Warning> warnings;
  std::vector<Sentence> sentences;  // of the whole body, in order; none of a programme
  std::string text;           // NFC; what the spans count in
  std::string confirmed_by;   // who confirmed or corrected it; "" = nobody yet
};

// The object of `khien compile --json` without "path". With `texts`, warnings and windows carry
// their sentence; without, the text id. A numbered item that asks nothing, a title, an aim, a
// definition, is one of the list, so that nothing of the paper is lost, and says "asks": false.
[[nodiscard]] Node to_node(const Order& order, const Texts* texts = nullptr);

[[nodiscard]] const Measure* find_measure(const Order& order, std::string_view id);

}  // namespace khien
