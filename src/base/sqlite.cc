// The only file that calls sqlite3_* besides judge/sandbox.
#include "base/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/errors.h"

namespace khien {
namespace {
tl::unexpected<Error> problem(sqlite3* db, std::string place) {
  return fail(err::sqlite, std::move(place),
              {{"detail", db != nullptr ? sqlite3_errmsg(db) : "out of memory"}});
}
}  // namespace

std::string to_text(const Value& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *i);
  if (const auto* d = std::get_if<double>(&value)) return fmt::format("{}", *d);
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  return "";
}

Statement& Statement::bind(int index, const Value& value) {
  sqlite3_stmt* s = raw_.get();
  if (const auto* i = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(s, index, *i);
  } else if (const auto* d = std::get_if<double>(&value)) {
    sqlite3_bind_double(s, index, *d);
  } else if (const auto* t = std::get_if<std::string>(&value)) {
    sqlite3_bind_text64(s, index, t->data(), t->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else {
    sqlite3_bind_null(s, index);
  }
  return *this;
}

Statement& Statement::bind(const char* name, const Value& value) {
  const int index = sqlite3_bind_parameter_index(raw_.get(), name);
  return index == 0 ? *this : bind(index, value);
}

Result<bool> Statement::step() {
  const int rc = sqlite3_step(raw_.get());
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  return problem(sqlite3_db_handle(raw_.get()), "step");
}

Done Statement::run() {
  for (;;) {
    auto row = step();
    if (!row) {
      reset();
      return pass_on(row.error());
    }
    if (!*row) break;
  }
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(raw_.get());
  sqlite3_clear_bindings(raw_.get());
}

int Statement::columns() const { return sqlite3_column_count(raw_.get()); }
std::string Statement::name(int column) const {
  const char* n = sqlite3_column_name(raw_.get(), column);
  return n == nullptr ? "" : n;
}
int Statement::find(std::string_view column_name) const {
  for (int i = 0; i < columns(); ++i) {
    if (name(i) == column_name) return i;
  }
  return -1;
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(raw_.get(), column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(raw_.get(), column);
}
std::string Statement::text(int column) const {
  const auto* t = reinterpret_cast<const char*>(sqlite3_column_text(raw_.get(), column));
  if (t == nullptr) return "";
  return {t, static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), column))};
}
Value Statement::value(int column) const {
  switch (sqlite3_column_type(raw_.get(), column)) {
    case SQLITE_NULL: return Null{};
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return sqlite3_column_double(raw_.get(), column);
    default: return text(column);
  }
}
std::vector<std::string> Statement::parameters() const {
  std::vector<std::string> out;
  for (int i = 1; i <= sqlite3_bind_parameter_count(raw_.get()); ++i) {
    const char* n = sqlite3_bind_parameter_name(raw_.get(), i);
    if (n != nullptr) out.emplace_back(n + 1);
  }
  return out;
}
bool Statement::is_readonly() const { return sqlite3_stmt_readonly(raw_.get()) != 0; }

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  const int flags = mode == Mode::read_only    ? SQLITE_OPEN_READONLY
                    : mode == Mode::read_write ? SQLITE_OPEN_READWRITE
                                               : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Database out;
  const auto name = path.u8string();  // SQLite takes UTF-8 everywhere
  if (sqlite3_open_v2(reinterpret_cast<const char*>(name.c_str()), &out.db_, flags, nullptr) !=
      SQLITE_OK) {
    return problem(out.db_, path.string());
  }
  return out;
}

Result<Database> Database::in_memory() {
  Database out;
  if (sqlite3_open(":memory:", &out.db_) != SQLITE_OK) return problem(out.db_, ":memory:");
  return out;
}

Result<Database> Database::from_bytes(std::string bytes) {
  KHIEN_TRY(Database out, in_memory());
  out.image_ = std::make_unique<std::string>(std::move(bytes));
  auto* data = reinterpret_cast<unsigned char*>(out.image_->data());
  const auto size = static_cast<sqlite3_int64>(out.image_->size());
  sqlite3_db_config(out.db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(out.db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (sqlite3_deserialize(out.db_, "main", data, size, size, SQLITE_DESERIALIZE_READONLY) !=
      SQLITE_OK) {
    return problem(out.db_, "deserialize");
  }
  return out;
}

Database::Database(Database&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)), image_(std::move(other.image_)) {}
Database& Database::operator=(Database&& other) noexcept {
  if (this != &other) {
    sqlite3_close_v2(db_);
    db_ = std::exchange(other.db_, nullptr);
    image_ = std::move(other.image_);
  }
  return *this;
}
Database::~Database() { sqlite3_close_v2(db_); }

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  if (sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &raw, &tail) != SQLITE_OK) {
    return problem(db_, "prepare");
  }
  Statement out(raw, sqlite3_finalize);
  const std::string_view rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
  if (raw == nullptr || rest.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    return fail(err::sqlite, "prepare", {{"detail", "one statement expected"}});
  }
  return out;
}

Done Database::execute(std::string_view sql) const {
  if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return problem(db_, "execute");
  }
  return {};
}

Result<std::string> Database::bytes() const {
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(db_, "main", &size, 0);
  if (data == nullptr) return problem(db_, "serialize");
  std::string out(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return out;
}

std::int64_t Database::last_rowid() const { return sqlite3_last_insert_rowid(db_); }

Result<Value> Database::one(std::string_view sql, std::vector<Value> binds) const {
  KHIEN_TRY(Statement s, prepare(sql));
  for (std::size_t i = 0; i < binds.size(); ++i) s.bind(static_cast<int>(i) + 1, binds[i]);
  KHIEN_TRY(const bool row, s.step());
  return row ? s.value(0) : Value{Null{}};
}

bool Database::has_table(std::string_view name) const {
  const auto found = one("select 1 from sqlite_master where type = 'table' and name = ?1",
                         {std::string(name)});
  return found && std::holds_alternative<std::int64_t>(*found);
}

}  // namespace khien
