// account_score CASE_DIR [--show] [SECONDS for hash stores]: audits a folder of account data that
// has a gold.json in it and prints how well findings, weak passwords and joins agree with it, and
// whether any string of secrets.txt stands in the assessment or in its JSON.
//
// gold.json: {as_of, defects: [{control, agency, app, account, staff}], join: [{app, agency,
// account, staff}], traps: [{why, agency, app, account}], either: [{control, agency, app,
// account}]}. Entries of `either` are not scored; "*" stands for any control.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "report/account_lines.h"
#include "app/assess.h"
#include "app/context.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/account_folder/recognise.h"
#include "report/json.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

const std::map<std::string, std::string> kControls = {
    {"ACC-LEAVER", "account.leavers"}, {"ACC-TRANSFER", "account.leavers"},
    {"ACC-ORPHAN", "account.orphan"}, {"ACC-DUP", "account.duplicate"},
    {"ACC-DORMANT", "account.dormant"}, {"ACC-NEVER-LOGIN", "account.never_used"},
    {"ACC-SHARED", "account.shared"}, {"ACC-ROLE", "account.roles"},
    {"ACC-PWAGE", "account.password_age"},
    {"ACC-NEVERCHANGED", "account.password_change_on_issue"},
    {"EXT-EMAIL", "account.official_email_use"}, {"BROWSER-CRED", "host.browser_credentials"}};
const std::map<std::string, std::string> kClasses = {
    {"PWD-EMPTY", "empty"}, {"PWD-DEFAULT", "default"}, {"PWD-DICT", "dictionary"},
    {"PWD-NAME", "name"},   {"PWD-PHONE", "phone"},     {"PWD-LEAKED", "leaked"},
    {"PWD-REUSE", "reused"}};

struct Key {
  std::string control, app, agency, account;
  auto operator<=>(const Key&) const = default;
};

std::string control_of(const std::string& code) {
  if (const auto at = kControls.find(code); at != kControls.end()) return at->second;
  if (kClasses.contains(code)) return "account.weak_password";
  return "account." + fold(code.starts_with("AD-") ? "ad_" + code.substr(3) : code);
}

struct Counts {
  int right = 0, missed = 0, invented = 0;
  [[nodiscard]] double f1() const {
    const int all = 2 * right + missed + invented;
    return all == 0 ? 1 : 2.0 * right / all;
  }
};

struct Audit {
  std::map<Key, std::string> found;                     // -> class
  std::map<std::array<std::string, 3>, std::string> join;  // app, agency, account -> staff
  std::string output;
  std::string database;
};

Result<Audit> audit(app::Context& context, const fs::path& folder, const std::string& as_of,
                    std::int64_t seconds) {
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  KHIEN_TRY(Folder found, recognise_folder(folder, lexicon, FolderMap{}, context.workers()));
  for (AgencySource& source : found.agency.sources) {
    if (source.type == "password_stores") source.fields.set("budget_seconds", seconds);
  }
  app::AssessOptions options;
  options.programmes = {"accounts"};
  options.as_of = as_of;
  KHIEN_TRY(Database db, Database::in_memory());
  KHIEN_TRY(const Assessment a, app::judge_orders(context, options, found.agency, db));
  KHIEN_TRY(const auto lines, report::audit_lines(a, db));
  Audit out;
  for (const report::AuditLine& line : lines) {
    if (line.finding->result != Outcome::fail) continue;
    const report::AuditSubject& s = line.subject;
    out.found[{line.finding->control, s.app, s.agency, s.account}] = s.klass;
  }
  KHIEN_TRY(Statement s, db.prepare("select case when scope = 'host' then 'linux:' || host else app"
                                    " end, agency, login, staff_key from account"));
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    out.join[{s.text(0), s.text(1), s.text(2)}] = s.text(3);
  }
  out.output = report::json(a);
  KHIEN_TRY(out.database, db.bytes());
  return out;
}

class Scorer {
 public:
  Scorer(const Node& gold, const Audit& audit, bool show)
      : gold_(gold), audit_(audit), show_(show) {}

  void findings() {
    std::set<Key> skip;
    std::set<Key> skip_all;
    for (const Node& e : gold_["either"].items()) {
      if (e["control"].text() == "*") skip_all.insert(key(e, ""));
      else skip.insert(key(e, control_of(e["control"].text())));
    }
    std::map<Key, std::string> wanted;
    for (const Node& d : gold_["defects"].items()) {
      const std::string code = d["control"].text();
      const auto at = kClasses.find(code);
      wanted[key(d, control_of(code))] = at == kClasses.end() ? "" : at->second;
    }
    std::map<std::string, Counts> by;
    int classes = 0;
    for (const auto& [k, klass] : wanted) {
      if (skip.contains(k) || skip_all.contains({"", k.app, k.agency, k.account})) continue;
      const auto at = audit_.found.find(k);
      if (at == audit_.found.end()) {
        ++by[k.control].missed;
        tell("missed", k, klass);
        continue;
      }
      ++by[k.control].right;
      classes += k.control == "account.weak_password" && at->second == klass;
      if (at->second != klass) tell("class " + at->second + " for", k, klass);
    }
    for (const auto& [k, klass] : audit_.found) {
      if (wanted.contains(k) || skip.contains(k)) continue;
      if (skip_all.contains({"", k.app, k.agency, k.account}) || unscored(k.control)) continue;
      ++by[k.control].invented;
      tell("invented", k, klass);
    }
    print(by, classes);
  }

  void traps() {
    int reported = 0;
    for (const Node& t : gold_["traps"].items()) {
      const std::string why = t["why"].text();
      const char* control = why.find("password") != std::string::npos ? "account.password_age"
                            : why.find("login exactly") != std::string::npos ? "account.dormant"
                                                                             : "account.leavers";
      if (!audit_.found.contains(key(t, control))) continue;
      ++reported;
      tell("trap reported: " + why, key(t, control), "");
    }
    fmt::print("traps reported: {} of {}\n", reported, gold_["traps"].items().size());
  }

  void joins() {
    int right = 0;
    int wrong = 0;
    int open = 0;
    for (const Node& j : gold_["join"].items()) {
      const auto at = audit_.join.find({j["app"].text(), j["agency"].text(), j["account"].text()});
      const std::string got = at == audit_.join.end() ? "" : at->second;
      const std::string want = j["staff"].text();
      if (got == want) ++right;
      else if (got.empty()) ++open;
      else ++wrong;
      if (got != want) {
        tell(at == audit_.join.end() ? "no row for" : "joined to " + got + " not " + want,
             key(j, "join"), "");
      }
    }
    fmt::print("join: {} right, {} wrong, {} open: {:.4f}\n", right, wrong, open,
               static_cast<double>(right) / std::max(1, right + wrong + open));
  }

  // A password that is its owner's log-in cannot but stand there: those are counted apart.
  void secrets(const std::string& text) const {
    std::set<std::string> log_ins;
    for (const Node& j : gold_["join"].items()) {
      const std::string account = j["account"].text();
      log_ins.insert(account.substr(0, account.find_first_of("._@")));
    }
    int found = 0, log_in = 0;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      const std::string secret(trim(std::string_view(text).substr(from, end - from)));
      from = end + 1;
      if (secret.empty()) continue;
      const bool here = audit_.output.find(secret) != std::string::npos ||
                        audit_.database.find(secret) != std::string::npos;
      if (here) ++(log_ins.contains(secret) ? log_in : found);
    }
    fmt::print("secrets found in JSON or database: {} (and {} that are log-ins)\n", found, log_in);
  }

 private:
  static Key key(const Node& n, const std::string& control) {
    return {control, n["app"].text(), n["agency"].text(), n["account"].text()};
  }
  // Controls the gold file does not speak of.
  static bool unscored(const std::string& control) {
    static const std::set<std::string> scored = [] {
      std::set<std::string> out = {"account.weak_password", "account.ad_reversible",
                                   "account.ad_noexpire", "account.ad_lm", "account.ad_notreqd",
                                   "account.ad_nopreauth"};
      for (const auto& [code, control_id] : kControls) out.insert(control_id);
      return out;
    }();
    return !scored.contains(control);
  }
  void tell(const std::string& what, const Key& k, const std::string& more) const {
    if (!show_) return;
    fmt::print("  {} {} {}/{}/{} {}\n", what, k.control, k.app, k.agency, k.account, more);
  }
  static void print(const std::map<std::string, Counts>& by, int classes) {
    Counts all;
    for (const auto& [control, c] : by) {
      fmt::print("{:<36} right {:5}  missed {:4}  invented {:4}  F1 {:.3f}\n", control, c.right,
                 c.missed, c.invented, c.f1());
      all.right += c.right;
      all.missed += c.missed;
      all.invented += c.invented;
    }
    fmt::print("{:<36} right {:5}  missed {:4}  invented {:4}  F1 {:.4f}\n", "findings", all.right,
               all.missed, all.invented, all.f1());
    if (const auto at = by.find("account.weak_password"); at != by.end()) {
      const Counts& c = at->second;
      fmt::print("weak passwords: recall {:.4f}, false {}, class right {} of {}\n",
                 static_cast<double>(c.right) / std::max(1, c.right + c.missed), c.invented,
                 classes, c.right);
    }
  }

  const Node& gold_;
  const Audit& audit_;
  bool show_;
};

int run(const fs::path& folder, bool show, std::int64_t seconds) {
  auto content = Content::open(built_in_content());
  if (!content) return fmt::print(stderr, "{}\n", to_string(content.error())), 3;
  auto texts = Texts::load(*content, "en");
  if (!texts) return fmt::print(stderr, "{}\n", to_string(texts.error())), 3;
  app::Context context(std::move(*content), std::move(*texts));
  const auto gold_text = read_file(folder / "gold.json", 64 * limits::kMiB);
  if (!gold_text) return fmt::print(stderr, "{}\n", to_string(gold_text.error())), 3;
  const auto gold = parse_json(*gold_text, "gold.json");
  if (!gold) return fmt::print(stderr, "{}\n", to_string(gold.error())), 3;
  const SystemClock clock;
  const auto from = clock.steady_ms();
  const auto audited = audit(context, folder, (*gold)["as_of"].text(), seconds);
  if (!audited) return fmt::print(stderr, "{}\n", to_string(audited.error())), 3;
  fmt::print("{}: {} ms\n", folder.filename().string(), clock.steady_ms() - from);
  Scorer scorer(*gold, *audited, show);
  scorer.findings();
  scorer.traps();
  scorer.joins();
  if (const auto secrets = read_file(folder / "secrets.txt", limits::kMiB))
    scorer.secrets(*secrets);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print(stderr, "account_score CASE_DIR [--show]\n"), 2;
  bool show = false;
  std::int64_t seconds = 0;
  for (int i = 2; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--show") show = true;
    else seconds = std::atoll(argv[i]);
  }
  return run(argv[1], show, seconds);
}
