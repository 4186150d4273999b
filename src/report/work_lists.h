// Work lists of the account audit for one agency, to hand out: accounts to withdraw, passwords to
// change, holders to confirm, things to do outside. One workbook, one sheet a list; texts only.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/texts.h"

namespace khien::report {

struct WorkItem {
  std::string app, login, name, unit, staff;
  std::string problem;  // words, one or several
};

struct WorkLists {
  std::string agency;
  std::string as_of;     // as people write it
  std::string sample_mark;
  std::vector<WorkItem> withdraw;  // đề nghị thu hồi, xóa
  std::vector<WorkItem> change;    // đề nghị đổi mật khẩu
  std::vector<WorkItem> confirm;   // cần xác nhận người sử dụng; has a column to fill in
  std::vector<WorkItem> other;     // thiết lập của miền, trình duyệt, dịch vụ bên ngoài
  [[nodiscard]] bool empty() const {
    return withdraw.empty() && change.empty() && confirm.empty() && other.empty();
  }
};

// K0604.
[[nodiscard]] Result<std::string> work_lists(const WorkLists& lists, const Texts& texts);

}  // namespace khien::report
