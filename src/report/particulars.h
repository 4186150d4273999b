// What a paper says beyond the records of an assessment: whom an account belongs to, who was
// assigned, what was held, what is done about a fault and by when. Read from the facts in the file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/node.h"
#include "base/sqlite.h"
#include "base/worker.h"
#include "store/model.h"

namespace khien::report {

struct Holder {             // of one subject that did not pass
  std::string name, unit, app, login;
};
struct Assigned {
  std::string role, person, title, scope, decision, decided_on;
};
struct Session {
  std::string kind, topic, held_on;
  std::int64_t invited = 0, reached = 0;
};
struct Remedy {             // the agency's own word on one fault (register `remedies`)
  std::string content, person, due_on, cause, proposal;
  std::string control;      // what `content` names; "": none (name_controls)
};

struct Particulars {
  std::map<std::int64_t, Holder> holders;  // by finding
  std::vector<Assigned> assigned;
  std::vector<Session> sessions;
  std::vector<Remedy> remedies;
  std::int64_t accounts = 0;         // looked at
  std::int64_t machines = 0;         // of which there are facts
  std::int64_t machines_listed = 0;  // in the register of machines; 0: there is none
};

// What each remedy is about: the control whose noun in a paper, or whose title, its content is, in
// whichever language the agency wrote.
[[nodiscard]] Done name_controls(Particulars& particulars, const Content& content);
// The remedy the agency wrote on a control; nullptr: none.
[[nodiscard]] const Remedy* remedy_for(const Particulars& particulars, std::string_view control);
// About one of `runs`, or about no control at all: what was written on a fault that only another
// order's paper reports is left to that paper.
[[nodiscard]] bool speaks_here(const Remedy& remedy, const std::vector<const RunRecord*>& runs);

[[nodiscard]] Result<Particulars> particulars_of(const Database& db);
[[nodiscard]] Node to_node(const Particulars& particulars);
[[nodiscard]] Particulars particulars_from(const Node& node);

// Worker job "report.particulars" over a sealed *.khien file; a broken seal gives nothing.
[[nodiscard]] Job particulars_job();

}  // namespace khien::report
