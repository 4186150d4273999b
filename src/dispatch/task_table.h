// Tables of tasks (task, unit in charge, with whom, due date) to measures with actor and deadline.
// Which heading means which column stands in content/headers/task_table.yaml.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "dispatch/document.h"
#include "store/order.h"
#include "dispatch/vocabulary.h"

namespace khien {

struct TaskRow {
  std::string number, task, lead, with, due;
  std::uint32_t begin = 0;  // of its line, code points
  std::uint32_t end = 0;
  bool heading = false;     // the table's heading, or a group of the rows below it
  int part = 0;             // of a cell that lists several tasks, counted from 1; 0: one task
};

class TaskTables {
 public:
  [[nodiscard]] static Result<TaskTables> load(const Content& content);
  // Empty when the table is none of tasks. A cell that lists tasks ("- ..; - ..") gives a row each.
  [[nodiscard]] std::vector<TaskRow> rows_of(const DocumentTable& table) const;
  // A duty roster or a list of people: its rows ask nothing.
  [[nodiscard]] bool is_roster(const DocumentTable& table) const;

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> columns_;  // skeletons, in order
  std::vector<std::string> roster_, person_, call_;
  using Columns = std::map<std::string, std::size_t>;
  [[nodiscard]] Columns headed(const DocumentTable& table, std::size_t& first) const;
  [[nodiscard]] static Columns guessed(const DocumentTable& table);
  [[nodiscard]] std::string column_named(std::string_view heading) const;
};

// Measures of rows take the row's task, actor and deadline and an id of the table ("b1.2": table 1,
// row 2); rows without a measure get one; headings and rows of rosters are none. Also hands the
// document's warnings to the order.
[[nodiscard]] Done apply_tables(Order& order, const Document& document, const TaskTables& tables,
                                const Vocabulary& vocabulary);

}  // namespace khien
