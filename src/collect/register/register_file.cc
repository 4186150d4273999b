// A register as it lies on disk: Excel and CSV are opened in a worker, YAML is read here like every
// other YAML of the agency.
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "collect/register/register.h"
#include "collect/source/fields.h"

namespace khien {

Result<RegisterImport> import_register_file(const Register& definition,
                                            const std::filesystem::path& path,
                                            const std::string& source, const std::string& sheet,
                                            const Lexicon& lexicon,
                                            const std::map<std::string, std::string>& stated,
                                            WorkerPool& pool) {
  const std::string extension = path.extension().string();
  const bool yaml = extension == ".yaml" || extension == ".yml";
  KHIEN_TRY(const std::string bytes,
            read_file(path, yaml ? limits::yaml_file_bytes : limits::table_file_bytes));
  KHIEN_TRY(const Table table, yaml ? register_table_from_yaml(bytes, source)
                                    : read_table(pool, bytes, source, sheet));
  KHIEN_TRY(RegisterImport out, import_register(definition, table, source, lexicon, stated));
  out.collection.source_sha256 = sha256_hex(bytes);
  return out;
}

Result<std::string> check_register(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "name", "sheet", "columns"}, {"name"});
}

Collections read_register(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const Register* definition,
            reading.registers.need(source.text("name"), source.place));
  const std::string sheet = source.text("sheet");
  KHIEN_TRY(RegisterImport imported,
            import_register_file(*definition, source.path, source.written, sheet, reading.lexicon,
                                 columns_of(source.fields), reading.pool));
  reading.notes.push_back({source.written, "", "", sheet, definition->table,
                           imported.collection.tables[definition->table].rows.size(),
                           std::move(imported.mapping), {}});
  return one(std::move(imported.collection));
}

}  // namespace khien
