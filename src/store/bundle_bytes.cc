// Facts of one or more machines in a file of their own.
#include "store/assessment.h"

namespace khien {

Result<std::string> bundle_bytes(const FactSchema& schema,
                                 const std::vector<Collection>& collections) {
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  KHIEN_DO(db.execute("begin"));
  for (const Collection& c : collections) {
    KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, schema, c));
  }
  KHIEN_DO(db.execute("commit"));
  return db.bytes();
}

}  // namespace khien
