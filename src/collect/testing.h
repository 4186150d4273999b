// For tests: all that a source may use while it is read.
#pragma once

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "collect/jobs.h"
#include "collect/register/register.h"
#include "collect/source/source.h"

namespace khien {

struct ReadingForTests {
  Agency agency;
  Content content = std::move(*Content::open(built_in_content()));
  Lexicon lexicon = std::move(*Lexicon::load(content));
  Registers registers = std::move(*Registers::load(content));
  WorkerPool pool{collect_jobs()};
  FixedClock clock{end_of_day_ms({2026, 11, 21})};
  OpenFacts open_facts;
  JoinDecisions decisions;
  std::vector<SourceNote> notes;
  std::vector<Error> problems;
  Reading reading{agency, content, lexicon,    registers, pool,
                  clock,  open_facts, decisions, notes,     problems};

  Reading& get() { return reading; }
};

}  // namespace khien
