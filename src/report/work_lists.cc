// Empty lists make no sheet. Accounts on the list to confirm get a column that is read back
// (collect/join_decisions/join_decisions.h).
#include "report/work_lists.h"

#include "report/sheet.h"

namespace khien::report {
namespace {

class Writer {
 public:
  Writer(lxw_workbook* book, const WorkLists& lists, const Texts& texts)
      : book_(book), lists_(lists), texts_(texts), formats_(formats_of(book)) {}

  void write() {
    sheet("withdraw", lists_.withdraw);
    sheet("change", lists_.change);
    sheet("confirm", lists_.confirm);
    sheet("other", lists_.other);
  }

 private:
  [[nodiscard]] std::string say(const std::string& id) const { return texts_("work_list." + id); }

  void sheet(const std::string& id, const std::vector<WorkItem>& items) {
    if (items.empty()) return;
    Sheet s(book_, say(id + ".sheet"), formats_, lists_.sample_mark);
    s.put(0, texts_("work_list." + id + ".title", {{"agency", lists_.agency},
                                                   {"as_of", lists_.as_of}}), formats_.big);
    s.next();
    const bool fill = id == "confirm";
    std::vector<std::pair<std::string, double>> columns = {
        {say("column.number"), 6}, {say("column.app"), 18}, {say("column.login"), 26},
        {say("column.name"), 26}, {say("column.unit"), 26}, {say("column.staff"), 14},
        {say("column.problem"), 46}};
    if (fill) columns.emplace_back(say("column.decided"), 22);
    columns.emplace_back(say("column.note"), 22);
    s.titles(columns);
    std::int64_t number = 0;
    for (const WorkItem& item : items) {
      s.put(0, ++number);
      int column = 1;
      for (const std::string* text : {&item.app, &item.login, &item.name, &item.unit, &item.staff,
                                      &item.problem}) {
        s.put(column++, *text);
      }
      if (fill) s.put(column++, "");
      s.put(column, "");
      s.next();
    }
    s.finish();
  }

  lxw_workbook* book_;
  const WorkLists& lists_;
  const Texts& texts_;
  Formats formats_;
};

}  // namespace

Result<std::string> work_lists(const WorkLists& lists, const Texts& texts) {
  return write_book(lists.agency, 0,
                    [&](lxw_workbook* book) { Writer(book, lists, texts).write(); });
}

}  // namespace khien::report
