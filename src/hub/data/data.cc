#include "hub/data/data.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "base/errors.h"
#include "hub/data/audit.h"
#include "hub/data/migrate.h"
#include "hub/data/office_files.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kReadersKept = 16;

Done prepare(const Database& db, bool writes) {
  KHIEN_DO(db.execute("pragma busy_timeout = 10000; pragma foreign_keys = on;"
                      "pragma cache_size = -8000; pragma mmap_size = 268435456;"
                      "pragma temp_store = memory; pragma trusted_schema = off;"));
  if (!writes) return {};
  return db.execute("pragma journal_mode = wal; pragma synchronous = full;"
                    "pragma journal_size_limit = 67108864;");
}

bool is_read_only(const fs::path& folder) {
  const fs::path probe = folder / ".probe";
  const Fd fd(::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!fd.valid()) return errno == EROFS;
  ::unlink(probe.c_str());
  return false;
}

Error disk_error(Error error, const fs::path& folder) {
  if (error.code != err::sqlite) return error;
  const std::string& detail = error.args["detail"];
  if (detail.find("is full") != std::string::npos) error.code = err::hub_disk_full;
  // Of a file system that turned read-only under it SQLite knows no more than that it failed.
  const bool failed = detail.find("I/O") != std::string::npos && is_read_only(folder);
  if (failed || detail.find("readonly") != std::string::npos) error.code = err::hub_read_only_disk;
  return error;
}

}  // namespace

Result<Fd> lock_folder(const fs::path& folder) {
  const fs::path path = folder / "hub.lock";
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd.valid()) return fail(err::file_unwritable, path.string(), {{"detail", "hub.lock"}});
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    return fail(err::hub_folder_in_use, folder.string());
  }
  return fd;
}

Data::Data(fs::path folder, const Clock& clock, Fd lock, Database writer)
    : folder_(std::move(folder)), clock_(clock), lock_(std::move(lock)),
      writer_(std::move(writer)) {}

Data::~Data() { checkpoint(); }

Result<std::unique_ptr<Data>> Data::open(const fs::path& folder, const Content& content,
                                         const Clock& clock, Lock kind) {
  for (const char* part : {"", "files", kOffices, "jobs", "tls", "backup", "upload"}) {
    KHIEN_DO(make_folder(*part == '\0' ? folder : folder / part, Access::owner));
  }
  Fd lock;
  if (kind == Lock::own) {
    KHIEN_TRY(lock, lock_folder(folder));
  }
  const fs::path path = folder / "hub.db";
  std::error_code ec;
  if (!fs::exists(path, ec)) KHIEN_DO(write_new_file(path, "", Access::owner));
  KHIEN_TRY(Database writer, Database::open(path, Database::Mode::read_write));
  Done ready = prepare(writer, true);
  if (ready) ready = migrate(writer, content, clock.now_ms(), folder / "backup");
  if (ready && kind == Lock::own) ready = part_offices(folder, writer);
  if (!ready) return pass_on(disk_error(ready.error(), folder));
  return std::unique_ptr<Data>(
      new Data(folder, clock, std::move(lock), std::move(writer)));
}

Result<Data::Reading> Data::read() {
  {
    const std::lock_guard lock(readers_mutex_);
    if (!readers_.empty()) {
      auto db = std::move(readers_.back());
      readers_.pop_back();
      return Reading(*this, std::move(db));
    }
  }
  KHIEN_TRY(Database db, Database::open(folder_ / "hub.db", Database::Mode::read_only));
  KHIEN_DO(prepare(db, false));
  return Reading(*this, std::make_unique<Database>(std::move(db)));
}

void Data::give_back(std::unique_ptr<Database> db) {
  const std::lock_guard lock(readers_mutex_);
  if (readers_.size() < kReadersKept) readers_.push_back(std::move(db));
}

Done Data::begin() {
  if (inside_) return fail(err::hub_internal, "change", {{"detail", "a change within a change"}});
  auto done = writer_.execute("begin immediate");
  if (!done) return pass_on(named(done.error()));
  inside_ = true;
  return {};
}

Done Data::commit(const Act* act) {
  Done done;
  if (act != nullptr) done = append_audit(writer_, *act, clock_.now_ms());
  if (done) done = writer_.execute("commit");
  if (!done) {
    roll_back();
    return pass_on(named(done.error()));
  }
  inside_ = false;
  return {};
}

void Data::roll_back() {
  // SQLite has rolled back by itself after some errors; then this one says so and that is all.
  const Done ignored = writer_.execute("rollback");
  static_cast<void>(ignored);
  inside_ = false;
}

void Data::told(const Act& act) {
  ++changes_;
  if (act.what.empty()) return;
  events_.publish({"changed", to_json(Node::map({{"what", act.what},
                                                 {"id", fmt::format("{}", act.what_id)}})),
                   "", 0});
}

Error Data::named(Error error) const { return disk_error(std::move(error), folder_); }

Done Data::copy_database(const fs::path& to) {
  // By a connection of its own: the writer goes on meanwhile.
  KHIEN_TRY(const Reading reading, read());
  KHIEN_TRY(Statement copy, reading->prepare("vacuum into ?1"));
  auto done = copy.bind(1, to.string()).run();
  if (!done) return pass_on(named(done.error()));
  const Fd made(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
  if (!made.valid() || ::fchmod(made.get(), 0600) != 0 || ::fsync(made.get()) != 0) {
    return fail(err::file_unwritable, to.string(), {{"detail", "fsync"}});
  }
  return {};
}

void Data::checkpoint() {
  const std::lock_guard lock(mutex_);
  const Done ignored = writer_.execute("pragma wal_checkpoint(truncate)");
  static_cast<void>(ignored);
}

}  // namespace khien::hub
