#include "collect/archive/archive.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/base64.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8_locale.h"
#include "collect/source/files_walk.h"
#include "format/archive/members.h"
#include "format/errors.h"

namespace khien {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;  // of a member, one record
constexpr std::size_t kPartBytes = 200;                 // of one name of a path
constexpr std::size_t kPartChars = 60;
constexpr std::size_t kDepth = 12;                      // folders; deeper ones count as one

// In the worker: each member as a record with its name, then records with its bytes.
class Records final : public MemberSink {
 public:
  explicit Records(StreamIo& io) : io_(io) {}
  Done begin(const std::string& name) override {
    ++count_;
    return io_.write(Node::map({{"name", name}}));
  }
  Done add(std::string_view bytes) override {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
      KHIEN_DO(io_.write(Node::map({{"base64", base64_text(bytes.substr(0, kPiece))}})));
    }
    return {};
  }
  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  StreamIo& io_;
  std::int64_t count_ = 0;
};

Result<Node> stream_members(StreamIo& io) {
  std::string bytes;
  for (;;) {
    KHIEN_TRY(const std::string_view piece, io.read());
    if (piece.empty()) break;
    bytes += piece;
  }
  Records records(io);
  KHIEN_DO(archive_members(bytes, io.name(), records));
  return Node::map({{"members", records.count()}});
}

// --- the parent's side ---

// "quet\u202Exslx.exe" would be read backwards: no such name is given to a file.
std::string plain_part(const std::string& part) {
  const std::string shown = printable(part);
  std::string out;
  for (const char c : shown) out += c == '\\' ? '_' : c;
  if (out.size() <= kPartBytes && code_points(out) <= kPartChars) return out;
  const std::string ending = fs::path(out).extension().string();
  constexpr std::size_t kEnding = 12;
  return shorten(out, kPartChars) + (ending.size() <= kEnding ? ending : "");
}

std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> out;
  std::string part;
  const auto end = [&] {
    const bool drive = part.size() == 2 && part[1] == ':';
    if (!part.empty() && part != "." && part != ".." && !drive) out.push_back(plain_part(part));
    part.clear();
  };
  for (const char c : name) {
    if (c == '/' || c == '\\') end();
    else part += c;
  }
  end();
  return out;
}

class Writer {
 public:
  explicit Writer(const fs::path& folder) : folder_(folder) {}

  Done take(const Node& record) {
    if (record.has("name")) return begin(record["name"].text());
    const auto bytes = base64_bytes(record["base64"].text());
    if (!bytes || !fd_.valid()) {
      return fail(err::archive_broken, folder_.string(), {{"detail", "worker reply"}});
    }
    out_.back().bytes += bytes->size();
    for (std::string_view rest = *bytes; !rest.empty();) {
      const ssize_t n = ::write(fd_.get(), rest.data(), rest.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return unwritable();
      rest.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
  }
  std::vector<UnpackedFile> finish() { return std::move(out_); }

 private:
  tl::unexpected<Error> unwritable() const {
    return fail(err::file_unwritable, out_.back().path.string(),
                {{"detail", std::strerror(errno)}});
  }

  Done begin(const std::string& name) {
    const fs::path wanted = folder_ / member_path(name);
    out_.push_back({printable(name), wanted, 0});
    // A member may be called as a folder of another is.
    if (!make_folder(wanted.parent_path(), Access::owner)) {
      out_.back().path = folder_ / wanted.filename();
    }
    for (int n = 2;; ++n) {
      const fs::path& path = out_.back().path;
      fd_ = Fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
      if (fd_.valid()) return {};
      if (errno != EEXIST && errno != EISDIR) return unwritable();
      out_.back().path = path.parent_path() / (wanted.stem().string() + " (" + std::to_string(n) +
                                               ")" + wanted.extension().string());
    }
  }

  fs::path folder_;
  std::vector<UnpackedFile> out_;
  Fd fd_;
};

}  // namespace

fs::path member_path(const std::string& name) {
  const std::vector<std::string> parts = parts_of(name);
  if (parts.empty()) return "tep";
  fs::path out;
  for (std::size_t i = 0; i + 1 < std::min(parts.size(), kDepth); ++i) out /= parts[i];
  return out / parts.back();
}

Job archive_job() {
  load_utf8_locale();
  return {"archive.unpack", kArchiveBytes, nullptr, stream_members};
}

Result<std::vector<UnpackedFile>> unpack_archive(WorkerPool& pool, const fs::path& archive,
                                                 const fs::path& folder) {
  Writer writer(folder);
  StreamOptions options;
  options.memory_bytes = limits::worker_memory_bytes;
  KHIEN_TRY(WorkerStream stream,
            pool.stream_file("archive.unpack", archive, {},
                             [&](const Node& record) { return writer.take(record); }, options));
  KHIEN_TRY([[maybe_unused]] const Node totals, stream.finish());
  return writer.finish();
}

}  // namespace khien
