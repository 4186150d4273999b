// Failed log-ins and firewall lines by the words their programs are known to write.
#include <array>
#include <charconv>

#include "engine/detection/log_lines.h"

namespace khien::detection {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kAccountBytes = 128;

bool has(std::string_view text, std::string_view part) { return text.find(part) != npos; }

bool is_account(std::string_view name) {
  if (name.empty() || name.size() > kAccountBytes) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && std::string_view("._-@$\\+").find(c) == npos) return false;
  }
  return true;
}

std::string account_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of(" ,;:>'\")]\t", at);
  const std::string_view name = text.substr(at, end == npos ? npos : end - at);
  return is_account(name) ? std::string(name) : "";
}

std::string after(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  return at == npos ? "" : account_at(text, at + key.size());
}

std::int64_t number_after(std::string_view text, std::string_view key, std::int64_t fallback) {
  const std::size_t at = text.find(key);
  if (at == npos) return fallback;
  std::int64_t out = 0;
  const char* begin = text.data() + at + key.size();
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), out);
  return error != std::errc{} || end == begin || out < 1 || out > 1'000'000 ? fallback : out;
}

LoginFailure sshd(std::string_view m) {
  for (const std::string_view key : {"Failed password for ", "Failed keyboard-interactive/pam for ",
                                     "Failed none for ", "Failed publickey for "}) {
    const std::size_t at = m.find(key);
    if (at == npos) continue;
    if (key == "Failed publickey for " || key == "Failed none for ") return {};  // tried first
    LoginFailure out{number_after(m, "message repeated ", 1), ""};
    const std::string_view rest = m.substr(at + key.size());
    if (!rest.starts_with("invalid user ") && !rest.starts_with("illegal user ")) {
      out.account = account_at(rest, 0);
    }
    return out;
  }
  return {};
}

LoginFailure pam(std::string_view m) {  // sshd says the same again by itself
  if (!has(m, "authentication failure;") || has(m, "(sshd:") || has(m, "(dovecot:")) return {};
  const std::size_t user = m.find(" user=");
  return {number_after(m, "message repeated ", 1), user == npos ? "" : account_at(m, user + 6)};
}

LoginFailure mail(std::string_view m) {
  if (!has(m, "auth failed,") && !has(m, "SASL LOGIN authentication failed") &&
      !has(m, "SASL PLAIN authentication failed")) {
    return {};
  }
  // Dovecot does not say here whether the name exists: only one that is an address is kept.
  const std::string account = after(m, "user=<");
  return {number_after(m, "auth failed, ", 1), has(account, "@") ? account : ""};
}

// Zimbra's audit.log. Names that it does not know are never kept.
LoginFailure zimbra(std::string_view m) {
  if (!has(m, "cmd=Auth;") || !has(m, "error=authentication failed for [")) return {};
  const bool known = has(m, "], invalid password") || has(m, "], account lockout");
  return {1, known ? after(m, "error=authentication failed for [") : ""};
}

}  // namespace

LoginFailure login_failure(std::string_view m) {
  if (has(m, "Failed ")) {
    if (const LoginFailure out = sshd(m); out.count > 0) return out;
  }
  if (has(m, "pam_")) {
    if (const LoginFailure out = pam(m); out.count > 0) return out;
  }
  if (has(m, "FAILED LOGIN") && has(m, " FOR ")) {  // login(1); UNKNOWN for a name not there
    const std::string account = after(m, has(m, "FOR '") ? "FOR '" : "FOR ");
    return {1, account == "UNKNOWN" || has(m, "User not known") ? "" : account};
  }
  if (const LoginFailure out = zimbra(m); out.count > 0) return out;
  return mail(m);
}

bool is_firewall_line(std::string_view m) {
  if (has(m, "[UFW ")) return true;
  if (has(m, "SRC=") && has(m, "DST=") && has(m, "IN=") && has(m, "PROTO=")) return true;
  if (has(m, "%ASA-") || has(m, "%FTD-") || has(m, "filterlog")) return true;
  if (has(m, "logid=") && has(m, "devname=")) return true;  // FortiGate
  if (has(m, "log_type=\"Firewall\"") || has(m, "device=\"SFW\"")) return true;  // Sophos
  if (has(m, "%%01") && (has(m, "POLICY") || has(m, "SESSION") || has(m, "PACKET"))) return true;
  if (has(m, "FireWall-1") || has(m, "|Check Point|") || has(m, " CheckPoint ")) return true;
  if (has(m, "RT_FLOW") || has(m, " firewall,info ") || has(m, "id=firewall ")) return true;
  for (const std::string_view action : {" ALLOW ", " DROP "}) {  // Windows' pfirewall.log
    if (!m.starts_with(action)) continue;
    const std::string_view protocol = m.substr(action.size(), 4);
    if (protocol == "TCP " || protocol == "UDP " || protocol == "ICMP") return true;
  }
  if (has(m, "CEF:0|Fortinet|") || has(m, "CEF:0|Palo Alto Networks|")) return true;
  return has(m, ",TRAFFIC,") && (has(m, ",1,") || has(m, "TRAFFIC,end,"));  // Palo Alto
}

}  // namespace khien::detection
