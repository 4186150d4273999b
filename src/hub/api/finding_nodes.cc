#include "hub/api/finding_nodes.h"

#include "hub/api/words.h"
#include "hub/server/call.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::hub {
namespace {

// The exception of that subject, by its name in the file or as people are shown it.
Node excepted_node(const std::vector<ExceptionRow>& all, const FindingRow& row,
                   const std::string& shown) {
  for (const ExceptionRow& e : all) {
    if (e.control != row.control || (e.subject != row.subject && e.subject != shown)) continue;
    return Node::map({{"until", e.until_on}, {"reason", e.reason}});
  }
  return {};
}

}  // namespace

Node finding_node(const Texts& texts, const FindingRow& row,
                  const std::vector<ExceptionRow>& excepted) {
  FindingRecord record;
  record.control = row.control, record.subject = row.subject, record.observed = row.observed;
  record.reason = row.reason, record.severity = row.severity, record.fact = row.fact;
  RunRecord run;
  run.control = row.control;
  run.failed = 1;
  const bool good = row.result == "pass" || row.result == "not_applicable";
  const bool bad = row.result == "fail";
  const std::string seen = report::observed_words(texts, row.observed);
  const std::string subject = report::subject_words(texts, row.subject);
  return Node::map(
      {{"id", text_id(row.id)},
       {"control", row.control},
       {"control_title", report::control_words(texts, row.control)},
       {"subject", subject},
       {"observed", bad ? Node(report::noted(texts, record)) : node_of_text(seen)},
       {"result", row.result},
       {"reason", row.reason.empty() || bad ? Node()
                                            : Node(report::reason_words(texts, row.reason))},
       {"severity", node_of_text(row.severity)},
       {"fix", good ? Node() : Node(report::fix_words(texts, run))},
       {"excepted", good ? Node() : excepted_node(excepted, row, subject)},
       {"stricter", row.measure == 0},
       {"machine_id", row.machine == 0 ? Node() : Node(text_id(row.machine))},
       {"account_id", row.account == 0 ? Node() : Node(text_id(row.account))}});
}

}  // namespace khien::hub
