// Reading a province: 30,000 staff and 120,000 accounts of 12 columns, as CSV and as XLSX, through
// the worker as khien reads them. Prints rows a second, the sum, and the memory of this process and
// of the worker at its highest.
#include <sys/resource.h>

#include <chrono>

#include <fmt/format.h>

#include "base/worker.h"
#include "format/table/table.h"
#include "format/table/zip_writer.h"

namespace khien {
namespace {

using Cells = std::vector<std::string>;

Cells person(int i) {
  static const Cells family = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi"};
  static const Cells middle = {"Văn", "Thị", "Hữu", "Đức", "Ngọc"};
  static const Cells given = {"An", "Bình", "Cường", "Dũng", "Hà", "Khánh", "Phượng", "Quỳnh"};
  const auto n = static_cast<std::size_t>(i);
  const std::string number = std::to_string(i);
  return {number,
          family[n % 8] + " " + middle[n / 8 % 5] + " " + given[n / 40 % 8],
          fmt::format("{:02}/{:02}/{}", n % 28 + 1, n % 12 + 1, 1965 + n % 35),
          "CB-" + number,
          "Phòng Hành chính - Tổng hợp " + std::to_string(n % 90),
          n % 5 == 0 ? "Trưởng phòng" : "Chuyên viên",
          "nguoi" + number + "@tinh.example",
          "0912" + std::to_string(100000 + i),
          fmt::format("{:02}/{:02}/2023 08:05:00", n % 28 + 1, n % 12 + 1),
          fmt::format("{:02}/{:02}/2024", n % 28 + 1, n % 12 + 1),
          n % 9 == 0 ? "Khóa" : "Hoạt động",
          n % 7 == 0 ? "" : "Ghi chú"};
}

std::string csv(int rows) {
  std::string out = "STT,Họ và tên,Ngày sinh,Mã,Đơn vị,Chức vụ,Email,ĐT,Ngày cấp,Đổi,TT,Ghi chú\n";
  for (int i = 1; i <= rows; ++i) {
    for (const std::string& cell : person(i)) out += cell + ",";
    out.back() = '\n';
  }
  return out;
}

// Shared strings, as Excel writes them.
std::string xlsx(int rows) {
  std::unordered_map<std::string, std::size_t> known;
  std::string shared;
  std::string sheet = "<sheetData>";
  for (int i = 1; i <= rows; ++i) {
    sheet += fmt::format("<row r=\"{}\">", i);
    char column = 'A';
    for (const std::string& cell : person(i)) {
      const auto [at, fresh] = known.try_emplace(cell, known.size());
      if (fresh) shared += "<si><t>" + cell + "</t></si>";
      sheet += fmt::format("<c r=\"{}{}\" t=\"s\"><v>{}</v></c>", column++, i, at->second);
    }
    sheet += "</row>";
  }
  return testing::make_xlsx(sheet + "</sheetData>", shared);
}

long peak_mib(int who) {
  rusage usage{};
  ::getrusage(static_cast<__rusage_who_t>(who), &usage);
  return usage.ru_maxrss / 1024;
}

double cpu_seconds() {
  double out = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(static_cast<__rusage_who_t>(who), &usage);
    for (const timeval& t : {usage.ru_utime, usage.ru_stime}) {
      out += static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    }
  }
  return out;
}

// Seconds by the clock; on a busy machine those of the processors say more.
double read_once(const std::string& name, const std::string& bytes) {
  const double cpu = cpu_seconds();
  std::chrono::duration<double> took{};
  std::size_t rows = 0;
  {
    WorkerPool pool({table_job()});
    const auto begin = std::chrono::steady_clock::now();
    const auto table = read_table(pool, bytes, name);
    took = std::chrono::steady_clock::now() - begin;
    if (!table) fmt::print("{}\n", to_string(table.error()));
    rows = table ? table->rows.size() : 0;
  }
  fmt::print("{:14} {:7} rows {:6.2f} s {:6.2f} s of processors {:8.0f} rows/s {:6.1f} MB\n", name,
             rows, took.count(), cpu_seconds() - cpu, static_cast<double>(rows) / took.count(),
             static_cast<double>(bytes.size()) / 1e6);
  return took.count();
}

}  // namespace
}  // namespace khien

int main() {
  using namespace khien;  // NOLINT
  const std::string staff = csv(30'000);
  const std::string accounts = csv(120'000);
  const double text = read_once("staff.csv", staff) + read_once("accounts.csv", accounts);
  fmt::print("CSV together {:.2f} s; highest {} MiB here, {} MiB in the worker\n", text,
             peak_mib(RUSAGE_SELF), peak_mib(RUSAGE_CHILDREN));
  const double books = read_once("staff.xlsx", xlsx(30'000)) +
                       read_once("accounts.xlsx", xlsx(120'000));
  fmt::print("XLSX together {:.2f} s; highest {} MiB here (making the files counts), {} MiB in the "
             "worker\n",
             books, peak_mib(RUSAGE_SELF), peak_mib(RUSAGE_CHILDREN));
  return 0;
}
