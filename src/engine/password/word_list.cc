#include "engine/password/word_list.h"

#include <cstring>

#include <openssl/crypto.h>

#include "base/limits.h"

namespace khien::password {

WordReader::WordReader(const ByteSource& source, std::size_t piece_bytes) : source_(source) {
  buffer_.resize(piece_bytes + limits::password_line_bytes);
}

WordReader::~WordReader() { OPENSSL_cleanse(buffer_.data(), buffer_.size()); }

std::span<const std::string_view> WordReader::next() {
  words_.clear();
  while (words_.empty() && !ended_) {
    std::memmove(buffer_.data(), buffer_.data() + rest_from_, rest_);
    const std::size_t room = buffer_.size() - rest_;
    const std::size_t n = source_.read(offset_, buffer_.data() + rest_, room);
    offset_ += n;
    ended_ = n == 0;
    const std::string_view text(buffer_.data(), rest_ + n);
    std::size_t from = 0;
    const auto take = [&](std::string_view line) {
      if (line.ends_with('\r')) line.remove_suffix(1);
      const bool fits = !line.empty() && line.size() <= limits::password_word_bytes;
      // No password has a zero byte: crypt(3) would end there.
      if (fits && line.find('\0') == std::string_view::npos) words_.push_back(line);
    };
    for (;;) {
      const void* end = std::memchr(text.data() + from, '\n', text.size() - from);
      if (end == nullptr) break;
      const auto to = static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
      take(text.substr(from, to - from));
      from = to + 1;
    }
    if (ended_) {
      take(text.substr(from));
      from = text.size();
    }
    rest_ = text.size() - from;
    rest_from_ = from;
    if (rest_ > limits::password_line_bytes) rest_ = 0;  // no word; what follows starts anew
  }
  return words_;
}

}  // namespace khien::password
