// Packs content/ into the blob the binary carries: pack_content FOLDER MADE OUT,
// where MADE holds what the build itself made for it. A broken YAML file fails the build with its
// line.
#include <cstdio>

#include "base/content.h"
#include "base/file.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "pack_content FOLDER MADE OUT; MADE may be \"\"\n");
    return 2;
  }
  const auto blob = khien::pack_content(argv[1], argv[2]);
  if (!blob) {
    std::fprintf(stderr, "%s\n", khien::to_string(blob.error()).c_str());
    return 1;
  }
  const auto done = khien::write_file(argv[3], *blob);
  if (!done) std::fprintf(stderr, "%s\n", khien::to_string(done.error()).c_str());
  return done ? 0 : 1;
}
