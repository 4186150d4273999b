// What a machine enforces is spread over five files; a module's own arguments win over its
// configuration file, the file over the module's built-in default.
#include "collect/host_linux/password_policy.h"

#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

constexpr std::size_t kPamLines = 200;

const PamLine* find_module(const std::vector<PamLine>& lines, std::string_view type,
                           std::string_view module) {
  for (const PamLine& line : lines) {
    if (line.type == type && line.module == module) return &line;
  }
  return nullptr;
}

Settings arguments(const PamLine& line) {
  Settings out;
  for (const std::string& arg : line.args) {
    const std::size_t at = arg.find('=');
    out[arg.substr(0, at)] = at == std::string::npos ? "" : arg.substr(at + 1);
  }
  return out;
}

std::optional<std::int64_t> value(const Settings& settings, const std::string& key) {
  const auto at = settings.find(key);
  return at == settings.end() ? std::nullopt : number(at->second);
}

void note(PasswordRule& rule, const std::string& module, const Settings& settings,
          std::initializer_list<const char*> keys) {
  rule.as_written += (rule.as_written.empty() ? "" : "; ") + module;
  for (const char* key : keys) {
    if (const auto at = settings.find(key); at != settings.end()) {
      rule.as_written += std::string(" ") + key;
      if (!at->second.empty()) rule.as_written += "=" + at->second;
    }
  }
}

// Whether what a line refuses is refused: a line that is optional, or whose failure is ignored or
// is only one way of several, refuses nothing.
bool enforces(const PamLine& line) {
  if (!line.control.starts_with('[')) {
    return line.control == "required" || line.control == "requisite";
  }
  const std::size_t at = line.control.find("default=");
  if (at == std::string::npos) return true;  // what is not named is "bad"
  const std::string_view action = std::string_view(line.control).substr(at + 8);
  return action.starts_with("die") || action.starts_with("bad");
}

// Negative credits ask for that many characters of a class; positive ones shorten the minimum.
void put_quality(PasswordRule& rule, const Settings& q, bool enforced) {
  note(rule, "pam_pwquality", q,
       {"minlen", "minclass", "dcredit", "ucredit", "lcredit", "ocredit", "enforcing"});
  if (!enforced || value(q, "enforcing").value_or(1) == 0) return;  // it warns and lets pass
  std::int64_t credits = 0;
  const auto asked = [&](const char* key) {
    const std::int64_t credit = value(q, key).value_or(0);
    if (credit > 0) credits += credit;
    return credit < 0;
  };
  rule.need_digit = asked("dcredit");
  rule.need_upper = asked("ucredit");
  rule.need_lower = asked("lcredit");
  rule.need_special = asked("ocredit");
  if (value(q, "minclass").value_or(0) >= 4) {
    rule.need_digit = rule.need_upper = rule.need_lower = rule.need_special = true;
  }
  rule.min_length = std::max<std::int64_t>(6, value(q, "minlen").value_or(8) - credits);
}

// pam_unix looks at the length itself, whatever module asked for the password before it.
void put_unix_length(PasswordRule& rule, const std::vector<PamLine>& password, bool alone) {
  const PamLine* line = find_module(password, "password", "pam_unix.so");
  if (line == nullptr) return;
  const Settings args = arguments(*line);
  const std::int64_t length = value(args, "minlen").value_or(6);
  if (alone || args.contains("minlen")) note(rule, "pam_unix", args, {"minlen", "obscure"});
  rule.min_length = std::max(rule.min_length.value_or(length), length);
}

void put_history(PasswordRule& rule, const std::vector<PamLine>& password,
                 const Settings& history) {
  rule.history = 0;
  if (const PamLine* line = find_module(password, "password", "pam_pwhistory.so")) {
    Settings args = arguments(*line);
    for (const auto& [key, text] : history) args.emplace(key, text);
    note(rule, "pam_pwhistory", args, {"remember"});
    if (enforces(*line)) rule.history = value(args, "remember").value_or(10);
  }
  if (const PamLine* line = find_module(password, "password", "pam_unix.so")) {
    const Settings args = arguments(*line);
    const std::int64_t kept = value(args, "remember").value_or(0);
    if (kept > 0) note(rule, "pam_unix", args, {"remember"});
    rule.history = std::max(*rule.history, kept);
  }
}

// pam_faillock writes failures down where it is told "authfail"; it blocks only where it is asked
// before or after the password ("preauth", "authsucc") or in the account phase.
void put_lockout(PasswordRule& rule, const std::vector<PamLine>& auth, const Settings& faillock) {
  rule.lockout_tries = 0;
  bool counts = false;
  bool blocks = false;
  std::optional<std::int64_t> tries;
  Settings told;
  for (const PamLine& line : auth) {
    if (line.module != "pam_faillock.so") continue;
    Settings args = arguments(line);
    for (const auto& [key, text] : faillock) args.emplace(key, text);
    counts = counts || (line.type == "auth" && args.contains("authfail"));
    blocks = blocks || (line.type == "account" && enforces(line)) ||
             (line.type == "auth" && (args.contains("preauth") || args.contains("authsucc")));
    const std::int64_t deny = value(args, "deny").value_or(3);
    if (line.type != "auth") continue;
    if (!tries) told = args;
    tries = tries == 0 || deny == 0 ? 0 : std::max(tries.value_or(deny), deny);
  }
  if (tries) {
    note(rule, "pam_faillock", told, {"deny", "unlock_time"});
    if (counts && blocks) rule.lockout_tries = tries;
  } else if (const PamLine* tally = find_module(auth, "auth", "pam_tally2.so")) {
    const Settings args = arguments(*tally);
    note(rule, "pam_tally2", args, {"deny", "unlock_time"});
    if (enforces(*tally)) rule.lockout_tries = value(args, "deny").value_or(0);
  }
}

// `type`: only lines of this type, as "include" and "substack" take them; "" for all.
void follow_pam(const Files& files, const std::string& service, const std::string& type, int depth,
                std::vector<PamLine>& out) {
  if (depth > 5 || service.find('/') != std::string::npos) return;
  const FileBytes text = files.read("/etc/pam.d/" + service);
  for (const PamLine& line : parse_pam(text.bytes)) {
    if (out.size() >= kPamLines) return;
    const bool inner = line.control == "include" || line.control == "substack";
    if (line.type != "include" && !inner) {
      if (type.empty() || line.type == type) out.push_back(line);
    } else if (line.type == "include" || type.empty() || line.type == type) {
      follow_pam(files, line.module, line.type == "include" ? type : line.type, depth + 1, out);
    }
  }
}

// A file's settings laid over `base`; whether it was there.
bool lay_over(const Files& files, const std::string& path, Settings& base, std::string& source) {
  const FileBytes text = files.read(path);
  if (!text.ok()) return false;
  for (auto& [key, setting] : parse_settings(text.bytes)) base[key] = setting;
  source += (source.empty() ? "" : ", ") + path;
  return true;
}

}  // namespace

std::vector<PamLine> parse_pam(std::string_view text) {
  std::string joined;  // a backslash at the end joins the next line
  std::vector<PamLine> out;
  each_line(text, [&](std::string_view raw) {
    raw = raw.substr(0, raw.find('#'));
    if (raw.ends_with('\\') && joined.size() < kLineBytes) {
      joined += std::string(raw.substr(0, raw.size() - 1)) + " ";
      return;
    }
    const std::string whole = joined + std::string(raw);
    joined.clear();
    std::vector<std::string_view> part = words(whole);
    if (part.size() == 2 && part[0] == "@include") {
      out.push_back({"include", "", std::string(part[1]), {}});
      return;
    }
    if (part.size() < 3) return;
    PamLine line;
    line.type = part[0].substr(part[0][0] == '-' ? 1 : 0);
    std::size_t at = 1;
    line.control = part[at++];
    if (line.control[0] == '[') {
      while (at < part.size() && !line.control.ends_with(']')) {
        line.control += " " + std::string(part[at++]);
      }
    }
    if (at >= part.size()) return;
    const std::string_view module = part[at++];
    line.module = module.substr(module.rfind('/') + 1);
    for (; at < part.size(); ++at) line.args.emplace_back(part[at]);
    out.push_back(std::move(line));
  });
  return out;
}

std::vector<PamLine> read_pam(const Files& files, const std::string& service) {
  std::vector<PamLine> out;
  follow_pam(files, service, "", 0, out);
  return out;
}

Settings parse_settings(std::string_view text) {
  Settings out;
  each_line(text, [&](std::string_view line) {
    line = bare(line.substr(0, line.find('#')));
    if (line.empty()) return;
    const std::size_t at = line.find_first_of("= \t");
    const std::string key(line.substr(0, at));
    std::string_view rest = at == std::string_view::npos ? "" : line.substr(at);
    rest = bare(rest);
    if (rest.starts_with('=')) rest = bare(rest.substr(1));
    out[key] = rest;
  });
  return out;
}

PasswordRule rule_from(const std::vector<PamLine>& password, const std::vector<PamLine>& auth,
                       Settings quality, const Settings& faillock, const Settings& login_defs,
                       const Settings& history) {
  PasswordRule rule;
  const PamLine* module = find_module(password, "password", "pam_pwquality.so");
  if (module == nullptr) module = find_module(password, "password", "pam_cracklib.so");
  if (module != nullptr) {
    if (module->module == "pam_cracklib.so") quality.clear();
    for (auto& [key, text] : arguments(*module)) quality[key] = text;
    put_quality(rule, quality, enforces(*module));
  }
  put_unix_length(rule, password, module == nullptr);
  if (!password.empty()) put_history(rule, password, history);
  if (!auth.empty()) put_lockout(rule, auth, faillock);
  rule.max_age_days = value(login_defs, "PASS_MAX_DAYS");
  if (rule.max_age_days && (*rule.max_age_days < 0 || *rule.max_age_days >= 9999)) {
    rule.max_age_days = 0;  // 99999 is how login.defs says "never"
  }
  if (rule.max_age_days) note(rule, "login.defs", login_defs, {"PASS_MAX_DAYS", "PASS_MIN_DAYS"});
  return rule;
}

void collect_password_rule(Survey& survey) {
  survey.begin("password_rule");
  const Files& files = survey.files;
  std::string source;
  const auto first_of = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      std::vector<PamLine> lines = read_pam(files, name);
      std::erase_if(lines, [](const PamLine& line) {
        return !line.module.starts_with("pam_") || line.type == "session";
      });
      if (lines.empty()) continue;
      source += (source.empty() ? "" : ", ") + std::string("/etc/pam.d/") + name;
      return lines;
    }
    return std::vector<PamLine>();
  };
  const std::vector<PamLine> password = first_of({"common-password", "system-auth", "passwd"});
  std::vector<PamLine> auth = first_of({"common-auth", "system-auth", "login"});
  for (PamLine& line : read_pam(files, "common-account")) auth.push_back(std::move(line));
  Settings quality;
  const std::string folder = "/etc/security/pwquality.conf.d";
  for (const std::string& name : files.list(folder).names) {
    if (name.ends_with(".conf")) lay_over(files, folder + "/" + name, quality, source);
  }
  lay_over(files, "/etc/security/pwquality.conf", quality, source);
  Settings faillock;
  lay_over(files, "/etc/security/faillock.conf", faillock, source);
  Settings history;
  lay_over(files, "/etc/security/pwhistory.conf", history, source);
  Settings defs;
  lay_over(files, "/etc/login.defs", defs, source);
  if (password.empty() && defs.empty()) {
    survey.missing("password_rule", "reason.host.no_password_policy",
                   "/etc/pam.d, /etc/login.defs");
    return;
  }
  const PasswordRule rule = rule_from(password, auth, std::move(quality), faillock, defs,
                                      history);
  Row& row = survey.add("password_rule");
  put(row, "rule_key", survey.host + ":password");
  put(row, "scope", "host");
  put_number(row, "min_length", rule.min_length);
  if (!password.empty()) {
    put_flag(row, "need_digit", rule.need_digit);
    put_flag(row, "need_lower", rule.need_lower);
    put_flag(row, "need_upper", rule.need_upper);
    put_flag(row, "need_letter", rule.need_lower || rule.need_upper);
    put_flag(row, "need_special", rule.need_special);
  }
  put_number(row, "history", rule.history);
  put_number(row, "max_age_days", rule.max_age_days);
  put_number(row, "lockout_tries", rule.lockout_tries);
  put(row, "source", source);
  put(row, "as_written", rule.as_written);
  survey.gap("password_rule", "change_on_issue", "reason.host.not_a_host_setting");
}

}  // namespace khien::host
