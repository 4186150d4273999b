// The phone message says kinds of demands in the project's own words, never the clause: a clause
// may name people, accounts, links or machines.
#include <algorithm>

#include "base/text.h"
#include "report/draft.h"
#include "report/draft_words.h"
#include "report/head.h"
#include "report/words.h"

namespace khien::report {
namespace {

// A kind as a short demand, with the numbers an order may state.
std::string demand(const Ordered& o, const std::string& kind, const Texts& texts) {
  if (kind == "account.password_policy" && stated_length(o) > 0) {
    return texts("draft.message.length", {{"n", stated_length(o)}});
  }
  if (kind == "account.password_rotation" && !rotation_words(o, texts).empty()) {
    return texts("draft.message.rotation", {{"period", rotation_words(o, texts)}});
  }
  const std::string words = kind_words(texts, kind);
  std::u32string points = to_u32(words);  // mid-sentence: small first letter
  if (points.size() > 1 && !is_upper(points[1])) points[0] = lower(points[0]);
  return to_utf8(points);
}

// Only what a message may carry: digits and letters of a document's number, a short form.
std::string order_words(const Ordered& o, const Texts& texts) {
  DispatchRecord d = o.dispatch;
  d.number = excerpt(d.number, 40);
  d.symbol = excerpt(d.symbol, 40);
  d.form = excerpt(d.form, 30);
  const std::string name = number_of(texts, d) + dated(texts, d.issued_on);
  const bool address = name.find('@') != name.npos || name.find("://") != name.npos;
  return address ? texts("report.form.dispatch") : name;
}

}  // namespace

std::string draft_message(const Ordered& o, const AgencyRecord& agency, const std::string& due_on,
                          const Texts& texts) {
  const std::string who =
      agency.name.empty() ? texts("draft.message.agency") : excerpt(agency.name, 60);
  const std::string head =
      has_order(o) ? texts("draft.message.head", {{"agency", who},
                                                  {"dispatch", order_words(o, texts)}})
                   : texts("draft.message.head_plain", {{"agency", who}});
  const std::string tail =
      due_on.empty() ? texts("draft.message.tail")
                     : texts("draft.message.tail_due", {{"date", texts.date(due_on)}});
  const std::string more = texts("draft.message.more");
  std::vector<std::string> kinds;  // of the order, each once, as it comes
  for (const MeasureRecord& m : o.measures) {
    for (const KindRecord& k : m.kinds) {
      const bool frame = k.kind == "other.manual" || k.kind.starts_with("directive.") ||
                         k.kind.starts_with("support.") || k.kind.starts_with("leader.");
      if (!m.addressed || frame) continue;
      if (std::find(kinds.begin(), kinds.end(), k.kind) == kinds.end()) kinds.push_back(k.kind);
    }
  }
  if (kinds.empty()) kinds = {"account.password_policy", "mail.phishing", "host.malware_scan"};
  std::string body;
  const std::size_t room = kMessageLength - std::min(kMessageLength, code_points(head + tail));
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string next = (body.empty() ? "" : "; ") + demand(o, kinds[i], texts);
    const std::size_t rest = i + 1 == kinds.size() ? 0 : code_points(more);
    if (code_points(body + next) + rest > room) {
      body += more;
      break;
    }
    body += next;
  }
  return head + body + tail;
}

}  // namespace khien::report
