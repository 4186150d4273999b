// libldap does the protocol. Every option is set on this connection, whatever ldap.conf says.
#include "collect/directory/live.h"

#include <functional>

#include <ldap.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/directory/errors.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"
#include "collect/source/files_walk.h"
#include "format/directory/ldif.h"

namespace khien::directory {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAuthorities = "/etc/ssl/certs/ca-certificates.crt";
constexpr std::size_t kPasswordBytes = 4096;
constexpr ber_len_t kMessageBytes = 16 * limits::kMiB;  // one entry
constexpr int kConnectSeconds = 10;
// People, groups and rules. Machines are not asked for where they are people to the schema;
// elsewhere a class the server does not know must not stand under a "not": that matches nothing.
constexpr const char* kFilter =
    "(|(objectClass=person)(objectClass=posixAccount)(objectClass=account)"
    "(objectClass=simpleSecurityObject)(objectClass=shadowAccount)(objectClass=group)"
    "(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)"
    "(objectClass=domainDNS)(objectClass=msDS-PasswordSettings)(objectClass=pwdPolicy)"
    "(objectClass=zimbraAccount)(objectClass=zimbraCOS))";

struct Free {
  void operator()(LDAP* p) const { ldap_unbind_ext_s(p, nullptr, nullptr); }
  void operator()(LDAPMessage* p) const { ldap_msgfree(p); }
  void operator()(LDAPURLDesc* p) const { ldap_free_urldesc(p); }
  void operator()(LDAPControl* p) const { ldap_control_free(p); }
  void operator()(LDAPControl** p) const { ldap_controls_free(p); }
  void operator()(BerElement* p) const { ber_free(p, 0); }
  void operator()(berval** p) const { ldap_value_free_len(p); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;
using HeldControls = std::unique_ptr<LDAPControl*, Free>;
using HeldValues = std::unique_ptr<berval*, Free>;

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

timeval seconds(int n) { return {n, 0}; }

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()),
                                static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(n));
  return out;
}

// A password goes out to whoever the file names as server: only what lies beside agency.yaml, and
// what nobody else on this machine may read.
Result<std::string> read_secret(const fs::path& folder, const std::string& name) {
  const fs::path path = folder / name;
  if (!is_inside(folder, path)) {
    return fail(err::file_outside, name, {{"field", "password_file"}});
  }
  KHIEN_TRY(std::string text, read_file(path, kPasswordBytes));
  struct stat info {};
  constexpr mode_t kOthers = 0077;
  if (::stat(path.c_str(), &info) != 0 || (info.st_mode & kOthers) != 0) {
    wipe(text);
    return fail(err::secret_open, name,
                {{"mode", fmt::format("{:04o}", static_cast<unsigned>(info.st_mode & 0777))}});
  }
  return text;
}

class Server {
 public:
  Server(LiveSpec spec, const Clock& clock)
      : spec_(std::move(spec)), clock_(clock),
        deadline_ms_(clock.steady_ms() + std::int64_t{1000} * spec_.total_s) {}

  Done open(const fs::path& folder) {
    LDAP* raw = nullptr;
    if (ldap_initialize(&raw, spec_.url.c_str()) != LDAP_SUCCESS) {
      return fail(err::directory_url, spec_.url, {{"value", spec_.url}});
    }
    ld_.reset(raw);
    KHIEN_DO(set_options(folder));
    const bool ldaps = spec_.url.starts_with("ldaps:");
    if (!ldaps && (spec_.start_tls || (!spec_.loopback && !spec_.insecure))) {
      if (const int code = ldap_start_tls_s(ld_.get(), nullptr, nullptr); code != LDAP_SUCCESS) {
        const bool down = code == LDAP_SERVER_DOWN && diagnostic().empty();
        return fail(down ? err::directory_unreached : err::directory_tls, spec_.url,
                    {{"detail", why(code)}});
      }
    }
    return bind(folder);
  }

  Result<std::string> all() {
    bool microsoft = false;
    KHIEN_DO(look_at_root(microsoft));
    std::vector<std::string> names;
    for (const std::string_view name : kept_attributes()) {
      // Members of large groups come in ranges there; memberOf of each person says the same.
      const bool members = name == "member" || name == "uniquemember" || name == "memberuid";
      if (!(microsoft && members)) names.emplace_back(name);
    }
    std::vector<char*> attributes;
    for (std::string& name : names) attributes.push_back(name.data());
    attributes.push_back(nullptr);
    filter_ = microsoft ? "(&" + std::string(kFilter) + "(!(objectClass=computer)))" : kFilter;
    std::string out = "version: 1\n";
    berval cookie{0, nullptr};
    for (;;) {
      auto more = page(attributes.data(), cookie, out);
      if (!more || !*more) ber_memfree(cookie.bv_val);
      if (!more) return pass_on(more.error());
      if (!*more) return out;
    }
  }

 private:
  Done set_options(const fs::path& folder) {
    const int version = LDAP_VERSION3;
    const timeval connect = seconds(kConnectSeconds);
    const timeval answer = seconds(spec_.timeout_s);
    const int demand = LDAP_OPT_X_TLS_DEMAND;
    const int own = 0;
    const std::string ca = spec_.ca.empty() ? kAuthorities : (folder / spec_.ca).string();
    if (!spec_.ca.empty()) {
      KHIEN_TRY([[maybe_unused]] const Fd regular, open_regular(ca));
    }
    LDAP* ld = ld_.get();
    const bool set =
        ldap_set_option(ld, LDAP_OPT_PROTOCOL_VERSION, &version) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_NETWORK_TIMEOUT, &connect) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_TIMEOUT, &answer) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_X_TLS_CACERTFILE, ca.c_str()) == LDAP_OPT_SUCCESS &&
        ldap_set_option(ld, LDAP_OPT_X_TLS_NEWCTX, &own) == LDAP_OPT_SUCCESS;
    if (!set) return fail(err::directory_tls, spec_.url, {{"detail", ca}});
    // Of one message; the library would take what the server says it is long.
    Sockbuf* socket = nullptr;
    ber_len_t longest = kMessageBytes;
    if (ldap_get_option(ld, LDAP_OPT_SOCKBUF, &socket) == LDAP_OPT_SUCCESS && socket != nullptr) {
      ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &longest);
    }
    return {};
  }

  Done bind(const fs::path& folder) {
    std::string password;
    if (!spec_.password_file.empty()) {
      KHIEN_TRY(password, read_secret(folder, spec_.password_file));
      while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
    }
    // An empty password would be an anonymous bind that looks like a success (RFC 4513 5.1.2).
    if (!spec_.bind.empty() && password.empty()) {
      return fail(err::directory_refused, spec_.url, {{"detail", spec_.password_file}});
    }
    berval credential{static_cast<ber_len_t>(password.size()), password.data()};
    const int code = ldap_sasl_bind_s(ld_.get(), spec_.bind.c_str(), LDAP_SASL_SIMPLE, &credential,
                                      nullptr, nullptr, nullptr);
    wipe(password);
    if (code == LDAP_SUCCESS) return {};
    if (code == LDAP_TIMEOUT) return timeout();
    if (code == LDAP_SERVER_DOWN || code == LDAP_CONNECT_ERROR) {
      const bool tls = spec_.url.starts_with("ldaps:") && !diagnostic().empty();
      return fail(tls ? err::directory_tls : err::directory_unreached, spec_.url,
                  {{"detail", why(code)}});
    }
    return fail(err::directory_refused, spec_.url, {{"detail", ldap_err2string(code)}});
  }

  // Each entry as it comes, never all of an answer: a server says how many it sends, and a hostile
  // one never stops. Gives the message that ends them.
  Result<Held<LDAPMessage>> search(const char* base, int scope, const char* filter,
                                   char** attributes, LDAPControl** controls,
                                   const std::function<Done(Held<LDAPMessage>)>& take) {
    timeval limit = seconds(spec_.timeout_s);
    int id = 0;
    const int sent = ldap_search_ext(ld_.get(), base, scope, filter, attributes, 0, controls,
                                     nullptr, &limit, 0, &id);
    if (sent != LDAP_SUCCESS) return search_failed(sent);
    for (;;) {
      LDAPMessage* raw = nullptr;
      const int kind = ldap_result(ld_.get(), id, LDAP_MSG_ONE, &limit, &raw);
      Held<LDAPMessage> message(raw);
      Done done;
      if (kind == LDAP_RES_SEARCH_RESULT) return message;
      if (kind == 0 || clock_.steady_ms() > deadline_ms_) done = timeout();
      else if (kind < 0) done = search_failed(last_code());
      else if (kind == LDAP_RES_SEARCH_ENTRY) done = take(std::move(message));
      if (done) continue;
      ldap_abandon_ext(ld_.get(), id, nullptr, nullptr);
      return pass_on(done.error());
    }
  }

  [[nodiscard]] int last_code() const {
    int code = LDAP_OTHER;
    ldap_get_option(ld_.get(), LDAP_OPT_RESULT_CODE, &code);
    return code;
  }

  // Which product it is, and where its entries begin.
  Done look_at_root(bool& microsoft) {
    char context[] = "defaultNamingContext";
    char contexts[] = "namingContexts";
    char capabilities[] = "supportedCapabilities";
    char* attributes[] = {context, contexts, capabilities, nullptr};
    Held<LDAPMessage> root;
    KHIEN_TRY([[maybe_unused]] const Held<LDAPMessage> end,
              search("", LDAP_SCOPE_BASE, "(objectClass=*)", attributes, nullptr,
                     [&](Held<LDAPMessage> entry) -> Done {
                       root = std::move(entry);
                       return {};
                     }));
    LDAPMessage* entry = root.get();
    const auto first = [&](const char* name) {
      const HeldValues values(entry == nullptr
                                  ? nullptr : ldap_get_values_len(ld_.get(), entry, name));
      const bool none = values == nullptr || values.get()[0] == nullptr;
      return none ? std::string() : std::string(values.get()[0]->bv_val, values.get()[0]->bv_len);
    };
    microsoft = !first(capabilities).empty();
    if (spec_.base.empty()) spec_.base = first(context);
    if (spec_.base.empty()) spec_.base = first(contexts);
    if (spec_.base.empty()) return fail(err::directory_base, spec_.url);
    return {};
  }

  // One page; true when there are more.
  Result<bool> page(char** attributes, berval& cookie, std::string& out) {
    if (clock_.steady_ms() > deadline_ms_) return timeout();
    LDAPControl* raw_control = nullptr;
    if (ldap_create_page_control(ld_.get(), kPageSize, &cookie, 1, &raw_control) != LDAP_SUCCESS) {
      return search_failed(LDAP_NO_MEMORY);
    }
    const Held<LDAPControl> control(raw_control);
    LDAPControl* controls[] = {control.get(), nullptr};
    KHIEN_TRY(const Held<LDAPMessage> reply,
              search(spec_.base.c_str(), LDAP_SCOPE_SUBTREE, filter_.c_str(), attributes, controls,
                     [&](Held<LDAPMessage> entry) { return write(entry.get(), out); }));
    int answer = LDAP_SUCCESS;
    LDAPControl** raw_back = nullptr;
    const int parsed = ldap_parse_result(ld_.get(), reply.get(), &answer, nullptr, nullptr,
                                         nullptr, &raw_back, 0);
    const HeldControls back(raw_back);
    if (parsed != LDAP_SUCCESS || answer != LDAP_SUCCESS) {
      return search_failed(parsed != LDAP_SUCCESS ? parsed : answer);
    }
    ber_memfree(cookie.bv_val);
    cookie = {0, nullptr};
    LDAPControl* found = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, back.get(), nullptr);
    if (found == nullptr) return false;
    ber_int_t count = 0;
    if (ldap_parse_pageresponse_control(ld_.get(), found, &count, &cookie) != LDAP_SUCCESS) {
      return search_failed(LDAP_DECODING_ERROR);
    }
    return cookie.bv_len > 0;
  }

  Done write(LDAPMessage* entry, std::string& out) const {
    BerElement* raw = nullptr;
    berval dn{0, nullptr};
    if (ldap_get_dn_ber(ld_.get(), entry, &raw, &dn) != LDAP_SUCCESS) {
      return search_failed(LDAP_DECODING_ERROR);
    }
    const Held<BerElement> ber(raw);
    out += "\ndn:: " + base64({dn.bv_val, dn.bv_len}) + "\n";
    for (;;) {
      berval name{0, nullptr};
      berval* values = nullptr;
      const int code = ldap_get_attribute_ber(ld_.get(), entry, ber.get(), &name, &values);
      if (code != LDAP_SUCCESS) return search_failed(code);
      if (name.bv_val == nullptr) break;
      for (berval* value = values; value != nullptr && value->bv_val != nullptr; ++value) {
        out.append(name.bv_val, name.bv_len);
        out += ":: " + base64({value->bv_val, value->bv_len}) + "\n";
      }
      ber_memfree(values);
    }
    if (out.size() <= kLiveBytes) return {};
    return fail(err::file_too_large, spec_.url, {{"limit", std::to_string(kLiveBytes)}});
  }

  [[nodiscard]] tl::unexpected<Error> timeout() const {
    return fail(err::directory_timeout, spec_.url, {{"seconds", std::to_string(spec_.timeout_s)}});
  }

  [[nodiscard]] tl::unexpected<Error> search_failed(int code) const {
    if (code == LDAP_TIMEOUT || code == LDAP_TIMELIMIT_EXCEEDED) return timeout();
    const bool down = code == LDAP_SERVER_DOWN || code == LDAP_CONNECT_ERROR;
    return fail(down ? err::directory_unreached : err::directory_search, spec_.url,
                {{"detail", ldap_err2string(code)}});
  }

  // What the library says beside the code, e.g. why a certificate was not accepted.
  [[nodiscard]] std::string diagnostic() const {
    char* text = nullptr;
    ldap_get_option(ld_.get(), LDAP_OPT_DIAGNOSTIC_MESSAGE, &text);
    const std::string out = text == nullptr ? "" : shorten(squeeze(nfc(text)), 200);
    ldap_memfree(text);
    return out;
  }

  [[nodiscard]] std::string why(int code) const {
    const std::string more = diagnostic();
    return std::string(ldap_err2string(code)) + (more.empty() ? "" : ": " + more);
  }

  LiveSpec spec_;
  const Clock& clock_;
  std::int64_t deadline_ms_;
  std::string filter_;
  Held<LDAP> ld_;
};

}  // namespace

Result<LiveSpec> live_spec(const Node& source, const std::string& place) {
  KHIEN_DO(allow_keys(source, {"type", "url", "app", "agency", "base", "bind", "password_file",
                               "ca", "insecure", "start_tls"}, place));
  LiveSpec out;
  KHIEN_TRY(out.url, need_text(source, "url", place));
  const auto bad_url = [&] {
    return fail(err::directory_url, at_line(place, source["url"]), {{"value", out.url}});
  };
  LDAPURLDesc* raw = nullptr;
  if (ldap_url_parse(out.url.c_str(), &raw) != LDAP_URL_SUCCESS) return bad_url();
  const Held<LDAPURLDesc> url(raw);
  const std::string scheme = url->lud_scheme == nullptr ? "" : url->lud_scheme;
  const std::string host = url->lud_host == nullptr ? "" : url->lud_host;
  const bool more = (url->lud_dn != nullptr && *url->lud_dn != '\0') ||
                    url->lud_attrs != nullptr || url->lud_filter != nullptr;
  const bool one = out.url.find_first_of(" ,@") == std::string::npos && url->lud_next == nullptr;
  if ((scheme != "ldap" && scheme != "ldaps") || host.empty() || more || !one) return bad_url();
  out.loopback = is_loopback(host);
  for (auto [field, to] : {std::pair{"base", &out.base}, {"bind", &out.bind},
                           {"password_file", &out.password_file}, {"ca", &out.ca}}) {
    if (source[field].is_list() || source[field].is_map()) {
      return fail(err::field_type, at_line(place, source[field]),
                  {{"field", field}, {"wanted", "text"}});
    }
    *to = source[field].text();
  }
  if (!out.bind.empty() && out.password_file.empty()) {
    return fail(err::field_missing, at_line(place, source), {{"field", "password_file"}});
  }
  KHIEN_TRY(out.insecure, flag_field(source, "insecure", place));
  KHIEN_TRY(out.start_tls, flag_field(source, "start_tls", place));
  return out;
}

Result<std::string> ask_server(LiveSpec spec, const fs::path& folder, const Clock& clock) {
  Server server(std::move(spec), clock);
  KHIEN_DO(server.open(folder));
  return server.all();
}

}  // namespace khien::directory
