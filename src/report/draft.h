// The outgoing papers of an agency, made from an order's records: number, day and signature stay
// blank for the registry and the signer. Each gives a Document for the printers, and the same words
// as named fields for an agency's own DOCX (template.h). Nothing here judges or reads a clock.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/texts.h"
#include "report/blocks.h"
#include "store/model.h"
#include "store/row.h"

namespace khien::report {

// Name of a {{field}} -> its paragraphs.
using Fields = std::map<std::string, std::vector<std::string>>;

struct Draft {
  Document document;
  Fields fields;
};

struct Sender {             // who writes, and whom to ask
  AgencyRecord agency;
  std::string phone, mail;  // of the officer; on papers to the agency's own people only
  std::int64_t at_ms = 0;   // ms UTC: the year of the date line
};

struct Window {             // days to watch, both ends included
  std::string from, to;     // YYYY-MM-DD
  std::string why;          // words
};

// What the superior ordered. Without a dispatch (id 0 and no number, symbol or issuer) a paper
// speaks of information security in general.
struct Ordered {
  DispatchRecord dispatch;
  std::vector<MeasureRecord> measures;
  std::vector<Window> watch_windows;
};

// Công văn triển khai: the measures with `addressed` restated as the order says them, in its order
// and with its bullets; numbers run on when some are not addressed. What the order's preamble cites
// stays the basis; whom its closing names is replaced by the agency's own officer.
struct Cascade {
  Sender sender;
  Ordered ordered;
  std::vector<std::string> units;  // Kính gửi; empty: "các phòng, đơn vị trực thuộc"
  std::string due_on;              // report back by; "" = not asked
};
[[nodiscard]] Draft draft_cascade(const Cascade& paper, const Texts& texts);
// The clauses a cascade restates, with the numbers they have there.
struct Restated {
  const MeasureRecord* measure = nullptr;
  std::string id;
};
[[nodiscard]] std::vector<Restated> restated(const std::vector<MeasureRecord>& measures);

// Công văn đôn đốc lần n. `late` is what the annex lists.
struct LateUnit {
  std::string unit;
  std::string state;   // as the list writes it
  std::string due_on;  // YYYY-MM-DD
};
struct Urge {
  Sender sender;
  Ordered ordered;
  std::vector<LateUnit> late;
  int times = 1;
  std::string as_of;   // YYYY-MM-DD
  std::string due_on;  // the new date; "" = at once
};
[[nodiscard]] Draft draft_urge(const Urge& paper, const Texts& texts);

// Bản cam kết: one page a person, then the list for signatures. No person: one blank form.
struct Person {
  std::string name, title, unit, phone;
};
// Rows of the table staff of those who still work there.
[[nodiscard]] std::vector<Person> people_at_work(const std::vector<Row>& staff);
struct Commitment {
  Sender sender;
  Ordered ordered;
  std::vector<Person> people;
};
[[nodiscard]] Draft draft_commitment(const Commitment& paper, const Texts& texts);

// Lịch trực: days x shifts for each window.
struct ShiftHours {
  int from = 0, to = 0;  // hours 0-23; to <= from ends the next day
};
struct DutyShift {       // a row of the duty register
  std::int64_t from_at = 0, to_at = 0;  // ms UTC
  std::string person, phone, place, backup;
};
// Rows of the table duty_shift.
[[nodiscard]] std::vector<DutyShift> duty_shifts(const std::vector<Row>& rows);
struct Roster {
  Sender sender;
  Ordered ordered;       // at least one watch window
  std::vector<ShiftHours> shifts;
  std::vector<DutyShift> duty;
};
[[nodiscard]] Draft draft_roster(const Roster& paper, const Texts& texts);
// The stated days (YYYY-MM-DD; `until` "" is `from`) in place of the order's watch windows; without
// either the order's own. K0715, K0717.
[[nodiscard]] Done choose_watch_window(const std::string& from, const std::string& until,
                                       Ordered& ordered);
// Shifts of the watch windows that the register does not cover wholly.
[[nodiscard]] std::int64_t open_shifts(const Roster& paper);

// One A4 page for the staff, with the numbers the order states.
struct Leaflet {
  Sender sender;
  Ordered ordered;
};
[[nodiscard]] Draft draft_leaflet(const Leaflet& paper, const Texts& texts);

// For a phone: at most 500 code points, no name of a person, no account, link or attachment.
inline constexpr std::size_t kMessageLength = 500;
[[nodiscard]] std::string draft_message(const Ordered& ordered, const AgencyRecord& agency,
                                        const std::string& due_on, const Texts& texts);

// What the order states of one parameter; null when it does not.
[[nodiscard]] const Node& stated(const Ordered& ordered, std::string_view kind,
                                 std::string_view parameter);
[[nodiscard]] bool asks(const Ordered& ordered, std::string_view kind);

// Parts shared by the papers.
struct LetterHead {
  std::string letters;  // "BC"; empty: công văn
  std::string about;    // V/v; empty for kinds with a title
};
[[nodiscard]] Draft start_draft(const Sender& sender, const LetterHead& head,
                                const std::string& title, const Texts& texts);
void add_paragraph(Document& doc, std::string text, bool keep_next = false);
// "; thư điện tử ..." of the officer: who may be asked. Empty when nobody is named.
[[nodiscard]] std::string contact_words(const Sender& sender, const Texts& texts);
// Nơi nhận and signature; `above` opens with "Như trên".
void add_signature(Draft& draft, const Sender& sender, const Ordered& ordered, bool above,
                   const Texts& texts);
[[nodiscard]] bool has_order(const Ordered& ordered);

}  // namespace khien::report
