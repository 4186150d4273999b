// A row is a demand of its own even where no verb stands in it; what it asks is read from its task
// as if it were an item of a list.
#include "dispatch/task_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/deadlines.h"
#include "dispatch/finders.h"
#include "dispatch/lines.h"
#include "dispatch/measures.h"
#include "store/due.h"

namespace khien {
namespace {

constexpr const char* kFile = "headers/task_table.yaml";
constexpr std::size_t kHeadingRows = 2;   // a title may span the table above its heading
constexpr std::size_t kRows = 400;
constexpr std::size_t kColumnLetters = 60;

// "30/6/2026", "Quý II", "Thường xuyên", "Hằng tháng"
bool is_time(const std::string& cell) {
  if (cell.empty() || cell.size() > 60) return false;
  const std::string key = skeleton(cell);
  for (const char* word : {"thuong xuyen", "hang ngay", "hang thang", "hang quy", "hang nam",
                           "quy ", "thang ", "truoc ngay", "ngay "}) {
    if (key.starts_with(word)) return true;
  }
  const std::u32string folded = fold(to_u32(cell));
  return !find_dates(folded, 0, folded.size()).empty();
}

bool within(const Measure& m, const TaskRow& row) {
  return m.span_from >= std::int64_t{row.begin} && m.span_from < std::int64_t{row.end};
}

// The tasks as items of a list, read like any other; measures by item.
Result<std::vector<Measure>> read_tasks(const std::vector<const TaskRow*>& rows,
                                        const std::string& issued_on,
                                        const Vocabulary& vocabulary) {
  Document document;
  const std::string year = issued_on.size() >= 4 ? issued_on.substr(0, 4) : "";
  if (issued_on.size() == 10) {
    document.text = fmt::format("Nơi lập, ngày {} tháng {} năm {}\n\n", issued_on.substr(8, 2),
                                issued_on.substr(5, 2), year);
  }
  document.text += "Kính gửi: Các đơn vị\n\nYêu cầu các đơn vị thực hiện các nhiệm vụ sau:\n\n";
  for (std::size_t i = 0; i < rows.size(); ++i)
    document.text += fmt::format("{}) {}\n\n", i + 1, rows[i]->task);
  KHIEN_TRY(const Order order, compile(document, vocabulary));
  std::vector<Measure> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Measure* found = find_measure(order, std::to_string(i + 1));
    if (found != nullptr) out[i] = *found;
    if (found == nullptr) out[i].kinds.push_back({"other.manual", 0.5, "", Node::map()});
  }
  return out;
}

void take_row(Measure& m, const TaskRow& row, const std::string& issued_on,
              const Vocabulary& vocabulary) {
  if (!row.task.empty()) m.text = row.task;
  if (!row.lead.empty()) m.actor = row.lead;
  const std::string due = due_of_cell(vocabulary, row.due, issued_on);
  if (!due.empty()) m.due_on = due;
}

// Where the tasks of a cell that lists them begin: "- ...; - ...", "a) .. b) ..", "1. .. 2. ..".
std::vector<std::size_t> tasks_begin(std::string_view cell) {
  std::vector<std::size_t> out;
  char kind = 0;  // '-', 'a' or '1'
  int next = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (i > 0 && cell[i - 1] != ' ') continue;
    const std::string_view rest = cell.substr(i);
    const bool dash = rest.starts_with("- ") || rest.starts_with("+ ");
    const bool letter = rest.size() > 2 && rest[0] >= 'a' && rest[0] <= 'z' && rest[1] == ')';
    const bool number = rest.size() > 2 && rest[0] >= '1' && rest[0] <= '9' &&
                        (rest[1] == '.' || rest[1] == ')') && rest[2] == ' ';
    const char found = dash ? rest[0] : letter ? 'a' : number ? '1' : '\0';
    if (found == 0 || (out.empty() ? i > 0 : found != kind)) continue;
    const std::u32string text = to_u32(trim(rest.substr(2)).substr(0, 8));
    const int here = letter ? rest[0] - 'a' : number ? rest[0] - '1' : next;
    if (text.empty() || !is_letter(text[0]) || !is_upper(text[0]) || here != next) continue;
    kind = found;
    ++next;
    out.push_back(i);
  }
  return out;
}

std::vector<std::string> tasks_of(std::string_view cell) {
  std::vector<std::size_t> at = tasks_begin(cell);
  if (at.size() < 2) return {std::string(cell)};
  std::vector<std::string> out;
  at.push_back(cell.size());
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    std::string_view one = trim(cell.substr(at[i] + 2, at[i + 1] - at[i] - 2));
    if (one.ends_with(';') || one.ends_with(',')) one.remove_suffix(1);
    out.emplace_back(one);
  }
  return out;
}

std::vector<std::string> days_of_parts(const std::string& cell, std::size_t count) {
  std::vector<std::string> out = tasks_of(cell);
  if (out.size() == count) return out;
  out.clear();
  for (std::size_t from = 0; from <= cell.size();) {
    const std::size_t to = std::min(cell.find(';', from), cell.size());
    out.emplace_back(trim(std::string_view(cell).substr(from, to - from)));
    from = to + 1;
  }
  if (out.size() != count) out.assign(count, cell);
  return out;
}

// A row for each task its cell lists; days listed as often go with them in order.
void add_parts(std::vector<TaskRow>& out, TaskRow row) {
  const std::vector<std::string> tasks = tasks_of(row.task);
  if (tasks.size() < 2 || row.heading) return out.push_back(std::move(row));
  const std::vector<std::string> days = days_of_parts(row.due, tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    row.task = tasks[i];
    row.due = days[i];
    row.part = static_cast<int>(i) + 1;
    out.push_back(row);
  }
}

class Applier {
 public:
  Applier(Order& order, const Vocabulary& vocabulary) : order_(order), vocabulary_(vocabulary) {}

  // What was read from the lines [begin, end) is no demand.
  void forget(std::uint32_t begin, std::uint32_t end) {
    std::erase_if(order_.measures, [&](const Measure& m) {
      return m.span_from >= std::int64_t{begin} && m.span_from < std::int64_t{end};
    });
  }

  Done table(const std::vector<TaskRow>& rows, std::size_t number) {
    const std::string& issued = order_.dispatch.issued_on;
    std::vector<const TaskRow*> lost;
    for (const TaskRow& row : rows) {
      if (row.part <= 1 && (row.heading || row.part == 1)) forget(row.begin, row.end);
    }
    for (const TaskRow& row : rows) {
      bool has = false;
      for (Measure& m : order_.measures) {
        if (row.part > 0 || !within(m, row)) continue;
        take_row(m, row, issued, vocabulary_);
        name(m, rows, row, number);
        has = true;
      }
      if (!has && !row.heading && !row.task.empty() && lost.size() < kRows) lost.push_back(&row);
    }
    if (lost.empty()) return {};
    KHIEN_TRY(std::vector<Measure> read, read_tasks(lost, issued, vocabulary_));
    for (std::size_t i = 0; i < lost.size(); ++i) {
      Measure& m = read[i];
      name(m, rows, *lost[i], number);
      m.span_from = lost[i]->begin;
      m.span_to = lost[i]->end;
      m.actor.clear();
      take_row(m, *lost[i], issued, vocabulary_);
      insert(std::move(m));
    }
    return {};
  }

 private:
  Order& order_;
  const Vocabulary& vocabulary_;

  // "b1.2", "dòng 2, bảng 1": rows are counted anew in each table, items of the paper stand apart.
  void name(Measure& m, const std::vector<TaskRow>& rows, const TaskRow& row,
            std::size_t table) const {
    const auto above = std::count_if(rows.data(), &row + 1,
                                     [](const TaskRow& r) { return !r.heading && r.part <= 1; });
    std::string id = fmt::format("b{}.{}", table, above);
    for (int n = 2; find_measure(order_, id) != nullptr; ++n)
      id = fmt::format("b{}.{}({})", table, above, n);
    m.id = std::move(id);
    m.cite_vi = vocabulary_.cite("row", std::to_string(above)) + ", " +
                vocabulary_.cite("table", std::to_string(table));
  }

  void insert(Measure m) {
    const auto at = std::find_if(order_.measures.begin(), order_.measures.end(),
                                 [&](const Measure& x) { return x.span_from > m.span_from; });
    order_.measures.insert(at, std::move(m));
  }
};

// Measures without a number are counted anew when rows took the place of some; nothing is said of
// those any more.
void renumber(Order& order, const Vocabulary& vocabulary) {
  int n = 0;
  std::map<std::string, std::string> cites;
  std::map<std::string, std::string> ids;
  for (Measure& m : order.measures) {
    const bool loose = m.id.size() > 1 && m.id[0] == 'p' &&
                       m.id.find_first_not_of("0123456789", 1) == std::string::npos;
    const std::string before = m.cite_vi;
    const std::string id = m.id;
    if (loose) {
      m.id = "p" + std::to_string(++n);
      const std::string word = vocabulary.cite("n" + std::to_string(n), "");
      m.cite_vi = vocabulary.cite("content", word.empty() ? std::to_string(n) : word);
    }
    cites[before] = m.cite_vi;
    ids[id] = m.id;
  }
  for (Sentence& s : order.sentences) {
    if (s.measure.empty()) continue;
    const auto kept = ids.find(s.measure);
    const auto row = std::find_if(order.measures.begin(), order.measures.end(), [&](const auto& m) {
      return m.span_from >= s.span_from && m.span_from < s.span_to;
    });
    s.measure = row != order.measures.end() ? row->id : kept == ids.end() ? "" : kept->second;
  }
  std::erase_if(order.warnings, [&](Warning& w) {
    const auto cite = w.args.find("cite");
    if (w.code != "kind_open" || cite == w.args.end()) return false;
    const auto now = cites.find(cite->second);
    if (now == cites.end()) return true;
    cite->second = now->second;
    return false;
  });
}

}  // namespace

Result<TaskTables> TaskTables::load(const Content& content) {
  KHIEN_TRY(const Node file, content.yaml(kFile));
  TaskTables out;
  for (const auto& [name, words] : file["task_table"]["columns"].pairs()) {
    std::vector<std::string> keys;
    for (const std::string& word : words.texts()) keys.push_back(skeleton(word));
    out.columns_.emplace_back(name, std::move(keys));
  }
  for (const auto& [name, list] : {std::pair{"roster", &out.roster_},
                                   std::pair{"person", &out.person_},
                                   std::pair{"call", &out.call_}}) {
    for (const std::string& word : file["task_table"][name].texts())
      list->push_back(skeleton(word));
  }
  return out;
}

std::string TaskTables::column_named(std::string_view heading) const {
  const std::string key = squeeze(skeleton(heading));
  if (key.empty() || key.size() > 80) return "";
  for (const auto& [name, words] : columns_) {
    const bool whole = name == "number";  // "TT" stands inside many words
    const bool found = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return whole ? key == word : key.find(word) != std::string::npos;
    });
    if (found) return name;
  }
  return "";
}

// The columns of a heading among the first rows; `first` is its row.
TaskTables::Columns TaskTables::headed(const DocumentTable& table, std::size_t& first) const {
  for (first = 0; first < std::min(kHeadingRows, table.rows.size()); ++first) {
    Columns at;
    const auto& cells = table.rows[first].cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string name = column_named(cells[i]);
      if (!name.empty()) at.try_emplace(name, i);
    }
    if (at.contains("task") && (at.contains("lead") || at.contains("due"))) return at;
  }
  return {};
}

bool TaskTables::is_roster(const DocumentTable& table) const {
  for (std::size_t i = 0; i < std::min(kHeadingRows, table.rows.size()); ++i) {
    const auto headed_by = [&](const std::vector<std::string>& words) {
      const auto& cells = table.rows[i].cells;
      return std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
        const std::string key = squeeze(skeleton(cell));
        return key.size() <= kColumnLetters &&
               std::any_of(words.begin(), words.end(), [&](const std::string& word) {
                 return key.find(word) != std::string::npos;
               });
      });
    };
    if (headed_by(roster_)) return true;
    std::size_t first = 0;
    if (headed_by(person_) && headed_by(call_) && headed(table, first).empty()) return true;
  }
  return false;
}

// A table without heading is one of tasks when its rows are numbered and a column holds times: the
// longest column is the task, the one after it who does it.
TaskTables::Columns TaskTables::guessed(const DocumentTable& table) {
  std::size_t width = 0;
  for (const DocumentRow& row : table.rows) width = std::max(width, row.cells.size());
  if (width < 3 || table.rows.size() < 2) return {};
  std::vector<std::size_t> numbers(width);
  std::vector<std::size_t> times(width);
  std::vector<std::size_t> length(width);
  for (const DocumentRow& row : table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string& cell = row.cells[i];
      numbers[i] += !cell.empty() && cell.find_first_not_of("0123456789") == std::string::npos;
      times[i] += is_time(cell);
      length[i] += cell.size();
    }
  }
  if (numbers[0] != table.rows.size()) return {};
  const auto longest = std::max_element(length.begin() + 1, length.end());
  const auto task = static_cast<std::size_t>(longest - length.begin());
  Columns at{{"number", 0}, {"task", task}};
  for (std::size_t i = width; i-- > 1;) {
    if (i != task && times[i] * 2 > table.rows.size()) {
      at.try_emplace("due", i);
      break;
    }
  }
  if (!at.contains("due")) return {};
  const std::size_t next = task + 1;
  if (next < width && next != at["due"]) at["lead"] = next;
  return at;
}

std::vector<TaskRow> TaskTables::rows_of(const DocumentTable& table) const {
  std::size_t first = 0;
  Columns at = headed(table, first);
  const bool has_heading = !at.empty();
  if (!has_heading) at = guessed(table);
  if (at.empty()) return {};
  std::vector<TaskRow> out;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const DocumentRow& row = table.rows[i];
    const auto cell = [&](const char* name) {
      const auto found = at.find(name);
      return found == at.end() || found->second >= row.cells.size() ? std::string()
                                                                    : row.cells[found->second];
    };
    TaskRow r{cell("number"), cell("task"), cell("lead"), cell("with"), cell("due"),
              row.begin,      row.end,      has_heading && i <= first};
    const bool bare = r.lead.empty() && r.due.empty() && r.with.empty();
    const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                      [](const std::string& c) { return !c.empty(); });
    r.heading = r.heading || (bare && (filled < 2 || r.task.size() < 60));
    add_parts(out, std::move(r));
  }
  return out;
}

Done apply_tables(Order& order, const Document& document, const TaskTables& tables,
                  const Vocabulary& vocabulary) {
  for (std::size_t i = 0; i < document.tables.size(); ++i) {
    const DocumentTable& table = document.tables[i];
    if (tables.is_roster(table)) {
      Applier rows(order, vocabulary);
      for (const DocumentRow& row : table.rows) rows.forget(row.begin, row.end);
      continue;
    }
    const std::vector<TaskRow> rows = tables.rows_of(table);
    if (!rows.empty()) KHIEN_DO(Applier(order, vocabulary).table(rows, i + 1));
  }
  renumber(order, vocabulary);
  order.dispatch.due_on = due_of_paper(order);
  const bool found = !order.measures.empty();
  if (found)
    std::erase_if(order.warnings, [](const Warning& w) { return w.code == "no_measures"; });
  order.warnings.insert(order.warnings.end(), document.warnings.begin(), document.warnings.end());
  return {};
}

}  // namespace khien
