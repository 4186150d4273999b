// Calls that are banned, then some that only look so.
#include <cstdlib>

namespace {
void wrong() {
  system("ls");
  int a = std::rand();
  auto b = std::time(nullptr);
  auto c = std::chrono::system_clock::now();
  auto d = getenv("HOME");
  std::ifstream e("x");
  sprintf(buffer, "x");
  using namespace std;
  popen("ls", "r");
  setlocale(LC_ALL, "");
  std::random_device g;
  for (const auto& entry : fs::directory_iterator(folder)) use(entry);
  fs::exists(folder);
}

void right() {
  clock.time(3);  // std::time(nullptr) in a comment
  say("system(1)");
  run_time(7);
  file_system(2);
  fs::exists(folder, ec);
}
}  // namespace
