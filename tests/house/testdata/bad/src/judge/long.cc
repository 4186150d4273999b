// Too long.

namespace {
void f() {
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
  g();
}
}  // namespace
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
// line
