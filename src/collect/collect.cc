// What all sources share: absent files, times, what stands for a source that was not read. How each
// is read is its type's (sources.h).
#include "collect/collect.h"

#include "collect/password_stores/password_stores.h"
#include "collect/register/register.h"
#include "collect/source/errors.h"
#include "collect/sources.h"
#include "people/join.h"

namespace khien {
namespace {

Collections read(const SourceType& type, const AgencySource& source, Reading& reading) {
  if (source.unread) return pass_on(*source.unread);
  std::error_code ec;
  if (!source.path.empty() && !std::filesystem::exists(source.path, ec)) {
    return fail(err::source_absent, source.place, {{"path", source.written}});
  }
  return type.read(source, reading);
}

std::vector<Collection> read_or_missing(const SourceType& type, const AgencySource& source,
                                        Reading& reading) {
  auto collections = read(type, source, reading);
  if (collections) return std::move(*collections);
  reading.problems.push_back(collections.error());
  std::vector<std::string> tables = tables_of(type);
  if (type.read == read_register) {
    const Register* filled = reading.registers.find(source.text("name"));
    if (filled != nullptr) tables = {filled->table};
  }
  if (tables.empty()) return {};
  std::vector<Collection> out;
  out.push_back(missing_collection(type.collector, "0.1", source.written, tables,
                                   collections.error()));
  return out;
}

}  // namespace

Result<Collected> collect(const Agency& agency, const Content& content, WorkerPool& pool,
                          const Clock& clock, const OpenFacts& open_facts) {
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(content));
  KHIEN_TRY(const Registers registers, Registers::load(content));
  Collected out;
  JoinDecisions decisions;
  Reading reading{agency, content,    lexicon,   registers, pool,
                  clock,  open_facts, decisions, out.notes, out.problems};
  for (const AgencySource& source : agency.sources) {
    const SourceType* type = find_source_type(source.type);
    if (type == nullptr || type->read == nullptr) continue;
    const std::int64_t started = clock.now_ms();
    for (Collection& c : read_or_missing(*type, source, reading)) {
      if (c.started_at == 0) c.started_at = started;
      if (c.finished_at == 0) c.finished_at = clock.now_ms();
      if (c.agency.empty()) c.agency = agency.record.name;
      out.collections.push_back(std::move(c));
    }
  }
  merge_accounts(out.collections);
  complete_staff(out.collections);
  for (Error& e : join_staff(out.collections, lexicon, decisions)) {
    out.problems.push_back(std::move(e));
  }
  KHIEN_TRY(auto tested, collect_password_stores(agency, content, pool, clock, out.collections,
                                                 out.problems));
  for (Collection& c : tested) out.collections.push_back(std::move(c));
  forget_contact_data(out.collections);
  return out;
}

}  // namespace khien
