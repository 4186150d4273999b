// Does this word open this hash? One owner, one thread. Slow schemes (crypt, argon2, PBKDF2) cost
// what the store made them cost.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "engine/password/types.h"

namespace khien::password {

class Verifier {
 public:
  Verifier();
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;
  [[nodiscard]] bool matches(const Hash& hash, std::string_view word);
  // The library refused the last hash (a damaged setting, more memory than there is): that no word
  // opened it says nothing.
  [[nodiscard]] bool refused() const { return refused_; }
  // How many words are best handed over at once.
  [[nodiscard]] static std::size_t width(const Hash& hash);
  // The place of the first of at most width() words that opens it; words.size() when none does.
  [[nodiscard]] std::size_t first_match(const Hash& hash, std::span<const std::string_view> words);

 private:
  [[nodiscard]] std::size_t nt_match(const Hash& hash, std::span<const std::string_view> words);
  [[nodiscard]] std::size_t first_match_after(const Hash& hash,
                                              std::span<const std::string_view> words);
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
  bool refused_ = false;
};

// The digest of an unsalted scheme, raw.
[[nodiscard]] std::string unsalted_digest(Scheme scheme, std::string_view word);

}  // namespace khien::password
