#include "hub/access/password.h"

#include <argon2.h>

#include "base/errors.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::uint32_t kPasses = 3;
constexpr std::uint32_t kMemoryKib = 32'768;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kEncodedBytes = 200;
constexpr std::size_t kLeastChars = 9;
constexpr std::size_t kMostChars = 128;
constexpr int kLeastKinds = 3;
constexpr std::size_t kLoginChars = 3;  // a shorter login is in many a password by chance

int kinds_of(std::u32string_view text) {
  bool small = false, capital = false, number = false, sign = false;
  for (const char32_t c : text) {
    if (c >= U'0' && c <= U'9') number = true;
    else if (is_upper(c)) capital = true;
    else if (is_letter(c)) small = true;
    else sign = true;
  }
  return small + capital + number + sign;
}

class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& room) : room_(room) { room_.acquire(); }
  ~Turn() { room_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<2>& room_;
};

}  // namespace

Result<std::unique_ptr<Passwords>> Passwords::load(const Content& content) {
  auto out = std::make_unique<Passwords>();
  KHIEN_TRY(const Node words, content.yaml("words/passwords.yaml"));
  for (const char* list : {"words", "rare_words", "roots"}) {
    for (const std::string& word : words[list].texts()) out->common_.insert(fold(word));
  }
  KHIEN_TRY(const std::string nobody, random_bytes(kHashBytes));
  KHIEN_TRY(out->nobody_, out->hash(nobody));
  return out;
}

Done Passwords::check(std::string_view password, std::string_view login) const {
  if (!is_valid_utf8(password)) return fail(err::hub_password_weak, "password");
  const std::u32string text = to_u32(password);
  const std::string folded = fold(password);
  const bool names_login = code_points(login) >= kLoginChars &&
                           folded.find(fold(login)) != std::string::npos;
  if (text.size() < kLeastChars || text.size() > kMostChars || kinds_of(text) < kLeastKinds ||
      names_login || common_.contains(folded)) {
    return fail(err::hub_password_weak, "password");
  }
  return {};
}

Result<std::string> Passwords::hash(std::string_view password) {
  KHIEN_TRY(const std::string salt, random_bytes(kSaltBytes));
  const Turn turn(room_);
  std::string out(kEncodedBytes, '\0');
  const int code = ::argon2id_hash_encoded(kPasses, kMemoryKib, 1, password.data(),
                                           password.size(), salt.data(), salt.size(), kHashBytes,
                                           out.data(), out.size());
  if (code != ARGON2_OK) {
    return fail(err::crypto, "argon2id", {{"detail", ::argon2_error_message(code)}});
  }
  out.resize(out.find('\0'));
  return out;
}

bool Passwords::verify(const std::string& encoded, std::string_view password) {
  const Turn turn(room_);
  const std::string& against = encoded.empty() ? nobody_ : encoded;
  const bool right =
      ::argon2id_verify(against.c_str(), password.data(), password.size()) == ARGON2_OK;
  return right && !encoded.empty();
}

Result<std::string> Passwords::make() const {
  // Without letters that look alike; 57^12 of them.
  static constexpr std::string_view kLetters =
      "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  for (;;) {
    KHIEN_TRY(const std::string bytes, random_bytes(64));
    std::string out;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= kLetters.size() * 4 || out.size() == 14) continue;
      out += kLetters[byte % kLetters.size()];
      if (out.size() == 4 || out.size() == 9) out += '-';
    }
    if (out.size() == 14 && check(out, "")) return out;
  }
}

}  // namespace khien::hub
