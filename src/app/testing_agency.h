// An agency made from a seed, files and all, with a list of what is wrong in it: whatever an
// assessment reports as failed must be on that list, and all of that list must be reported.
// Clean rows are the example rows of content/registers; a seed decides which of them are spoiled.
#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/register/register.h"

namespace khien::app {

struct Planted {
  std::string control;
  std::string subject;  // the subject of the finding holds it
  bool operator<(const Planted& o) const {
    return std::tie(control, subject) < std::tie(o.control, o.subject);
  }
};

class GeneratedAgency {
 public:
  using Row = std::map<std::string, std::string>;  // field of the register -> what is in the cell

  GeneratedAgency(unsigned seed, std::filesystem::path folder, const Registers& registers)
      : random_(seed), folder_(std::move(folder)), registers_(registers) {}

  // Writes agency.yaml and all it names; as of 2026-11-21.
  void write() {
    hire();
    accounts();
    systems();
    services();
    papers();
    people_lists();
    orders();
    events();
    roster();
    finish();
  }
  [[nodiscard]] const std::set<Planted>& planted() const { return planted_; }

 private:
  struct Person {
    std::string key, name, login;
    bool gone = false;
  };

  bool one_in(int n) { return random_() % static_cast<unsigned>(n) == 0; }
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  void plant(std::string control, std::string subject) {
    planted_.insert({std::move(control), std::move(subject)});
  }
  static std::string cell(const std::string& text) { return "\"" + text + "\""; }
  void save(const std::string& name, const std::string& text) {
    ASSERT_TRUE(write_file(folder_ / name, text)) << name;
  }

  Row example(const std::string& name, Row changes = {}) const {
    Row row;
    for (const RegisterColumn& c : registers_.find(name)->columns) row[c.field] = c.example;
    for (auto& [field, text] : changes) row[field] = text;
    return row;
  }
  void put(const std::string& name, const std::vector<Row>& rows) {
    const Register& definition = *registers_.find(name);
    std::string text = "TT";
    for (const RegisterColumn& c : definition.columns) text += "," + cell(c.vi);
    int number = 0;
    for (const Row& row : rows) {
      text += fmt::format("\n{}", ++number);
      for (const RegisterColumn& c : definition.columns) text += "," + cell(row.at(c.field));
    }
    save(name + ".csv", text + "\n");
    sources_ += fmt::format("  - {{type: register, name: {0}, path: {0}.csv}}\n", name);
  }

  void hire();
  void accounts();
  void account(std::string& text, const std::string& app, const Person& person,
               const std::string& role);
  void systems();
  void services();
  void papers();
  void people_lists();
  void orders();
  void events();
  void roster();
  void finish();

  std::mt19937 random_;
  std::filesystem::path folder_;
  const Registers& registers_;
  std::vector<Person> people_;
  std::string sources_;
  std::set<Planted> planted_;
};

inline void GeneratedAgency::hire() {
  static constexpr const char* kFamilies[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ"};
  static constexpr const char* kGiven[] = {"An", "Bình", "Châu", "Dũng", "Hà", "Khôi", "Lâm"};
  const int count = 20 + pick(29);  // at most 7 x 7 names, so that no two are the same
  const int gone = 2 + pick(4);
  std::string text = "Mã cán bộ,Họ và tên,Đơn vị,Chức vụ,Tình trạng,Từ ngày,Thư công vụ\n";
  for (int i = 0; i < count; ++i) {
    Person p{fmt::format("GM{:04}", i + 1),
             fmt::format("{} Thử {}", kFamilies[i % 7], kGiven[i / 7]),
             fmt::format("thu{:03}", i + 1), i >= count - gone};
    const char* title = i == 0 ? "Giám đốc" : i == 1 ? "Văn thư" : "Chuyên viên";
    text += fmt::format("{},{},Văn phòng,{},{},{},{}@gia-dinh.test\n", p.key, p.name, title,
                        p.gone ? "Nghỉ việc" : "Đang công tác", p.gone ? "01/03/2026" : "",
                        p.login);
    people_.push_back(std::move(p));
  }
  save("staff.csv", text);
  sources_ += "  - {type: staff, path: staff.csv}\n";
}

inline void GeneratedAgency::account(std::string& text, const std::string& app, const Person& p,
                                     const std::string& role) {
  std::string changed = fmt::format("{:02}/10/2026", 1 + pick(28));
  std::string state = "Hoạt động";
  std::string granted = role;
  const std::string key = app + ":" + p.login;
  if (p.gone) {
    if (one_in(2)) return;
    const bool open = one_in(2);
    if (!open) state = "Khóa";
    plant(open ? "account.leavers" : "account.leaver_kept", key);
  } else if (const int flaw = pick(12); flaw == 0) {
    changed = "Chưa đổi";
    plant("account.password_change_on_issue", key);
    plant("account.password_age", key);
  } else if (flaw == 1) {
    changed = fmt::format("{:02}/05/2026", 1 + pick(28));
    plant("account.password_age", key);
  } else if (flaw == 2 && app == "TDOffice" && role == "Chuyên viên") {
    granted = "Quản trị";
    plant("account.roles", key);
  } else if (flaw == 3) {
    text += fmt::format("{},{},phu-{},{},Hoạt động,05/01/2024,01/11/2026,10/11/2026\n", p.key,
                        p.name, p.login, role);
    plant("account.duplicate", app + ":phu-" + p.login);
  }
  text += fmt::format("{},{},{},{},{},05/01/2024,{},19/11/2026\n", p.key, p.name, p.login, granted,
                      state, changed);
}

inline void GeneratedAgency::accounts() {
  std::string rules = "password_rules:\n";
  int number = 0;
  for (const std::string app : {"Thư công vụ", "TDOffice", "Một cửa"}) {
    std::string text =
        "Mã cán bộ,Họ và tên,Tên đăng nhập,Vai trò,Trạng thái,Ngày cấp,Ngày đổi mật khẩu,"
        "Đăng nhập gần nhất\n";
    for (std::size_t i = 0; i < people_.size(); ++i) {
      account(text, app, people_[i], i == 0 ? "Lãnh đạo" : i == 1 ? "Văn thư" : "Chuyên viên");
    }
    if (one_in(2)) {
      text += ",Văn thư,vanthu,Chuyên viên,Hoạt động,05/01/2024,01/11/2026,19/11/2026\n";
      plant("account.shared", app + ":vanthu");
    }
    const std::string file = fmt::format("accounts{}.csv", ++number);
    save(file, text);
    sources_ += fmt::format("  - {{type: accounts, app: \"{}\", path: {}}}\n", app, file);
    const bool is_short = one_in(3);
    const bool is_plain = one_in(3);
    rules += fmt::format(
        "  - {{app: \"{}\", min_length: {}, need_digit: true, need_letter: true, need_special: {},"
        " need_lower: true, need_upper: true, history: 5, change_on_issue: true}}\n",
        app, is_short ? 6 : 14, is_plain ? "false" : "true");
    if (is_short) plant("account.policy_length", app);
    if (is_plain) plant("account.policy_classes", app);
  }
  save("rules.yaml", rules);
  sources_ += "  - {type: password_rules, path: rules.yaml}\n";
}

}  // namespace khien::app
