// What the first lines of a text say it is; by shape, never by one lucky line.
#include <algorithm>
#include <cctype>
#include <map>

#include "base/text.h"
#include "collect/account_folder/recognise.h"
#include "collect/directory/csvde.h"
#include "collect/directory/domain_dump.h"
#include "format/directory/ldif.h"
#include "format/directory/text_forms.h"
#include "format/table/fortios.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kLines = 40;
constexpr std::size_t kFirstLines = 8 * 1024;  // bytes

std::vector<std::string_view> first_lines(std::string_view text) {
  std::vector<std::string_view> out;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && out.size() < kLines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty() && line.front() != '#') out.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isxdigit(c) != 0;
         });
}

std::vector<std::string_view> split(std::string_view line, char mark) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = line.find(mark);
    out.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return out;
    line.remove_prefix(at + 1);
  }
}

// DOMAIN\user:RID:LM:NT:::
bool like_pwdump(std::string_view line) {
  const auto parts = split(line, ':');
  return parts.size() >= 4 && !parts[0].empty() && !parts[1].empty() &&
         std::all_of(parts[1].begin(), parts[1].end(), [](unsigned char c) {
           return std::isdigit(c) != 0;
         }) &&
         (is_hex(parts[2], 32) || parts[2].starts_with("NO PASSWORD")) &&
         (is_hex(parts[3], 32) || parts[3].starts_with("NO PASSWORD"));
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// HASH or HASH:count, of NT or SHA-1.
bool like_leaked(std::string_view line) {
  const auto parts = split(line, ':');
  return (is_hex(parts[0], 32) || is_hex(parts[0], 40)) && parts.size() <= 2 &&
         (parts.size() == 1 || is_digits(parts[1]));
}

// HASH:password or login:HASH:password, what programs that find passwords out write.
bool like_found_out(std::string_view line) {
  const auto parts = split(line, ':');
  const auto hash = [](std::string_view text) {
    return is_hex(text, 32) || is_hex(text, 40) || is_hex(text, 64) || is_hex(text, 128) ||
           (text.starts_with('$') && text.size() > 20);
  };
  return (parts.size() == 2 && hash(parts[0]) && !parts[1].empty()) ||
         (parts.size() == 3 && hash(parts[1]) && !parts[2].empty());
}

// One log-in or mail address and nothing else.
bool like_one_name(std::string_view line) {
  return line.find_first_of(" \t,;:|=\"<>(){}/") == std::string_view::npos;
}

// login:hash, login:1000:name, of web servers and Samba.
bool like_login_and_more(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < line.size() &&
         line[colon + 1] != ' ' && line[colon + 1] != '/' &&
         line.substr(0, colon).find_first_of(" \t,;|=\"<>(){}/") == std::string_view::npos;
}

// The element a document of XML is made of, without its prefix: "cvrfdoc" of <cvrf:cvrfdoc>.
std::string_view root_of(std::string_view text) {
  std::size_t at = text.find('<');
  while (at != std::string_view::npos && at + 1 < text.size()) {
    const bool comment = text.substr(at).starts_with("<!--");
    if (!comment && text[at + 1] != '?' && text[at + 1] != '!') break;
    const std::size_t end = text.find(comment ? "-->" : ">", at);
    at = end == std::string_view::npos ? end : text.find('<', end);
  }
  if (at == std::string_view::npos) return {};
  const std::string_view name =
      text.substr(at + 1, text.find_first_of(" \t\r\n/>", at + 1) - at - 1);
  return name.substr(name.find(':') + 1);  // npos + 1 = 0: a name without a prefix
}

// Documents that other commands read, or that hold no accounts.
bool is_known_document(std::string_view root) {
  static constexpr const char* kRoots[] = {"cvrfdoc", "nmaprun", "nessusclientdata_v2", "feed",
                                           "events",  "svg",     "oval_definitions",    "rss"};
  return std::find(std::begin(kRoots), std::end(kRoots), root) != std::end(kRoots);
}

// XML that is no table of a page or a workbook: Export-Clixml and the like.
bool is_other_xml(std::string_view start) {
  if (!start.starts_with('<')) return false;
  const std::string text = ascii_lower(start);
  for (const char* mark : {"<html", "<table", "<!doctype html", "office:spreadsheet"}) {
    if (text.find(mark) != std::string::npos) return false;
  }
  return (text.starts_with("<?xml") || text.starts_with("<objs")) &&
         !is_known_document(root_of(text));
}

// What databases write of themselves.
bool like_sql(std::string_view head) {
  const std::string text = ascii_lower(head);
  for (const char* mark : {"insert into ", "create table ", "-- mysql dump", "-- mariadb dump",
                           "-- postgresql database dump", "copy public."}) {
    const std::size_t at = text.find(mark);
    if (at != std::string::npos && (at == 0 || text[at - 1] == '\n')) return true;
  }
  return false;
}

// The whole configuration of a firewall, router or switch: its administrators and users of its VPN
// stand in it (Cisco, Huawei and H3C, MikroTik, Juniper; FortiOS is read: format/table/fortios.h).
bool like_device_config(const std::vector<std::string_view>& lines, std::string_view head) {
  static constexpr const char* kBegins[] = {"config user ldap", "local-user ",
                                            "set system login user ", "/user add ",
                                            "/ppp secret"};
  const auto begins = [](std::string_view line) {
    if (line.starts_with("username ")) {  // "username an privilege 15 secret 9 ..."
      for (const char* word : {" privilege ", " password ", " secret ", " nopassword"}) {
        if (line.find(word) != std::string_view::npos) return true;
      }
    }
    return std::any_of(std::begin(kBegins), std::end(kBegins),
                       [&](const char* begin) { return line.starts_with(begin); });
  };
  if (std::any_of(lines.begin(), lines.end(), begins)) return true;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    if (begins(trim(head.substr(at, end - at)))) return true;
    at = end + 1;
  }
  return false;
}

// "CN=An,OU=Phong,DC=so,DC=test", as dsquery writes one user a line.
bool like_distinguished_name(std::string_view line) {
  if (line.starts_with('"')) line.remove_prefix(1);
  const std::string low = ascii_lower(line);
  const bool person = low.starts_with("cn=") || low.starts_with("uid=");
  return person && low.find(",dc=") != std::string::npos;
}

// What secretsdump prints around its pwdump lines: banners, Kerberos keys, cached log-ins.
bool like_dump_note(std::string_view line) {
  if (line.starts_with("[") || line.starts_with("Impacket")) return true;
  const auto parts = split(line, ':');
  if (parts.size() < 2) return false;
  static constexpr const char* kMarks[] = {"aes256-cts", "aes128-cts", "des-cbc", "rc4_hmac",
                                           "rc4-hmac",   "0x",         "plain_password_hex",
                                           "CLEARTEXT",  "$DCC2$"};
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](const char* mark) { return parts[1].starts_with(mark); });
}

bool like_dump(const std::vector<std::string_view>& lines) {
  return std::any_of(lines.begin(), lines.end(), like_pwdump) &&
         std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
           return like_pwdump(line) || like_dump_note(line);
         });
}

// "net localgroup Administrators": who is a member, and nothing else of them.
bool like_members(const std::vector<std::string_view>& lines) {
  const auto rule = std::find_if(lines.begin(), lines.end(), [](std::string_view line) {
    return line.size() > 60 && line.find_first_not_of('-') == std::string_view::npos;
  });
  const std::string first = lines.empty() ? "" : ascii_lower(lines.front());
  const bool group = first.starts_with("alias name ") || first.starts_with("group name ");
  return group && rule != lines.end();
}

// Settings of a program with its users among them.
bool yaml_of_users(const std::vector<std::string_view>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
    if (line.starts_with("- ")) line.remove_prefix(2);
    const std::string low = ascii_lower(trim(line));
    for (const char* key : {"username:", "user_name:", "login:", "users:", "accounts:", "uid:"}) {
      if (low.starts_with(key)) return true;
    }
    return false;
  });
}

bool named_as_yaml(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

bool is_unix_login(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_of(" \t,;\"'/|") == std::string_view::npos;
}

// login:x:1000:1000:name:/home/login:/bin/bash
bool like_passwd(std::string_view line) {
  const auto parts = split(line, ':');
  return parts.size() == 7 && is_unix_login(parts[0]) && !parts[2].empty() &&
         is_digits(parts[2]) && !parts[3].empty() && is_digits(parts[3]) &&
         (parts[5].empty() || parts[5].starts_with('/'));
}

// sudo:x:27:login,login and sudo:!::login: groups beside passwd and shadow, no accounts.
bool like_group(std::string_view line) {
  const auto parts = split(line, ':');
  if (parts.size() != 4 || !is_unix_login(parts[0])) return false;
  const bool hidden = parts[1] == "!" || parts[1] == "*" || parts[1] == "!!" || parts[1].empty();
  return (!parts[2].empty() && is_digits(parts[2]) && parts[1].size() <= 1) || hidden;
}

// login:hash:19000:0:99999:7:::
bool like_shadow(std::string_view line) {
  const auto parts = split(line, ':');
  if (parts.size() != 9 || !is_unix_login(parts[0])) return false;
  return std::all_of(parts.begin() + 2, parts.end(), [](std::string_view part) {
    return part.find_first_not_of("-0123456789") == std::string_view::npos;
  });
}

template <class Like>
bool most(const std::vector<std::string_view>& lines, Like like) {
  const auto good = std::count_if(lines.begin(), lines.end(), like);
  return !lines.empty() && static_cast<std::size_t>(good) * 10 >= lines.size() * 9;
}

bool named_as_words(const std::string& path) {
  static constexpr const char* kParts[] = {"lists/", "list/", "words", "wordlist", "dict",
                                           "tu-dien", "tudien", "tu_dien", "mat-khau-yeu"};
  const std::string name = skeleton(path);
  return std::any_of(std::begin(kParts), std::end(kParts), [&](const char* part) {
    return name.find(part) != std::string::npos;
  });
}

}  // namespace

std::string sniff_text(std::string_view head, const std::string& path) {
  const std::string_view start = trim(head.substr(0, 4096));
  if (root_of(start) == "pfsense" || root_of(start) == "opnsense") return "config";
  if (is_other_xml(start)) return "xml";
  if (begins_as_json(start) || start.starts_with("[\"")) return "json";
  if (looks_like_fortios(head)) return "fortios";
  const std::vector<std::string_view> lines = first_lines(head);
  if (lines.empty()) return "";
  if (directory::looks_like_zmprov(head) || directory::looks_like_csvde(head)) return "ldif";
  if (lines[0].starts_with("version:") || lines[0].starts_with("dn:")) return "ldif";
  if (most(lines, like_pwdump) || like_dump(lines)) {
    return directory::looks_like_domain_dump(head) ? "domain_dump" : "pwdump";
  }
  if (named_as_yaml(path)) {
    if (lines[0].starts_with("password_rules:")) return "rules";
    return yaml_of_users(lines) ? "yaml" : "";
  }
  if (directory::read_net_accounts(head) || directory::read_secedit(head)) return "policy";
  if (most(lines, like_leaked)) return "leaked";
  if (most(lines, like_found_out)) return "potfile";
  if (most(lines, like_passwd)) return "passwd";
  if (most(lines, like_shadow)) return "shadow";
  if (most(lines, like_group)) return "group";
  if (like_sql(head)) return "sql";
  if (like_device_config(lines, head)) return "config";
  if (most(lines, like_distinguished_name) || like_members(lines)) return "names";
  const bool one_word = most(lines, [](std::string_view line) {
    return line.find_first_of("\t;,") == std::string_view::npos;
  });
  if (one_word && named_as_words(path)) return "words";
  if (lines.size() > 1 && most(lines, like_one_name)) return "names";
  if (lines.size() > 1 && most(lines, like_login_and_more)) return "colons";
  return "table";
}

// Whole lines of the first bytes: a character cut in two would look like another encoding.
std::string sniff_bytes(std::string_view head, const std::string& name) {
  if (head.size() > kFirstLines) {
    const std::size_t end = head.rfind('\n', kFirstLines);
    if (end != std::string_view::npos && !head.starts_with("\xFF\xFE") &&
        !head.starts_with("\xFE\xFF")) {
      head = head.substr(0, end + 1);
    }
  }
  const auto text = decode_text(head, name);
  return text ? sniff_text(text->text, name) : "";
}

std::string type_of_shape(const std::string& shape) {
  static const std::map<std::string, std::string> types = {
      {"ldif", "directory"},        {"policy", "directory"},
      {"domain_dump", "directory"},
      {"directory", "directory"},   {"pwdump", "password_stores"},
      {"shadow", "password_stores"}, {"password_store", "password_stores"},
      {"leaked", "leaked_list"},    {"leaked_list", "leaked_list"},
      {"words", "word_list"},       {"word_list", "word_list"},
      {"passwd", "accounts"},       {"rules", "password_rules"},
      {"password_policy", "password_policy"}};
  const auto at = types.find(shape);
  return at == types.end() ? "" : at->second;
}

}  // namespace khien
