#include "app/ask.h"

#include <unistd.h>

#include <cstdio>

#include "base/text.h"

namespace khien::app {

bool somebody_there() { return ::isatty(STDIN_FILENO) != 0; }

std::optional<std::string> ask(const std::string& question) {
  constexpr std::size_t kBytes = 2'000;
  const std::string safe = visible(question, Lines::kept) + " ";
  std::fwrite(safe.data(), 1, safe.size(), stdout);
  std::fflush(stdout);
  std::string line;
  int c = std::getchar();
  if (c == EOF) return std::nullopt;
  for (; c != EOF && c != '\n'; c = std::getchar()) {
    const auto byte = static_cast<unsigned char>(c);
    if (line.size() < kBytes && byte >= 0x20 && byte != 0x7f) line += static_cast<char>(byte);
  }
  while (!line.empty() && !is_valid_utf8(line)) line.pop_back();  // cut inside a letter
  return squeeze(nfc(line));
}

}  // namespace khien::app
