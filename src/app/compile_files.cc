// Folders are walked here, in the parent; documents are opened in the children.
#include "app/compile_files.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/environment.h"
#include "base/side_by_side.h"
#include "base/text.h"
#include "base/worker_errors.h"
#include "dispatch/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFiles = 20'000;

bool is_document_name(const fs::path& path) {
  static constexpr std::array<std::string_view, 18> kEndings = {
      ".txt", ".docx", ".doc", ".rtf",  ".odt", ".pdf",  ".html", ".htm", ".md",
      ".png", ".jpg",  ".jpeg", ".tif", ".tiff", ".bmp", ".gif",  ".docm", ".dotx"};
  const std::string ending = fold(path.extension().string());
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

bool is_hidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(".") || name.starts_with("~$");  // Word's mark of an open file
}

}  // namespace

Result<ChosenFiles> choose_files(const std::vector<fs::path>& given) {
  ChosenFiles out;
  for (const fs::path& path : given) {
    std::error_code ec;
    if (!fs::is_directory(path, ec)) {
      out.files.push_back(path);
      continue;
    }
    std::vector<fs::path> found;
    fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, ec);
    for (const fs::recursive_directory_iterator end; !ec && it != end; it.increment(ec)) {
      if (is_hidden(it->path())) {
        if (it->is_directory(ec)) it.disable_recursion_pending();
        continue;
      }
      if (!it->is_regular_file(ec)) continue;
      (is_document_name(it->path()) ? found : out.skipped).push_back(it->path());
      if (found.size() + out.skipped.size() > kFiles) break;
    }
    if (found.empty()) return fail(err::document_folder, path.string());
    std::sort(found.begin(), found.end());
    out.files.insert(out.files.end(), found.begin(), found.end());
  }
  std::sort(out.skipped.begin(), out.skipped.end());
  return out;
}

void compile_side_by_side(Context& context, const std::vector<fs::path>& files,
                          const std::function<void(const fs::path&)>& one) {
  Progress progress(context.clock, is_terminal());
  progress.phase(context.say("app.compile.reading"), static_cast<std::int64_t>(files.size()));
  std::size_t unread = 0;
  const auto run = [&](std::size_t i) {
    context.exit = all_good;
    one(files[i]);
    return context.exit;
  };
  const auto done = [&](const Said& said) {
    if (said.died) {
      context.report({err::worker_died, files[said.item].string(), {{"signal", "SIGKILL"}}});
    } else {
      progress.finish();
      std::fputs(said.out.c_str(), stdout);
      std::fflush(stdout);
      std::fputs(said.err.c_str(), stderr);
      context.raise(static_cast<Exit>(said.code));
    }
    unread += said.died || said.code == broken;
    progress.advance();
  };
  const auto ran = side_by_side(files.size(), 0, run, done);
  progress.finish();
  if (!ran) return context.report(ran.error());
  note(context.say("app.compile.read", {{"count", static_cast<std::int64_t>(files.size())},
                                        {"unread", static_cast<std::int64_t>(unread)}}));
}

}  // namespace khien::app
