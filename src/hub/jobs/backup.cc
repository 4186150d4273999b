#include "hub/jobs/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/hash.h"
#include "base/limits.h"
#include "hub/data/office_files.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;
constexpr std::string_view kList = "list.json";
constexpr std::size_t kListBytes = std::size_t{256} << 20;
constexpr std::int64_t kTellEvery = 100;  // files

bool is_half_written(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') && name.ends_with(".part");
}

// Below `root`, relative to it. The hub goes on meanwhile: a folder that is gone is none.
Done add_files_below(const fs::path& root, const fs::path& folder, std::vector<fs::path>& out) {
  std::error_code ec;
  fs::directory_iterator it(folder, ec);
  for (const fs::directory_iterator end; !ec && it != end; it.increment(ec)) {
    std::error_code gone;
    if (it->is_symlink(gone)) continue;
    if (it->is_directory(gone)) KHIEN_DO(add_files_below(root, it->path(), out));
    const bool whole = it->is_regular_file(gone) && !is_half_written(it->path());
    if (whole) out.push_back(it->path().lexically_relative(root));
  }
  if (!ec || ec == std::errc::no_such_file_or_directory) return {};
  return fail(err::file_unreadable, folder.string(), {{"detail", ec.message()}});
}

Result<std::vector<fs::path>> files_below(const fs::path& root) {
  std::vector<fs::path> out;
  KHIEN_DO(add_files_below(root, root, out));
  std::sort(out.begin(), out.end());
  return out;
}

Done copy_in(const fs::path& from, const fs::path& to, bool may_link) {
  KHIEN_DO(make_folder(to.parent_path(), Access::owner));
  std::error_code ec;
  if (may_link) {
    fs::create_hard_link(from, to, ec);
    if (!ec) return {};
    ec.clear();
  }
  fs::copy_file(from, to, ec);
  if (!ec) return {};
  if (ec == std::errc::no_space_on_device) return fail(err::hub_disk_full, to.string());
  return fail(err::file_unwritable, to.string(), {{"detail", ec.message()}});
}

struct Copying {
  fs::path folder;
  Node files = Node::map();  // path -> SHA-256
  std::int64_t bytes = 0;
};

Result<std::string> digest(const fs::path& path, std::int64_t& bytes) {
  std::error_code ec;
  bytes += static_cast<std::int64_t>(fs::file_size(path, ec));
  return file_digest(path);
}

using Said = std::function<Done(const std::string&, std::int64_t, std::int64_t)>;

Done fill(Data& data, Copying& out, const Said& said) {
  KHIEN_DO(said("backup_database", 0, 0));
  KHIEN_DO(data.copy_database(out.folder / "hub.db"));
  KHIEN_TRY(const std::string sum, digest(out.folder / "hub.db", out.bytes));
  out.files.set("hub.db", sum);
  for (const char* part : {"files", kOffices}) {
    KHIEN_TRY(const auto paths, files_below(data.folder() / part));
    std::int64_t done = 0;
    for (const fs::path& path : paths) {
      if (done % kTellEvery == 0) {
        KHIEN_DO(said("backup_files", done, static_cast<std::int64_t>(paths.size())));
      }
      ++done;
      const fs::path to = out.folder / part / path;
      const fs::path from = data.folder() / part / path;
      if (auto copied = copy_in(from, to, std::string_view(part) == "files"); !copied) {
        std::error_code ec;
        if (fs::exists(from, ec) || ec) return copied;
        continue;  // taken away since it was listed
      }
      KHIEN_TRY(const std::string file_sum, digest(to, out.bytes));
      out.files.set((fs::path(part) / path).generic_string(), file_sum);
    }
  }
  const Node list = Node::map({{"made_at", data.clock().now_ms()}, {"bytes", out.bytes},
                               {"files", out.files}});
  return write_new_file(out.folder / kList, to_json(list), Access::owner);
}

}  // namespace

Result<std::string> file_digest(const fs::path& path) {
  KHIEN_TRY(const Fd fd, open_regular(path));
  Sha256 sum;
  std::string piece(kPiece, '\0');
  for (;;) {
    const ssize_t n = ::read(fd.get(), piece.data(), piece.size());
    if (n < 0) return fail(err::file_unreadable, path.string(), {{"detail", "read"}});
    if (n == 0) return hex(sum.finish());
    sum.add(std::string_view(piece).substr(0, static_cast<std::size_t>(n)));
  }
}

Result<fs::path> make_backup(Data& data, const fs::path& to, std::int64_t at, const Said& said) {
  const fs::path home = to.empty() ? data.folder() / "backup" : to;
  const std::string name = fmt::format("{}-{}", to_iso(local_date(at)), at);
  std::error_code ec;
  if (fs::exists(home / name, ec)) return home / name;
  Copying copy;
  copy.folder = home / ("." + name);
  fs::remove_all(copy.folder, ec);  // half of it, of a hub that was killed
  KHIEN_DO(make_folder(copy.folder, Access::owner));
  if (auto done = fill(data, copy, said); !done) {
    fs::remove_all(copy.folder, ec);
    return pass_on(done.error());
  }
  fs::rename(copy.folder, home / name, ec);
  if (ec) return fail(err::file_unwritable, (home / name).string(), {{"detail", ec.message()}});
  return home / name;
}

std::vector<Backup> list_backups(const fs::path& data_folder) {
  std::vector<Backup> out;
  std::error_code ec;
  for (fs::directory_iterator it(data_folder / "backup", ec), end; !ec && it != end;
       it.increment(ec)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with('.')) continue;
    const auto text = read_file(it->path() / kList, kListBytes);
    const auto list = text ? parse_json(*text, name) : Result<Node>(Node{});
    if (!list || !list->is_map()) continue;
    out.push_back({name, (*list)["bytes"].integer(), (*list)["made_at"].integer()});
  }
  std::sort(out.begin(), out.end(),
            [](const Backup& a, const Backup& b) { return a.made_at > b.made_at; });
  return out;
}

Result<Node> backup_job(JobContext& context) {
  KHIEN_TRY(const fs::path made,
            make_backup(context.data(), "", context.job().created_at,
                        [&](const std::string& phase, std::int64_t done,
                            std::int64_t total) -> Done {
                          if (context.cancelled()) return fail(err::hub_cancelled, "");
                          return context.phase(phase, done, total);
                        }));
  const auto all = list_backups(context.data().folder());
  for (const Backup& copy : all) {
    if (copy.name == made.filename().string()) {
      return Node::map({{"name", copy.name}, {"bytes", copy.bytes}});
    }
  }
  return fail(err::hub_internal, made.string(), {{"detail", "the copy is not there"}});
}

}  // namespace khien::hub
