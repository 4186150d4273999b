// Signatures of programs: those in the file, and those the system keeps in catalogues. Windows' own
// programs carry none in themselves; without the catalogues they would look unsigned.
#include "windows/win32.h"

#include <wincrypt.h>
#include <wintrust.h>

#include <mscat.h>
#include <softpub.h>

#include "base/hash.h"

namespace khien::windows {
namespace {

constexpr DWORD kDigestBytes = 64;

using Acquire = BOOL(WINAPI*)(HCATADMIN*, const GUID*, const wchar_t*, void*, DWORD);
using Digest = BOOL(WINAPI*)(HCATADMIN, HANDLE, DWORD*, BYTE*, DWORD);

// Windows 8 and later keep SHA-256 beside SHA-1 and have functions of their own for it.
struct Administrator {
  HCATADMIN raw = nullptr;
  BYTE digest[kDigestBytes] = {};
  DWORD size = kDigestBytes;

  Administrator(const wchar_t* algorithm, HANDLE file) {
    const auto acquire = function<Acquire>("wintrust.dll", "CryptCATAdminAcquireContext2");
    const auto digest_of = function<Digest>("wintrust.dll", "CryptCATAdminCalcHashFromFileHandle2");
    if (acquire != nullptr && digest_of != nullptr) {
      if (acquire(&raw, nullptr, algorithm, nullptr, 0) == 0) raw = nullptr;
      if (raw != nullptr && digest_of(raw, file, &size, digest, 0) == 0) size = 0;
      return;
    }
    if (CryptCATAdminAcquireContext(&raw, nullptr, 0) == 0) raw = nullptr;
    if (CryptCATAdminCalcHashFromFileHandle(file, &size, digest, 0) == 0) size = 0;
  }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;
  ~Administrator() {
    if (raw != nullptr) CryptCATAdminReleaseContext(raw, 0);
  }
};

// What WinVerifyTrust says of the file or catalogue in `data`, without asking the network for
// revocation or certificates.
LONG verified(WINTRUST_DATA& data) {
  data.cbStruct = sizeof data;
  data.dwUIChoice = WTD_UI_NONE;
  data.fdwRevocationChecks = WTD_REVOKE_NONE;
  data.dwStateAction = WTD_STATEACTION_VERIFY;
  data.dwProvFlags = WTD_CACHE_ONLY_URL_RETRIEVAL | WTD_REVOCATION_CHECK_NONE;
  GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
  const LONG code = WinVerifyTrust(nullptr, &action, &data);
  data.dwStateAction = WTD_STATEACTION_CLOSE;
  WinVerifyTrust(nullptr, &action, &data);
  return code;
}

// The system's verdict on the file by this catalogue.
std::optional<bool> trusted_by(const std::wstring& path, HANDLE file,
                               const std::wstring& catalogue, Administrator& admin) {
  std::wstring tag;
  for (const char c : hex({reinterpret_cast<const char*>(admin.digest), admin.size})) {
    tag += static_cast<wchar_t>(c >= 'a' ? c - 'a' + 'A' : c);
  }
  WINTRUST_CATALOG_INFO info{};
  info.cbStruct = sizeof info;
  info.pcwszCatalogFilePath = catalogue.c_str();
  info.pcwszMemberTag = tag.c_str();
  info.pcwszMemberFilePath = path.c_str();
  info.hMemberFile = file;
  info.pbCalculatedFileHash = admin.digest;
  info.cbCalculatedFileHash = admin.size;
  WINTRUST_DATA data{};
  data.dwUnionChoice = WTD_CHOICE_CATALOG;
  data.pCatalog = &info;
  const LONG code = verified(data);
  if (code == 0) return true;
  return code == static_cast<LONG>(TRUST_E_BAD_DIGEST) ? std::optional(false) : std::nullopt;
}

}  // namespace

std::optional<bool> embedded_holds(const std::wstring& path) {
  WINTRUST_FILE_INFO file{};
  file.cbStruct = sizeof file;
  file.pcwszFilePath = path.c_str();
  WINTRUST_DATA data{};
  data.dwUnionChoice = WTD_CHOICE_FILE;
  data.pFile = &file;
  const LONG code = verified(data);
  if (code == 0) return true;
  if (code == static_cast<LONG>(TRUST_E_BAD_DIGEST) ||
      code == static_cast<LONG>(TRUST_E_SUBJECT_NOT_TRUSTED) ||
      code == static_cast<LONG>(CERT_E_UNTRUSTEDROOT) ||
      code == static_cast<LONG>(TRUST_E_EXPLICIT_DISTRUST)) {
    return false;
  }
  return std::nullopt;
}

std::string embedded_signer(const std::wstring& path) {
  HCERTSTORE store = nullptr;
  HCRYPTMSG message = nullptr;
  if (CryptQueryObject(CERT_QUERY_OBJECT_FILE, path.c_str(),
                       CERT_QUERY_CONTENT_FLAG_PKCS7_SIGNED_EMBED |
                           CERT_QUERY_CONTENT_FLAG_PKCS7_SIGNED, CERT_QUERY_FORMAT_FLAG_BINARY, 0,
                       nullptr, nullptr, nullptr, &store, &message, nullptr) == 0) {
    return "";
  }
  std::string out;
  DWORD size = 0;
  if (CryptMsgGetParam(message, CMSG_SIGNER_CERT_INFO_PARAM, 0, nullptr, &size) != 0) {
    std::string buffer(size, '\0');
    if (CryptMsgGetParam(message, CMSG_SIGNER_CERT_INFO_PARAM, 0, buffer.data(), &size) != 0) {
      const CERT_CONTEXT* found = CertFindCertificateInStore(
          store, X509_ASN_ENCODING | PKCS_7_ASN_ENCODING, 0, CERT_FIND_SUBJECT_CERT,
          buffer.data(), nullptr);
      if (found != nullptr) {
        wchar_t name[256];
        const DWORD n =
            CertGetNameStringW(found, CERT_NAME_SIMPLE_DISPLAY_TYPE, 0, nullptr, name, 256);
        if (n > 1) out = utf8({name, n - 1});
        CertFreeCertificateContext(found);
      }
    }
  }
  CryptMsgClose(message);
  CertCloseStore(store, 0);
  return out;
}

std::optional<CatalogueSignature> signed_by_catalogue(const std::wstring& path) {
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ,
                                FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, 0, nullptr));
  if (!file.ok()) return std::nullopt;
  for (const wchar_t* algorithm : {L"SHA256", L"SHA1"}) {
    Administrator admin(algorithm, file.get());
    if (admin.raw == nullptr || admin.size == 0) continue;
    const HCATINFO found =
        CryptCATAdminEnumCatalogFromHash(admin.raw, admin.digest, admin.size, 0, nullptr);
    if (found == nullptr) continue;
    CATALOG_INFO info{};
    info.cbStruct = sizeof info;
    std::optional<CatalogueSignature> out;
    if (CryptCATCatalogInfoFromContext(found, &info, 0) != 0) {
      const std::wstring catalogue = info.wszCatalogFile;
      out = CatalogueSignature{embedded_signer(catalogue),
                               trusted_by(path, file.get(), catalogue, admin)};
    }
    CryptCATAdminReleaseCatalogContext(admin.raw, found, 0);
    if (out) return out;
  }
  return std::nullopt;
}

}  // namespace khien::windows
