// The data folder of a hub: hub.db (SQLite, WAL), files/, jobs/, backup/ and the rest. One
// connection writes, behind a mutex; reading connections are lent, one a thread at a time, and are
// never blocked by the writer. Functions of repositories (hub/data/<aggregate>.h) take a Database.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/file.h"
#include "base/node.h"
#include "base/sqlite.h"
#include "hub/data/events.h"

namespace khien::hub {

// Who does what to what: the audit row of a change. An action is "what.verb": "user.add".
struct Act {
  std::int64_t user_id = 0;  // 0: the program itself
  std::string login;
  std::string remote;
  std::string action;
  std::string what;           // "user": also what the event `changed` names
  std::int64_t what_id = 0;   // a change that makes a new row sets it
  Node detail = Node::map();  // values that matter; never a secret
};

class Data {
 public:
  // Opens or makes the folder (0700), takes its lock, brings the schema up to date with a backup
  // before. K1317 another program has it open, K1318, K1319, K0002, K0020.
  // Lock::shared: beside a server that has it open, for one short command.
  enum class Lock { own, shared };
  [[nodiscard]] static Result<std::unique_ptr<Data>> open(const std::filesystem::path& folder,
                                                          const Content& content,
                                                          const Clock& clock,
                                                          Lock lock = Lock::own);
  ~Data();

  class Reading {  // a connection lent for reading; goes back by itself
   public:
    Reading(Data& home, std::unique_ptr<Database> db) : home_(&home), db_(std::move(db)) {}
    Reading(Reading&&) noexcept = default;
    Reading& operator=(Reading&&) = delete;
    ~Reading() { if (db_) home_->give_back(std::move(db_)); }
    const Database& operator*() const { return *db_; }
    const Database* operator->() const { return db_.get(); }

   private:
    Data* home_;
    std::unique_ptr<Database> db_;
  };
  [[nodiscard]] Result<Reading> read();

  // One transaction: `f(db, act)` gives a Result<T>; an error rolls back and is returned. The audit
  // row is written in the same transaction; after the commit the event `changed` goes out.
  template <class F>
  auto change(Act act, F&& f) -> std::invoke_result_t<F, const Database&, Act&> {
    return transact(&act, [&](const Database& db) { return f(db, act); });
  }
  // The same without audit: what no person did (a session was seen, a job went on).
  template <class F>
  auto touch(F&& f) -> std::invoke_result_t<F, const Database&> {
    return transact(nullptr, f);
  }
  // Keeps every other change out while it lives; the holder may change.
  [[nodiscard]] std::unique_lock<std::recursive_mutex> hold() {
    return std::unique_lock(mutex_);
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Events& events() { return events_; }
  // How often change() has changed something since the start: what was made of the data before is
  // old when this has grown.
  [[nodiscard]] std::int64_t changes() const { return changes_; }
  // A whole, consistent copy of hub.db at `to`, which must not exist. K0020, K1310.
  [[nodiscard]] Done copy_database(const std::filesystem::path& to);
  // The write-ahead log goes into the database file: at a quiet end.
  void checkpoint();

 private:
  Data(std::filesystem::path folder, const Clock& clock, Fd lock, Database writer);
  void give_back(std::unique_ptr<Database> db);
  [[nodiscard]] Done begin();
  [[nodiscard]] Done commit(const Act* act);
  void roll_back();
  void told(const Act& act);

  template <class F>
  auto transact(Act* act, F&& f) -> std::invoke_result_t<F, const Database&> {
    {
      const std::lock_guard lock(mutex_);
      KHIEN_DO(begin());
      auto out = f(writer_);
      if (!out) {
        roll_back();
        return pass_on(named(std::move(out.error())));
      }
      KHIEN_DO(commit(act));
      if (act == nullptr) return out;
      told(*act);
      return out;
    }
  }
  [[nodiscard]] Error named(Error error) const;  // a full or read-only disk by its own code

  std::filesystem::path folder_;
  const Clock& clock_;
  Fd lock_;
  Database writer_;
  std::recursive_mutex mutex_;
  bool inside_ = false;
  std::atomic<std::int64_t> changes_{0};
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Database>> readers_;
  Events events_;
};

// The lock of a data folder, which a server holds. K1317.
[[nodiscard]] Result<Fd> lock_folder(const std::filesystem::path& folder);

}  // namespace khien::hub
