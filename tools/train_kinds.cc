// Trains the model of kinds: train_kinds CONTENT-FOLDER ANNOTATED-FOLDER OUT. From the example
// clauses of content/measures/examples and the annotated papers of tools/lessons. The same files
// give the same bytes.
#include <cstdio>

#include "base/content.h"
#include "base/file.h"
#include "dispatch/teach.h"

namespace {
using namespace khien;  // NOLINT: a tool of one file

Done make(const std::filesystem::path& folder, const std::filesystem::path& annotated,
          const std::filesystem::path& out) {
  KHIEN_TRY(const std::string blob, pack_content(folder));
  KHIEN_TRY(const Content content, Content::open(blob));
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(content));
  Lessons lessons(vocabulary);
  KHIEN_DO(lessons.add_examples(content));
  KHIEN_DO(lessons.add_programmes(content));
  KHIEN_DO(lessons.add_folder(annotated));
  return write_file(out, lessons.model_bytes());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto done = make(argv[1], argv[2], argv[3]);
  if (!done) std::fprintf(stderr, "%s\n", khien::to_string(done.error()).c_str());
  return done ? 0 : 1;
}
