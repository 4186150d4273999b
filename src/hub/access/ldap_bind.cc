#include "hub/access/ldap_bind.h"

#include <ldap.h>

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr long kSeconds = 5;
constexpr ber_len_t kMessageBytes = 1 << 20;
constexpr std::size_t kAttributeBytes = 64;

struct Free {
  void operator()(LDAP* p) const { ldap_unbind_ext_s(p, nullptr, nullptr); }
  void operator()(LDAPMessage* p) const { ldap_msgfree(p); }
  void operator()(LDAPURLDesc* p) const { ldap_free_urldesc(p); }
  void operator()(char* p) const { ldap_memfree(p); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;

tl::unexpected<Error> trouble(const DirectoryServer& server, const std::string& detail) {
  return fail(err::directory_trouble, server.url, {{"detail", visible(detail)}});
}
tl::unexpected<Error> trouble(const DirectoryServer& server, int code) {
  return trouble(server, std::string(ldap_err2string(code)));
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// The authorities lie in a file for a moment: libldap takes no text.
Done trust_only(LDAP* ldap, const std::string& authorities) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const std::string file = (folder.path() / "ca.pem").string();
  KHIEN_DO(write_file(file, authorities, Access::owner));
  const int client = 0;
  ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, file.c_str());
  ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &client);
  return {};
}

Result<Held<LDAP>> connect(const DirectoryServer& server) {
  LDAPURLDesc* parsed = nullptr;
  if (ldap_url_parse(server.url.c_str(), &parsed) != LDAP_URL_SUCCESS) {
    return trouble(server, "URL");
  }
  const Held<LDAPURLDesc> address(parsed);
  const bool tls = std::string_view(address->lud_scheme) == "ldaps";
  const bool here = is_this_machine(address->lud_host == nullptr ? "" : address->lud_host);
  LDAP* raw = nullptr;
  if (const int code = ldap_initialize(&raw, server.url.c_str()); code != LDAP_SUCCESS) {
    return trouble(server, code);
  }
  Held<LDAP> ldap(raw);
  const int version = LDAP_VERSION3;
  const timeval limit{kSeconds, 0};
  const int demand = LDAP_OPT_X_TLS_DEMAND;
  const int newest = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
  ldap_set_option(raw, LDAP_OPT_PROTOCOL_VERSION, &version);
  ldap_set_option(raw, LDAP_OPT_NETWORK_TIMEOUT, &limit);
  ldap_set_option(raw, LDAP_OPT_TIMEOUT, &limit);
  ldap_set_option(raw, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  ldap_set_option(raw, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
  ldap_set_option(raw, LDAP_OPT_X_TLS_PROTOCOL_MIN, &newest);
  if (!server.authorities.empty()) KHIEN_DO(trust_only(raw, server.authorities));
  // Of one message; the library would take what the server says it is long.
  Sockbuf* socket = nullptr;
  ber_len_t longest = kMessageBytes;
  if (ldap_get_option(raw, LDAP_OPT_SOCKBUF, &socket) == LDAP_OPT_SUCCESS && socket != nullptr) {
    ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &longest);
  }
  if (!tls) {
    const int code = ldap_start_tls_s(raw, nullptr, nullptr);
    if (code != LDAP_SUCCESS && !here) return trouble(server, code);
  }
  return ldap;
}

int bind_as(LDAP* ldap, const std::string& dn, const std::string& password) {
  berval secret{password.size(), const_cast<char*>(password.data())};
  return ldap_sasl_bind_s(ldap, dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, nullptr);
}

// The DN of the one entry; "" when there is none, or more than one.
Result<std::string> entry_of(LDAP* ldap, const DirectoryServer& server, const std::string& login) {
  const std::string filter = fmt::format("({}={})", server.attribute, filter_value(login));
  std::string none = LDAP_NO_ATTRS;
  char* attributes[] = {none.data(), nullptr};
  timeval limit{kSeconds, 0};
  LDAPMessage* raw = nullptr;
  const int code = ldap_search_ext_s(ldap, server.base.c_str(), LDAP_SCOPE_SUBTREE, filter.c_str(),
                                     attributes, 0, nullptr, nullptr, &limit, 2, &raw);
  const Held<LDAPMessage> found(raw);
  if (code == LDAP_SIZELIMIT_EXCEEDED || code == LDAP_NO_SUCH_OBJECT) return std::string();
  if (code != LDAP_SUCCESS) return trouble(server, code);
  if (ldap_count_entries(ldap, found.get()) != 1) return std::string();
  const Held<char> dn(ldap_get_dn(ldap, ldap_first_entry(ldap, found.get())));
  return std::string(dn ? dn.get() : "");
}

bool is_attribute(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && name.size() <= kAttributeBytes && name[0] > '9' &&
         std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

DirectoryServer directory_server_from(const Node& node) {
  DirectoryServer out;
  out.url = node["url"].text();
  out.base = node["base"].text();
  out.attribute = node["attribute"].text(out.attribute);
  out.reader = node["reader"].text();
  out.authorities = node["authorities"].text();
  return out;
}

Node directory_server_node(const DirectoryServer& s) {
  return Node::map({{"url", s.url}, {"base", s.base}, {"attribute", s.attribute},
                    {"reader", s.reader}, {"authorities", s.authorities}});
}

Done check_directory_server(const DirectoryServer& server) {
  const auto wrong = [](const char* field, const std::string& value) {
    return fail(err::directory_setting, std::string("body.directory.") + field,
                {{"value", visible(value)}});
  };
  if (server.url.empty()) return {};  // none
  if (!server.url.starts_with("ldap://") && !server.url.starts_with("ldaps://")) {
    return wrong("url", server.url);
  }
  LDAPURLDesc* parsed = nullptr;
  const bool good = ldap_url_parse(server.url.c_str(), &parsed) == LDAP_URL_SUCCESS;
  const Held<LDAPURLDesc> address(parsed);
  if (!good || address->lud_host == nullptr || *address->lud_host == '\0') {
    return wrong("url", server.url);
  }
  for (const auto& [field, dn] : {std::pair{"base", server.base}, {"reader", server.reader}}) {
    LDAPDN parts = nullptr;
    const bool is_dn = ldap_str2dn(dn.c_str(), &parts, LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS;
    ldap_dnfree(parts);
    if (!is_dn) return wrong(field, dn);
  }
  if (server.base.empty()) return wrong("base", server.base);
  if (!is_attribute(server.attribute)) return wrong("attribute", server.attribute);
  return {};
}

std::string filter_value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= ' ' && byte < 0x7F && c != '*' && c != '(' && c != ')' && c != '\\';
    out += plain ? std::string(1, c) : fmt::format("\\{:02x}", byte);
  }
  return out;
}

Result<bool> binds(const DirectoryServer& server, const std::string& reader_password,
                   const std::string& login, const std::string& password) {
  if (password.empty() || login.empty()) return false;
  KHIEN_TRY(const Held<LDAP> ldap, connect(server));
  if (!server.reader.empty()) {
    const int code = bind_as(ldap.get(), server.reader, reader_password);
    if (code != LDAP_SUCCESS) return trouble(server, code);
  }
  KHIEN_TRY(const std::string dn, entry_of(ldap.get(), server, login));
  if (dn.empty()) return false;
  const int code = bind_as(ldap.get(), dn, password);
  if (code == LDAP_SUCCESS) return true;
  if (code == LDAP_INVALID_CREDENTIALS || code == LDAP_INAPPROPRIATE_AUTH ||
      code == LDAP_UNWILLING_TO_PERFORM || code == LDAP_INSUFFICIENT_ACCESS) {
    return false;
  }
  return trouble(server, code);
}

}  // namespace khien::hub
