// account_province [FOLDER]: makes a province of invented people (300 agencies, 30,000 staff,
// 120,000 accounts in six applications) as files, audits it, and prints how long import, join and
// judging take and the most memory it needed.
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "app/assess.h"
#include "app/context.h"
#include "base/clock.h"
#include "base/text.h"
#include "collect/account_folder/recognise.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

constexpr int kAgencies = 300;
constexpr int kStaff = 100;  // of an agency
constexpr const char* kApps[] = {"tdoffice", "motcua", "thu", "bao-cao"};  // all of them have each

struct Random {
  std::uint64_t state = 20261127;
  std::uint32_t below(std::uint32_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33) % n;
  }
};

constexpr const char* kFamily[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Võ", "Đặng",
                                   "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"};
constexpr const char* kMiddle[] = {"Văn", "Thị", "Hữu", "Minh", "Ngọc", "Thanh", "Quang", "Xuân",
                                   "Kim", "Bích", "Đức", "Anh"};
constexpr const char* kGiven[] = {"An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hạnh", "Hùng",
                                  "Khoa", "Lan", "Linh", "Mai", "Nam", "Oanh", "Phúc", "Quân",
                                  "Sơn", "Thảo", "Trang", "Tuấn", "Vân", "Yến"};
constexpr const char* kTitles[] = {"Chuyên viên", "Văn thư", "Trưởng phòng", "Kế toán"};

std::string day(Random& random, int first_year, int years) {
  return fmt::format("{:02}/{:02}/{}", 1 + random.below(28), 1 + random.below(12),
                     first_year + static_cast<int>(random.below(static_cast<unsigned>(years))));
}

void make(const fs::path& folder) {
  Random random;
  fs::create_directories(folder / "hr");
  for (const char* app : kApps) fs::create_directories(folder / "apps" / app);
  for (int a = 0; a < kAgencies; ++a) {
    const std::string code = fmt::format("cq{}x", a);
    std::ofstream hr(folder / "hr" / (code + "_canbo.csv"));
    hr << "STT,Họ và tên,Ngày sinh,Mã cán bộ,Phòng ban,Chức vụ,Email,Điện thoại,Tình trạng,"
          "Từ ngày\n";
    std::vector<std::ofstream> apps;
    for (const char* app : kApps) {
      apps.emplace_back(folder / "apps" / app / (code + ".csv"));
      apps.back() << "TT,Tên đăng nhập,Họ tên,Phòng ban,Vai trò,Email,Trạng thái,Ngày cấp,"
                     "Ngày đổi mật khẩu,Đăng nhập gần nhất\n";
    }
    for (int i = 0; i < kStaff; ++i) {
      const std::string name = fmt::format("{} {} {}", kFamily[random.below(14)],
                                           kMiddle[random.below(12)], kGiven[random.below(22)]);
      const std::string login = fmt::format("nv{}", i);
      const std::string mail = fmt::format("{}_{}@tinhmau.test", login, code);
      const char* title = kTitles[random.below(4)];
      const bool left = random.below(40) == 0;
      hr << fmt::format("{},{},{},{}-{:04},Phòng {},{},{},0000{:06},{},{}\n", i + 1, name,
                        day(random, 1965, 35), code, i, random.below(9), title, mail,
                        random.below(1'000'000), left ? "Nghỉ việc" : "Đang công tác",
                        left ? "01/02/2026" : "");
      for (std::ofstream& app : apps) {
        app << fmt::format("{},{},{},Phòng {},{},{},{},{},{},{}\n", i + 1, login, name,
                           random.below(9), title, random.below(3) == 0 ? "" : mail,
                           random.below(30) == 0 ? "Khóa" : "Hoạt động", day(random, 2018, 7),
                           random.below(20) == 0 ? "Chưa đổi" : day(random, 2025, 2),
                           day(random, 2026, 1));
      }
    }
  }
}

long peak_mb() {
  rusage self{}, children{};
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  return std::max(self.ru_maxrss, children.ru_maxrss) / 1024;
}

int run(const fs::path& folder) {
  const SystemClock clock;
  if (!fs::exists(folder / "hr")) make(folder);
  auto content = Content::open(built_in_content());
  auto texts = Texts::load(*content, "en");
  if (!content || !texts) return 3;
  app::Context context(std::move(*content), std::move(*texts));
  const auto lexicon = Lexicon::load(context.content);
  auto from = clock.steady_ms();
  const auto lap = [&](const char* what) {
    const auto now = clock.steady_ms();
    fmt::print("{:<12} {:6} ms\n", what, now - from);
    from = now;
  };
  const auto found = recognise_folder(folder, *lexicon, FolderMap{}, context.workers());
  if (!found) return fmt::print(stderr, "{}\n", to_string(found.error())), 3;
  lap("recognise");
  app::AssessOptions options;
  options.programmes = {"accounts"};
  options.as_of = "2026-11-21";
  options.lap = lap;
  auto db = Database::in_memory();
  const auto a = app::judge_orders(context, options, found->agency, *db);
  if (!a) return fmt::print(stderr, "{}\n", to_string(a.error())), 3;
  const auto count = db->one("select count(*) from account");
  const auto joined = db->one("select count(*) from account where staff_key is not null");
  fmt::print("{} accounts, {} joined, {} findings, {} MB at most\n", to_text(*count),
             to_text(*joined), a->findings.size(), peak_mb());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = argc > 1 ? fs::path(argv[1])
                                   : fs::temp_directory_path() / "khien-account-province";
  return run(folder);
}
