// Wiring only: an order, a table, facts become the plain inputs of report/draft.h.
#include "app/draft_inputs.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/errors.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/collect.h"
#include "collect/register/register.h"
#include "format/table/table.h"
#include "judge/orders.h"

namespace khien::app {
namespace {

// Scored parameters of one kind as text to compare.
std::string scored_words(const Vocabulary& v, const std::string& kind, const Node& parameters) {
  const KindInfo* info = v.find(kind);
  std::string out;
  if (info == nullptr) return out;
  for (const ParameterInfo& p : info->parameters) {
    if (!p.scored || !parameters.has(p.name)) continue;
    std::vector<std::string> values = parameters[p.name].texts();
    std::sort(values.begin(), values.end());
    out += fmt::format(" {}={}", p.name, fmt::join(values, ","));
  }
  return out;
}

template <class Kinds>
std::map<std::string, std::string> asked(const Vocabulary& v, const Kinds& kinds) {
  std::map<std::string, std::string> out;  // kind -> its scored parameters
  for (const auto& k : kinds) out[k.kind] = scored_words(v, k.kind, k.parameters);
  return out;
}

// Kinds of `a` that `b` lacks or states otherwise, in words.
std::string beyond(const Context& context, const std::map<std::string, std::string>& a,
                   const std::map<std::string, std::string>& b) {
  std::vector<std::string> words;
  for (const auto& [kind, parameters] : a) {
    const auto other = b.find(kind);
    if (other == b.end()) {
      words.push_back(context.say("kind." + kind));
    } else if (other->second != parameters) {
      words.push_back(context.say("kind." + kind) +
                      (parameters.empty() ? "" : fmt::format(" ({})", trim(parameters))));
    }
  }
  if (words.empty()) return context.say("draft.check.nothing");
  return fmt::format("{}", fmt::join(words, "; "));
}

template <class T>
void append(std::vector<T>& out, const std::vector<T>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace

Result<Agency> draft_agency(const DraftOptions& o) {
  if (o.agency.empty()) return Agency{};
  return load_agency(o.agency);
}

report::Sender sender_of(const Reader& context, const Agency& agency) {
  return {agency.record, agency.officer_phone, agency.officer_mail, context.clock.now_ms()};
}

Result<DraftOrder> draft_order(Context& context, const DraftOptions& o, const Agency& agency,
                               bool needed) {
  DraftOrder out;
  if (o.dispatch.empty() && o.programme.empty()) {
    if (needed) return fail(err::draft_order_missing, "");
    return out;
  }
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const AddresseeRules rules, AddresseeRules::load(context.content));
  if (!o.dispatch.empty()) {
    KHIEN_TRY(out.order, order_from_document(context, vocabulary, o.dispatch));
  } else {
    KHIEN_TRY(out.order, order_from_programme(context, vocabulary, o.programme));
  }
  Addressee who{agency.aliases, agency.actor, agency.enterprise};
  if (!agency.record.name.empty()) who.names.push_back(agency.record.name);
  Assessment records;
  add_order(out.order, rules, who, records, Titles::kept);
  out.records.dispatch = records.dispatches.back();
  out.records.measures = std::move(records.measures);
  if (o.all) {
    for (MeasureRecord& m : out.records.measures) m.addressed = true;
  }
  for (const WatchWindow& w : out.order.watch_windows) {
    out.records.watch_windows.push_back({w.from, w.to, context.say(w.why)});
  }
  return out;
}

Result<Table> unit_table(Reader& context, const std::filesystem::path& units) {
  KHIEN_TRY(const std::string bytes, read_file(units, limits::table_file_bytes));
  return read_table(context.workers(), bytes, units.string());
}

Result<DraftPeople> draft_people(Context& context, const Agency& agency, People wanted) {
  KHIEN_TRY(const Registers registers, Registers::load(context.content));
  const Register* duty = registers.find("duty");
  Agency papers = agency;
  std::erase_if(papers.sources, [&](const AgencySource& s) {  // nothing else is read
    if (wanted == People::staff) return s.type != "staff";
    return s.type != "register" || registers.find(s.text("name")) != duty;
  });
  DraftPeople out;
  if (papers.sources.empty()) return out;
  KHIEN_DO(spare_sources(context.outputs, papers));
  KHIEN_TRY(const Collected collected,
            collect(papers, context.content, context.workers(), context.clock, {}));
  for (const Error& problem : collected.problems) context.report(problem);
  for (const Collection& c : collected.collections) {
    if (const auto t = c.tables.find("staff"); t != c.tables.end())
      append(out.staff, report::people_at_work(t->second.rows));
    if (const auto t = c.tables.find("duty_shift"); t != c.tables.end())
      append(out.duty, report::duty_shifts(t->second.rows));
  }
  return out;
}

Result<std::vector<std::string>> differences(Context& context, const Order& wanted,
                                             const report::Ordered& records,
                                             const std::filesystem::path& paper) {
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const Order got, order_from_document(context, vocabulary, paper));
  std::vector<std::string> out;
  std::size_t at = 0;
  for (const report::Restated& r : report::restated(records.measures)) {
    const Measure* source = find_measure(wanted, r.measure->doc_id);
    if (source == nullptr) continue;
    if (at >= got.measures.size() || got.measures[at].id != r.id) {
      out.push_back(context.say("draft.check.lost", {{"cite", source->cite_vi}}));
      continue;
    }
    const auto before = asked(vocabulary, source->kinds);
    const auto after = asked(vocabulary, got.measures[at++].kinds);
    if (before == after) continue;
    out.push_back(context.say("draft.check.changed",
                              {{"cite", source->cite_vi},
                               {"order", beyond(context, before, after)},
                               {"paper", beyond(context, after, before)}}));
  }
  return out;
}

}  // namespace khien::app
