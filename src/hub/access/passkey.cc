#include "hub/access/passkey.h"

#include <algorithm>
#include <memory>

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <fmt/format.h>

#include "base/base64.h"
#include "base/hash.h"
#include "base/node.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kHostHashBytes = 32;
constexpr std::uint8_t kTouched = 0x01;   // flags of authenticator data (WebAuthn, 6.1)
constexpr std::uint8_t kVerified = 0x04;
constexpr std::size_t kHeadBytes = 37;    // host, flags, counter
constexpr std::size_t kIdAt = 55;         // the credential's id, its length in the two bytes before
constexpr int kContainers = 32;           // arrays and maps in the CBOR behind them

struct FreeCred {
  void operator()(fido_cred_t* p) const { ::fido_cred_free(&p); }
};
struct FreeAssert {
  void operator()(fido_assert_t* p) const { ::fido_assert_free(&p); }
};

tl::unexpected<Error> refused_key(const char* why) {
  return fail(err::passkey_refused, "", {{"why", why}});
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string sha256_bytes(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

// Calls `verify(key)` with the key in the form libfido2 wants.
template <class Key, class Make, class Free, class Read>
bool with_key(std::string_view bytes, Make make, Free free_key, Read read, auto&& verify) {
  Key* key = make();
  if (key == nullptr) return false;
  const bool good = read(key, bytes.data(), bytes.size()) == FIDO_OK && verify(key);
  free_key(&key);
  return good;
}

bool verifies(const fido_assert_t* shown, const PublicKey& key) {
  const auto verify = [&](const void* pk) {
    return ::fido_assert_verify(shown, 0, key.algorithm, pk) == FIDO_OK;
  };
  switch (key.algorithm) {
    case COSE_ES256:
      return with_key<es256_pk_t>(key.bytes, ::es256_pk_new, ::es256_pk_free, ::es256_pk_from_ptr,
                                  verify);
    case COSE_EDDSA:
      return with_key<eddsa_pk_t>(key.bytes, ::eddsa_pk_new, ::eddsa_pk_free, ::eddsa_pk_from_ptr,
                                  verify);
    case COSE_RS256:
      return with_key<rs256_pk_t>(key.bytes, ::rs256_pk_new, ::rs256_pk_free, ::rs256_pk_from_ptr,
                                  verify);
    default: return false;
  }
}

// The authenticator data as a key of that algorithm; nothing when it holds none.
std::optional<MadeKey> read_made(std::string_view data, int algorithm) {
  const std::unique_ptr<fido_cred_t, FreeCred> cred(::fido_cred_new());
  if (!cred || ::fido_cred_set_type(cred.get(), algorithm) != FIDO_OK ||
      ::fido_cred_set_authdata_raw(cred.get(), raw(data), data.size()) != FIDO_OK) {
    return {};
  }
  const auto text = [](const unsigned char* at, std::size_t size) {
    return at == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(at), size);
  };
  MadeKey out;
  out.credential = text(::fido_cred_id_ptr(cred.get()), ::fido_cred_id_len(cred.get()));
  out.key = {algorithm, text(::fido_cred_pubkey_ptr(cred.get()),
                             ::fido_cred_pubkey_len(cred.get()))};
  out.counter = ::fido_cred_sigcount(cred.get());
  out.verified = (::fido_cred_flags(cred.get()) & kVerified) != 0;
  const bool whole = !out.credential.empty() && out.credential.size() <= kCredentialBytes &&
                     !out.key.bytes.empty();
  return whole ? std::optional(out) : std::nullopt;
}

// The number in the head of a CBOR item (RFC 8949, 3); `at` stands behind it then. None for
// one that is cut or of no definite length.
std::optional<std::uint64_t> cbor_number(std::string_view bytes, std::size_t& at) {
  const unsigned info = static_cast<unsigned char>(bytes[at++]) & 31U;
  if (info < 24) return info;
  const std::size_t size = std::size_t{1} << (info - 24);
  if (info > 27 || bytes.size() - at < size) return {};
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < size; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at++]);
  return out;
}

// No item says that it is longer than what is there: libcbor makes room for what is said.
bool is_bounded_cbor(std::string_view bytes) {
  constexpr int kBytes = 2, kText = 3, kArray = 4, kMap = 5;  // major types
  int containers = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const int major = static_cast<unsigned char>(bytes[at]) >> 5;
    const auto number = cbor_number(bytes, at);
    if (!number) return false;
    const bool holds = major >= kBytes && major <= kMap;
    if (holds && *number > bytes.size() - at) return false;
    if (major == kBytes || major == kText) at += static_cast<std::size_t>(*number);
    if ((major == kArray || major == kMap) && ++containers > kContainers) return false;
  }
  return true;
}

// Behind the id of a new key stands its public part, behind the head of a shown one at most
// extensions.
bool is_bounded(std::string_view data, KeyAct act) {
  if (data.size() < kHeadBytes || data.size() > kAuthenticatorBytes) return false;
  if (act == KeyAct::show) return is_bounded_cbor(data.substr(kHeadBytes));
  if (data.size() < kIdAt) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(data[i]); };
  const std::size_t end = kIdAt + (std::size_t{byte(kIdAt - 2)} << 8 | byte(kIdAt - 1));
  return end <= data.size() && is_bounded_cbor(data.substr(end));
}

bool is_number_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

PageAddress page_address(std::string_view host_header, bool secure) {
  const std::string host = ascii_lower(host_header);
  const std::size_t end = host.starts_with('[') ? host.find(']') + 1 : host.find(':');
  return {host.substr(0, end), (secure ? "https://" : "http://") + host, secure};
}

std::string keys_unfit(const PageAddress& page) {
  if (page.host.empty() || is_number_address(page.host)) return "address";
  if (!page.secure && page.host != "localhost") return "insecure";
  return "";
}

std::string base64url_text(std::string_view bytes) {
  std::string out = base64_text(bytes);
  std::replace(out.begin(), out.end(), '+', '-');
  std::replace(out.begin(), out.end(), '/', '_');
  out.erase(std::find(out.begin(), out.end(), '='), out.end());
  return out;
}

std::optional<std::string> base64url_bytes(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return {};
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  plain.append((4 - plain.size() % 4) % 4, '=');
  return base64_bytes(plain);
}

Result<std::string> challenge_of(std::string_view client_data, KeyAct act,
                                 const PageAddress& page) {
  if (client_data.size() > kClientDataBytes || !is_valid_utf8(client_data)) {
    return refused_key("client_data");
  }
  const auto said = parse_json(client_data, "client_data");
  if (!said || !said->is_map()) return refused_key("client_data");
  const char* wanted = act == KeyAct::make ? "webauthn.create" : "webauthn.get";
  if ((*said)["type"].text() != wanted) return refused_key("type");
  if ((*said)["origin"].text() != page.origin) return refused_key("origin");
  if ((*said)["crossOrigin"].boolean()) return refused_key("origin");  // a frame in another's page
  return (*said)["challenge"].text();
}

Result<MadeKey> made_key(const PageAddress& page, std::string_view data) {
  if (!is_bounded(data, KeyAct::make)) return refused_key("authenticator_data");
  if (data.substr(0, kHostHashBytes) != sha256_bytes(page.host)) return refused_key("host");
  const auto flags = static_cast<std::uint8_t>(data[kHostHashBytes]);
  if ((flags & kTouched) == 0) return refused_key("touch");
  for (const int algorithm : kKeyAlgorithms) {
    if (auto made = read_made(data, algorithm)) return std::move(*made);
  }
  return refused_key("authenticator_data");
}

Result<ShownKey> shown_key(const PageAddress& page, const PublicKey& key,
                           const KeyAnswer& answer) {
  const std::unique_ptr<fido_assert_t, FreeAssert> shown(::fido_assert_new());
  const std::string hash = sha256_bytes(answer.client_data);
  const std::string_view data = answer.authenticator_data;
  if (!is_bounded(data, KeyAct::show) || answer.signature.empty() ||
      answer.signature.size() > kSignatureBytes || !shown ||
      ::fido_assert_set_count(shown.get(), 1) != FIDO_OK ||
      ::fido_assert_set_authdata_raw(shown.get(), 0, raw(data), data.size()) != FIDO_OK) {
    return refused_key("authenticator_data");
  }
  if (::fido_assert_set_clientdata_hash(shown.get(), raw(hash), hash.size()) != FIDO_OK ||
      ::fido_assert_set_rp(shown.get(), page.host.c_str()) != FIDO_OK ||
      ::fido_assert_set_up(shown.get(), FIDO_OPT_TRUE) != FIDO_OK ||
      ::fido_assert_set_sig(shown.get(), 0, raw(answer.signature), answer.signature.size()) !=
          FIDO_OK ||
      !verifies(shown.get(), key)) {
    return refused_key("signature");
  }
  return ShownKey{::fido_assert_sigcount(shown.get(), 0),
                  (::fido_assert_flags(shown.get(), 0) & kVerified) != 0};
}

}  // namespace khien::hub
