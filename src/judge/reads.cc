#include "judge/reads.h"

#include "judge/errors.h"
#include "store/assessment.h"

namespace khien {

std::set<std::string> all_tables(const FactSchema& schema) {
  std::set<std::string> out = {"collection", "collection_table"};
  for (const FactTable& t : schema.tables()) out.insert(t.name);
  for (const FactView& v : schema.views()) out.insert(v.name);
  return out;
}

Result<std::set<std::string>> declared_reads(Sandbox& sandbox, const FactSchema& schema,
                                             const Control& control) {
  KHIEN_TRY(auto reads, sandbox.reads(control.id, control.sql));
  std::erase_if(reads, [&](const std::string& name) { return schema.find(name) == nullptr; });
  for (const std::string& table : reads) {
    if (!control.declares(table)) {
      return fail(err::control_undeclared, control.id, {{"table", table}});
    }
  }
  return reads;
}

Result<std::set<std::string>> tables_read(const FactSchema& schema, const Control& control) {
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  KHIEN_TRY(Sandbox sandbox, Sandbox::enter(db, all_tables(schema)));
  return declared_reads(sandbox, schema, control);
}

}  // namespace khien
