// Numbers that bound, without a name.
namespace {
void f(const std::string& in) {
  if (in.size() > 1'000) return;
  std::string room(std::size_t{64} << 10, ' ');
  std::string more(64 * 1024, ' ');
  read_file(in, 4096);
  constexpr std::size_t kGood = 64 * 1024;
  if (in.size() > 80 || bits << 20) return;
}
}  // namespace
