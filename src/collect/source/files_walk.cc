// An own loop instead of the recursive iterator: one closed folder must not end the walk.
#include "collect/source/files_walk.h"

#include <sys/stat.h>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/text.h"
#include "collect/source/errors.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

bool turns_or_breaks(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

Done list_folder(const fs::path& folder, const fs::path& root, std::size_t limit, Walk& out,
                 std::vector<fs::path>& pending) {
  std::error_code ec;
  for (fs::directory_iterator at(folder, ec), end; !ec && at != end; at.increment(ec)) {
    std::error_code ignored;
    const fs::file_status status = at->symlink_status(ignored);
    if (fs::is_symlink(status)) {
      out.links.push_back(printable(at->path().lexically_relative(root)));
    }
    if (status.type() == fs::file_type::none) ++out.unreadable;  // nobody may say what it is
    if (fs::is_directory(status)) pending.push_back(at->path());
    if (!fs::is_regular_file(status)) continue;
    if (out.files.size() >= limit) {
      return fail(err::too_many_files, root.string(), {{"limit", std::to_string(limit)}});
    }
    out.files.push_back({at->path(), printable(at->path().lexically_relative(root))});
  }
  if (ec) {
    ++out.unreadable;
    out.closed.push_back(printable(folder.lexically_relative(root)));
  }
  if (ec && folder == root) {
    return fail(err::file_unreadable, root.string(), {{"detail", ec.message()}});
  }
  return {};
}

}  // namespace

std::string printable(const fs::path& path) {
  const std::string text = path.generic_string();
  std::string out;
  if (!is_valid_utf8(text)) {
    for (const unsigned char c : text) {
      if (c >= 0x20 && c < 0x7F) out += static_cast<char>(c);
      else out += fmt::format("\\x{:02X}", c);
    }
    return out;
  }
  for (const char32_t c : to_u32(text)) {
    const auto code = static_cast<unsigned>(c);
    if (!turns_or_breaks(c)) out += to_utf8(std::u32string(1, c));
    else out += c < 0x100 ? fmt::format("\\x{:02X}", code) : fmt::format("\\u{:04X}", code);
  }
  return out;
}

Result<Walk> walk_files(const fs::path& root, std::size_t limit,
                        const std::set<fs::path>& left_out) {
  std::error_code ec;
  const fs::file_status status = fs::status(root, ec);
  Walk out;
  if (fs::is_regular_file(status)) {
    out.files.push_back({root, printable(root.filename())});
    return out;
  }
  if (!fs::is_directory(status)) {
    return fail(err::file_unreadable, root.string(),
                {{"detail", ec ? ec.message() : "not a file or folder"}});
  }
  std::vector<fs::path> pending = {root};
  while (!pending.empty()) {
    const fs::path folder = std::move(pending.back());
    pending.pop_back();
    if (left_out.contains(folder)) continue;
    KHIEN_DO(list_folder(folder, root, limit, out, pending));
  }
  std::sort(out.files.begin(), out.files.end(),
            [](const WalkedFile& a, const WalkedFile& b) { return a.path < b.path; });
  std::sort(out.links.begin(), out.links.end());
  std::sort(out.closed.begin(), out.closed.end());
  return out;
}

bool is_inside(const fs::path& folder, const fs::path& file) {
  std::error_code ec;
  const fs::path base = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, ec);
  const fs::path real = fs::weakly_canonical(file, ec);
  const fs::path relative = real.lexically_relative(base);
  return !ec && !relative.empty() && *relative.begin() != "..";
}

std::int64_t changed_ms(const fs::path& file) {
  struct stat s {};
  if (stat(file.c_str(), &s) != 0) return 0;
  return static_cast<std::int64_t>(s.st_mtim.tv_sec) * 1000 + s.st_mtim.tv_nsec / 1'000'000;
}

}  // namespace khien
