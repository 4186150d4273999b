#include "people/staff_key.h"

#include "base/hash.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::string_view kMade = "p-";
constexpr std::size_t kMadeDigits = 12;
constexpr char kTellsApart = '@';

}  // namespace

std::string made_staff_key(std::string_view name, std::string_view birth_on,
                           std::string_view unit) {
  const std::string who = fold(name) + "|" + std::string(birth_on) + "|" + fold(unit);
  return std::string(kMade) + sha256_hex(who).substr(0, kMadeDigits);
}

std::string staff_key_told_apart(std::string_view id, std::string_view by) {
  return std::string(id) + kTellsApart + std::string(by);
}

}  // namespace khien
