// Accounts of every source together: one row an account, and the person it belongs to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "format/heading/lexicon.h"
#include "store/facts.h"

namespace khien {

// What a person decided for accounts that fit several people, by fold(app)|fold(login).
struct JoinDecision {
  enum class Who { person, nobody, several };
  std::string staff;  // folded staff key of the person
  std::string place;  // file:row
  Who who = Who::person;
  bool operator==(const JoinDecision&) const = default;
};
using JoinDecisions = std::map<std::string, JoinDecision>;

// One account told of by two exports of one application or directory (a directory and its CSV, a
// mail server's two lists) becomes one row: what the first does not say, the second fills in; a
// time of the hour wins over a day. The second row goes, and its table's detail says so.
void merge_accounts(std::vector<Collection>& collections);

// What a directory knows of both id (employeeID) and mail address completes the staff list: a
// person without an id takes the one of the same address, one without an address that of the same
// id. Only where one id stands for one address, and nobody else has it.
void complete_staff(std::vector<Collection>& collections);

// Joins accounts to the people of all staff tables (people.h) and says how in join_basis; sets
// generic_name and several_people; gives each account the agency of its person, else the code its
// own source's name stands for. Nobody: staff_key NULL; several: also a gap of the column.
// Decisions for a person in no list (K1001) or an account in no file (K1002) decide nothing and are
// told of.
std::vector<Error> join_staff(std::vector<Collection>& collections, const Lexicon& lexicon,
                              const JoinDecisions& decisions = {});

// Telephone numbers and birth dates served the join and the password test; no control asks for
// them, so they are not kept.
void forget_contact_data(std::vector<Collection>& collections);

// generic_name of account rows that came another way (bundles of machines).
void note_generic_names(std::vector<Collection>& collections, const Lexicon& lexicon);

}  // namespace khien
