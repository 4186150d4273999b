// Any CSV as every register: no crash, and never more rows than the table has.
#include "collect/register/register.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto content = khien::Content::open(khien::built_in_content());
  static const auto registers = khien::Registers::load(*content);
  static const auto lexicon = khien::Lexicon::load(*content);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto yaml = khien::register_table_from_yaml(bytes, "x");
  const auto csv = khien::read_csv(bytes, "x");
  for (const auto* table : {&yaml, &csv}) {
    if (!*table) continue;
    for (const khien::Register& r : registers->all()) {
      const auto i = khien::import_register(r, **table, "x", *lexicon);
      if (!i) continue;
      if (i->collection.tables.at(r.table).rows.size() > (*table)->rows.size()) __builtin_trap();
    }
  }
  return 0;
}
