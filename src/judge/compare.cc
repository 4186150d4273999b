#include "judge/compare.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "judge/errors.h"

namespace khien {
namespace {

using Subject = std::pair<std::string, std::string>;  // control, subject
using Subjects = std::set<Subject>;

std::string order_key(const DispatchRecord& d) {
  const std::string& name = d.number.empty() ? d.symbol : d.number;
  return fmt::format("{}|{}|{}", skeleton(name), d.issued_on,
                     d.number.empty() ? skeleton(d.subject_line) : skeleton(d.issuer));
}

// One side: its demands by order and place, what failed and what could not be judged in each.
class Side {
 public:
  explicit Side(const Assessment& a) : a_(a) {
    std::map<std::int64_t, const DispatchRecord*> orders;
    for (const DispatchRecord& d : a.dispatches) orders[d.id] = &d;
    std::map<std::string, int> seen;
    for (const MeasureRecord& m : a.measures) {
      const auto order = orders.find(m.dispatch);
      if (!m.addressed || order == orders.end()) continue;
      orders_[m.id] = order->second;
      std::string key = order_key(*order->second) + "|" + m.doc_id + "|" + m.cite_vi;
      key += fmt::format("|{}", ++seen[key]);
      demands.emplace_back(key, &m);
    }
    std::map<std::int64_t, const CollectionRecord*> collections;
    for (const CollectionRecord& c : a.collections) {
      collections[c.id] = &c;
      sources_.insert({c.collector, c.host.empty() ? c.source : c.host});
      if (c.host.empty()) ++count_[c.collector];
    }
    for (const FindingRecord& f : a.findings) {
      if (f.measure == 0 || f.subject.empty()) continue;
      if (const auto c = collections.find(f.collection); c != collections.end()) {
        from_[{f.measure, f.control, f.subject}] = c->second;
      }
      (f.result == Outcome::fail ? failing : open)[f.measure].insert({f.control, f.subject});
    }
    for (const RunRecord& r : a.runs) {
      if (r.measure == 0) continue;
      counted[r.measure] += r.failed;
      runs_[{r.measure, r.control}].push_back(&r);
    }
    for (const CollectionRecord& c : a.collections) {
      for (const auto& t : c.tables) {
        if (!c.host.empty() && t.status == "complete") seen_hosts_.insert({c.host, t.table});
      }
    }
    for (const CaseRecord& c : a.comparison.cases) {
      if (c.state == CaseState::open || c.state == CaseState::added) {
        since_[{c.measure, c.control, c.subject}] = c.since;
      }
    }
  }

  [[nodiscard]] const DispatchRecord& order_of(const MeasureRecord& m) const {
    return *orders_.at(m.id);
  }
  [[nodiscard]] std::int64_t since(std::int64_t measure, const Subject& s) const {
    const auto it = since_.find({measure, s.first, s.second});
    return it == since_.end() || it->second == 0 ? a_.as_of : it->second;
  }
  // The source that showed the subject is read again: the same one, or, as files of exports get
  // new names, as many of its collector as before.
  [[nodiscard]] bool reads_again(const Side& before, std::int64_t measure, const Subject& s) const {
    const auto at = before.from_.find({measure, s.first, s.second});
    if (at == before.from_.end()) return true;
    const CollectionRecord& c = *at->second;
    if (sources_.contains({c.collector, c.host.empty() ? c.source : c.host})) return true;
    const auto now = count_.find(c.collector);
    return c.host.empty() && now != count_.end() && now->second >= before.count_.at(c.collector);
  }
  // All facts of the control were there, or those of the very machine the subject is.
  [[nodiscard]] bool looked_at(std::int64_t measure, const Subject& s) const {
    const auto runs = runs_.find({measure, s.first});
    if (runs == runs_.end()) return false;
    const std::string host = s.second.substr(0, s.second.find(':'));
    return std::all_of(runs->second.begin(), runs->second.end(), [&](const RunRecord* run) {
      const Outcome outcome = run->outcome;
      if (outcome == Outcome::error || outcome == Outcome::not_checked) return false;
      if (run->complete) return outcome != Outcome::unknown;
      return seen_hosts_.contains({host, run->table});
    });
  }

  std::vector<std::pair<std::string, const MeasureRecord*>> demands;
  std::map<std::int64_t, Subjects> failing;
  std::map<std::int64_t, Subjects> open;      // unknown or error
  std::map<std::int64_t, std::int64_t> counted;  // failures by number alone

 private:
  const Assessment& a_;
  std::map<std::int64_t, const DispatchRecord*> orders_;
  std::map<std::pair<std::int64_t, std::string>, std::vector<const RunRecord*>> runs_;
  std::set<std::pair<std::string, std::string>> seen_hosts_;  // machine, table
  std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> since_;
  std::map<std::tuple<std::int64_t, std::string, std::string>, const CollectionRecord*> from_;
  std::set<std::pair<std::string, std::string>> sources_;  // collector, host or source
  std::map<std::string, int> count_;                       // sources that are no machine
};

int rank(Verdict v) {
  if (v == Verdict::met) return 2;
  return v == Verdict::partly_met ? 1 : 0;
}

// From "not enough evidence" a demand can only become clearer; to it, nothing can be said.
Change change_of(const ChangeRecord& c, Verdict before, Verdict after) {
  if (after == Verdict::undetermined) {
    return before == Verdict::undetermined ? Change::same : Change::unclear;
  }
  if (before == Verdict::undetermined) {
    return after == Verdict::not_met ? Change::worse : Change::better;
  }
  if (before != after) return rank(after) > rank(before) ? Change::better : Change::worse;
  if (c.closed > 0 && c.added == 0 && c.unclear == 0) return Change::better;
  if (c.added > 0 && c.closed == 0) return Change::worse;
  return Change::same;
}

ChangeRecord blank_change(const Side& side, const MeasureRecord& m) {
  ChangeRecord c;
  const DispatchRecord& order = side.order_of(m);
  c.dispatch = order.number.empty() ? order.symbol : order.number;
  c.doc_id = m.doc_id;
  c.cite_vi = m.cite_vi;
  c.text = m.text;
  return c;
}

class Comparing {
 public:
  Comparing(const Assessment& before, const Assessment& after)
      : before_(before), after_(after), named_(!before.shared && !after.shared),
        after_as_of_(after.as_of) {}

  void run(Comparison& out) {
    std::map<std::string, const MeasureRecord*> old;
    for (const auto& [key, m] : before_.demands) old[key] = m;
    for (const auto& [key, m] : after_.demands) {
      const auto match = old.find(key);
      out.changes.push_back(match == old.end() ? fresh(*m, out.cases)
                                               : known(*match->second, *m, out.cases));
      if (match != old.end()) old.erase(match);
    }
    for (const auto& [key, m] : before_.demands) {
      if (!old.contains(key)) continue;
      ChangeRecord c = blank_change(before_, *m);
      c.before = to_string(m->verdict);
      c.failing_before = before_.counted[m->id];
      c.change = Change::gone;
      out.changes.push_back(std::move(c));
    }
  }

 private:
  ChangeRecord fresh(const MeasureRecord& m, std::vector<CaseRecord>& cases) {
    ChangeRecord c = blank_change(after_, m);
    c.measure = m.id;
    c.after = to_string(m.verdict);
    c.failing_after = after_.counted[m.id];
    c.change = Change::added;
    c.since = c.failing_after > 0 ? after_as_of_ : 0;
    for (const Subject& s : after_.failing[m.id]) {
      cases.push_back({m.id, s.first, s.second, CaseState::added, after_as_of_});
    }
    return c;
  }

  ChangeRecord known(const MeasureRecord& was, const MeasureRecord& is,
                     std::vector<CaseRecord>& cases) {
    ChangeRecord c = blank_change(after_, is);
    c.measure = is.id;
    c.before = to_string(was.verdict);
    c.after = to_string(is.verdict);
    c.failing_before = before_.counted[was.id];
    c.failing_after = after_.counted[is.id];
    if (named_) subjects(was, is, c, cases);
    else if (c.failing_after < c.failing_before) c.closed = c.failing_before - c.failing_after;
    else c.added = c.failing_after - c.failing_before;
    c.change = change_of(c, was.verdict, is.verdict);
    return c;
  }

  void subjects(const MeasureRecord& was, const MeasureRecord& is, ChangeRecord& c,
                std::vector<CaseRecord>& cases) {
    const Subjects& failing = after_.failing[is.id];
    const auto put = [&](const Subject& s, CaseState state, std::int64_t since) {
      cases.push_back({is.id, s.first, s.second, state, since});
      const bool fails = state == CaseState::open || state == CaseState::added;
      if (fails && (c.since == 0 || since < c.since)) c.since = since;
    };
    for (const Subject& s : before_.failing[was.id]) {
      const std::int64_t since = before_.since(was.id, s);
      if (failing.contains(s)) {
        put(s, CaseState::open, since);
      } else if (!after_.open[is.id].contains(s) && after_.looked_at(is.id, s) &&
                 after_.reads_again(before_, was.id, s)) {
        ++c.closed;
        put(s, CaseState::closed, since);
      } else {
        ++c.unclear;
        put(s, CaseState::unclear, since);
      }
    }
    for (const Subject& s : failing) {
      if (before_.failing[was.id].contains(s)) continue;
      ++c.added;
      put(s, CaseState::added, after_as_of_);
    }
  }

  Side before_, after_;
  bool named_;
  std::int64_t after_as_of_;
};

}  // namespace

Result<Comparison> compare(const Assessment& before, const std::string& before_sha256,
                           const Assessment& after) {
  if (skeleton(before.agency.name) != skeleton(after.agency.name)) {
    return fail(err::compare_agencies, "", {{"before", before.agency.name},
                                            {"after", after.agency.name}});
  }
  if (before.as_of > after.as_of) {
    return fail(err::compare_order, "", {{"before", to_iso(local_date(before.as_of))},
                                         {"after", to_iso(local_date(after.as_of))}});
  }
  Comparison out;
  out.before_sha256 = before_sha256;
  out.before_as_of = before.as_of;
  Comparing(before, after).run(out);
  return out;
}

}  // namespace khien
