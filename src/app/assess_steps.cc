// Wiring only: which room gets what. A source that cannot be read is reported and the run goes on;
// its facts are then missing, never passed.
#include "app/assess_steps.h"

#include <optional>
#include <set>

#include "app/bundles.h"
#include "app/compile_files.h"
#include "app/confirmation.h"
#include "app/inputs.h"
#include "app/machines_listed.h"
#include "app/outputs.h"
#include "app/version.h"
#include "base/environment.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/collect.h"
#include "collect/msrc/msrc.h"
#include "dispatch/vocabulary.h"
#include "judge/catalog.h"
#include "judge/chain.h"
#include "judge/compare.h"
#include "judge/orders.h"
#include "people/join.h"
#include "report/report.h"
#include "report/summary.h"
#include "store/errors.h"
#include "store/machines.h"
#include "store/seal.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

// The agency says how many computers and which applications it has: with fewer collected, nothing
// may be said of them all.
std::optional<Collection> not_collected(const Agency& agency,
                                        const std::vector<Collection>& collections) {
  std::set<std::string> hosts;
  std::set<std::string> applications;
  for (const Collection& c : collections) {
    const auto host = c.tables.find("host");
    if (host != c.tables.end() && !host->second.rows.empty()) {
      const std::string id = text_of(host->second.rows.front(), "machine_id");
      hosts.insert(id.empty() ? c.host : id);  // one PC under two names is one
    }
    const auto accounts = c.tables.find("account");
    if (accounts == c.tables.end()) continue;
    for (const Row& row : accounts->second.rows) {
      if (const auto app = row.find("app"); app != row.end()) {
        applications.insert(fold(to_text(app->second)));
      }
    }
  }
  Collection out;
  out.collector = "agency";
  out.collector_version = kVersion;
  out.source = agency.record.name;
  if (static_cast<std::int64_t>(hosts.size()) < agency.machines) {
    out.mark("host", TableFacts::Status::partial, "reason.machines_not_collected",
             std::to_string(hosts.size()) + "/" + std::to_string(agency.machines));
  }
  for (const std::string& name : agency.applications) {
    if (applications.contains(fold(name))) continue;
    out.mark("account", TableFacts::Status::partial, "reason.application_not_collected", name);
  }
  if (out.tables.empty()) return std::nullopt;
  return out;
}

}  // namespace

Exit exit_for(const Error& error) {
  static const std::vector<std::string> configuration = {
      "K0005", "K0010", "K0012", "K0013", "K0014", "K0015", "K0016", "K0040", "K0041",
      "K0413", "K0744", "K0747", "K0749", "K0750", "K0994", "K1043"};
  const bool found = std::find(configuration.begin(), configuration.end(), error.code) !=
                     configuration.end();
  return found ? usage : broken;
}

Result<Agency> the_agency(const AssessOptions& options) {
  if (options.agency.empty()) return this_host();
  return load_agency(options.agency);
}

Result<Assessment> new_assessment(Context& context, const AssessOptions& options,
                                  const Agency& agency, std::optional<Assessment>* before) {
  Assessment a;
  a.created_at = context.clock.now_ms();
  Date day = local_date(a.created_at);
  if (!options.as_of.empty()) {
    KHIEN_TRY(day, parse_date(options.as_of));
  }
  a.as_of = end_of_day_ms(day);
  a.program_version = kVersion;
  a.content_version = context.content.version();
  a.agency = agency.record;
  if (!options.supersedes.empty()) {
    KHIEN_TRY(OpenedAssessment old, open_assessment(context, options.supersedes));
    if (!old.intact || !old.signature_ok) {
      return fail(err::seal_broken, options.supersedes.string());
    }
    note_unknown_key(context, options.supersedes, old.public_key);
    a.supersedes = old.sha256;
    if (before != nullptr) *before = std::move(old.assessment);
  }
  return a;
}

void add_comparison(Context& context, const AssessOptions& options,
                    const std::optional<Assessment>& before, Assessment& a) {
  if (!before) return;
  auto changes = compare(*before, a.supersedes, a);
  if (changes) {
    a.comparison = std::move(*changes);
    return;
  }
  Error problem = changes.error();
  problem.place = options.supersedes.string();
  note(context.texts.error(problem));
}

Result<Collection> add_orders(Context& context, const AssessOptions& options, const Agency& agency,
                              Assessment& assessment) {
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const AddresseeRules rules, AddresseeRules::load(context.content));
  Addressee who{agency.aliases, agency.actor, agency.enterprise};
  if (!agency.record.name.empty()) who.names.push_back(agency.record.name);
  Collection order_facts;
  order_facts.collector = "dispatch";
  order_facts.collector_version = kVersion;
  order_facts.started_at = order_facts.finished_at = assessment.created_at;
  order_facts.tables["watch_window"];
  order_facts.tables["dispatch_head"];
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  const auto say = [&](const std::string& place, const Order& order,
                       const std::vector<Warning>& warnings) {
    for (const Warning& w : warnings) note(place + ": " + warning_words(context, order, w));
  };
  const auto add = [&](const Order& order) {
    add_order(order, rules, who, assessment);
    const DispatchRecord& d = assessment.dispatches.back();
    for (const char* whom : {kCompaniesOnly, kSentToOthers}) {
      if (!d.warnings.empty() && d.warnings.back() == whom)
        note(d.source + ": " + context.say(whom));
    }
    order_facts.source += (order_facts.source.empty() ? "" : ", ") + d.source;
    Row& head = order_facts.add("dispatch_head") = {
        {"dispatch", d.id}, {"number", d.number}, {"symbol", d.symbol}, {"issued", d.issued_on}};
    if (parse_date(d.due_on)) head["due_on"] = d.due_on;
    for (const WatchWindow& w : order.watch_windows) {
      order_facts.add("watch_window") = {
          {"dispatch", d.id}, {"from_on", w.from}, {"to_on", w.to}, {"why", w.why}};
    }
  };
  std::vector<Order> orders;
  for (const fs::path& file : options.dispatches) {
    KHIEN_TRY(Order order, order_from_document(context, vocabulary, file));
    say(file.string(), order, rules.warnings(order));
    orders.push_back(std::move(order));
  }
  const Date day = local_date(assessment.as_of);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    say(options.dispatches[i].string(), orders[i],
        chain_warnings(orders[i], vocabulary, catalog, orders, day));
    add(orders[i]);
    if (orders[i].confirmed_by.empty()) {
      assessment.dispatches.back().warnings.emplace_back(kUnconfirmed);
    }
  }
  for (const std::string& id : options.programmes) {
    KHIEN_TRY(Order order, order_from_programme(context, vocabulary, id));
    if (options.adjust) options.adjust(order);
    add(order);
  }
  return order_facts;
}

Result<std::vector<Collection>> collect_facts(Context& context, const AssessOptions& options,
                                              const Agency& agency, std::int64_t as_of) {
  KHIEN_DO(spare_sources(context.outputs, agency));
  Progress progress(context.clock, is_terminal());
  progress.phase(context.say("app.phase.collect"));
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  const auto bundles = [&](const fs::path& path) -> Result<std::vector<Collection>> {
    return read_bundles(context, schema, path, as_of);
  };
  KHIEN_TRY(Collected collected,
            collect(agency, context.content, context.workers(), context.clock, bundles));
  for (const Error& problem : collected.problems) context.report(problem);
  if (options.explain) options.explain(collected.notes);
  auto more = read_bundles(context, schema, options.facts, as_of);
  std::move(more.begin(), more.end(), std::back_inserter(collected.collections));
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  note_generic_names(collected.collections, lexicon);
  collected.collections = one_per_machine(std::move(collected.collections), as_of);
  if (auto gap = not_collected(agency, collected.collections)) {
    gap->started_at = gap->finished_at = context.clock.now_ms();
    collected.collections.push_back(std::move(*gap));
  }
  add_listed_machines(collected.collections);  // after what was collected is counted
  vuln::keep_what_machines_need(collected.collections);
  return std::move(collected.collections);
}

Done write_facts(const Database& db, const FactSchema& schema,
                 const std::vector<Collection>& collections) {
  KHIEN_DO(db.execute("begin"));
  for (const Collection& c : collections) {
    KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, schema, c));
  }
  return db.execute("commit");
}

void name_assessment(Assessment& a) {
  std::string seed = a.content_version + to_iso_instant(a.as_of);
  for (const DispatchRecord& d : a.dispatches) seed += d.sha256;
  for (const CollectionRecord& c : a.collections) {
    seed += c.collector + "|" + c.source + "|" + c.host + "|" + c.source_sha256 + "|" +
            std::to_string(c.finished_at);
  }
  a.id = sha256_hex(seed).substr(0, 16);
}

Done write_sealed(Context& context, const Database& db, const Assessment& assessment,
                  const fs::path& out) {
  KHIEN_DO(write_assessment(db, assessment));
  if (out.empty()) return {};
  KHIEN_TRY(std::string bytes, db.bytes());
  KHIEN_TRY(KeyPair key, own_key(state_folder()));
  KHIEN_TRY(const std::string file, seal(std::move(bytes), key));
  wipe(key.secret_key);
  return save(context.outputs, out, file, Access::owner);
}

void show(Context& context, const Assessment& assessment, const Database& db,
          const AssessOptions& options) {
  if (context.json) {
    const auto json = report::print(report::Format::json, assessment, context.texts);
    if (json) print(*json);
    else context.report(json.error());
    return;
  }
  tell_unconfirmed(context, assessment);
  const auto particulars = report::particulars_of(db);
  if (!particulars) return context.report(particulars.error());
  print(report::summary(assessment, context.texts, terminal_width(140), options.wish,
                        *particulars));
  if (options.out.empty()) return;
  print(context.say("app.assess.saved", {{"file", options.out.string()}}));
}

void raise_exit(Context& context, const Assessment& assessment) {
  bool all_met = true;
  bool any_run = false;
  for (const MeasureRecord& m : assessment.measures) {
    if (m.addressed && m.verdict != Verdict::met) all_met = false;
  }
  for (const RunRecord& r : assessment.runs) {
    any_run = any_run || (r.outcome != Outcome::error && r.outcome != Outcome::not_checked);
    if (r.outcome == Outcome::error) context.raise(broken);
  }
  if (!any_run) {
    note(context.say("app.assess.nothing"));
    context.raise(broken);
  }
  if (!all_met) context.raise(not_all_good);
}

}  // namespace khien::app
