// One pass, no copy but for folded and base64 values. Names are looked up in a fixed list: what is
// not on it is not even unfolded.
#include "format/directory/ldif.h"

#include <openssl/evp.h>

#include "base/hash.h"
#include "base/text.h"
#include "format/crypt_scheme.h"
#include "format/errors.h"

namespace khien::directory {
namespace {

constexpr std::size_t kLongestName = 48;
constexpr std::string_view kPassword = "userpassword";
constexpr std::string_view kEntryName = "# name ";       // of zmprov
constexpr std::string_view kHidden = "VALUE-BLOCKED";    // ... in a password's place

// Lower case; the mapping's vocabulary.
constexpr std::string_view kKept[] = {
    // every directory
    "objectclass", "cn", "sn", "givenname", "displayname", "uid", "mail", "title", "department",
    "ou", "telephonenumber", "mobile", "employeeid", "employeenumber", "description", "memberof",
    "schacdateofbirth", "createtimestamp", "entryuuid",
    // Active Directory
    "samaccountname", "samaccounttype", "useraccountcontrol", "msds-user-account-control-computed",
    "whencreated", "pwdlastset", "lastlogon", "lastlogontimestamp", "accountexpires", "lockouttime",
    "admincount", "primarygroupid", "objectsid", "msds-userpasswordexpirytimecomputed",
    "msexchrecipienttypedetails", "minpwdlength", "pwdproperties", "maxpwdage", "pwdhistorylength",
    "lockoutthreshold", "lockoutduration", "msds-minimumpasswordlength",
    "msds-passwordcomplexityenabled", "msds-maximumpasswordage", "msds-passwordhistorylength",
    "msds-lockoutthreshold", "msds-lockoutduration", "msds-passwordreversibleencryptionenabled",
    "msds-passwordsettingsprecedence", "msds-psoappliesto",
    // OpenLDAP and 389: ppolicy, lastbind, shadow, groups
    "pwdchangedtime", "pwdaccountlockedtime", "pwdreset", "authtimestamp", "pwdlastsuccess",
    "pwdendtime", "pwdpolicysubentry", "nsaccountlock", "shadowlastchange", "shadowmax",
    "shadowexpire", "gidnumber", "member", "uniquemember", "memberuid", "pwdminlength",
    "pwdcheckquality", "pwdmaxage", "pwdinhistory", "pwdmaxfailure", "pwdlockout",
    "pwdlockoutduration", "pwdmustchange",
    // Zimbra
    "zimbraaccountstatus", "zimbralastlogontimestamp", "zimbrapasswordmodifiedtime",
    "zimbracreatetimestamp", "zimbraisadminaccount", "zimbraisdelegatedadminaccount",
    "zimbrapasswordmustchange", "zimbramaildeliveryaddress", "zimbratwofactorauthenabled",
    "zimbraissystemaccount", "zimbraissystemresource", "zimbrapasswordminlength",
    "zimbrapasswordminuppercasechars", "zimbrapasswordminlowercasechars",
    "zimbrapasswordminnumericchars", "zimbrapasswordminpunctuationchars",
    "zimbrapasswordminalphachars", "zimbrapasswordmindigitsorpuncs",
    "zimbrapasswordenforcehistory", "zimbrapasswordmaxage", "zimbrapasswordlockoutenabled",
    "zimbrapasswordlockoutmaxfailures"};

bool is_name(std::string_view name, std::string_view lower) {
  return name.size() == lower.size() &&
         std::equal(name.begin(), name.end(), lower.begin(),
                    [](char a, char b) { return ascii_lower(a) == b; });
}

bool from_base64(std::string_view text, std::string& out) {
  if (text.size() % 4 != 0) return false;
  out.resize(text.size() / 4 * 3);
  if (text.empty()) return true;
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(text.data()),
                                static_cast<int>(text.size()));
  if (n < 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  out.resize(static_cast<std::size_t>(n) - padding);
  return true;
}

}  // namespace

std::string_view kept_name(std::string_view name) {
  static const std::unordered_map<std::string_view, std::string_view> all = [] {
    std::unordered_map<std::string_view, std::string_view> out;
    for (const std::string_view kept : kKept) out[kept] = kept;
    return out;
  }();
  if (name.size() > kLongestName) return "";
  std::array<char, kLongestName> low{};
  std::transform(name.begin(), name.end(), low.begin(),
                 [](char c) { return ascii_lower(c); });
  const auto at = all.find(std::string_view(low.data(), name.size()));
  return at == all.end() ? std::string_view() : at->second;
}

const std::string* Entry::find(std::string_view name) const {
  for (const auto& [key, value] : values) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view Entry::get(std::string_view name) const {
  const std::string* value = find(name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

bool Entry::is(std::string_view object_class) const {
  return std::any_of(values.begin(), values.end(), [&](const auto& v) {
    return v.first == "objectclass" && is_name(v.second, object_class);
  });
}

bool Entry::has_class_prefix(std::string_view prefix) const {
  return std::any_of(values.begin(), values.end(), [&](const auto& v) {
    return v.first == "objectclass" && v.second.size() >= prefix.size() &&
           is_name(std::string_view(v.second).substr(0, prefix.size()), prefix);
  });
}

LdifReader::LdifReader(std::string_view text, std::string place)
    : rest_(text), place_(std::move(place)) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  named_ = looks_like_zmprov(rest_);
}

std::string_view LdifReader::physical_line() {
  const std::size_t end = rest_.find('\n');
  std::string_view out = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (out.ends_with('\r')) out.remove_suffix(1);
  ++line_;
  return out;
}

LdifReader::Step LdifReader::read_line(Line& line) {
  if (rest_.empty()) return Step::end;
  std::string_view whole = physical_line();
  if (whole.empty()) return Step::blank;
  if (rest_.starts_with(' ')) {
    unfolded_.assign(whole);
    while (rest_.starts_with(' ')) unfolded_.append(physical_line().substr(1));
    whole = unfolded_;
  }
  if (whole.front() == '#' || whole == "-") return Step::other;
  const std::size_t colon = whole.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    ++bad_;
    return Step::other;
  }
  line.name = whole.substr(0, std::min(colon, whole.find(';')));
  line.value = whole.substr(colon + 1);
  line.kind = ' ';
  if (!line.value.empty() && (line.value.front() == ':' || line.value.front() == '<')) {
    line.kind = line.value.front();
    line.value.remove_prefix(1);
  }
  while (line.value.starts_with(' ')) line.value.remove_prefix(1);
  return Step::line;
}

bool LdifReader::decode(const Line& line, std::string& out) {
  if (line.kind == '<') return false;
  if (line.kind == ' ') {
    out.assign(line.value);
    return true;
  }
  std::string_view text = line.value;
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (from_base64(text, out)) return true;
  ++bad_;
  return false;
}

Done LdifReader::take(const Line& line, Entry& entry) {
  const bool dn = is_name(line.name, "dn");
  const bool password = is_name(line.name, kPassword);
  const std::string_view name = dn || password ? line.name : kept_name(line.name);
  if (name.empty()) return {};
  if (line.value.size() > kValueBytes || entry.values.size() >= kValues) {
    return fail(err::directory_value, place_, {{"line", std::to_string(line_)},
                                               {"limit", std::to_string(kValueBytes)}});
  }
  std::string value;
  if (!decode(line, value)) return {};
  if (password) {
    const bool told = value != kHidden && entry.password_scheme.empty();
    if (told) entry.password_scheme = password_scheme(value);
    wipe(value);
    wipe(unfolded_);
  } else if (dn) {
    entry.dn = std::move(value);
  } else {
    entry.values.emplace_back(name, std::move(value));
  }
  return {};
}

// Values are not folded, and a value of several lines is printed as it is: only the first line of
// such a one has a name, and attributes come in the order of their names. The first value counts.
Result<bool> LdifReader::next_named(Entry& entry) {
  bool any = false;
  while (!rest_.empty()) {
    const bool opens = rest_.starts_with(kEntryName);
    if (opens && any) break;
    const std::string_view whole = physical_line();
    any = any || opens;
    const std::size_t colon = whole.find(": ");
    if (opens || !any || colon == std::string_view::npos || colon == 0) continue;
    const bool packed = whole[colon - 1] == ':';  // "displayName:: TMOq"
    KHIEN_DO(take({whole.substr(0, colon - packed), whole.substr(colon + 2), packed ? ':' : ' '},
                  entry));
  }
  if (any && ++entries_ > kEntries) {
    return fail(err::directory_entries, place_, {{"limit", std::to_string(kEntries)}});
  }
  return any;
}

Result<bool> LdifReader::next(Entry& entry) {
  for (;;) {
    entry.dn.clear();
    entry.values.clear();
    entry.password_scheme.clear();
    if (named_) return next_named(entry);
    bool any = false;
    bool change = false;
    Line line;
    Step step = Step::blank;
    while ((step = read_line(line)) != Step::end && !(step == Step::blank && any)) {
      if (step != Step::line) continue;
      if (!any && is_name(line.name, "version")) continue;
      any = true;
      if (is_name(line.name, "changetype")) {
        std::string kind;
        change = !decode(line, kind) || !is_name(kind, "add");
      }
      if (!change) KHIEN_DO(take(line, entry));
    }
    if (!any) return false;
    skipped_ += change;
    if (change || entry.dn.empty()) continue;  // ldapsearch ends with lines of its own, without dn
    if (++entries_ > kEntries) {
      return fail(err::directory_entries, place_, {{"limit", std::to_string(kEntries)}});
    }
    return true;
  }
}

bool looks_like_zmprov(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  return head.starts_with(kEntryName) && head.find("\nobjectClass: ") != std::string_view::npos;
}

bool looks_like_ldif(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (looks_like_zmprov(head)) return true;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#' || line.front() == ' ') continue;
    const std::string_view name = line.substr(0, std::min(line.find(':'), line.size()));
    return name.size() < line.size() && (is_name(name, "dn") || is_name(name, "version"));
  }
  return false;
}

std::string password_scheme(std::string_view value) {
  if (value.empty()) return "empty";
  const std::size_t end = value.find('}');
  if (value.front() != '{' || end == std::string_view::npos || end > 24) return "plain";
  std::string out;
  for (const char c : value.substr(1, end - 1)) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '-' || c == '_' || c == '.';
    if (!word) return "plain";
    out += ascii_upper(c);
  }
  if (out == "CRYPT") out += " " + crypt_scheme(value.substr(end + 1));
  return out.empty() ? "plain" : out;
}

const std::vector<std::string_view>& kept_attributes() {
  static const std::vector<std::string_view> all(std::begin(kKept), std::end(kKept));
  return all;
}

}  // namespace khien::directory
