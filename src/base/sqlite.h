// SQLite 3 behind thin RAII. One connection, one thread. Text is UTF-8.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace khien {

struct Null {};
using Value = std::variant<Null, std::int64_t, double, std::string>;
[[nodiscard]] std::string to_text(const Value& value);  // null as ""

class Statement {
 public:
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  Statement& bind(int index, const Value& value);  // 1-based
  Statement& bind(const char* name, const Value& value);  // ":as_of"; unknown names are ignored
  // true: a row is there; false: done.
  [[nodiscard]] Result<bool> step();
  [[nodiscard]] Done run();  // step to the end, then reset for the next use
  void reset();

  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string name(int column) const;
  [[nodiscard]] int find(std::string_view column_name) const;  // -1 if absent
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Value value(int column) const;
  [[nodiscard]] std::vector<std::string> parameters() const;  // names without the colon
  [[nodiscard]] bool is_readonly() const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* raw, int (*finalize)(sqlite3_stmt*)) : raw_(raw, finalize) {}
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> raw_;
};

class Database {
 public:
  enum class Mode { create, read_write, read_only };

  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Mode mode);
  [[nodiscard]] static Result<Database> in_memory();
  // A read-only database over bytes held in memory (kept alive by the object).
  [[nodiscard]] static Result<Database> from_bytes(std::string bytes);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;  // one statement; no tail
  [[nodiscard]] Done execute(std::string_view sql) const;               // a script of our own
  [[nodiscard]] Result<std::string> bytes() const;  // the database file as it would lie on disk
  [[nodiscard]] std::int64_t last_rowid() const;
  [[nodiscard]] Result<Value> one(std::string_view sql, std::vector<Value> binds = {}) const;
  [[nodiscard]] bool has_table(std::string_view name) const;
  [[nodiscard]] sqlite3* raw() const { return db_; }

 private:
  Database() = default;
  sqlite3* db_ = nullptr;
  std::unique_ptr<std::string> image_;
};

}  // namespace khien
