// Words of up to 27 characters need one MD4 block; each lane of the vectors is one word. Longer
// ones go through the same code block by block, one lane alone.
#include "engine/password/md4.h"

#include <string>

#include <openssl/crypto.h>

namespace khien::password {
namespace {

constexpr std::size_t kShort = 27;

// UTF-8 to UTF-16; bytes that are none count as Latin-1.
std::u16string utf16(std::string_view text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t c = lead;
    bool good = n == 1 || (lead >= 0xC2 && lead < 0xF5 && i + n <= text.size());
    if (n > 1) c = lead & (0xFFU >> (n + 1));
    for (std::size_t k = 1; good && k < n; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      good = (next & 0xC0) == 0x80;
      c = (c << 6) | (next & 0x3F);
    }
    if (!good) {
      out += static_cast<char16_t>(lead);
      i += 1;
      continue;
    }
    if (c >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out += static_cast<char16_t>(c);
    }
    i += n;
  }
  return out;
}

bool ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace

NtHasher::NtHasher() { wide::begin(wide::Kind::md4, start_); }

NtHasher::~NtHasher() {
  OPENSSL_cleanse(&block_, sizeof block_);
  OPENSSL_cleanse(&state_, sizeof state_);
}

void NtHasher::flush(std::span<NtHash> out) {
  wide::compress(wide::Kind::md4, start_, block_, state_);
  for (std::size_t lane = 0; lane < filled_; ++lane) {
    for (std::size_t k = 0; k < 4; ++k) out[index_[lane]][k] = state_.word[k][lane];
  }
  filled_ = 0;
}

void NtHasher::one_long(std::u16string_view text, NtHash& out) {
  wide::Block<std::uint32_t> block;
  wide::Lanes<std::uint32_t> state = start_;
  const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 16;
  const std::size_t blocks = (text.size() * 2 + 9 + 63) / 64;
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t w = 0; w < 16; ++w) {
      std::uint32_t value = 0;
      for (std::size_t half = 0; half < 2; ++half) {
        const std::size_t at = b * 32 + w * 2 + half;
        const std::uint32_t unit = at < text.size() ? text[at] : at == text.size() ? 0x80U : 0U;
        value |= unit << (16 * half);
      }
      if (b + 1 == blocks && w == 14) value = static_cast<std::uint32_t>(bits);
      if (b + 1 == blocks && w == 15) value = static_cast<std::uint32_t>(bits >> 32);
      block.word[w][0] = value;
    }
    wide::compress(wide::Kind::md4, state, block, state);
  }
  for (std::size_t k = 0; k < 4; ++k) out[k] = state.word[k][0];
  OPENSSL_cleanse(&block, sizeof block);
  OPENSSL_cleanse(&state, sizeof state);
}

void NtHasher::hash(std::span<const std::string_view> words, std::span<NtHash> out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const bool plain = ascii(word);
    std::u16string wide;
    if (!plain) wide = utf16(word);
    const std::size_t size = plain ? word.size() : wide.size();
    if (size > kShort) {
      if (plain) wide = utf16(word);
      one_long(wide, out[i]);
      OPENSSL_cleanse(wide.data(), wide.size() * 2);
      continue;
    }
    const std::size_t lane = filled_++;
    const auto unit = [&](std::size_t k) -> std::uint32_t {
      return plain ? static_cast<unsigned char>(word[k]) : wide[k];
    };
    std::size_t w = 0;
    for (; w * 2 + 1 < size; ++w) block_.word[w][lane] = unit(w * 2) | unit(w * 2 + 1) << 16;
    block_.word[w][lane] = size % 2 != 0 ? unit(size - 1) | 0x80U << 16 : 0x80U;
    for (std::size_t k = w + 1; k < used_[lane]; ++k) block_.word[k][lane] = 0;
    used_[lane] = w + 1;
    block_.word[14][lane] = static_cast<std::uint32_t>(size * 16);
    index_[lane] = i;
    if (filled_ == kLanes) flush(out);
  }
  if (filled_ > 0) flush(out);
}

}  // namespace khien::password
