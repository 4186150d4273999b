// number_bench: how many mobile numbers a second are tried on one core, by digest; all of them are
// some 360 millions.
#include <fmt/format.h>

#include "base/clock.h"
#include "engine/password/numbers.h"
#include "engine/password/salted.h"
#include "engine/password/verify.h"

int main() {
  using namespace khien;
  using namespace khien::password;
  constexpr double kNumbers = 10'000'000;
  const SystemClock clock;
  const Stop never = [] { return false; };
  const auto tell = [&](const char* name, auto&& work) {
    const auto from = clock.steady_ms();
    work();
    const double seconds = static_cast<double>(clock.steady_ms() - from) / 1000;
    fmt::print("{:12} {:6.1f} million a second, all in {:5.1f} s\n", name,
               kNumbers / 1e6 / seconds, 36 * seconds);
  };
  const std::string nt = unsalted_digest(Scheme::nt, "khong co");
  const std::string_view view = nt;
  const std::uint32_t one = 1;
  UnsaltedIndex index(Scheme::nt, std::span(&view, 1), std::span(&one, 1));
  tell("nt", [&] { search_numbers(index, "091", never, [](std::uint32_t, std::string_view) {}); });
  const std::pair<const char*, Scheme> salted[] = {{"salted md5", Scheme::salted_md5},
                                                   {"ssha", Scheme::salted_sha1},
                                                   {"ssha256", Scheme::salted_sha256},
                                                   {"ssha512", Scheme::salted_sha512}};
  for (const auto& [name, scheme] : salted) {
    Hash hash;
    hash.scheme = scheme;
    hash.salt = "saltsalt";
    hash.digest = salted_digest(scheme, "khong co", hash.salt);
    tell(name, [&] { static_cast<void>(search_number(hash, "091", never)); });
  }
  return 0;
}
